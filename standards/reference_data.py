from pathlib import Path

from bureau.reference_data import Table
from standards.models import LifecycleRule, MeasurementField

REFERENCE = Path(__file__).parent / "reference"

TABLES = [
    Table(MeasurementField, REFERENCE / "measurement_fields.csv", key=("code",)),
    Table(LifecycleRule, REFERENCE / "lifecycle_rules.csv", key=("edition", "event", "from_state")),
]
