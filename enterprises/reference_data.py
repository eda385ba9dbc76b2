from pathlib import Path

from bureau.reference_data import Table
from enterprises.models import (
    AwardCriterion,
    EnterpriseKind,
    IndustryClass,
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
]
