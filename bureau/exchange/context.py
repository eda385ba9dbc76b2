"""For whom a sheet is read or written, and what was looked up for it so far."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from bureau import scoping
from bureau.exchange.regions import RegionIndex
from bureau.models import Office, Staff


class Lookups:
    """What columns looked up so far, so that a chunk costs one query a column."""

    def __init__(self) -> None:
        self._found: dict[Any, dict[Any, Any]] = {}

    def cache(self, owner: Any) -> dict[Any, Any]:
        return self._found.setdefault(owner, {})


class Context(Lookups):
    """An import acts for an office: it may change what that office or one below keeps, and refer to what it sees.

    ``row`` holds the values of the row that is being parsed, by column name.
    """

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.row: dict[str, Any] = {}
        # Scope asks for a person; an import by command has none, so the office itself stands in.
        self._actor = Staff(office=office, is_active=True)

    @cached_property
    def regions(self) -> RegionIndex:
        return RegionIndex(self.office.region_id)

    def editable(self, queryset: QuerySet) -> QuerySet:
        return scoping.editable_by(queryset, self._actor)

    def visible(self, queryset: QuerySet) -> QuerySet:
        return scoping.visible_to(queryset, self._actor)

    def day(self, column_name: str) -> date | None:
        """The date in a column of the present row, if it was given and could be read."""
        value = self.row.get(column_name)
        return value if isinstance(value, date) else None
