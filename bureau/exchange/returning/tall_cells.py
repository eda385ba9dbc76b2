"""Merged cells over several rows: what is wrong in such a cell is wrong in each of its rows, and is told once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection

from bureau.exchange.files.parts import Merge
from bureau.exchange.files.reading import open_book
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.models import Import


class TallCells:
    """Of the sheets of a file that are read, in the columns at ``positions`` (from 0)."""

    def __init__(self, run: Import, layout: Layout, positions: Collection[int]) -> None:
        self._found: dict[tuple[int, int], list[Merge]] = defaultdict(list)
        with open_book(run.path) as book:
            for index, part in enumerate(layout.parts):
                for merge in sorted(book.merges(part.name)):
                    if merge.bottom > merge.top:
                        for position in positions:
                            if merge.left <= position <= merge.right:
                                self._found[index, position].append(merge)

    def at(self, part: int, row: int, position: int) -> Merge | None:
        """The one that this cell belongs to; ``part`` counts the sheets that are read."""
        merges = self._found.get((part, position), [])
        above = bisect_right(merges, row, key=lambda merge: merge.top)
        return merges[above - 1] if above and merges[above - 1].bottom >= row else None
