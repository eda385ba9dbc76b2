from inspections.sheets import audit, campaign, case, complaint, energy_meter, inspection, instrument, lot, verification

__all__ = ["audit", "campaign", "case", "complaint", "energy_meter", "inspection", "instrument", "lot", "verification"]
