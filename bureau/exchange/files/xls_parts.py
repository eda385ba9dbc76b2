"""What the reader of cells does not tell about an xls: errors, protection, encryption, macros, calendar.

An xls is a compound file ([MS-CFB]): a small file system, whose stream "Workbook" is a row of records ([MS-XLS]).
"""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bureau.exchange.files.parts import Broken, BrokenCells, Facts, Parts, error_cell

_END_OF_CHAIN = 0xFFFFFFFA  # this and all above are no sectors
_SMALL_STREAM = 4096

_FORMULA, _EOF, _PROTECT, _DATE_1904, _FILE_PASS = 0x06, 0x0A, 0x12, 0x22, 0x2F
_BOUND_SHEET, _BOOL_OR_ERROR, _BOF = 0x85, 0x205, 0x809
_WORKSHEET, _ERROR_RESULT = 0, 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class _Substream:
    is_protected: bool = False
    has_formulas: bool = False
    broken: BrokenCells = field(default_factory=BrokenCells)


class XlsParts(Parts):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sheets: dict[str, _Substream] = {}

    @cached_property
    def has_macros(self) -> bool:  # type: ignore[override]
        return "_VBA_PROJECT_CUR" in self._streams

    @cached_property
    def is_encrypted(self) -> bool:  # type: ignore[override]
        stream = self._streams.get("Workbook", b"")
        return next((kind for kind, _at, _length in _records(stream, 0)), None) == _FILE_PASS

    @cached_property
    def counts_from_1904(self) -> bool:  # type: ignore[override]
        stream = self._streams.get("Workbook", b"")
        try:
            return any(
                struct.unpack_from("<H", stream, at)[0] == 1
                for kind, at, _length in _records(stream, 0)
                if kind == _DATE_1904
            )
        except struct.error:
            return False  # the file ends within a record

    def facts(self, sheet: str) -> Facts:
        found = self._look(sheet)
        return Facts(found.is_protected, found.has_formulas)

    def broken_cells(self, sheet: str, until: int | None = None) -> Broken:
        return self._look(sheet).broken.until(until)

    @cached_property
    def _streams(self) -> dict[str, bytes]:
        """Empty for a file that is odd: the reader of cells then says what can be said."""
        try:
            return _streams(self.path)
        except (struct.error, IndexError, ValueError):
            return {}

    def _look(self, sheet: str) -> _Substream:
        if sheet not in self._sheets:
            self._sheets[sheet] = self._read(sheet)
        return self._sheets[sheet]

    def _read(self, sheet: str) -> _Substream:
        found, stream = _Substream(), self._streams.get("Workbook", b"")
        try:
            start = _starts(stream).get(sheet)
            if start is not None:
                _read_substream(stream, start, found)
        except struct.error:
            pass  # the file ends within a record
        return found


# Records ------------------------------------------------------------------------------------------


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, place of the content, and its length, up to the end of the substream that begins at ``at``."""
    depth, unpack, end = 0, struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, length = unpack(stream, at)
        at += 4
        if kind == _BOF:
            depth += 1  # a chart within the sheet is a substream of its own
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield kind, at, length
        at += length


def _starts(stream: bytes) -> dict[str, int]:
    """Where the records of each worksheet begin, by its name."""
    found = {}
    for kind, at, _length in _records(stream, 0):
        if kind == _BOUND_SHEET:
            start, _visibility, sheet_type, count, is_wide = struct.unpack_from("<IBBBB", stream, at)
            name = stream[at + 8 : at + 8 + count * (2 if is_wide else 1)]
            if sheet_type == _WORKSHEET:
                found[name.decode("utf-16-le" if is_wide else "latin-1", "replace")] = start
    return found


def _read_substream(stream: bytes, start: int, found: _Substream) -> None:
    for kind, at, _length in _records(stream, start):
        if kind == _PROTECT:
            found.is_protected = struct.unpack_from("<H", stream, at)[0] == 1
        elif kind == _FORMULA:
            found.has_formulas = True
            row, column, _format, result, _filler, error, _rest, mark = struct.unpack_from("<HHHBBB3sH", stream, at)
            if mark == 0xFFFF and result == _ERROR_RESULT:
                _note(found, row, column, error)
        elif kind == _BOOL_OR_ERROR:
            row, column, _format, error, is_error = struct.unpack_from("<HHHBB", stream, at)
            if is_error:
                _note(found, row, column, error)


def _note(found: _Substream, row: int, column: int, error: int) -> None:
    found.broken.add(row + 1, column + 1, error_cell(_ERRORS.get(error, "#")))


# The compound file --------------------------------------------------------------------------------


def _streams(path: Path) -> dict[str, bytes]:
    """The workbook's stream by its name, and names without content of all else that the directory lists."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _Compound(content).streams()


class _Compound:
    def __init__(self, content: mmap.mmap) -> None:
        self.content = content
        self.size = 1 << self._short(0x1E)
        self.small_size = 1 << self._short(0x20)
        table = b"".join(self._sector(number) for number in self._table_sectors())
        self.next_of = struct.unpack(f"<{len(table) // 4}I", table)

    def _short(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.content, at)[0])

    def _long(self, at: int) -> int:
        return int(struct.unpack_from("<I", self.content, at)[0])

    def _sector(self, number: int) -> bytes:
        return self.content[(number + 1) * self.size : (number + 2) * self.size]

    def _table_sectors(self) -> list[int]:
        """Sectors of the table of chains: 109 in the header, further ones in a list of their own."""
        found = list(struct.unpack_from("<109I", self.content, 0x4C))
        further, seen = self._long(0x44), 0
        while further < _END_OF_CHAIN and seen < len(self.content) // self.size:
            *numbers, further = struct.unpack(f"<{self.size // 4}I", self._sector(further))
            found += numbers
            seen += 1
        return [number for number in found if number < _END_OF_CHAIN]

    def _chain(self, number: int) -> bytes:
        sectors: list[bytes] = []
        while number < _END_OF_CHAIN:
            if len(sectors) > len(self.next_of):
                raise ValueError("The chain of sectors runs in a circle.")
            sectors.append(self._sector(number))
            number = self.next_of[number]
        return b"".join(sectors)

    def streams(self) -> dict[str, bytes]:
        directory, found = self._chain(self._long(0x30)), {}
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        for entry in entries:
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            found[name] = self._stream(entries[0], start, size) if name == "Workbook" else b""
        return found

    def _stream(self, root: bytes, start: int, size: int) -> bytes:
        if size >= _SMALL_STREAM:
            return self._chain(start)[:size]
        store, table = self._chain(struct.unpack_from("<I", root, 116)[0]), self._chain(self._long(0x3C))
        next_of = struct.unpack(f"<{len(table) // 4}I", table)
        pieces: list[bytes] = []
        while start < _END_OF_CHAIN and len(pieces) <= len(next_of):
            pieces.append(store[start * self.small_size : (start + 1) * self.small_size])
            start = next_of[start]
        return b"".join(pieces)[:size]
