"""What single rows add to a figure and to its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from bureau.models.region import final_code
from bureau.past import Key, batches
from bureau.reporting.dimensions import REGION, as_text
from bureau.reporting.engine import TOTAL, Slot, buckets
from bureau.reporting.indicators import Indicator
from bureau.reporting.measures import Distinct, Stated
from bureau.reporting.periods import Period
from bureau.reporting.questions import region_column

ANY_ROW = Q(pk__isnull=False)


@dataclass(frozen=True)
class Contribution:
    """``amount`` is that of ``Measure.amount``, ``slots`` are the places of the figure in which the row counts.

    ``key``: what a distinct measure counts.
    """

    amount: int
    slots: tuple[Slot, ...]
    key: Any = None


class Reader:
    """Of the figure of one region and period."""

    def __init__(self, indicator: Indicator, region: str, period: Period) -> None:
        self.indicator, self.region, self.period = indicator, region, period
        self._bucket = buckets(region)

    def among(self, keys: Iterable[Key]) -> dict[Key, Contribution]:
        """The contributions of those of these rows that the figure counts, from the tables in sight."""
        found: dict[Key, Contribution] = {}
        for some in batches(keys):
            found.update(self._read(self._rows().filter(pk__among=some)))
        return found

    def after(self, key: Key) -> dict[Key, Contribution]:
        """Those of the rows that came into being after the row with this key."""
        return self._read(self._rows().filter(pk__gt=key))

    def standing(self, keys: Iterable[Key]) -> set[Key]:
        """Which of these rows are on record and not voided, whether or not the figure counts them."""
        found: set[Key] = set()
        for some in batches(keys):
            rows = self.indicator.candidates(None, user=None).filter(pk__among=some)
            found.update(rows.values_list("pk", flat=True))
        return found

    def rows_of_keys(self, keys: Iterable[Any]) -> dict[tuple[Slot, Any], int]:
        """Of a distinct measure: by part and key how many rows of all count it now."""
        measure = self.indicator.measure
        found: dict[tuple[Slot, Any], int] = {}
        assert isinstance(measure, Distinct)
        wanted = list(keys)
        for start in range(0, len(wanted), 1000):
            rows = self._rows().filter(**{f"{measure.path}__in": wanted[start : start + 1000]})
            for each in self._read(rows).values():
                for slot in each.slots:
                    found[slot, each.key] = found.get((slot, each.key), 0) + each.amount
        return found

    def _rows(self) -> QuerySet:
        """All that the figure or a part of it counts; parts of the region may be stated by themselves."""
        indicator, days = self.indicator, self.period.since(self.indicator.since)
        rows = indicator.candidates(self.region, user=None)
        return rows.filter(indicator.counts_if({}), indicator.interval.condition(indicator.model, days))

    def _slots(self, code: str, values: Mapping[str, Any]) -> tuple[Slot, ...]:
        """As the engine places a row."""
        part = self._bucket(code)
        if isinstance(self.indicator.measure, Stated) and part != self.region:
            return ((REGION, part),) if final_code(code) == part else ()
        return (TOTAL, (REGION, part), *((name, as_text(value)) for name, value in values.items()))

    def _read(self, rows: QuerySet) -> dict[Key, Contribution]:
        indicator, measure = self.indicator, self.indicator.measure
        paths = {name: dimension.path for name, dimension in indicator.dimensions.items()}
        columns = {f"column_{place}": F(path) for place, path in enumerate(paths.values())}
        columns["column_region"] = F(region_column(indicator))
        if isinstance(measure, Distinct):
            columns["column_key"] = F(measure.path)
        amount = measure.amount(indicator.model, ANY_ROW)
        groups = rows.values("pk", **columns).annotate(amount=amount)
        found = {}
        for key, *values, amount_of_row in groups.values_list("pk", *columns, "amount"):
            stated = dict(zip(paths, values, strict=False))
            counted = values[-1] if isinstance(measure, Distinct) else None
            slots = self._slots(values[len(paths)], stated)
            found[key] = Contribution(int(amount_of_row or 0), slots, counted)
        return found
