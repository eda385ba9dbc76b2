"""What a cell holds, whatever the file: texts made comparable, and cells that cannot be read."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bureau.texts import clean_text

SHOWN_LENGTH = 200


@dataclass(frozen=True)
class BrokenCell:
    """A cell whose value the file does not tell: a formula that was never calculated, an error value."""

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and (not raw or not clean_text(raw)))


def text_of(raw: Any) -> str:
    """The cell as a clerk would read it: whole numbers without a decimal point, dates as 2016-06-01."""
    if isinstance(raw, str):
        return clean_text(raw)
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
    return repr(number)


def shown(raw: Any) -> str:
    """The cell for an error list: cut to ``SHOWN_LENGTH`` characters."""
    text = text_of(raw)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
