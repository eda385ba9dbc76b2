"""What a cell holds, whatever the file: texts made comparable, and cells that cannot be read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils.translation import get_language

from bureau.texts import clean_text

SHOWN_LENGTH = 200
# What the first cell of a template's example row begins with, by language.
EXAMPLE_MARKS = {"zh-hans": "【示例】", "en": "[Example]"}


@dataclass(frozen=True)
class BrokenCell:
    """A cell whose value the file does not tell: a formula that was never calculated, an error value."""

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


class WithUnit(NamedTuple):
    """A cell whose unit stands in the heading or in the line of units above the header."""

    raw: Any
    unit: str


def is_blank(raw: Any) -> bool:
    if isinstance(raw, str):
        return not raw or not clean_text(raw)
    return raw is None or (isinstance(raw, WithUnit) and is_blank(raw.raw))


def is_example(cells: Sequence[Any]) -> bool:
    """Whether a row of the file is the example that a template shows under its header."""
    first = next((cell for cell in cells if not is_blank(cell)), None)
    return isinstance(first, str) and clean_text(first).startswith(tuple(EXAMPLE_MARKS.values()))


def example_mark() -> str:
    return EXAMPLE_MARKS.get(get_language() or "", EXAMPLE_MARKS["zh-hans"])


def text_of(raw: Any) -> str:
    """The cell as a clerk would read it: whole numbers without a decimal point, dates as 2016-06-01."""
    if isinstance(raw, str):
        return clean_text(raw)
    if isinstance(raw, WithUnit):
        return text_of(raw.raw)
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return _number_text(raw)
    if isinstance(raw, datetime):
        whole_day = (raw.hour, raw.minute, raw.second, raw.microsecond) == (0, 0, 0, 0)
        return raw.date().isoformat() if whole_day else raw.isoformat(sep=" ", timespec="seconds")
    if isinstance(raw, date | time):
        return raw.isoformat()
    if isinstance(raw, timedelta):
        return str(raw)
    return clean_text(str(raw))


def _number_text(number: float) -> str:
    if math.isfinite(number) and number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    # As Excel shows it: what its arithmetic leaves in the 17th digit was never written.
    return f"{number:.15g}"


def shown(raw: Any) -> str:
    """The cell for a list, with the unit that its heading states; cut to ``SHOWN_LENGTH`` characters."""
    text = text_of(raw)
    if isinstance(raw, WithUnit) and text:
        text = f"{text}（{raw.unit}）"
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
