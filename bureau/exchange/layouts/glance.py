"""What the first rows of a sheet show of its records: how many there are, and examples of their cells."""

from bureau.exchange.cells import is_blank, shown
from bureau.exchange.files.reading import Cells
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.layouts.records import records
from bureau.exchange.layouts.sieve import UNREAD
from bureau.exchange.layouts.survey import Survey
from bureau.exchange.sheets import Sheet

SAMPLES = 5


class Glance:
    """Of one sheet as ``layout`` reads it; ``is_complete``: it says where all required columns come from."""

    def __init__(self, survey: Survey, sheet: Sheet, layout: Layout, *, is_complete: bool) -> None:
        grid, found = survey.grid, dict[int, Cells]()

        def leave_out(number: int, kind: str, cells: Cells) -> None:
            if kind == UNREAD:  # the clerk may still say what these columns hold
                found[number] = cells

        rows = ((number, [*cells]) for number, cells in enumerate(grid.rows, start=1))
        good = dict(records(rows, sheet, layout, survey.part, grid.merges, leave_out))
        is_whole = survey.height <= len(grid.rows)
        self.is_estimate = not (is_whole and is_complete)
        # Else at most so many.
        self.rows = survey.rows if self.is_estimate else len(good)
        self._rows = [cells for _number, cells in sorted((found | good).items())]

    def samples(self, position: int) -> list[str]:
        """Different cells of one column."""
        cells = [cells[position] for cells in self._rows if position < len(cells)]
        return list(dict.fromkeys(shown(cell) for cell in cells if not is_blank(cell)))[:SAMPLES]
