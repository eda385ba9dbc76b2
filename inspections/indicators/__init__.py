from inspections.indicators import case, complaint, inspection

__all__ = ["case", "complaint", "inspection"]
