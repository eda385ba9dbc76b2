from inspections.indicators import case, complaint, inspection, instrument, verification

__all__ = ["case", "complaint", "inspection", "instrument", "verification"]
