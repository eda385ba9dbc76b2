from decimal import Decimal
from typing import Any

from django.db import models

# 15 places before the point and 12 behind it; SQLite keeps 15 digits of these.
DIGITS, PLACES = 27, 12


def plain(value: Decimal) -> Decimal:
    """Without the zeros that the column adds behind, and without an exponent: 0.0500 → 0.05, 1E+2 → 100."""
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


class MeasuredField(models.DecimalField):
    """A measured value of any size; its unit stands in a field beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": DIGITS, "decimal_places": PLACES, **kwargs})

    def from_db_value(self, value: Decimal | None, expression: Any, connection: Any) -> Decimal | None:
        return value if value is None else plain(value)
