from pathlib import Path

from bureau.reference_data import Table
from inspections.models import ChecklistItem, InspectionSubject, InstrumentCategory, ViolationCause

REFERENCE = Path(__file__).parent / "reference"

TABLES = [
    Table(ViolationCause, REFERENCE / "violation_causes.csv", key=("code",)),
    Table(InspectionSubject, REFERENCE / "inspection_subjects.csv", key=("code",)),
    Table(InstrumentCategory, REFERENCE / "instrument_categories.csv", key=("code",)),
    Table(ChecklistItem, REFERENCE / "checklist_items.csv", key=("edition", "code")),
]
