"""A workbook of any number of rows: openpyxl makes what is around the rows, they themselves are streamed as XML.

Long lists take a ninth of the time of openpyxl's own way for them, in as little memory (docs/decisions/031-export.md).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from io import BytesIO
from itertools import chain, islice, repeat
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from bureau.exchange.columns.base import Column
from bureau.exchange.writing import paper
from bureau.workbooks import FORMULA_STARTS, MAX_TEXT, fitted, font

Rows = Iterable[Sequence[Any]]

ROWS_OF_A_SHEET = 1_048_576
CHUNK = 2000
REMEMBERED = 20_000
# zlib's quickest: half the time of its usual level, for a quarter more bytes.
_LEVEL = 1
_ROWS_GO_HERE = b"</sheetData>"
# A text that is not simply written down; ``fitted`` and ``escape`` see to it.
_NOT_PLAIN = re.compile("[<>&\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x|^[=+@-]|^\\s|\\s$")


def write(path: Path, title: Any, columns: Sequence[Column], rows: Rows, *, most: int = ROWS_OF_A_SHEET) -> int:
    """Returns the number of rows. ``most``: rows of a sheet, header included; further rows go to further sheets."""
    frame, count, number = Frame(title, columns), 0, 0
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for number, part in enumerate(_parts(rows, most - 1), start=1):
            with archive.open(_sheet(number), "w", force_zip64=True) as file:
                file.write(frame.head)
                count += _write_rows(file, frame.cells, part)
                file.write(frame.tail)
        frame.add_rest(archive, number)
    return count


def _parts(rows: Rows, size: int) -> Iterator[Iterator[Sequence[Any]]]:
    """Runs of at most ``size`` rows, each to be used up before the next; one without rows if there are none."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield chain([first], islice(rows, size - 1))
        first = next(rows, None)


def _sheet(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _write_rows(file: IO[bytes], columns: "Sequence[Cells]", rows: Iterator[Sequence[Any]]) -> int:
    row = 2
    while chunk := list(islice(rows, CHUNK)):
        numbers = [str(number) for number in range(row, row + len(chunk))]
        begun = [f'<row r="{number}">' for number in numbers]
        by_column = zip(*chunk, strict=True)
        cells = [column.as_xml(numbers, values) for column, values in zip(columns, by_column, strict=True)]
        file.write("".join(map("".join, zip(begun, *cells, repeat("</row>")))).encode())
        row += len(chunk)
    return row - 2


class Frame:
    """The workbook without its rows: header, widths, formats, print set-up."""

    def __init__(self, title: Any, columns: Sequence[Column]) -> None:
        self.title, self.columns = title, columns
        workbook = self._workbook(1)
        self.cells = self._cells(workbook)
        with _saved(workbook) as archive:
            # Before and after the rows; the same on every sheet.
            self.head, self.tail = _split(archive.read(_sheet(1)))

    def add_rest(self, archive: ZipFile, sheets: int) -> None:
        """Everything but the sheets, now that their number is known."""
        workbook = self._workbook(sheets)
        self._cells(workbook)
        with _saved(workbook) as saved:
            own = {_sheet(number) for number in range(1, sheets + 1)}
            for name in saved.namelist():
                if name not in own:
                    archive.writestr(name, saved.read(name))

    def _workbook(self, sheets: int) -> Workbook:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for number in range(1, sheets + 1):
            page = workbook.create_sheet(paper.sheet_title(self.title, number))
            paper.set_up(page, self.columns)
            for place, column in enumerate(self.columns, start=1):
                paper.head(page.cell(1, place), column)
        return workbook

    def _cells(self, workbook: Workbook) -> "list[Cells]":
        page = workbook.worksheets[0]
        return [Cells(page, place, column.number_format) for place, column in enumerate(self.columns, start=1)]


def _saved(workbook: Workbook) -> ZipFile:
    content = BytesIO()
    workbook.save(content)
    return ZipFile(content)


def _split(sheet: bytes) -> tuple[bytes, bytes]:
    before, _mark, after = sheet.partition(_ROWS_GO_HERE)
    # The size of the sheet, which would be that of its header, may be left out.
    start, _dimension, rest = before.partition(b"<dimension ")
    return start + rest.partition(b"/>")[2], _ROWS_GO_HERE + after


class Cells:
    """The cells of one column as XML; those without a value are left out."""

    def __init__(self, page: Any, place: int, number_format: str) -> None:
        self._begin = f'<c r="{get_column_letter(place)}'
        self._style = _style(page, number_format)
        # With it, a text that looks like a formula stays a text when a clerk edits it.
        self._quoted = _style(page, number_format, is_quoted=True)
        # Many columns hold few different values.
        self._known: dict[Any, str] = {}

    def as_xml(self, numbers: Sequence[str], values: Sequence[Any]) -> list[str]:
        known, begin = self._known, self._begin
        if len(known) > REMEMBERED:
            known.clear()
        known.update((value, self._rest(value)) for value in set(values) - known.keys())
        rests = [known[value] for value in values]
        return [begin + number + rest if rest else "" for number, rest in zip(numbers, rests, strict=True)]

    def _rest(self, value: Any) -> str:
        """The cell after its row number."""
        if type(value) is str and 0 < len(value) < MAX_TEXT and not _NOT_PLAIN.search(value):
            return f'" s="{self._style}" t="inlineStr"><is><t>{value}</t></is></c>'
        value, _is_cut = fitted(value)
        if value is None or value == "":
            return ""
        if isinstance(value, str):
            style = self._quoted if value.startswith(FORMULA_STARTS) else self._style
            space = ' xml:space="preserve"' if value != value.strip() else ""
            return f'" s="{style}" t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
        if isinstance(value, bool):
            return f'" s="{self._style}" t="b"><v>{value:d}</v></c>'
        number = to_excel(value) if isinstance(value, date | time) else value
        return f'" s="{self._style}"><v>{number}</v></c>'


def _style(page: Any, number_format: str, *, is_quoted: bool = False) -> int:
    """Its number in the workbook. Of a cell of its own: the workbook keeps the style itself, and no copy of it."""
    cell = Cell(page, row=2, column=1)
    cell.number_format, cell.font = number_format, font()
    cell.quotePrefix = is_quoted
    return int(cell.style_id)
