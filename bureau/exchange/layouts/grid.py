"""The first rows of a sheet, and how the rows of a header of several rows belong together."""

from collections.abc import Sequence
from typing import Any

from bureau import units
from bureau.exchange.cells import is_blank, text_of
from bureau.exchange.files.parts import Merge
from bureau.exchange.layouts import months

MOST_HEADER_ROWS = 3
BENEATH = 25
# A longer text is no heading, and takes long to look at.
_LONGEST = 120


class Grid:
    """Rows are numbered as Excel numbers them, columns from 0."""

    def __init__(self, rows: Sequence[Sequence[Any]], merges: Sequence[Merge]) -> None:
        self.rows = rows
        self.width = max(map(len, rows), default=0)
        self.merges = [merge for merge in merges if merge.top <= len(rows)]
        self._merges = {(merge.top, merge.left): merge for merge in self.merges}
        # Rows that begin within a merged cell.
        self.cut = {
            row
            for merge in self._merges.values()
            for row in range(merge.top + 1, min(merge.bottom, merge.top + MOST_HEADER_ROWS) + 1)
        }
        self._texts: dict[int, dict[int, str]] = {}

    def texts(self, row: int) -> dict[int, str]:
        """Cells of a row that are not blank, by position."""
        if row not in self._texts:
            cells = self.rows[row - 1] if row <= len(self.rows) else ()
            self._texts[row] = {place: _heading_text(cell) for place, cell in enumerate(cells) if not is_blank(cell)}
        return self._texts[row]

    def places(self, rows: range) -> set[int]:
        """Positions in which any of these rows has something."""
        return {place for row in rows for place in self.texts(row)}

    def cell(self, row: int, position: int) -> Any:
        cells = self.rows[row - 1]
        return cells[position] if position < len(cells) else ""

    def span(self, row: int, position: int) -> Merge:
        """The merged cell that begins here, or the cell itself."""
        return self._merges.get((row, position)) or Merge(row, position, row, position)

    def beneath(self, row: int) -> range:
        """Rows under a header that show what kind of data it stands over."""
        return range(row + 1, min(row + BENEATH, len(self.rows)) + 1)


def _heading_text(cell: Any) -> str:
    if isinstance(cell, str):
        return text_of(cell)[:_LONGEST]
    if isinstance(cell, float) and not cell.is_integer() and 1900 < cell < 2100:
        # As a number, 2016.1 and 2016.10 are the same.
        return months.month_in(cell) or f"{cell} / {cell}0"
    return months.month_in(cell) or text_of(cell)


# Headers of several rows --------------------------------------------------------------------------


def leads_on(grid: Grid, row: int, last: int) -> bool:
    """Whether the next row belongs to the same header: a cell reaches into it, or is a group over its texts."""
    above, beneath = grid.texts(row), grid.texts(row + 1)
    spans = [grid.span(row, place) for place in above]
    if not spans or any(span.bottom > last for span in spans):
        return False
    in_groups = {place for group in _groups(grid, row, last) for place in group}
    # A text under a heading that is no group is a value, and the row beneath one of data.
    under_headings = [place for place in beneath if place in above and place not in in_groups]
    if not all(_is_unit_of(above[place], beneath[place]) for place in under_headings):
        return False
    return bool(in_groups or under_headings) or any(span.bottom > row for span in spans)


def _is_unit_of(heading: str, text: str) -> bool:
    return units.find(text) is not None and "单位" not in heading


def _groups(grid: Grid, row: int, last: int) -> list[range]:
    """Merged over several columns with texts beneath; or with blanks to the right and texts beneath all of them."""
    above, beneath = grid.texts(row), grid.places(range(row + 1, last + 1))
    found = []
    for place in above:
        end = grid.span(row, place).right + 1
        if end > place + 1:
            found += [range(place, end)] if any(other in beneath for other in range(place, end)) else []
            continue
        while end in beneath and end not in above:
            end += 1
        if place in beneath and end > place + 1:
            found.append(range(place, end))
    return found


def parts_of(grid: Grid, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """The texts of each heading from the top down, by position; those of its groups come first."""
    found: dict[int, list[str]] = {}
    headed: set[int] = set()
    with_values = grid.places(grid.beneath(last))
    for row in range(first, last + 1):
        groups = {group.start: group for group in _groups(grid, row, last)}
        lower = grid.places(range(row + 1, last + 1))
        for place, text in grid.texts(row).items():
            span = range(place, min(grid.span(row, place).right + 1, grid.width))
            own = _own_positions(span, lower, with_values)
            headed.update(own)
            for position in groups.get(place, own):
                texts = found.setdefault(position, [])
                if text not in texts:
                    texts.append(text)
    # A group does not head a column in which it has no heading: mostly that is a merged cell's empty half.
    return {position: tuple(found[position]) for position in sorted(headed)}


def _own_positions(span: range, lower: set[int], with_values: set[int]) -> list[int]:
    """A heading merged over several columns stands for each of them that has values of its own."""
    place = span.start
    if not lower.isdisjoint(span):
        return [place] if place in lower else []
    return [place, *(other for other in span[1:] if other in with_values)]
