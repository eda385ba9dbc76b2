"""Lists of millions of rows in the admin: nothing is counted to its end, and each search goes by an index."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from bureau.addresses import MOST_WORDS
from bureau.record_admin import RecordAdmin
from bureau.texts import clean_text, narrow

# Nobody turns more pages than these rows fill; a search is narrowed instead.
MOST = 1_000
# As many years stand above the list; to find out which have rows would take reading them all.
YEARS = 10


class BoundedPaginator(Paginator):
    """Counts up to ``MOST``; ``has_more`` says that there are more rows than can be paged through."""

    template_name = "admin/record/bounded_pagination.html"

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST + 1].values("pk").count())

    @property
    def has_more(self) -> bool:
        return self._counted > MOST


@dataclass(frozen=True)
class ByStart:
    """Rows whose number begins with the word."""

    path: str

    def condition(self, word: str) -> Q:
        number = clean_text(narrow(word))
        return reduce(or_, (self._begins(each) for each in dict.fromkeys((number, number.upper()))))

    def _begins(self, number: str) -> Q:
        if connection.vendor == "postgresql":
            return Q((f"{self.path}__startswith", number))
        # SQLite does not use an index for LIKE; its texts stand in the order of their bytes.
        return Q((f"{self.path}__gte", number), (f"{self.path}__lt", number + chr(0x10FFFF)))


@dataclass(frozen=True)
class ByName:
    """Rows that point to one of those whose name has the word in it: these are found first, then the rows by key.

    ``named`` gives them for a word, whoever asks; the rows themselves stay within the scope.
    """

    path: str
    named: Callable[[str], QuerySet]

    def condition(self, word: str) -> Q:
        return Q((f"{self.path}__among", list(self.named(word).order_by().values_list("pk", flat=True))))


class LargeListAdmin(RecordAdmin):
    """``searched_by`` takes the place of ``search_fields``: each word has to be found by one of them.

    With a ``date_hierarchy``, years, months and days to choose from stand above the list, with rows or
    without.
    """

    searched_by: ClassVar[Sequence[ByStart | ByName]] = ()
    paginator = BoundedPaginator
    show_full_result_count = False

    def __init_subclass__(cls) -> None:
        # The search box and other pages' choices ask for them; what is asked of the database is ``searched_by``.
        cls.search_fields = tuple(each.path for each in cls.searched_by)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet, bool]:
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(self._found(word))
        return queryset, False

    def _found(self, word: str) -> Q:
        found = reduce(or_, (each.condition(word) for each in self.searched_by), Q())
        if connection.vendor == "postgresql":
            return found
        # SQLite would read the whole list in its order rather than go by several indexes.
        return Q(pk__in=self.model._default_manager.filter(found).order_by().values("pk"))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changes = super().get_changelist_instance(request)
        changes.has_more = changes.paginator.has_more
        if self.date_hierarchy:
            changes.dates = Dates.of(changes)
        return changes


@dataclass(frozen=True)
class Dates:
    """Links to the parts of the chosen year or month, each with its name, and to what they are parts of."""

    choices: list[tuple[str, str]]
    back: tuple[str, str] | None = None

    @classmethod
    def of(cls, changes: Any) -> "Dates":
        path, today = changes.date_hierarchy, timezone.localdate()

        def link(**chosen: int) -> str:
            return str(changes.get_query_string({f"{path}__{part}": chosen[part] for part in chosen}, [f"{path}__"]))

        year, month, day = (int(changes.params.get(f"{path}__{part}") or 0) for part in ("year", "month", "day"))
        if not year:
            return cls([(str(each), link(year=each)) for each in range(today.year, today.year - YEARS, -1)])
        months = [date(year, each, 1) for each in range(1, 13)]
        if not month:
            return cls(
                [(date_format(each, "YEAR_MONTH_FORMAT"), link(year=year, month=each.month)) for each in months],
                (gettext("All dates"), link()),
            )
        if not day:
            days = [date(year, month, each) for each in range(1, monthrange(year, month)[1] + 1)]
            return cls(
                [(date_format(each, "MONTH_DAY_FORMAT"), link(year=year, month=month, day=each.day)) for each in days],
                (str(year), link(year=year)),
            )
        of_month = date_format(months[month - 1], "YEAR_MONTH_FORMAT"), link(year=year, month=month)
        return cls([(date_format(date(year, month, day), "MONTH_DAY_FORMAT"), "")], of_month)
