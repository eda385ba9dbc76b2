from pathlib import Path

from bureau.reference_data import Table
from inspections.models import (
    AuditItem,
    AuditRule,
    BookingRule,
    CatalogueEntry,
    ChecklistItem,
    InspectionSubject,
    InstrumentCategory,
    InstrumentKind,
    ViolationCause,
)

REFERENCE = Path(__file__).parent / "reference"

TABLES = [
    Table(BookingRule, REFERENCE / "booking_rules.csv", key=("edition",)),
    Table(ViolationCause, REFERENCE / "violation_causes.csv", key=("code",)),
    Table(InspectionSubject, REFERENCE / "inspection_subjects.csv", key=("code",)),
    Table(InstrumentCategory, REFERENCE / "instrument_categories.csv", key=("code",)),
    Table(InstrumentKind, REFERENCE / "instrument_kinds.csv", key=("code",)),
    Table(CatalogueEntry, REFERENCE / "catalogue_entries.csv", key=("edition", "kind_id")),
    Table(ChecklistItem, REFERENCE / "checklist_items.csv", key=("edition", "code")),
    Table(AuditRule, REFERENCE / "audit_rules.csv", key=("edition",)),
    Table(AuditItem, REFERENCE / "audit_items.csv", key=("edition", "code")),
]
