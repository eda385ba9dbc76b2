from pathlib import Path

from bureau.reference_data import Table
from standards.models import (
    ChecklistItem,
    ComparisonRule,
    DocumentKind,
    LifecycleRule,
    MeasurementField,
    PaperRule,
    StandardRequirement,
)

REFERENCE = Path(__file__).parent / "reference"

TABLES = [
    Table(ComparisonRule, REFERENCE / "comparison_rules.csv", key=("edition",)),
    Table(MeasurementField, REFERENCE / "measurement_fields.csv", key=("code",)),
    Table(LifecycleRule, REFERENCE / "lifecycle_rules.csv", key=("edition", "event", "from_state")),
    Table(DocumentKind, REFERENCE / "document_kinds.csv", key=("edition", "code")),
    Table(StandardRequirement, REFERENCE / "standard_requirements.csv", key=("edition",)),
    Table(PaperRule, REFERENCE / "paper_rules.csv", key=("edition", "event", "renews", "document")),
    Table(ChecklistItem, REFERENCE / "checklist_items.csv", key=("edition", "number")),
]
