"""Rule tables that ship with the system: rows that are missing are added, rows that stand are left as they are.

An app names its tables in ``reference_data.py``: ``TABLES = [Table(Model, path of the CSV, key=(…))]``. The columns
are the model's fields; an administrator's corrections and later editions live in the database only.
"""

import csv
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import module_has_submodule

from bureau.models import ReferenceRow
from bureau.reference_regions import load_regions


@dataclass(frozen=True)
class Table:
    model: type[ReferenceRow]
    path: Path
    key: tuple[str, ...]

    def load(self) -> int:
        """Add the rows whose key is not in the database yet; returns how many."""
        known = set(self.model._default_manager.values_list(*self.key))
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = [self._row(line) for line in csv.DictReader(file)]
        missing = [row for row in rows if tuple(getattr(row, name) for name in self.key) not in known]
        self.model._default_manager.bulk_create(missing)
        return len(missing)

    def _row(self, line: dict[str, str]) -> ReferenceRow:
        return self.model(**{name: _value(self.model._meta.get_field(name), text) for name, text in line.items()})


def _value(field: Any, text: str) -> Any:
    if isinstance(field, models.BooleanField):
        return text == "yes"
    return None if not text and field.null else field.to_python(text)


@transaction.atomic
def load_all() -> dict[str, int]:
    """Regions first, then every app's tables. Returns the number of rows added or changed by table."""
    regions = load_regions()
    counts = {"bureau.Region": sum(count for kind, count in regions.items() if kind != "unchanged")}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "reference_data"):
            module = import_module(f"{config.name}.reference_data")
            for table in getattr(module, "TABLES", []):
                counts[table.model._meta.label] = table.load()
    return counts
