"""What a file holds beside the values of its cells: declared sizes, merged cells, protection, formulas, errors."""

from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from bureau.exchange.cells import SHOWN_LENGTH, BrokenCell
from bureau.exchange.files.safety import too_large_inside

# By row, then column, both counted from 1.
Broken = dict[int, dict[int, BrokenCell]]
# All of a sheet are held in memory while its rows are read, and nobody corrects so many.
MOST_BROKEN = 500_000


class Size(NamedTuple):
    rows: int
    columns: int


class Merge(NamedTuple):
    """Cells that are one: rows as Excel counts them, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Facts(NamedTuple):
    """About one sheet."""

    is_protected: bool = False
    has_formulas: bool = False


class Parts:
    """As far as the type of the file tells it; a csv tells nothing."""

    has_macros = False
    # Where that does not show before the file is opened (``safety``).
    is_encrypted = False
    # Days are counted from 1904, as Excel for the Mac once did: a bare number is another day than elsewhere.
    counts_from_1904 = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def declared_size(self, sheet: str) -> Size | None:
        """What a sheet says of itself, before it is loaded."""
        return None

    def facts(self, sheet: str) -> Facts:
        return Facts()

    def merges(self, sheet: str) -> list[Merge]:
        """For those types of files whose merged cells the reader of cells does not tell."""
        return []

    def broken_cells(self, sheet: str, until: int | None = None) -> Broken:
        """Cells whose value the file does not tell; ``until``: the last row that is wanted."""
        return {}


class BrokenCells:
    """Those of one sheet, as they are found."""

    def __init__(self) -> None:
        self.by_row: Broken = {}
        self._count = 0

    def add(self, row: int, column: int, cell: BrokenCell) -> None:
        """Raises ``BadFile`` when there are too many."""
        self._count += 1
        if self._count > MOST_BROKEN:
            raise too_large_inside()
        self.by_row.setdefault(row, {})[column] = cell

    def until(self, last: int | None) -> Broken:
        """Those down to a row, all without one; the caller may change what it gets."""
        return {row: dict(cells) for row, cells in self.by_row.items() if last is None or row <= last}


def error_cell(text: str) -> BrokenCell:
    return BrokenCell(text[:SHOWN_LENGTH], _("The cell holds an error of Excel instead of a value."))
