"""Periods of days, both ends included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


class InvalidPeriod(ValueError):
    """The message is a sentence for the reader."""


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``first`` to ``last``, both included. Raises ``InvalidPeriod``."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidPeriod(
                _("The period ends on %(last)s, before it begins on %(first)s.")
                % {"first": self.first, "last": self.last}
            )
        for day in (self.first, self.last):
            _checked_year(day.year)

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls._months(year, 1, 12)

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        return cls._part(year, half, parts=2)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        return cls._part(year, quarter, parts=4)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls._part(year, month, parts=12)

    @classmethod
    def from_text(cls, *, year: str = "", first: str = "", last: str = "") -> "Period":
        """Either a year ("2016") or two days ("2016-01-01", "2016-06-30"), as they stand in an address or command."""
        if year and (first or last):
            raise InvalidPeriod(_("Give a year or a first and a last day, not both."))
        if year:
            if not (year.isascii() and year.isdigit() and len(year) < 10):
                raise InvalidPeriod(_("“%(text)s” is not a year.") % {"text": year})
            return cls.year(int(year))
        if not first or not last:
            raise InvalidPeriod(_("A period needs a year, or a first and a last day."))
        return cls(_day(first), _day(last))

    @property
    def previous(self) -> "Period":
        """The same days one year earlier; 28 February stands for a 29th that the earlier year does not have."""
        return Period(_year_earlier(self.first), _year_earlier(self.last))

    def since(self, first: date | None) -> "Period":
        """The days from ``first`` to the last one of the period; without it the period itself."""
        if first is None:
            return self
        return Period(first, self.last) if first <= self.last else NEVER

    def years_back(self, count: int) -> "Period":
        """The same days so many years earlier."""
        period = self
        for _year in range(count):
            period = period.previous
        return period

    @property
    def label(self) -> str:
        """As short as the reader would say it: the year, half, quarter or month, else both days."""
        year = self.first.year
        if self == Period.year(year):
            return _("year %(year)s") % {"year": year}
        if self == Period.half(year, 1):
            return _("first half of %(year)s") % {"year": year}
        if self == Period.half(year, 2):
            return _("second half of %(year)s") % {"year": year}
        for quarter in (1, 2, 3, 4):
            if self == Period.quarter(year, quarter):
                return _("quarter %(number)s of %(year)s") % {"number": quarter, "year": year}
        if self == Period.month(year, self.first.month):
            return _("month %(number)s of %(year)s") % {"number": self.first.month, "year": year}
        if self.first == self.last:
            return self.first.isoformat()
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}

    def __str__(self) -> str:
        return self.label

    @classmethod
    def _part(cls, year: int, number: int, *, parts: int) -> "Period":
        if not 1 <= number <= parts:
            raise InvalidPeriod(_("A year has no part %(number)s of %(parts)s.") % {"number": number, "parts": parts})
        length = 12 // parts
        return cls._months(year, (number - 1) * length + 1, number * length)

    @classmethod
    def _months(cls, year: int, first: int, last: int) -> "Period":
        _checked_year(year)
        return cls(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _checked_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidPeriod(
            _("%(year)s is not between the years %(first)s and %(last)s.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InvalidPeriod(_("“%(text)s” is not a day such as 2016-12-31.") % {"text": text})
    return day


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


# Before everything that is recorded.
NEVER = Period(date(FIRST_YEAR, 1, 1), date(FIRST_YEAR, 1, 1))
