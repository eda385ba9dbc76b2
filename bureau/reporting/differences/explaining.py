"""Frozen + differences = now, for each figure of a frozen year and each part of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from bureau import past
from bureau.past import Changes, Key, Past
from bureau.reporting.differences import touched
from bureau.reporting.differences.causes import Cause, Item, Rows, items_by_key, items_by_row
from bureau.reporting.differences.contributions import Contribution, Reader
from bureau.reporting.differences.reach import Node, reach_of
from bureau.reporting.engine import TOTAL, Slot, compute, counted_from_rows
from bureau.reporting.figures import Figure, Value, change
from bureau.reporting.indicators import BaseIndicator, Indicator
from bureau.reporting.measures import Distinct, Number
from bureau.reporting.models import FrozenYear
from bureau.reporting.periods import Period

Numbers = Mapping[Slot, Number]


@dataclass(frozen=True)
class Explanation:
    """Of a figure that is counted from rows; of a rate there is one for each of its two figures."""

    indicator: Indicator
    frozen: Numbers
    now: Numbers
    items: list[Item]

    def amount(self, cause: Cause, slot: Slot = TOTAL) -> Number:
        """What stands under a cause, in the figure's unit; under the definition what no row explains."""
        if cause is Cause.DEFINITION:
            return self.now.get(slot, 0) - self.frozen.get(slot, 0) - sum(self._by_rows(slot).values())
        return self._by_rows(slot).get(cause, 0)

    def items_of(self, cause: Cause | None = None, slot: Slot = TOTAL) -> list[Item]:
        return [item for item in self.items if item.deltas.get(slot) and cause in (None, item.cause)]

    def number(self, amount: int) -> Number:
        """What an item does, in the figure's unit."""
        return self.indicator.measure.exact(self.indicator.model, amount)

    @property
    def slots(self) -> list[Slot]:
        return list(dict.fromkeys([TOTAL, *self.frozen, *self.now]))

    def _by_rows(self, slot: Slot) -> dict[Cause, Number]:
        amounts: dict[Cause, int] = {}
        for item in self.items:
            amounts[item.cause] = amounts.get(item.cause, 0) + item.deltas.get(slot, 0)
        return {cause: self.number(amount) for cause, amount in amounts.items()}


class Difference:
    """Of frozen figures against those of now; rows are looked for when they are asked for."""

    def __init__(self, frozen: FrozenYear, now: Iterable[Figure]) -> None:
        self.frozen, self.region, self.period = frozen, frozen.region_id, Period.year(frozen.year)
        self.now = {figure.indicator.key: figure for figure in now}

    @classmethod
    def of(cls, frozen: FrozenYear, indicators: Iterable[BaseIndicator]) -> "Difference":
        """``indicators``: rates come with what they are made of."""
        wanted = list(indicators)
        counted = [each for each in counted_from_rows(wanted) if each.key not in {one.key for one in wanted}]
        return cls(frozen, compute([*wanted, *counted], frozen.region_id, Period.year(frozen.year), previous=False))

    def differs(self, key: str) -> bool:
        """Whether the figure or any part of it is another now."""
        was, now = self.frozen_slots(key), self.now_slots(key)
        return any((was.get(slot) or 0) != (now.get(slot) or 0) for slot in {*was, *now})

    def totals(self) -> dict[str, Value]:
        """By key what each frozen figure is more now, or less."""
        keys = [key for key in self.frozen.figures if key in self.now]
        return {key: change(self.now[key].value, self.frozen.value(key)) for key in keys}

    def frozen_slots(self, key: str) -> dict[Slot, Value]:
        frozen, parts = self.frozen, self.frozen.figures.get(key, {}).get("breakdowns", {})
        named = {(name, part): frozen.value(key, name, part) for name, values in parts.items() for part in values}
        return {TOTAL: frozen.value(key), **named}

    def now_slots(self, key: str) -> dict[Slot, Value]:
        figure = self.now[key]
        named = {(name, part): value for name, parts in figure.breakdowns.items() for part, value in parts.items()}
        return {TOTAL: figure.value, **named}

    def explain(self, indicators: Iterable[BaseIndicator]) -> dict[str, Explanation]:
        """By key of what is counted from rows."""
        found: dict[str, Explanation] = {}
        counted = sorted(counted_from_rows(indicators), key=lambda each: each.model._meta.label)
        for _label, alike in groupby(counted, key=lambda each: each.model._meta.label):
            some = list(alike)
            for indicator, rows in zip(some, self._rows(some), strict=True):
                found[indicator.key] = self._explanation(indicator, rows)
        return found

    @cached_property
    def changes(self) -> Changes:
        return Changes(self.frozen.marks)

    @cached_property
    def _merged(self) -> dict[Any, set[Key]]:
        return past.merged_since(self.frozen.frozen_at)

    def _rows(self, indicators: list[Indicator]) -> list[Rows]:
        """Of figures of one model."""
        changes, node = self.changes, reach_of(indicators)
        keys = touched.touched(node, changes, self.period.last)
        merged = frozenset(touched.merged(node, self._merged, changes))
        readers = [Reader(each, self.region, self.period) for each in indicators]
        last = changes.last_key(node.model)
        now = [(each.among(keys), each.after(last), each.standing(keys)) for each in readers]
        before = self._before(node, readers, keys)
        return [
            Rows(before_rows, now_rows, late, frozenset(stood), frozenset(stands), merged)
            for (before_rows, stood), (now_rows, late, stands) in zip(before, now, strict=True)
        ]

    def _before(
        self, node: Node, readers: list[Reader], keys: set[Key]
    ) -> list[tuple[dict[Key, Contribution], set[Key]]]:
        if not keys:
            return [({}, set()) for _reader in readers]
        derived = [each for one in node.nodes() if (each := past.derivation_of(one.model))]
        derived += [each for one in node.nodes() if (each := past.derivation_into(one.model, one.names))]
        tables = [model for each in derived for model in (*each.tables, each.owner, *each.sources)]
        tracked = [one.model for one in node.nodes() if one.is_tracked]
        with Past([*tracked, *tables], self.changes) as past_rows:
            touched.bring(past_rows, node, keys)
            with past_rows.active():
                return [(each.among(keys), each.standing(keys)) for each in readers]

    def _explanation(self, indicator: Indicator, rows: Rows) -> Explanation:
        if isinstance(indicator.measure, Distinct):
            keys = {each.key for some in (rows.before, rows.now, rows.late) for each in some.values()}
            counted = Reader(indicator, self.region, self.period).rows_of_keys(keys)
            items = items_by_key(rows, counted)
        else:
            items = items_by_row(rows)
        was, now = self.frozen_slots(indicator.key), self.now_slots(indicator.key)
        return Explanation(indicator, _defined(was), _defined(now), items)


def _defined(slots: Mapping[Slot, Value]) -> Numbers:
    return {slot: value for slot, value in slots.items() if value is not None}
