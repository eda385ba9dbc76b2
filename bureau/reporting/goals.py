"""What a figure is to reach: targets on record, how much of them is done, and what comes out at the present pace."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.models.record import NOT_VOIDED
from bureau.reporting.figures import Figure, Value
from bureau.reporting.indicators import Indicator, Stated
from bureau.reporting.measures import Number
from bureau.reporting.models import Target
from bureau.reporting.periods import Period
from bureau.reporting.regions import own_level_codes

# A forecast of so much of the target is near enough to be reached yet.
NEAR = Decimal("0.9")


class Light(TextChoices):
    GREEN = "green", _("reached or on course")
    AMBER = "amber", _("at risk")
    RED = "red", _("missed or out of reach")


@dataclass(frozen=True)
class Goal:
    """``value`` in the unit of the figure; ``is_limit``: it is not to be exceeded."""

    value: Decimal
    is_limit: bool = False

    def completion(self, reached: Value) -> Value:
        """In percent of the target; undefined where there is nothing to reach."""
        return None if reached is None or not self.value else Decimal(reached) * 100 / self.value

    def is_met_by(self, reached: Number) -> bool:
        return reached <= self.value if self.is_limit else reached >= self.value

    def light(self, reached: Value, forecast: Value) -> Light:
        """``forecast`` is None once the period is over, or where no pace leads to a forecast."""
        if reached is None:
            return Light.RED if forecast is None else Light.AMBER
        expected = reached if forecast is None else forecast
        if self.is_limit:
            if reached > self.value:
                return Light.RED
            return Light.GREEN if expected <= self.value else Light.AMBER
        if expected >= self.value:
            return Light.GREEN
        return Light.AMBER if forecast is not None and expected >= self.value * NEAR else Light.RED


def forecast(figure: Figure, today: date | None = None) -> Value:
    """What a flow of a running period comes to at the pace so far; None otherwise, and before the first day."""
    today, period = today or timezone.localdate(), figure.period
    indicator = figure.indicator
    is_flow = isinstance(indicator, Indicator) and not (indicator.is_stock or isinstance(indicator.measure, Stated))
    if figure.value is None or not is_flow or not period.first <= today < period.last:
        return None
    gone, all_days = (today - period.first).days + 1, (period.last - period.first).days + 1
    return Decimal(figure.value) * all_days / gone


def with_goals(figures: Iterable[Figure], user: Any = None) -> list[Figure]:
    """The figures of one region and period, each with the target for exactly these, if the reader may see one."""
    found = list(figures)
    if not found:
        return found
    goals = {target.indicator: target for target in _targets(found[0].region, found[0].period, user)}
    return [_with_goal(figure, goals.get(figure.indicator.key)) for figure in found]


def _with_goal(figure: Figure, target: Target | None) -> Figure:
    """The target of a flow holds for exactly its days, that of a stock or a rate of stocks for the last one."""
    if target is None or (target.begins_on != figure.period.first and not figure.indicator.is_stock):
        return figure
    return replace(figure, goal=goal_of(target))


def goal_of(target: Target) -> Goal:
    return Goal(target.value, target.sense == Target.Sense.AT_MOST)


def _targets(region: str, period: Period, user: Any) -> Iterable[Target]:
    """One of the very same days comes last: it is the one that counts."""
    rows: QuerySet = Target.objects.filter(NOT_VOIDED, Q(region__in=own_level_codes(region)), ends_on=period.last)
    rows = rows if user is None else scoping.visible_to(rows, user)
    return sorted(rows, key=lambda target: (target.begins_on == period.first, target.pk))
