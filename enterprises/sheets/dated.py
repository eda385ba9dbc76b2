"""A sheet's column for a record of the office's own that is known by its name and, if need be, by its day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.reference import ReferenceColumn

if TYPE_CHECKING:
    from bureau.exchange.context import Context

_WITH_DAY = re.compile(r"(.+?)\s+(\d{4}-\d{2}-\d{2})")


def parts(text: str) -> tuple[str, date | None]:
    """The name, and the day written behind it."""
    if match := _WITH_DAY.fullmatch(text.strip()):
        try:
            return match[1], date.fromisoformat(match[2])
        except ValueError:
            pass
    return text, None


class DatedColumn(ReferenceColumn):
    """The row's own day, in the column ``on``, is not before the day of the record."""

    width = 40
    # Sentences.
    several: ClassVar[Any]
    missing: ClassVar[Any]
    before: ClassVar[Any]

    def __init__(self, name: str, *, on: str, **kwargs: Any) -> None:
        super().__init__(name, by=("pk",), **kwargs)
        self.on = on

    def found(self, names: set[str], context: "Context") -> Iterable[tuple[str, int, date]]:
        """Name, key and day of the records with these names that the office keeps."""
        raise NotImplementedError(f"{type(self).__name__} must find.")

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        cache, days = self._known(context), self._days(context)
        wanted = {text: parts(text) for text in set(map(text_of, raws)) - {""} - cache.keys()}
        if not wanted:
            return
        named: dict[str, list[tuple[int, date]]] = {}
        for name, pk, day in self.found({name for name, _day in wanted.values()}, context):
            named.setdefault(name, []).append((pk, day))
            days[pk] = day
        for text, (name, on) in wanted.items():
            cache[text] = {pk for pk, day in named.get(name, []) if on is None or day == on}

    def _days(self, context: "Context") -> dict[int, date]:
        return context.cache((self, "days"))

    def parse(self, raw: Any, context: "Context") -> Any:
        found = self._known(context).get(text_of(raw), set())
        if len(found) > 1:
            raise CellError(self.several)
        if not found:
            raise CellError(self.missing)
        return next(iter(found))

    def check(self, values: dict[str, Any], context: "Context") -> None:
        begins, on = self._days(context).get(values.get(self.name, 0)), values.get(self.on)
        if begins and on and on < begins:
            raise CellError(self.before)

    def choices(self, context: "Context") -> list[str]:
        return []
