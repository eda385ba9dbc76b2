"""For whom a sheet is read or written, and what was looked up for it so far."""

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from bureau import scoping
from bureau.exchange.cells import shown
from bureau.exchange.columns.region_index import RegionIndex
from bureau.models import Office, Staff

if TYPE_CHECKING:
    from bureau.exchange.columns.base import Column

INTERPRETATIONS = 200
# So that one column, where every cell is of that kind, leaves room for the others.
OF_ONE_COLUMN = 40


class Lookups:
    """What columns looked up so far, so that a chunk costs one query a column."""

    def __init__(self) -> None:
        self._found: dict[Any, dict[Any, Any]] = {}

    def cache(self, owner: Any) -> dict[Any, Any]:
        return self._found.setdefault(owner, {})


class Context(Lookups):
    """An import acts for an office: it may change what that office or one below keeps, and refer to what it sees.

    ``columns``: of the rows that are being read, the values of each column read so far, by its name.
    ``interpretations``: the first cells that were understood by more than reading them, as (name of the column, the
    cell as shown, text of the value); a dict for its order. ``counts_from_1904``: what a number means as a day is not
    what it means elsewhere.
    """

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.counts_from_1904 = False
        self.columns: dict[str, list[Any]] = {}
        self.interpretations: dict[tuple[str, str, str], None] = {}
        self._interpreted: Counter[str] = Counter()
        # Scope asks for a person; an import by command has none, so the office itself stands in.
        self._actor = Staff(office=office, is_active=True)

    @cached_property
    def regions(self) -> RegionIndex:
        return RegionIndex(self.office.region_id)

    def editable(self, queryset: QuerySet) -> QuerySet:
        return scoping.editable_by(queryset, self._actor)

    def visible(self, queryset: QuerySet) -> QuerySet:
        return scoping.visible_to(queryset, self._actor)

    def interpreted(self, column: "Column", raw: Any, text: str) -> None:
        """Note for the preview how a cell was understood."""
        if self._interpreted[column.name] == OF_ONE_COLUMN or len(self.interpretations) == INTERPRETATIONS:
            return
        entry = (column.name, shown(raw), text)
        if entry not in self.interpretations:
            self.interpretations[entry] = None
            self._interpreted[column.name] += 1
