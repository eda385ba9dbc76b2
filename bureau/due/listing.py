"""The due list of one reader: all kinds together, in the order of their days, a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.utils.functional import Promise

from bureau.due.kinds import DueKind, every, last_day, warning_months
from bureau.models import Office
from bureau.models.region import subtree_q

OVERDUE = "overdue"


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty means: not narrowed. ``within``: "overdue" or a number of months."""

    kind: str = ""
    within: str = ""
    region: str = ""
    office: int | None = None


@dataclass(frozen=True)
class Item:
    """One line. ``days`` left until the last good day; below zero it is overdue."""

    kind: DueKind
    key: str
    title: str
    holder: str
    region: str
    office: str
    due_on: date
    days: int
    url: str
    revised_at: datetime

    @property
    def label(self) -> str | Promise:
        return self.kind.label

    @property
    def is_overdue(self) -> bool:
        return self.days < 0


@dataclass(frozen=True)
class Counts:
    """How many are overdue, and how many due within each warning level (the nearer ones included)."""

    overdue: int
    within: dict[int, int]


class DueList:
    """What is overdue or due within the farthest warning level, for ``user`` on the day ``on``.

    It can be cut like a list and knows its ``count()``, as a paginator asks for.
    """

    def __init__(self, user: Any, on: date, asked: Asked | None = None) -> None:
        self.user, self.on, self.asked = user, on, asked or Asked()
        self.levels = warning_months()

    @cached_property
    def kinds(self) -> list[DueKind]:
        """Those of which the reader may see rows at all."""
        return [kind for kind in every() if self.user.has_perm(kind.permission)]

    @cached_property
    def counts(self) -> Counts:
        """Over kind, region and office asked for, whatever the time asked for."""
        overdue, within = 0, dict.fromkeys(self.levels, 0)
        for kind in self._wanted():
            day = kind.due_path
            later = {
                f"within_{months}": Count(
                    "pk", filter=Q((f"{day}__gte", self.on), (f"{day}__lte", last_day(months, self.on)))
                )
                for months in self.levels
            }
            found = self._rows(kind).aggregate(overdue=Count("pk", filter=Q((f"{day}__lt", self.on))), **later)
            overdue += found["overdue"]
            for months in self.levels:
                within[months] += found[f"within_{months}"]
        return Counts(overdue, within)

    def count(self) -> int:
        if self.asked.within == OVERDUE:
            return self.counts.overdue
        if self.asked.within:
            return self.counts.within[int(self.asked.within)]
        return self.counts.overdue + self.counts.within[self.levels[-1]]

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, cut: slice) -> list[Item]:
        """The soonest first; what is overdue stands before all."""
        wanted = self._wanted()
        if not wanted:
            return []
        parts = [self._keys(kind, number) for number, kind in enumerate(wanted)]
        keys = list(parts[0].union(*parts[1:], all=True).order_by("list_day", "list_kind", "list_row")[cut])
        return list(self._items(wanted, keys))

    # ---------------------------------------------------------------------------------------------

    def _wanted(self) -> list[DueKind]:
        return [kind for kind in self.kinds if self.asked.kind in ("", kind.key)]

    def _rows(self, kind: DueKind) -> QuerySet:
        rows = kind.rows(self.user)
        if self.asked.region:
            rows = rows.filter(subtree_q(self.asked.region, kind.region_path))
        if self.asked.office is not None:
            office = Office.objects.get(pk=self.asked.office)
            rows = rows.filter(**{f"{kind.office_path}__in": Office.objects.below(office).values("pk")})
        return rows

    def _keys(self, kind: DueKind, number: int) -> QuerySet:
        """(day, number of the kind, key) of what is asked for."""
        first, last = self._days()
        condition = Q((f"{kind.due_path}__lte", last))
        if first is not None:
            condition &= Q((f"{kind.due_path}__gte", first))
        return (
            self._rows(kind)
            .filter(condition)
            .annotate(list_day=F(kind.due_path), list_kind=Value(number, IntegerField()), list_row=F("pk"))
            .values_list("list_day", "list_kind", "list_row")
        )

    def _days(self) -> tuple[date | None, date]:
        """From when, if at all, until when."""
        if self.asked.within == OVERDUE:
            return None, date.fromordinal(self.on.toordinal() - 1)
        if self.asked.within:
            return self.on, last_day(int(self.asked.within), self.on)
        return None, last_day(self.levels[-1], self.on)

    def _items(self, kinds: Sequence[DueKind], keys: Sequence[tuple[date, int, Any]]) -> Iterator[Item]:
        rows = {}
        for number, kind in enumerate(kinds):
            wanted = [row for _day, of_kind, row in keys if of_kind == number]
            if wanted:
                rows.update({(number, row.pk): row for row in kind.with_all(wanted)})
        for due_on, number, key in keys:
            if (number, key) in rows:
                yield self._item(kinds[number], rows[number, key], due_on)

    def _item(self, kind: DueKind, row: Any, due_on: date) -> Item:
        return Item(
            kind=kind,
            key=f"{kind.key}-{row.pk}",
            title=kind.title(row),
            holder=kind.holder(row),
            region=str(at_path(row, kind.region_path).name),
            office=str(at_path(row, kind.office_path)),
            due_on=due_on,
            days=(due_on - self.on).days,
            url=kind.url(row),
            revised_at=kind.revised_at(row),
        )


def at_path(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
