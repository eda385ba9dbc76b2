"""Rows of a file, whatever its type, as a list of cells with the row number that Excel shows."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from bureau.exchange.cells import SHOWN_LENGTH, BrokenCell
from bureau.exchange.files import safety
from bureau.exchange.files.ods_parts import OdsParts
from bureau.exchange.files.parts import Merge, Parts, Size
from bureau.exchange.files.safety import BadFile
from bureau.exchange.files.xls_parts import XlsParts
from bureau.exchange.files.xlsx_parts import XlsxParts
from bureau.reader import Reader

Cells = list[Any]
TAKE = 2000
# What a cell of Excel can hold; other programs and csv know no such limit.
LONGEST_TEXT = 32_767
# An export to csv puts a mark before texts that a spreadsheet would calculate; see exporting.csv_cell.
_MARKED = re.compile(r"'+[=+\-@]")


class TooLarge(BadFile):
    """A sheet that is not loaded for its size; others of the same file may be."""


class FileSheet(NamedTuple):
    name: str
    is_visible: bool


class Book(Protocol):
    """An opened file; sheets are named as in the file. ``TooLarge`` comes from any method that must load a sheet."""

    sheets: list[FileSheet]
    parts: Parts

    @property
    def sheet_names(self) -> list[str]:
        """Visible sheets come first."""

    def height(self, sheet: str) -> int:
        """The number of the last row that holds anything."""

    def head(self, sheet: str, count: int) -> list[Cells]:
        """The first rows, without a look at the others."""

    def merges(self, sheet: str) -> list[Merge]: ...

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """Row numbers from 1, and cells from column A; cells that cannot be read are ``BrokenCell``."""


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Raises ``BadFile`` with a sentence for the clerk, here or while rows are read."""
    kind = safety.kind_of(path)
    if kind == "csv":
        yield CsvBook(path)
        return
    reader = Reader(path)
    try:
        yield Workbook(path, kind, reader)
    finally:
        reader.close()


class CsvBook:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = safety.encoding_of(path)
        self.delimiter = safety.delimiter_of(path, self.encoding)
        self._height = safety.count_csv_rows(path, self.encoding, self.delimiter)
        _check_size(Size(self._height, 1))
        self.sheets = [FileSheet("", True)]
        self.sheet_names = [""]
        self.parts = Parts(path)

    def height(self, sheet: str) -> int:
        return self._height

    def head(self, sheet: str, count: int) -> list[Cells]:
        return [cells for _number, cells in islice(self.rows(sheet), count)]

    def merges(self, sheet: str) -> list[Merge]:
        return []

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        with self.path.open(encoding=self.encoding, newline="") as text:
            for number, cells in enumerate(csv.reader(text, delimiter=self.delimiter), start=1):
                _check_size(Size(1, len(cells)))
                yield number, _not_too_long([cell[1:] if _MARKED.match(cell) else cell for cell in cells])


class Workbook:
    """xlsx, xls, ods."""

    def __init__(self, path: Path, kind: str, reader: Reader) -> None:
        self._reader = reader
        self.parts = _PARTS[kind](path)
        if self.parts.is_encrypted:
            raise safety.encrypted()
        self.sheets = [FileSheet(*sheet) for sheet in self._ask("sheets")]
        if not self.sheets:
            raise BadFile(_("The workbook has no sheet with cells."))

    @property
    def sheet_names(self) -> list[str]:
        return [sheet.name for sheet in sorted(self.sheets, key=lambda sheet: not sheet.is_visible)]

    def height(self, sheet: str) -> int:
        return self._measure(sheet)[0]

    def head(self, sheet: str, count: int) -> list[Cells]:
        first = self._measure(sheet)[1]
        broken = self.parts.broken_cells(sheet, count)
        rows = [[""] * first + cells for cells in self._ask("head", sheet, count)]
        return [_with_broken(cells, broken.get(number, {})) for number, cells in enumerate(rows, start=1)]

    def merges(self, sheet: str) -> list[Merge]:
        self._measure(sheet)
        found = self._ask("merges", sheet)
        if found is None:
            return self.parts.merges(sheet)
        return [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found]

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        first = self._measure(sheet)[1]
        broken = self.parts.broken_cells(sheet)
        margin, number, walk = [""] * first, 0, self._ask("walk", sheet)
        while taken := self._ask("take", walk, TAKE):
            for cells in taken:
                number += 1
                if broken and number in broken:
                    cells = _with_broken(margin + cells, broken.pop(number))
                elif first:
                    cells = margin + cells
                yield number, _not_too_long(cells)
        # Rows at the end without any value are no rows to the reader.
        for number, cells_of_row in sorted(broken.items()):
            yield number, _with_broken([], cells_of_row)

    def _ask(self, *command: Any) -> Any:
        return self._reader.ask(*command)

    def _measure(self, sheet: str) -> tuple[int, int]:
        """The last row, and how many columns before the first are empty."""
        _check_size(self.parts.declared_size(sheet))
        height, width, first = self._ask("measure", sheet)
        _check_size(Size(height, width))
        return height, first


_PARTS: dict[str, type[Parts]] = {"xlsx": XlsxParts, "xls": XlsParts, "ods": OdsParts}


def _with_broken(cells: Cells, broken: dict[int, BrokenCell]) -> Cells:
    """``broken`` by column number from 1."""
    if broken:
        cells += [""] * (max(broken) - len(cells))
        for column, cell in broken.items():
            cells[column - 1] = cell
    return cells


def _not_too_long(cells: Cells) -> Cells:
    for cell in cells:
        if cell.__class__ is str and len(cell) > LONGEST_TEXT:
            return [_cut(other) for other in cells]
    return cells


def _cut(cell: Any) -> Any:
    if not isinstance(cell, str) or len(cell) <= LONGEST_TEXT:
        return cell
    reason = _("The text has %(length)s characters; a cell holds at most %(limit)s.")
    return BrokenCell(cell[:SHOWN_LENGTH], reason % {"length": len(cell), "limit": LONGEST_TEXT})


def _check_size(size: Size | None) -> None:
    if size is None:
        return
    if size.rows > settings.IMPORT_MAX_ROWS:
        raise TooLarge(
            _("The sheet has %(rows)s rows; at most %(limit)s can be read at once. Split it, or delete empty rows.")
            % {"rows": size.rows, "limit": settings.IMPORT_MAX_ROWS}
        )
    if size.columns > settings.IMPORT_MAX_COLUMNS:
        raise TooLarge(
            _("The sheet has %(columns)s columns; at most %(limit)s can be read. Delete the empty columns.")
            % {"columns": size.columns, "limit": settings.IMPORT_MAX_COLUMNS}
        )
