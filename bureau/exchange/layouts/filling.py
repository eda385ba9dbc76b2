"""Values that stand for several rows: of merged cells and, where the clerk says so, of the last cell above.

Rows must be given in their order. Merged cells are never spread out: a file may claim that a million rows are one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bureau.exchange.cells import is_blank
from bureau.exchange.files.parts import Merge
from bureau.exchange.files.reading import Cells


class Filling:
    """``positions``: columns that are read; ``down``: those of them in which an empty cell takes the value above."""

    def __init__(self, merges: Iterable[Merge], positions: Iterable[int], down: Iterable[int], *, after: int) -> None:
        self._waiting = sorted((merge for merge in merges if merge.top > after), key=lambda merge: -merge.top)
        self._positions = set(positions)
        self._above: dict[int, Any] = dict.fromkeys(down, "")
        self._open: dict[int, tuple[int, Any]] = {}
        # The merged cells that begin in the row at hand, by their first column.
        self.starting: Mapping[int, Merge] = {}

    def fill(self, number: int, cells: Cells) -> Cells:
        """The row with the values of the merged cells that reach into it; the same list if there are none."""
        if self.starting:
            self.starting = {}
        if self._waiting and self._waiting[-1].top <= number:
            self._start(number, cells)
        return self._filled(number, cells) if self._open else cells

    def fill_down(self, cells: Cells) -> Cells:
        """For rows that are records, and for those alone."""
        if not self._above:
            return cells
        filled = list(cells)
        for position in self._above:
            if position < len(filled) and is_blank(filled[position]):
                filled[position] = self._above[position]
            elif position < len(filled):
                self._above[position] = filled[position]
        return filled

    def _start(self, number: int, cells: Cells) -> None:
        starting = {}
        while self._waiting and self._waiting[-1].top <= number:
            merge = self._waiting.pop()
            starting[merge.left] = merge
            if merge.bottom > number and merge.left in self._positions and merge.left < len(cells):
                self._open[merge.left] = (merge.bottom, cells[merge.left])
        self.starting = starting

    def _filled(self, number: int, cells: Cells) -> Cells:
        filled = list(cells)
        for position, (bottom, value) in list(self._open.items()):
            if position < len(filled) and is_blank(filled[position]):
                filled[position] = value
            if bottom <= number:
                del self._open[position]
        return filled
