"""When an institution takes pieces, how many are booked, and from which day on a holder may book.

Only numbers leave this room: how full a day is concerns everybody who books, whose pieces they are does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum

from bureau.models.record import NOT_VOIDED
from inspections.models import Appointment, AppointmentItem, BookingRule, Capacity
from standards.models import Institution

DAY = timedelta(days=1)
WORKDAYS = range(1, 6)
LONGEST_WAIT = timedelta(days=366)  # of an institution that is closed for years
# In order: the first statement that says something of a day holds.
SPECIAL_FIRST = (Capacity.Days.DATES, *Capacity.Days.values[1:8], Capacity.Days.WORKDAYS)


@dataclass(frozen=True)
class Opening:
    """A day: how many pieces it takes and how many are booked."""

    on: date
    pieces: int
    booked: int

    @property
    def free(self) -> int:
        return max(self.pieces - self.booked, 0)


class Openings:
    """The days of one institution from ``first`` to ``last``, both included; two queries.

    ``without`` leaves an appointment out of what is booked: the one that is to be moved.
    """

    def __init__(
        self, institution: Institution, first: date, last: date, *, without: Appointment | None = None
    ) -> None:
        self.first, self.last = first, last
        touching = Q(begins_on__lte=last) & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        self.stated = in_order(Capacity.objects.filter(NOT_VOIDED, touching, institution=institution))
        self._booked = _booked(institution, first, last, without)

    def on(self, day: date) -> Opening:
        return Opening(day, pieces_on(day, self.stated), self._booked.get(day, 0))

    def __iter__(self) -> Iterator[Opening]:
        """The days on which it is open."""
        days = (self.first + DAY * number for number in range((self.last - self.first).days + 1))
        return (opening for day in days if (opening := self.on(day)).pieces)


def in_order(stated: Iterable[Any]) -> list[Any]:
    return sorted(stated, key=lambda row: SPECIAL_FIRST.index(row.days))


def pieces_on(day: date, stated: Sequence[Any]) -> int:
    """What the most special statement about the day says; 0 where none does. ``stated`` are ``in_order``."""
    return next((row.pieces for row in stated if _is_about(row, day)), 0)


def _is_about(row: Any, day: date) -> bool:
    if day < row.begins_on or (row.ends_on is not None and row.ends_on < day):
        return False
    if row.days == Capacity.Days.WORKDAYS:
        return day.isoweekday() in WORKDAYS
    return row.days == Capacity.Days.DATES or row.days == str(day.isoweekday())


def is_working_day(day: date, stated: Sequence[Any]) -> bool:
    """Monday to Friday, unless certain dates say otherwise: public holidays, and weekends worked in exchange."""
    said = next((row for row in stated if row.days == Capacity.Days.DATES and _is_about(row, day)), None)
    return said.pieces > 0 if said else day.isoweekday() in WORKDAYS


def earliest_day(today: date, working_days: int, stated: Sequence[Any]) -> date:
    """The first day that may be booked: so many working days after today, within a year at any rate."""
    day, left = today, working_days
    while left and day < today + LONGEST_WAIT:
        day += DAY
        left -= is_working_day(day, stated)
    return day


def offered(institution: Institution, today: date, *, without: Appointment | None = None) -> list[Opening]:
    """The open days that a holder may choose from today, full ones among them."""
    rule = BookingRule.on(today)
    last = last_offered(today, rule)
    openings = Openings(institution, today, last, without=without)
    first = earliest_day(today, rule.working_days_ahead, openings.stated)
    return [opening for opening in openings if opening.on >= first]


def last_offered(today: date, rule: BookingRule) -> date:
    """The weeks offered begin where the working days to wait for are over, holidays left aside."""
    waiting = rule.working_days_ahead // 5 + 1
    return today + timedelta(weeks=waiting + rule.weeks_offered)


def _booked(institution: Institution, first: date, last: date, without: Appointment | None) -> dict[date, int]:
    standing = Appointment.objects.standing().filter(institution=institution, day__gte=first, day__lte=last)
    if without is not None:
        standing = standing.exclude(pk=without.pk)
    items = AppointmentItem.objects.coming().filter(appointment__in=standing).order_by()
    return dict(items.values_list("appointment__day").annotate(Sum("quantity")))
