"""Days, and months that stand for a day."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, Column
from bureau.texts import clean_text, narrow

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

_DAY_FORMS = (
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]?", re.ASCII),
    re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII),
)
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?)", re.ASCII)
# As a number 2016.10 is 2016.1, and a csv shows what the number has become.
_JANUARY_OR_OCTOBER = re.compile(r"\d{4}\.1", re.ASCII)
_YEAR_ONLY = re.compile(r"\d{4}年?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{2}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|[-/年]\d{1,2}月?)", re.ASCII)
_TIME = re.compile(r"(?<=\d)[ T]+((?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)$", re.ASCII)
# Excel counts days from 1900, with a 29 February 1900 that never was; a bare number is taken for a day or a month
# only where nobody would have meant anything else.
_EPOCH = date(1899, 12, 30)
_SERIALS = range((date(1950, 1, 1) - _EPOCH).days, (date(2100, 1, 1) - _EPOCH).days)
_YEARS_OF_NUMBERS = range(1900, 2100)


class DateColumn(Column):
    """A day: an Excel date, or text such as 2016-06-01, 2016/6/1, 2016.6.1, 2016年6月1日, 20160601.

    2016-06, 2016.6 and 2016年6月 mean the first day of the month, with ``end`` its last one.
    """

    number_format = "yyyy-mm-dd"

    def __init__(self, name: str, *, end: bool = False, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.end = end

    def parse(self, raw: Any, context: "Context") -> date:
        if isinstance(raw, datetime):
            day, is_plain = raw.date(), raw.time() == time()
        elif isinstance(raw, date):
            return raw
        elif isinstance(raw, bool):
            raise _unreadable()
        elif isinstance(raw, int | float):
            day, is_plain = self._from_number(raw, context)
        else:
            day, is_plain = self._from_text(clean_text(narrow(text_of(raw))), context)
        if not is_plain:
            context.interpreted(self, raw, day.isoformat())
        return day

    # The day, and whether it was written as one.

    def _from_number(self, number: float, context: "Context") -> tuple[date, bool]:
        if 10_000_000 <= number <= 99_999_999 and number == int(number):
            return self._from_text(str(int(number)), context)
        if _SERIALS.start <= number < _SERIALS.stop and not context.counts_from_1904:
            return _EPOCH + timedelta(days=int(number)), False
        if _YEARS_OF_NUMBERS.start <= number < _YEARS_OF_NUMBERS.stop:
            return self._from_text(text_of(number), context)
        raise _unreadable()

    def _from_text(self, text: str, context: "Context") -> tuple[date, bool]:
        clock = _TIME.search(text)
        compact = (text[: clock.start()] if clock else text).replace(" ", "")
        for form in _DAY_FORMS:
            if match := form.fullmatch(compact):
                is_midnight = clock is None or not clock[1].strip("0:.")
                return _day(int(match[1]), int(match[3]), int(match[4])), is_midnight
        if clock:
            raise _unreadable()
        if compact.isascii() and compact.isdigit() and len(compact) == 5:
            return self._from_number(int(compact), context)
        return self._from_month(compact), False

    def _from_month(self, text: str) -> date:
        if _JANUARY_OR_OCTOBER.fullmatch(text):
            raise CellError(_("This may mean January or October. Write it like 2016-01 or 2016-10."))
        if match := _MONTH.fullmatch(text):
            first = _day(int(match[1]), int(match[2] or match[3]), 1)
            return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if self.end else first
        if _YEAR_ONLY.fullmatch(text):
            raise CellError(_("The month is missing: write year, month and day, such as 2016-06-01."))
        if _SHORT_YEAR.fullmatch(text):
            raise _short_year()
        raise _unreadable()

    def render(self, value: date | None, lookups: "Lookups") -> Any:
        # Excel knows no day before 1900, and calls those of its first two months wrongly.
        return value.isoformat() if value is not None and value < date(1900, 3, 1) else value

    def rule(self) -> str:
        end, begin = _("2016-06 means the last day of the month."), _("2016-06 means the first day of the month.")
        return _("A date such as 2016-06-01.") + "\n" + (end if self.end else begin)

    def sample(self, choices: Sequence[str]) -> Any:
        return self.example or (date(2017, 5, 31) if self.end else date(2016, 6, 1))


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise CellError(_("There is no month %(month)s.") % {"month": month})
    if year < 1000:
        raise _short_year()
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise CellError(
            _("This day does not exist: month %(month)s of %(year)s has %(days)s days.")
            % {"year": year, "month": month, "days": days}
        )
    return date(year, month, day)


def _short_year() -> CellError:
    return CellError(_("Write the year with four digits, such as 2016-06-01."))


def _unreadable() -> CellError:
    return CellError(_("This is not a date. Write it like 2016-06-01."))
