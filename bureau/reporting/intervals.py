"""When a row counts: on a day of the period, or while it holds (by one interval or several) on its last day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.reporting.paths import is_to_many, paths_in, relation_at
from bureau.reporting.periods import Period

_ALL = Q()


class Kind(TextChoices):
    FLOW = "flow", _("in the period")
    STOCK = "stock", _("at the end of the period")
    RATE = "rate", _("rate of two figures")
    ENTERED = "entered", _("entered value")


@dataclass(frozen=True)
class On:
    """A flow: the rows whose day lies in the period."""

    path: str
    kind = Kind.FLOW

    def condition(self, model: type[Model], period: Period) -> Q:
        return Q((f"{self.path}__range", (period.first, period.last)))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)


@dataclass(frozen=True)
class OnPast(On):
    """A flow of days that have come: what is due only after today is neither kept nor missed yet."""

    def condition(self, model: type[Model], period: Period) -> Q:
        return super().condition(model, period) & Q((f"{self.path}__lte", timezone.localdate()))


@dataclass(frozen=True)
class MetBy(OnPast):
    """Of the days that have come: the rows that were met on the last day of the period or before."""

    met: str

    def condition(self, model: type[Model], period: Period) -> Q:
        return super().condition(model, period) & Q((f"{self.met}__lte", period.last))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, self.met)


@dataclass(frozen=True)
class Within(On):
    """A flow of rows that have days of their own: those of which all lie in the period; ``path`` is the last one."""

    begins: str

    def condition(self, model: type[Model], period: Period) -> Q:
        return super().condition(model, period) & Q((f"{self.begins}__gte", period.first))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, self.begins)


@dataclass(frozen=True)
class Exactly(Within):
    """Of rows that have days of their own: those with the days of the period and no others."""

    def condition(self, model: type[Model], period: Period) -> Q:
        return Q((self.begins, period.first), (self.path, period.last))


@dataclass(frozen=True)
class Between:
    """A stock: the rows that hold on the last day of the period. No end: it still holds.

    Both paths may lead to a table of intervals that point to the row, such as ``in_force_intervals__begins_on``, or to
    one that the row points to; it holds if one of these intervals does. ``only`` says which of these count.
    ``up_to_today``: while the period runs, today stands for its last day, since what holds until then will be renewed.
    """

    begins: str
    ends: str
    only: Q = _ALL
    up_to_today: bool = False
    kind = Kind.STOCK

    def day(self, period: Period) -> date:
        """The day on which the rows are counted."""
        return min(period.last, timezone.localdate()) if self.up_to_today else period.last

    def condition(self, model: type[Model], period: Period) -> Q:
        day = self.day(period)
        has_begun = Q((f"{self.begins}__lte", day))
        not_ended = Q((f"{self.ends}__isnull", True)) | Q((f"{self.ends}__gte", day))
        holds = has_begun & not_ended & self.only
        if not is_to_many(model, self.begins):
            return holds
        # A set of keys, not a join: the row of several intervals is one row.
        table = self.begins.rpartition("__")[0]
        owner, relation = table.rpartition("__")[0] or "pk", relation_at(model, table)
        holding = relation.related_model._default_manager.order_by().filter(_behind(table, holds))
        return Q((f"{owner}__in", holding.values(relation.field.attname)))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.begins, self.ends, *paths_in(self.only))


def _behind(table: str, condition: Q) -> Q:
    """The condition as the rows that ``table`` leads to would state it of themselves; it speaks of them alone."""

    def stated(child: Any) -> Any:
        if isinstance(child, Q):
            return _behind(table, child)
        path, value = child
        if not path.startswith(f"{table}__"):
            raise ValueError(f"{path!r} is not in the table of the interval, {table!r}.")
        return path.removeprefix(f"{table}__"), value

    return Q(*map(stated, condition.children), _connector=condition.connector, _negated=condition.negated)


@dataclass(frozen=True)
class All:
    """A stock of the rows that hold by each of several intervals: a device in use, of a standard in force."""

    parts: tuple[Between, ...]
    kind = Kind.STOCK

    def condition(self, model: type[Model], period: Period) -> Q:
        condition = Q()
        for part in self.parts:
            condition &= part.condition(model, period)
        return condition

    @property
    def begins(self) -> str:
        """Nothing holds before this day."""
        return self.parts[0].begins

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for part in self.parts for path in part.paths)


Interval = On | Between | All
