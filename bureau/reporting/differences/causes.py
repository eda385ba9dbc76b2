"""Under which cause a row stands whose contribution to a figure is another now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bureau.past import Key
from bureau.reporting.differences.contributions import Contribution
from bureau.reporting.engine import TOTAL, Slot


class Cause(TextChoices):
    """In the order in which one of several is taken for a key that a distinct measure counts."""

    MERGED = "merged", _("merged")
    VOIDED = "voided", _("voided")
    LATE = "late", _("entered late")
    RECLASSIFIED = "reclassified", _("reclassified")
    CHANGED = "changed", _("changed")
    DEFINITION = "definition", _("definition")


MEANING = {
    Cause.LATE: _("Counts in the year, was entered after it was frozen."),
    Cause.VOIDED: _("Was voided since, or restored after a voiding."),
    Cause.MERGED: _("Was moved or voided by a merge of enterprises, or put back when one was undone."),
    Cause.RECLASSIFIED: _("Moved to another figure, part or day: the old value left, the new one entered."),
    Cause.CHANGED: _("The amount was corrected."),
    Cause.DEFINITION: _("The definition or a reference table is another now: the same records count otherwise."),
}

Deltas = dict[Slot, int]


@dataclass
class Item:
    """What one row, or for a distinct measure one ``key`` with its rows, does to the figure under one cause."""

    cause: Cause
    rows: list[Key]
    deltas: Deltas = field(default_factory=dict)
    key: Any = None

    @property
    def total(self) -> int:
        return self.deltas.get(TOTAL, 0)


@dataclass(frozen=True)
class Rows:
    """Contributions before and now of rows that were there, ``late`` of others; who stood, and what was merged."""

    before: Mapping[Key, Contribution]
    now: Mapping[Key, Contribution]
    late: Mapping[Key, Contribution]
    stood: frozenset[Key]
    stands: frozenset[Key]
    merged: frozenset[Key]

    def moves(self) -> list[tuple[Cause, Key, dict[tuple[Slot, Any], int]]]:
        """By cause and row the amounts that it adds, or takes away, by part and key."""
        found = [(Cause.LATE, row, _at(each, each.amount)) for row, each in self.late.items()]
        for row in {**self.before, **self.now}:
            found += [(cause, row, deltas) for cause, deltas in self._of(row)]
        return [(cause, row, some) for cause, row, deltas in found if (some := _more_than_nothing(deltas))]

    def _of(self, row: Key) -> Iterable[tuple[Cause, dict[tuple[Slot, Any], int]]]:
        before, now = self.before.get(row), self.now.get(row)
        moved = Cause.MERGED if row in self.merged else Cause.RECLASSIFIED
        if before is None or now is None:
            is_standing = row in self.stood and row in self.stands
            cause = moved if is_standing or row in self.merged else Cause.VOIDED
            one = now or before
            assert one is not None
            yield cause, _at(one, one.amount if now else -one.amount)
            return
        leaving, entering = _at(before, -before.amount), _at(now, before.amount)
        stays = leaving.keys() & entering.keys()
        yield moved, {place: amount for place, amount in {**leaving, **entering}.items() if place not in stays}
        if change := now.amount - before.amount:
            yield Cause.CHANGED, _at(now, change)


def _at(contribution: Contribution, amount: int) -> dict[tuple[Slot, Any], int]:
    return {(slot, contribution.key): amount for slot in contribution.slots}


def _more_than_nothing(deltas: dict[tuple[Slot, Any], int]) -> dict[tuple[Slot, Any], int]:
    return {place: amount for place, amount in deltas.items() if amount}


def items_by_row(rows: Rows) -> list[Item]:
    """Of a figure that adds up its rows."""
    return [
        Item(cause, [row], {slot: amount for (slot, _key), amount in deltas.items()})
        for cause, row, deltas in rows.moves()
    ]


def items_by_key(rows: Rows, counted: Mapping[tuple[Slot, Any], int]) -> list[Item]:
    """Of a figure that counts different keys. ``counted``: how many rows of all count a key at a part now."""
    moves: dict[tuple[Slot, Any], dict[Cause, list[tuple[Key, int]]]] = defaultdict(lambda: defaultdict(list))
    for cause, row, deltas in rows.moves():
        for place, amount in deltas.items():
            moves[place][cause].append((row, amount))
    found: dict[tuple[Cause, Any], Item] = {}
    for (slot, key), by_cause in moves.items():
        now = counted.get((slot, key), 0)
        before = now - sum(amount for each in by_cause.values() for _row, amount in each)
        delta = (now > 0) - (before > 0)
        if not delta:
            continue
        cause, some = next(
            (cause, some)
            for cause in Cause
            if (some := [row for row, amount in by_cause.get(cause, ()) if amount * delta > 0])
        )
        item = found.setdefault((cause, key), Item(cause, [], key=key))
        item.deltas[slot] = delta
        item.rows = sorted({*item.rows, *some})
    return list(found.values())
