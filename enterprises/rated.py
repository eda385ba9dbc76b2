"""Amounts per time, such as t/h, and powers: how one compares with a limit in another unit. Pure."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bureau import units

# What may stand behind the stroke; a year and an hour cannot be counted in each other: nothing runs all year.
_TIMES = {"a": "a", "年": "a", "h": "h", "小时": "h", "时": "h"}


class OtherUnit(ValueError):
    """Two amounts that cannot be compared; the message is a sentence for the reader."""


def parsed(text: str) -> tuple[units.Unit, str] | None:
    """The unit and what it is per ("" where there is no stroke); None for what is no unit."""
    above, stroke, below = text.partition("/")
    unit, time = units.find(above), _TIMES.get(below.strip())
    if unit is None or bool(stroke) != bool(time):
        return None
    return unit, time or ""


def unit_problem(text: str) -> Any:
    """Why this cannot be the unit of a rated power or of an amount per time, as a sentence; None if it can."""
    if not text or parsed(text):
        return None
    return _("“%(unit)s” is not a unit that is known here. Write it like kW, t/h or GJ/a.") % {"unit": text}


def counted_in(amount: Decimal, unit: str, other: str) -> Decimal:
    """The amount in the other unit. Raises ``OtherUnit`` with a sentence."""
    mine, theirs = parsed(unit), parsed(other)
    if mine is not None and theirs is not None and mine[1] == theirs[1]:
        try:
            return amount * units.factor(mine[0], theirs[0])
        except units.OtherKind:
            pass
    raise OtherUnit(_("“%(unit)s” cannot be compared with a limit in %(other)s.") % {"unit": unit, "other": other})
