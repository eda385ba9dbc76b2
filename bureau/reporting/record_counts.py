"""How many records stand behind figures: the rows that the page of each opens, whatever it adds up of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute, counted_from_rows
from bureau.reporting.figures import Figure
from bureau.reporting.indicators import Indicator
from bureau.reporting.measures import Count, Distinct, Stated


class RecordCounts:
    """Of the figures of one region and period, within the scope of ``user``; parts by their ``shown_by`` as well.

    A figure that counts rows says itself how many; all others are counted again by rows, in the few statements of one
    reckoning. All figures are narrowed to the same.
    """

    def __init__(self, figures: Sequence[Figure], user: Any = None) -> None:
        self._known = {figure.indicator.key: figure for figure in figures if _counts_rows(figure.indicator)}
        names = _names(figures)
        unknown = [each for each in counted_from_rows(f.indicator for f in figures) if each.key not in self._known]
        if unknown:
            region, period = figures[0].region, figures[0].period
            of_rows = [by_rows(each, (*names[each.key], *figures[0].values)) for each in unknown]
            narrowed: dict[str, Any] = {"values": figures[0].values, "own_level": figures[0].own_level}
            counted = compute(of_rows, region, period, user=user, previous=False, **narrowed)
            self._known |= {each.key: figure for each, figure in zip(unknown, counted, strict=True)}

    def of(self, indicator: Indicator, dimension: str = "", part: str = "") -> int:
        """Of a figure that is counted from rows, or of one part of it."""
        figure = self._known[indicator.key]
        if isinstance(indicator.measure, Stated):  # what parts of the region state is not opened
            return figure.breakdowns[REGION].get(figure.region, 0)  # type: ignore[return-value]
        return figure.breakdowns[dimension].get(part, 0) if dimension else figure.value  # type: ignore[return-value]


def by_rows(indicator: Indicator, names: Iterable[str] = ()) -> Indicator:
    """A figure of the same rows that counts them, broken down by the named dimensions only."""
    measure = indicator.measure
    is_distinct = isinstance(measure, Distinct)
    stated = Q((f"{measure.path}__isnull", False)) if isinstance(measure, Distinct) else Q()
    attributes = {
        "key": f"{indicator.key}.records",
        "measure": Count(),
        "predicate": indicator.predicate & stated,
        "dimensions": {name: indicator.dimension(name) for name in names},
        "shown_by": (),
        # A tally keeps no rows by a key that it does not add up by.
        "tally": None if is_distinct else indicator.tally,
        "tally_column": "",
    }
    return type("Records", (type(indicator),), attributes)()


def _counts_rows(indicator: Any) -> bool:
    return isinstance(getattr(indicator, "measure", None), Count)


def _names(figures: Iterable[Figure]) -> dict[str, tuple[str, ...]]:
    """By key of what is counted, the dimensions in which its parts are shown, be it as part of a rate."""
    names: dict[str, tuple[str, ...]] = {}
    for figure in figures:
        for each in counted_from_rows([figure.indicator]):
            names[each.key] = tuple(dict.fromkeys((*names.get(each.key, ()), *figure.indicator.shown_by)))
    return names
