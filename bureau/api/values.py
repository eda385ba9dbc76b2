"""What stands in the columns of a sheet, as JSON: for programs, so codes instead of labels, and numbers as numbers."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DateTimeField
from django.utils import timezone

from bureau.exchange.columns.base import Column
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn, NumberColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.context import Lookups
from bureau.exchange.sheets import Sheet
from bureau.reporting.figures import as_number

# Of several that fit the first holds.
TYPES: tuple[tuple[type[Column], str], ...] = (
    (BooleanColumn, "boolean"),
    (ChoiceColumn, "choice"),
    (RegionColumn, "region"),
    (ReferenceColumn, "reference"),
    (DateColumn, "date"),
    (IntegerColumn, "integer"),
    (NumberColumn, "number"),
)
# What is kept is what a program wants; of the others the sheet knows how they are written.
AS_KEPT = ("boolean", "choice", "region", "datetime")


def type_of(column: Column) -> str:
    if isinstance(column.field, DateTimeField):
        return "datetime"
    return next((name for kind, name in TYPES if isinstance(column, kind)), "text")


def described(sheet: Sheet) -> dict[str, Any]:
    return {
        "kind": sheet.key,
        "label": str(sheet.label),
        "key": list(sheet.natural_key),
        "columns": [
            {
                "name": column.name,
                "label": str(column.label),
                "type": type_of(column),
                "unit": column.unit,
                "choices": _choices(column),
            }
            for column in sheet.columns
        ],
    }


def _choices(column: Column) -> list[dict[str, Any]]:
    if type_of(column) != "choice" or not isinstance(column, ChoiceColumn):
        return []
    return [{"value": value, "label": str(label)} for value, label in column.options()]


def values_of(sheet: Sheet, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """By name of the column, of each row; one query at most for a column."""
    lookups = Lookups()
    columns = [_column_of(sheet, column, rows, lookups) for column in sheet.columns]
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _column_of(sheet: Sheet, column: Column, rows: Sequence[Any], lookups: Lookups) -> list[Any]:
    kind, values = type_of(column), [sheet.value_of(row, column) for row in rows]
    if kind not in AS_KEPT:
        values = list(column.render_all(values, lookups))
    plain = PLAIN.get(kind, _as_it_is)
    return [plain(value) for value in values]


def _as_it_is(value: Any) -> Any:
    return value


def _none_if_blank(value: Any) -> Any:
    return None if value == "" else value


def _number(value: Any) -> int | float | None:
    """A sheet writes numbers of many digits as text, for Excel's sake."""
    if value is None or value == "":
        return None
    return as_number(Decimal(value) if isinstance(value, str) else value)


def _day(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _moment(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


PLAIN: dict[str, Callable[[Any], Any]] = {
    "choice": _none_if_blank,
    "region": _none_if_blank,
    "reference": _none_if_blank,
    "date": _day,
    "datetime": _moment,
    "integer": _number,
    "number": _number,
}
