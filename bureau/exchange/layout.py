"""Where a sheet's columns stand in a file: the header row, and what lies under it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from bureau.exchange.cells import is_blank, shown
from bureau.exchange.columns import Column
from bureau.exchange.reading import Book, Cells, open_book
from bureau.exchange.safety import BadFile
from bureau.exchange.sheets import Sheet

HEADER_WITHIN = 20


class FileRow(NamedTuple):
    """``number`` is Excel's row number; ``cells`` are raw, by column name."""

    number: int
    cells: dict[str, Any]


class Header(NamedTuple):
    """``columns``: the position of each column that was found; ``unknown``: headings that stand for none."""

    row: int
    columns: dict[int, Column]
    unknown: list[str]
    repeated: list[Column]

    def missing(self, sheet: Sheet) -> list[Column]:
        known = set(self.columns.values())
        return [column for column in sheet.required if column not in known]


class Table:
    """The rows of one sheet of a file, below a header that the sheet class knows."""

    def __init__(self, book: Book, sheet_name: str, header: Header) -> None:
        self._book, self.sheet_name, self.header = book, sheet_name, header

    def rows(self, after: int = 0) -> Iterator[FileRow]:
        """Rows with any value in a known column, from the one after row ``after`` on."""
        first = max(after, self.header.row)
        places = [(position, column.name) for position, column in self.header.columns.items()]
        for number, cells in self._book.rows(self.sheet_name):
            if number > first and cells:
                count = len(cells)
                row = {name: cells[position] if position < count else "" for position, name in places}
                if not all(is_blank(cell) for cell in row.values()):
                    yield FileRow(number, row)


@contextmanager
def open_table(path: Path, sheet: Sheet) -> Iterator[Table]:
    """The first sheet of the file whose header the sheet class knows; raises ``BadFile``."""
    with open_book(path) as book:
        yield find_table(book, sheet)


def find_table(book: Book, sheet: Sheet) -> Table:
    best: Header | None = None
    for name in book.sheet_names:
        header = find_header(book, name, sheet)
        if header is None:
            continue
        if not header.missing(sheet):
            return _usable(Table(book, name, header))
        if best is None or len(header.columns) > len(best.columns):
            best = header
    raise _no_header(best, sheet)


def find_header(book: Book, name: str, sheet: Sheet) -> Header | None:
    """Among the first rows the one that holds all required columns, else the one that holds most."""
    best: Header | None = None
    for number, cells in islice(book.rows(name), HEADER_WITHIN):
        header = read_header(number, cells, sheet)
        if header.columns and not header.missing(sheet):
            return header
        if header.columns and (best is None or len(header.columns) > len(best.columns)):
            best = header
    return best


def read_header(number: int, cells: Cells, sheet: Sheet) -> Header:
    header = Header(number, {}, [], [])
    for position, cell in enumerate(cells):
        if is_blank(cell):
            continue
        column = sheet.column_for(shown(cell))
        if column is None:
            header.unknown.append(shown(cell))
        elif column in header.columns.values():
            header.repeated.append(column)
        else:
            header.columns[position] = column
    return header


def _usable(table: Table) -> Table:
    if table.header.repeated:
        raise BadFile(
            _("Row %(row)s: the heading “%(heading)s” stands there twice.")
            % {"row": table.header.row, "heading": table.header.repeated[0].label}
        )
    return table


def _no_header(best: Header | None, sheet: Sheet) -> BadFile:
    if best is None or len(best.columns) < 2:
        return BadFile(
            _("No row with known headings was found among the first %(rows)s rows. Expected: %(headings)s.")
            % {"rows": HEADER_WITHIN, "headings": _labels(sheet.required)}
        )
    return BadFile(
        _("Row %(row)s looks like the header, but these columns are missing: %(headings)s.")
        % {"row": best.row, "headings": _labels(best.missing(sheet))}
    )


def _labels(columns: list[Column]) -> str:
    return _(", ").join(str(column.label) for column in columns)
