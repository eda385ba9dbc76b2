"""A figure: an indicator's number for a region and period, with its parts and the way to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from bureau.reporting.dimensions import REGION
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.measures import Number
from bureau.reporting.periods import Period

if TYPE_CHECKING:
    from bureau.reporting.goals import Goal

# None is an undefined rate.
Value = Number | None
Breakdowns = dict[str, dict[str, Value]]


@dataclass(frozen=True)
class Figure:
    """In the indicator's unit, unrounded.

    ``breakdowns``: per dimension, "region" among them, the number of each value; ``labels`` has the same keys.
    ``values`` and ``own_level`` are what it was narrowed to. ``goal`` holds for exactly this region and period;
    ``completion`` is the share of its target in percent. ``series`` are the values of the same days in each of some
    years, this one the last.
    """

    indicator: BaseIndicator
    region: str
    period: Period
    value: Value
    previous: Value = None
    goal: "Goal | None" = None
    series: tuple[Value, ...] = ()
    breakdowns: Breakdowns = field(default_factory=dict)
    previous_breakdowns: Breakdowns = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    own_level: bool = False

    @property
    def target(self) -> Value:
        return self.goal.value if self.goal else None

    @property
    def completion(self) -> Value:
        return self.goal.completion(self.value) if self.goal else None

    def url(self, dimension: str = "", value: str = "") -> str:
        """The page with exactly the rows of the figure, or of one value of a breakdown."""
        query = {**query_of(self.region, self.period), **self.values}
        if self.own_level or (dimension == REGION and value == self.region):
            query["level"] = "own"
        elif dimension == REGION:
            query["region"] = value
        if dimension and dimension != REGION:
            query[dimension] = value
        return f"{reverse('reporting:drilldown', args=[self.indicator.key])}?{urlencode(query)}"

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.indicator.key,
            "label": str(self.indicator.label),
            "unit": str(self.indicator.unit),
            "value": as_number(self.value),
            "previous": as_number(self.previous),
            "target": as_number(self.target),
            "completion": as_number(self.completion),
            "breakdowns": {
                name: {value: as_number(number) for value, number in parts.items()}
                for name, parts in self.breakdowns.items()
            },
        }


def query_of(region: str, period: Period) -> dict[str, str]:
    """How an address names a region and period; ``asked`` reads it."""
    return {"region": region, "from": period.first.isoformat(), "to": period.last.isoformat()}


def change(value: Value, previous: Value) -> Value:
    """In the figure's unit (of a percentage: in points); None where either is undefined."""
    return None if value is None or previous is None else value - previous


def ratio(value: Value, previous: Value) -> Value:
    """0.1 is a tenth more than before; None where there was nothing before."""
    difference = change(value, previous)
    return Decimal(difference) / Decimal(previous) if difference is not None and previous else None


def as_number(value: Value) -> int | float | None:
    """For JSON: whole numbers without a decimal point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
