"""What a change of records would do to the figures, measured by the engine over nothing but the records that change.

Amounts add up: a figure after the change is the present one, less what the touched records add up to before, plus what
they add up to after. That holds for distinct counts and rates as well, since both are made of ``engine.Amounts``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Min, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import effects
from bureau.effects import Effect, PartEffect
from bureau.models.region import final_code
from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import Amounts, add_up, counted_from_rows, figures
from bureau.reporting.figures import Figure
from bureau.reporting.indicators import BaseIndicator, Indicator
from bureau.reporting.intervals import Interval, Kind, On
from bureau.reporting.lines import Line
from bureau.reporting.periods import FIRST_YEAR, Period
from bureau.reporting.questions import Frame

# The latest of the years in which a figure changes; a pile of old records would fill pages.
SHOWN_YEARS = 10
# A question has a column for each of its years and indicators.
YEARS_AT_ONCE = 10

# Per year and key of an indicator.
Reading = Mapping[int, Mapping[str, Amounts]]


class FigureGauge:
    """``counted`` add up rows of the models that change; ``shown`` are these and the rates made of them."""

    def __init__(self, counted: list[Indicator], shown: list[BaseIndicator], region: str, user: Any) -> None:
        self.counted, self.shown, self.region, self.user = counted, shown, region, user

    def read(self) -> Reading:
        years = self._years()
        reading = {}
        for start in range(0, len(years), YEARS_AT_ONCE):
            some = years[start : start + YEARS_AT_ONCE]
            added = add_up(self.counted, self._frame(*some, base_rows_only=True))
            for number, year in enumerate(some):
                reading[year] = {key: amounts[number] for key, amounts in added.items()}
        return reading

    def compare(self, before: Reading, after: Reading) -> tuple[list[Effect], str]:
        changes = _differences(before, after)
        told = {year: keys for year in sorted(changes, reverse=True) if (keys := self._told(changes, year))}
        shown = list(told)[:SHOWN_YEARS]
        note = ""
        if len(told) > len(shown):
            note = _("Changes in the years before %(year)s are not listed.") % {"year": shown[-1]}
        listed = (each for each in self.figures(changes, shown) if each.indicator.key in told[each.period.first.year])
        return [effect for figure in listed if (effect := _effect(figure))], note

    def _told(self, changes: Reading, year: int) -> set[str]:
        """Keys of the figures to list: not a stock again that changes as it already does in the year before."""
        told = set()
        for indicator in self.shown:
            keys = [each.key for each in counted_from_rows([indicator])]
            here, before = ([changes.get(each, {}).get(key) for key in keys] for each in (year, year - 1))
            goes_on = here == before and indicator.kind is Kind.STOCK and indicator.is_additive
            if any(here) and not goes_on:
                told.add(indicator.key)
        return told

    def figures(self, changes: Reading, years: Sequence[int]) -> Iterator[Figure]:
        """Each figure of these years as it would be, with the present one in the place of the previous."""
        if not years:
            return
        present = add_up(self.shown, self._frame(*years))
        for number, year in enumerate(years):
            both = {
                key: [_sum(amounts[number], changes[year].get(key, {})), amounts[number]]
                for key, amounts in present.items()
            }
            yield from figures(self.shown, both, self._frame(year, year))

    def _frame(self, *years: int, base_rows_only: bool = False) -> Frame:
        periods = tuple(Period.year(year) for year in years)
        return Frame(self.region, periods, self.user, base_rows_only=base_rows_only)

    def _years(self) -> list[int]:
        """Those up to the present one in which a row in sight may count: later ones are nobody's figures yet."""
        present = timezone.localdate().year
        years: set[int] = set()
        for indicator in self.counted:
            rows = indicator.candidates(self.region, user=self.user).filter(indicator.counts_if({}))
            years.update(_years_of(rows, indicator.interval, present))
        return sorted(year for year in years if FIRST_YEAR <= year <= present)


@effects.register
def gauge_of(models: Sequence[type[Model]], region: str, user: Any) -> FigureGauge | None:
    every = indicators.every()
    counted = [each for each in every if isinstance(each, Indicator) and each.model in models]
    shown = [each for each in every if not set(counted_from_rows([each])).isdisjoint(counted)]
    return FigureGauge(counted, shown, final_code(region), user) if counted else None


def _years_of(rows: QuerySet, interval: Interval, present: int) -> Iterable[int]:
    if isinstance(interval, On):
        return (day.year for day in rows.dates(interval.path, "year"))
    first = rows.aggregate(first=Min(interval.begins))["first"]
    return range(first.year, present + 1) if first else ()


def _differences(before: Reading, after: Reading) -> dict[int, dict[str, Amounts]]:
    """Only what differs. A year or figure that one of the two does not have is nothing in it."""
    found: dict[int, dict[str, Amounts]] = {}
    for year in {*before, *after}:
        old, new = before.get(year, {}), after.get(year, {})
        for key in {*old, *new}:
            negative = {place: -amount for place, amount in old.get(key, {}).items()}
            if differing := {place: amount for place, amount in _sum(new.get(key, {}), negative).items() if amount}:
                found.setdefault(year, {})[key] = differing
    return found


def _sum(one: Amounts, other: Amounts) -> Amounts:
    return {place: one.get(place, 0) + other.get(place, 0) for place in {**one, **other}}


def _effect(figure: Figure) -> Effect | None:
    """None if neither the figure nor any part of it changes."""
    parts = list(_parts(figure))
    if figure.value == figure.previous and not parts:
        return None
    whole = Line(figure)
    return Effect(
        key=figure.indicator.key,
        label=whole.label,
        unit=whole.unit,
        period=figure.period.label,
        before=whole.previous_text,
        after=whole.text,
        change=whole.change_text,
        parts=parts,
        url=whole.url,
    )


def _parts(figure: Figure) -> Iterator[PartEffect]:
    """The parts that change, those that a summary prints first."""
    indicator = figure.indicator
    for name in dict.fromkeys((*indicator.shown_by, REGION, *indicator.dimension_names)):
        parts, before = figure.breakdowns[name], figure.previous_breakdowns[name]
        if name == REGION and len(parts) < 2:  # the region itself is the whole
            continue
        dimension = _("Region") if name == REGION else str(indicator.dimension(name).label)
        for value, number in parts.items():
            if number != before.get(value):
                yield PartEffect(dimension, str(figure.labels[name][value]), Line(figure, name, value).change_text)
