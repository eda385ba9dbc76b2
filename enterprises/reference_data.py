from pathlib import Path

from bureau.reference_data import Table
from enterprises.models import (
    AwardCriterion,
    ConversionFactor,
    EnergyEdition,
    EnergyKind,
    EnterpriseKind,
    EquippingRequirement,
    EquippingThreshold,
    IndustryClass,
    MeterAccuracyRequirement,
    MeteredEnergy,
    MeterUse,
    OutreachGrade,
    PledgeText,
    Sector,
    ServiceActivity,
    TimeLimit,
    WithdrawalReason,
)

REFERENCE = Path(__file__).parent / "reference"

TABLES = [
    Table(EnterpriseKind, REFERENCE / "enterprise_kinds.csv", key=("code",)),
    Table(IndustryClass, REFERENCE / "industries.csv", key=("edition", "code")),
    Table(Sector, REFERENCE / "sectors.csv", key=("code",)),
    Table(TimeLimit, REFERENCE / "time_limits.csv", key=("edition", "act")),
    Table(WithdrawalReason, REFERENCE / "withdrawal_reasons.csv", key=("code",)),
    Table(OutreachGrade, REFERENCE / "outreach_grades.csv", key=("code",)),
    Table(PledgeText, REFERENCE / "pledge_texts.csv", key=("edition",)),
    Table(AwardCriterion, REFERENCE / "award_criteria.csv", key=("edition", "key")),
    Table(ServiceActivity, REFERENCE / "service_activities.csv", key=("code",)),
    Table(EnergyEdition, REFERENCE / "energy_editions.csv", key=("standard", "edition")),
    Table(MeteredEnergy, REFERENCE / "metered_energies.csv", key=("code",)),
    Table(EnergyKind, REFERENCE / "energy_kinds.csv", key=("code",)),
    Table(ConversionFactor, REFERENCE / "conversion_factors.csv", key=("edition", "energy_id", "basis", "year")),
    Table(EquippingRequirement, REFERENCE / "equipping_requirements.csv", key=("edition", "energy_id", "level")),
    Table(EquippingThreshold, REFERENCE / "equipping_thresholds.csv", key=("edition", "energy_id", "level")),
    Table(MeterUse, REFERENCE / "meter_uses.csv", key=("code",)),
    Table(MeterAccuracyRequirement, REFERENCE / "meter_accuracy_requirements.csv", key=("edition", "use_id")),
]
