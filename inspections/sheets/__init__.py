from inspections.sheets import campaign, case, complaint, inspection, instrument, lot, verification

__all__ = ["campaign", "case", "complaint", "inspection", "instrument", "lot", "verification"]
