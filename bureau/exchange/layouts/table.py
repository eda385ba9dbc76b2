"""The records of a file, row by row, as its layout says where they stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from bureau.exchange import lines
from bureau.exchange.cells import is_blank, shown, text_of
from bureau.exchange.columns.base import Column
from bureau.exchange.files.reading import Book, Cells, open_book
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts import proposal
from bureau.exchange.layouts.headings import Matcher
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.layouts.records import records
from bureau.exchange.layouts.sieve import UNREAD, LeftOut
from bureau.exchange.layouts.splitting import splitter
from bureau.exchange.sheets import Sheet

# Of further rows that are left out only the kind is kept.
MOST_TEXTS = 1000


class FileRow(NamedTuple):
    """``number``: the row as a line (``lines``); ``cells`` are raw, by column name."""

    number: int
    cells: dict[str, Any]


@contextmanager
def open_table(path: Path, sheet: Sheet, layout: Layout | None = None) -> "Iterator[Table]":
    """Without a layout, as far as the file is understood without a clerk; raises ``BadFile``."""
    with open_book(path) as book:
        if layout is None:
            found = proposal.propose_for(book, sheet)
            if not found.is_ready:
                raise BadFile(found.refusal)
            layout = found.layout
        yield Table(book, sheet, layout)


class Table:
    """The rows of those sheets of a file that are read. ``left_out`` fills while they are."""

    def __init__(self, book: Book, sheet: Sheet, layout: Layout) -> None:
        self._book, self._sheet, self.layout = book, sheet, layout
        self.left_out: list[LeftOut] = []
        self.counts_from_1904 = book.parts.counts_from_1904
        there = {found.name for found in book.sheets}
        if gone := [part.name for part in layout.parts if part.name not in there]:
            raise BadFile(_("The file has no sheet “%(sheet)s”.") % {"sheet": gone[0]})

    def rows(self, after_line: int = 0) -> Iterator[FileRow]:
        """Records from the one after a line on. A row with a column per month gives one for each value."""
        self.left_out.clear()
        for index, part in enumerate(self.layout.parts):
            if index < lines.part_of(after_line):
                continue
            split = splitter(self._sheet, self.layout, part)
            rows, merges = self._book.rows(part.name), self._book.merges(part.name)
            leave_out = partial(self._leave_out, index)
            for number, cells in records(rows, self._sheet, self.layout, part, merges, leave_out):
                line, raws = lines.line_of(index, number), split(cells)
                if not raws:  # no month has a value
                    self._leave_out(index, number, UNREAD, cells)
                if line > after_line:
                    for raw in raws:
                        yield FileRow(line, raw)

    def _leave_out(self, index: int, number: int, kind: str, cells: Cells) -> None:
        is_wanted = len(self.left_out) < MOST_TEXTS
        text = shown(" ".join(text_of(cell) for cell in cells if not is_blank(cell))) if is_wanted else ""
        self.left_out.append(LeftOut(lines.line_of(index, number), kind, text))


class Header(NamedTuple):
    """``columns``: the position of each column that was found; ``unknown``: headings that stand for none."""

    row: int
    columns: dict[int, Column]
    unknown: list[str]
    repeated: list[Column]


def read_header(number: int, cells: Cells, sheet: Sheet) -> Header:
    """The headings of one row that is known to be a header."""
    header, matcher = Header(number, {}, [], []), Matcher(sheet)
    for position, cell in enumerate(cells):
        if is_blank(cell):
            continue
        match = matcher.match([shown(cell)])
        if match is None:
            header.unknown.append(shown(cell))
        elif match.column in header.columns.values():
            header.repeated.append(match.column)
        else:
            header.columns[position] = match.column
    return header
