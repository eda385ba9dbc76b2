"""The summary of a region and period: all figures, whoever prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bureau.models.region_tree import Place
from bureau.reporting import indicators, regions, statements
from bureau.reporting.engine import compute
from bureau.reporting.figures import Figure
from bureau.reporting.goals import with_goals
from bureau.reporting.indicators import BaseIndicator, Indicator, Section
from bureau.reporting.intervals import On
from bureau.reporting.periods import Period

# Years of the course that is drawn beside each figure.
SERIES = 5


@dataclass(frozen=True)
class Summary:
    """``made_by`` is the reader whose scope the figures keep to; None: everything in the region."""

    region: Place
    period: Period
    figures: list[Figure]
    made_at: datetime
    made_by: Any = None

    @classmethod
    def make(
        cls, region: str, period: Period, *, user: Any = None, wanted: Iterable[BaseIndicator] | None = None
    ) -> "Summary":
        """All figures unless some are named; raises ``regions.UnknownRegion``."""
        place = regions.place(region)
        shown = indicators.of_region(region) if wanted is None else wanted
        figures = compute(shown, region, period, user=user, series=SERIES)
        return cls(place, period, with_goals(figures, user), timezone.now(), user)

    @classmethod
    def of_totals(cls, region: str, period: Period, *, user: Any = None) -> "Summary":
        """All figures as they stand alone: without parts, years before and targets. Otherwise as ``make``."""
        place = regions.place(region)
        wanted = indicators.of_region(region)
        figures = compute(wanted, region, period, user=user, breakdowns=False, previous=False)
        return cls(place, period, figures, timezone.now(), user)

    @property
    def sections(self) -> list[tuple[Section, list[Figure]]]:
        return [
            (Section(section), list(figures))
            for section, figures in groupby(self.figures, key=lambda figure: figure.indicator.section)
        ]

    @property
    def parts(self) -> dict[str, str]:
        """Code and name of everything that some figure is broken down by region into, the region itself first."""
        found: dict[str, str] = {}
        for figure in self.figures:
            found.update(figure.labels["region"])
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "region": self.region.code,
            "period": {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()},
            "figures": [figure.as_json() for figure in self.figures],
        }


def latest_year(wanted: Iterable[BaseIndicator], region: str, *, user: Any = None) -> Period:
    """The last year, up to this one, in which one of the flows counts a row; without any row this year."""
    today, queries = timezone.localdate(), []
    for alike in _flows_by_day(wanted):
        path = alike[0].interval.path  # type: ignore[union-attr]
        rows = alike[0].candidates(region, user=user).filter(_any_counts(alike), **{f"{path}__lte": today})
        queries.append(rows.order_by(f"-{path}").values_list(path, flat=True))
    # As text a day is the same, and sorts the same, on every database.
    days = [str(day) for day in statements.first_values(queries) if day]
    return Period.year(int(max(days)[:4]) if days else today.year)


def _flows_by_day(wanted: Iterable[BaseIndicator]) -> Iterable[list[Indicator]]:
    """Flows that count rows of one model by the same day, so that one query finds the latest of them all."""
    alike: dict[tuple[Any, ...], list[Indicator]] = {}
    for indicator in wanted:
        if isinstance(indicator, Indicator) and isinstance(indicator.interval, On):
            kind = (indicator.model, indicator.region_path, indicator.interval)
            alike.setdefault(kind, []).append(indicator)
    return alike.values()


def _any_counts(alike: Iterable[Indicator]) -> Q:
    """Where one of them counts every row, nothing is asked of a row."""
    conditions = [indicator.counts_if({}) for indicator in alike]
    return Q() if Q() in conditions else reduce(or_, conditions)
