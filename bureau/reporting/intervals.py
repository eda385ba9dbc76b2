"""When a row counts: on a day of the period, or while it holds on the period's last day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from bureau.reporting.paths import is_to_many
from bureau.reporting.periods import Period


class Kind(TextChoices):
    FLOW = "flow", _("in the period")
    STOCK = "stock", _("at the end of the period")
    RATE = "rate", _("rate of two figures")


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
class Between:
    """A stock: the rows that hold on the last day of the period. No end: it still holds.

    Both paths may lead to a table of intervals that point to the row, such as ``in_force_intervals__begins_on``; it
    holds if one of its intervals does.
    """

    begins: str
    ends: str
    kind = Kind.STOCK

    def condition(self, model: type[Model], period: Period) -> Q:
        if not is_to_many(model, self.begins):
            return _holds(self.begins, self.ends, period.last)
        # A set of keys, not a join: the row of several intervals is one row.
        name, _dash, begins = self.begins.partition("__")
        relation: Any = model._meta.get_field(name)
        intervals = relation.related_model._default_manager.order_by()
        holding = intervals.filter(_holds(begins, self.ends.removeprefix(f"{name}__"), period.last))
        return Q(pk__in=holding.values(relation.field.attname))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.begins, self.ends)


def _holds(begins: str, ends: str, day: date) -> Q:
    return Q((f"{begins}__lte", day)) & (Q((f"{ends}__isnull", True)) | Q((f"{ends}__gte", day)))


Interval = On | Between
