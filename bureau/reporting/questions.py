"""One question to the database: the amounts of several indicators over one model, grouped by some columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from bureau.reporting.indicators import Indicator
from bureau.reporting.measures import Distinct, Stated
from bureau.reporting.periods import Period

# The values of ``Question.columns``, then the amounts, indicator by indicator, within it period by period. An amount
# is that of ``Measure.amount``; None is nothing.
Group = tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    """Part of an answer: groups by some of the question's columns. The parts of an answer add up.

    ``counts``: the groups make up totals; otherwise they repeat what another part counts, by other columns.
    """

    columns: tuple[str, ...]
    groups: Iterable[Group]
    counts: bool = True


@dataclass(frozen=True)
class Frame:
    """For what part of the world figures are asked: what is the same for all of them.

    Of periods behind the first ``broken_down`` only the totals are wanted (None: of all the parts as well).
    ``base_rows_only``: no tally may answer, since the tables in sight are not those that it has added up.
    """

    region: str
    periods: tuple[Period, ...]
    user: Any = None
    values: Mapping[str, str] = field(default_factory=dict)
    own_level: bool = False
    with_breakdowns: bool = True
    base_rows_only: bool = False
    broken_down: int | None = None

    def has_parts(self, period: int) -> bool:
        return self.with_breakdowns and (self.broken_down is None or period < self.broken_down)


@dataclass(frozen=True)
class Question:
    """All ``indicators`` count rows of the same model by the same region path."""

    frame: Frame
    indicators: tuple[Indicator, ...]
    columns: tuple[str, ...]

    def query(self) -> QuerySet:
        """The answer from the base rows, one line a group: the columns, then the amounts."""
        first = self.indicators[0]
        rows = first.candidates(self.frame.region, user=self.frame.user, own_level=self.frame.own_level)
        rows = rows.filter(self._worth_reading())
        amounts = self._amounts()
        columns = {f"column_{number}": F(path) for number, path in enumerate(self.columns)}
        groups = rows.values(**columns) if columns else rows.values(all=Value(0))
        return groups.annotate(**amounts).values_list(*columns, *amounts)

    def position(self, indicator: Indicator, period: int) -> int:
        """Where among the amounts of a group that of the indicator stands."""
        return self.indicators.index(indicator) * len(self.frame.periods) + period

    def _amounts(self) -> dict[str, Any]:
        amounts: dict[str, Any] = {}
        for indicator in self.indicators:
            counts = indicator.counts_if(self.frame.values)
            for period in self.frame.periods:
                condition = counts & indicator.interval.condition(indicator.model, period)
                amounts[f"amount_{len(amounts)}"] = indicator.measure.amount(indicator.model, condition)
        return amounts

    def _worth_reading(self) -> Q:
        """The rows that any of the amounts may count, so that an index on their dates narrows the reading."""
        by_interval: dict[Any, list[Indicator]] = {}
        for indicator in self.indicators:
            by_interval.setdefault(indicator.interval, []).append(indicator)
        worth = Q()
        for interval, alike in by_interval.items():
            days = Q()
            for period in self.frame.periods:
                days |= interval.condition(alike[0].model, period)
            # What all count that go by these days narrows further; of many that is next to nothing.
            worth |= days & alike[0].counts_if(self.frame.values) if len(alike) == 1 else days
        return worth


def questions_for(indicators: Iterable[Indicator], frame: Frame) -> list[Question]:
    """As few questions as possible. A distinct key that is no dimension anyhow gets one of its own: it would split
    the groups of all the others nearly into single rows."""
    shared: dict[tuple[Any, ...], list[Indicator]] = {}
    for indicator in dict.fromkeys(indicators):
        kind = (indicator.model, indicator.region_path, indicator.tally, indicator.since, _extra_key(indicator))
        shared.setdefault(kind, []).append(indicator)
    return [_question(frame, group) for group in shared.values()]


def _question(frame: Frame, indicators: list[Indicator]) -> Question:
    periods = tuple(period.since(indicators[0].since) for period in frame.periods)
    return Question(replace(frame, periods=periods), tuple(indicators), _columns(indicators, frame))


def region_column(indicator: Indicator) -> str:
    return f"{indicator.region_path}_id"


def _columns(indicators: list[Indicator], frame: Frame) -> tuple[str, ...]:
    columns = [region_column(indicators[0])] if frame.with_breakdowns or _any_alone(indicators) else []
    for indicator in indicators:
        if frame.with_breakdowns:
            columns += [each.path for each in indicator.dimensions.values()]
        if isinstance(indicator.measure, Distinct):
            columns.append(indicator.measure.path)
    return tuple(dict.fromkeys(columns))


def _any_alone(indicators: Iterable[Indicator]) -> bool:
    return any(isinstance(indicator.measure, Stated) for indicator in indicators)


def _extra_key(indicator: Indicator) -> str | None:
    if not isinstance(indicator.measure, Distinct):
        return None
    path = indicator.measure.path
    return None if path in {each.path for each in indicator.dimensions.values()} else path
