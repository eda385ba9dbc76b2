"""The lines of a printed summary: each figure, and under it the parts that it is shown by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bureau.reporting.dimensions import REGION
from bureau.reporting.figures import Figure, Value, change, ratio
from bureau.reporting.goals import Goal, Light, forecast
from bureau.reporting.indicators import Rate
from bureau.reporting.measures import Number
from bureau.reporting.sparkline import sparkline

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """A figure, or with ``dimension`` and ``part`` one part of it; the texts are for reading.

    ``own_goal``: a target of its own, of a part the only one; otherwise it is that of the figure.
    """

    figure: Figure
    dimension: str = ""
    part: str = ""
    own_goal: Goal | None = None

    @property
    def is_part(self) -> bool:
        return bool(self.dimension)

    @property
    def label(self) -> str:
        if self.is_part:
            return _("of which %(part)s") % {"part": self.figure.labels[self.dimension][self.part]}
        return str(self.figure.indicator.label)

    @property
    def unit(self) -> str:
        return str(self.figure.indicator.unit)

    @property
    def value(self) -> Value:
        return self.figure.breakdowns[self.dimension].get(self.part) if self.is_part else self.figure.value

    @property
    def previous(self) -> Value:
        if not self.is_part:
            return self.figure.previous
        return self.figure.previous_breakdowns.get(self.dimension, {}).get(self.part)

    @property
    def url(self) -> str:
        return self.figure.url(self.dimension, self.part)

    @property
    def text(self) -> str:
        return number_text(self.value, self.figure.indicator.decimals)

    @property
    def previous_text(self) -> str:
        return number_text(self.previous, self.figure.indicator.decimals)

    @property
    def change_text(self) -> str:
        return number_text(change(self.value, self.previous), self.figure.indicator.decimals, sign="+")

    @property
    def ratio_text(self) -> str:
        """In percent; of a percentage the change itself is the answer."""
        share = None if isinstance(self.figure.indicator, Rate) else ratio(self.value, self.previous)
        return NOTHING if share is None else f"{share:{'+' if share else ''}.1%}"

    @property
    def goal(self) -> Goal | None:
        return self.own_goal or (None if self.is_part else self.figure.goal)

    @property
    def target_text(self) -> str:
        """What is printed beside the number; a limit says so."""
        if self.goal is None:
            return NOTHING
        text = number_text(self.goal.value, self.figure.indicator.decimals)
        return f"≤ {text}" if self.goal.is_limit else text

    @property
    def completion_text(self) -> str:
        share = self.goal.completion(self.value) if self.goal else None
        return NOTHING if share is None else f"{share:.1f}%"

    @property
    def forecast_text(self) -> str:
        """At the pace so far; nothing but for a flow with a target, in a period that runs."""
        return number_text(self._forecast, self.figure.indicator.decimals)

    @property
    def light(self) -> Light | None:
        return self.goal.light(self.value, self._forecast) if self.goal else None

    @property
    def _forecast(self) -> Value:
        return forecast(replace(self.figure, value=self.value)) if self.goal else None

    @property
    def spark(self) -> list[str]:
        """The course of some years, this one the last, as pieces of a line; none where there is nothing to see."""
        return [] if self.is_part or not any(self.figure.series[:-1]) else sparkline(self.figure.series)

    @property
    def spark_text(self) -> str:
        last = self.figure.period.last.year
        years = range(last - len(self.figure.series) + 1, last + 1)
        texts = (number_text(value, self.figure.indicator.decimals) for value in self.figure.series)
        return _(", ").join(f"{year}: {text}" for year, text in zip(years, texts, strict=True))


def lines(figures: Iterable[Figure]) -> Iterator[Line]:
    for figure in figures:
        yield Line(figure)
        for name in figure.indicator.shown_by:
            for part in figure.breakdowns[name]:
                yield Line(figure, name, part)


def number_text(value: Value, decimals: int, sign: str = "") -> str:
    """With thousands apart; a plus only before what is more than nothing."""
    if value is None:
        return NOTHING
    shown = round(Decimal(value), decimals) or Decimal()  # no minus before nothing
    return f"{shown:{sign if shown else ''},.{decimals}f}"


def short_of(goal: Goal, total: Number, decimals: int) -> str:
    """A sentence where targets of parts that add up to ``total`` cannot bring the whole to its target."""
    if goal.is_met_by(total):
        return ""
    return _("The targets of the parts come to %(total)s, the target of the whole is %(target)s.") % {
        "total": number_text(total, decimals),
        "target": number_text(goal.value, decimals),
    }


def breakdowns(figure: Figure) -> list[dict[str, Any]]:
    """Each dimension by which the figure is not narrowed yet, with its lines."""
    names = [name for name in (*figure.indicator.dimension_names, REGION) if name not in figure.values]
    labels: Mapping[str, Any] = {name: figure.indicator.dimension(name).label for name in names if name != REGION}
    return [
        {
            "label": labels.get(name, _("Region")),
            "lines": [(figure.labels[name][part], Line(figure, name, part)) for part in figure.breakdowns[name]],
        }
        for name in names
        if not (name == REGION and (figure.own_level or len(figure.breakdowns[name]) < 2))
    ]
