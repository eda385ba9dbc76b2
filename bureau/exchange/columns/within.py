"""Texts and numbers that name a row only together with another column, such as a department of the unit beside it."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from bureau.exchange.columns.base import Column

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups


class WithinColumn(Column):
    """A row within the one of the column ``after``; stands before the kind of column that reads the cell itself.

    ``look_up`` remembers what there is within the outer rows, by one query a chunk, ``row_of`` finds the key of the row
    or gives back what stands in the cell instead, ``named`` says what is written for the keys of rows.
    """

    def look_up(self, outer: set[int], context: "Context") -> None:
        raise NotImplementedError(f"{type(self).__name__} must look up.")

    def row_of(self, said: Any, outer: Any, context: "Context") -> Any:
        raise NotImplementedError(f"{type(self).__name__} must find its rows.")

    def named(self, keys: set[int]) -> Iterable[tuple[int, Any]]:
        raise NotImplementedError(f"{type(self).__name__} must name its rows.")

    def read_all(self, raws: Sequence[Any], context: "Context") -> list[Any]:
        cells = super().read_all(raws, context)
        outer = context.columns.get(self.after) or repeat(None, len(raws))
        rows = list(zip(cells, outer, strict=False))
        self.look_up({key for said, key in rows if isinstance(key, int) and isinstance(said, str | int)}, context)
        return [self.row_of(said, key, context) for said, key in rows]

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - {None} - cache.keys():
            cache.update(self.named(missing))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)
