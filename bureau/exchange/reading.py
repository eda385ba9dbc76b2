"""Rows of a file, whatever its type, as a list of cells with the row number that Excel shows."""

import csv
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from bureau.exchange import safety
from bureau.exchange.cells import BrokenCell
from bureau.exchange.safety import BadFile
from bureau.exchange.xlsx_parts import Size, XlsxParts

Cells = list[Any]
TAKE = 2000
CPU_SECONDS = 300
# An export to csv puts a mark before texts that a spreadsheet would calculate; see exporting.csv_cell.
_MARKED = re.compile(r"'+[=+\-@]")


class Book(Protocol):
    """An opened file."""

    sheet_names: list[str]

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """Row numbers from 1, and cells from column A; cells that cannot be read are ``BrokenCell``."""


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Raises ``BadFile`` with a sentence for the clerk, here or while rows are read."""
    kind = safety.kind_of(path)
    if kind == "csv":
        yield CsvBook(path)
        return
    process = _start(path)
    try:
        yield Workbook(path, kind, process)
    finally:
        process.kill()
        process.communicate()


class CsvBook:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = safety.encoding_of(path)
        self.delimiter = safety.delimiter_of(path, self.encoding)
        _check_size(Size(safety.count_csv_rows(path, self.encoding, self.delimiter), 1))
        self.sheet_names = [""]

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        with self.path.open(encoding=self.encoding, newline="") as text:
            for number, cells in enumerate(csv.reader(text, delimiter=self.delimiter), start=1):
                _check_size(Size(1, len(cells)))
                yield number, [cell[1:] if _MARKED.match(cell) else cell for cell in cells]


class Workbook:
    """xlsx, xls, ods; visible sheets come first."""

    def __init__(self, path: Path, kind: str, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._parts = XlsxParts(path) if kind == "xlsx" else None
        sheets = self._ask("sheets")
        if not sheets:
            raise BadFile(_("The workbook has no sheet with cells."))
        self._hidden = {name for name, is_visible in sheets if not is_visible}
        self.sheet_names = sorted((name for name, _visible in sheets), key=self._hidden.__contains__)

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        if self._parts:
            _check_size(self._parts.declared_size(sheet))
        height, width, first = self._ask("open", sheet)
        _check_size(Size(height, width))
        broken = self._parts.broken_cells(sheet) if self._parts else {}
        margin, number = [""] * first, 0
        while taken := self._ask("take", TAKE):
            for cells in taken:
                number += 1
                yield number, _with_broken(margin + cells, broken.pop(number, {}))
        # Rows at the end without any value are no rows to the reader.
        for number, cells in sorted(broken.items()):
            yield number, _with_broken([], cells)

    def _ask(self, *command: Any) -> Any:
        try:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
            answer = _Plain(self._process.stdout).load()  # type: ignore[arg-type]
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            # The process ended: its memory or time was used up, or the reader's library gave up on a broken file.
            raise BadFile(
                _("The file could not be read: it is damaged or much too large. Save it in Excel again, or split it.")
            ) from error
        if isinstance(answer, tuple) and answer and answer[0] == "error":
            raise _bad_file(answer[1])
        return answer


class _Plain(pickle.Unpickler):
    """Takes plain values and days only, so that nothing can be made of what a file holds but cells."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def _bad_file(error: str) -> BadFile:
    if error == "PasswordError":
        return safety.encrypted()
    return safety.too_large_inside() if error == "MemoryError" else safety.damaged()


def _with_broken(cells: Cells, broken: dict[int, BrokenCell]) -> Cells:
    """``broken`` by column number from 1."""
    if broken:
        cells += [""] * (max(broken) - len(cells))
        for column, cell in broken.items():
            cells[column - 1] = cell
    return cells


def _start(path: Path) -> "subprocess.Popen[bytes]":
    memory = settings.IMPORT_MAX_UNPACKED_BYTES * 2 + (1 << 29)
    script = Path(__file__).with_name("reader_process.py")
    command = [sys.executable, "-I", str(script), str(path), str(memory), str(CPU_SECONDS)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _check_size(size: Size | None) -> None:
    if size is None:
        return
    if size.rows > settings.IMPORT_MAX_ROWS:
        raise BadFile(
            _("The sheet has %(rows)s rows; at most %(limit)s can be read at once. Split it, or delete empty rows.")
            % {"rows": size.rows, "limit": settings.IMPORT_MAX_ROWS}
        )
    if size.columns > settings.IMPORT_MAX_COLUMNS:
        raise BadFile(
            _("The sheet has %(columns)s columns; at most %(limit)s can be read. Delete the empty columns.")
            % {"columns": size.columns, "limit": settings.IMPORT_MAX_COLUMNS}
        )
