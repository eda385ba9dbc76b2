from inspections.sheets import campaign, case, complaint, inspection, lot

__all__ = ["campaign", "case", "complaint", "inspection", "lot"]
