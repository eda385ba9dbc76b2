from inspections.indicators import audit, case, complaint, energy_meter, inspection, instrument, verification

__all__ = ["audit", "case", "complaint", "energy_meter", "inspection", "instrument", "verification"]
