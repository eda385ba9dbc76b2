"""Raw readings as a clerk types or pastes them, and in the one form in which they are kept.

Readings are separated by blanks, commas, semicolons or lines; a group of them begins with its day:
``2026-01-05: 10.0012 10.0013; 2026-02-10: 10.0011 10.0014``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bureau.texts import clean_text, narrow
from standards.models.measured import PLACES

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_SEPARATORS = re.compile(r"[\s,;、；|]+")
_BLANKS = re.compile(r"[\s;、；|]+")
_MINUS = str.maketrans("−－﹣–", "----")
# What both databases keep without loss.
MOST_DIGITS = 15
WHOLE = PLACES  # before the point, so that a difference of two still fits


@dataclass(frozen=True)
class Group:
    """The readings of one day, in order."""

    on: date
    readings: tuple[Decimal, ...]


def parse_readings(text: str) -> list[Decimal]:
    """The readings in order, each with the digits as written. ``ValidationError`` names what is no reading."""
    return [_number(word) for word in _words(text)]


def format_readings(readings: list[Decimal] | tuple[Decimal, ...]) -> str:
    return " ".join(f"{reading:f}" for reading in readings)


def parse_groups(text: str) -> list[Group]:
    """Groups by day. ``ValidationError`` for a reading before any day, a day without one or twice."""
    groups: dict[date, list[Decimal]] = {}
    current: list[Decimal] | None = None
    for word in _words(text.translate(str.maketrans("：", ":")).replace(":", " ")):
        if match := _DAY.fullmatch(word):
            on = _day(match)
            if on in groups:
                raise ValidationError(_("Two groups are of %(on)s.") % {"on": on})
            current = groups[on] = []
        elif current is None:
            raise ValidationError(_("A group begins with its day, such as 2026-01-05: 10.0012 10.0013."))
        else:
            current.append(_number(word))
    for on, readings in groups.items():
        if not readings:
            raise ValidationError(_("The group of %(on)s has no readings.") % {"on": on})
    return [Group(on, tuple(groups[on])) for on in sorted(groups)]


def format_groups(groups: list[Group]) -> str:
    return "; ".join(f"{group.on}: {format_readings(group.readings)}" for group in groups)


def _words(text: str) -> Iterator[str]:
    plain = clean_text(narrow(text)).translate(_MINUS)
    for word in _BLANKS.split(plain):
        if _THOUSANDS.fullmatch(word):
            raise ValidationError(
                _("“%(word)s” may be one number or several: write it without a comma, or with blanks between.")
                % {"word": word}
            )
        yield from (part for part in _SEPARATORS.split(word) if part)


def _number(word: str) -> Decimal:
    if not _NUMBER.fullmatch(word):
        raise ValidationError(_("“%(word)s” is not a reading.") % {"word": word[:40]})
    number = Decimal(word)
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    if len(digits) > MOST_DIGITS or exponent < -PLACES or number.adjusted() >= WHOLE:  # type: ignore[operator]
        raise ValidationError(
            _("“%(word)s” has too many digits: at most %(digits)s, %(places)s before or behind the point.")
            % {"word": word[:40], "digits": MOST_DIGITS, "places": PLACES}
        )
    return number


def _day(match: re.Match[str]) -> date:
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise ValidationError(_("“%(word)s” is not a day of the calendar.") % {"word": match[0]}) from None
