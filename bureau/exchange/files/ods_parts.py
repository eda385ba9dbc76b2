"""What the reader of cells does not tell about an ods: merged cells, errors, protection."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from bureau.exchange.files.parts import Broken, BrokenCells, Facts, Merge, Parts, error_cell
from bureau.exchange.files.safety import MOST_PARTS, blocks, opened, too_large_inside

_CONTENT = "content.xml"
_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*)>")
_WORTH_A_LOOK = re.compile(rb"-spanned=|value-type=\"error\"|:protected=|:formula=")
_NAME = re.compile(rb"\btable:name=\"([^\"]*)\"")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d{1,7})\"")
_ROWS_SPANNED = re.compile(rb"number-rows-spanned=\"(\d{1,7})\"")
_COLUMNS_SPANNED = re.compile(rb"number-columns-spanned=\"(\d{1,5})\"")
_DATE_1904 = re.compile(rb"<table:null-date\s[^>]*\btable:date-value=\"1904-01-01\"")
_MOST_MERGES = 500_000


@dataclass
class _Table:
    is_protected: bool = False
    has_formulas: bool = False
    merges: list[Merge] = field(default_factory=list)
    broken: BrokenCells = field(default_factory=BrokenCells)


class OdsParts(Parts):
    @cached_property
    def has_macros(self) -> bool:  # type: ignore[override]
        with opened(self.path) as archive:
            return any(name.startswith("Basic/") for name in archive.namelist())

    @cached_property
    def counts_from_1904(self) -> bool:  # type: ignore[override]
        with opened(self.path) as archive:
            for tags in _whole_tags(archive):
                if _DATE_1904.search(tags):
                    return True
                if b"<table:table " in tags:  # what holds for all tables stands before them
                    break
        return False

    def facts(self, sheet: str) -> Facts:
        table = self._table(sheet)
        return Facts(table.is_protected, table.has_formulas)

    def merges(self, sheet: str) -> list[Merge]:
        return self._table(sheet).merges

    def broken_cells(self, sheet: str, until: int | None = None) -> Broken:
        return self._table(sheet).broken.until(until)

    def _table(self, sheet: str) -> _Table:
        return self._tables.get(sheet) or _Table()

    @cached_property
    def _tables(self) -> dict[str, _Table]:
        with opened(self.path) as archive:
            # Most files hold nothing of interest, and a look at each tag takes its time.
            if not any(_WORTH_A_LOOK.search(block) for block in _whole_tags(archive)):
                return {}
            return _read(_whole_tags(archive))


def _whole_tags(archive: zipfile.ZipFile) -> Iterator[bytes]:
    rest = b""
    for block in blocks(archive, _CONTENT):
        head, mark, tail = (rest + block).rpartition(b"<")
        yield head
        rest = mark + tail
    yield rest


def _read(content: Iterator[bytes]) -> dict[str, _Table]:
    """Rows and cells are counted tag by tag; a tag may stand for many equal ones."""
    tables: dict[str, _Table] = {}
    table, row, next_row, column = _Table(), 0, 1, 0
    for tags in content:
        for match in _TAG.finditer(tags):
            kind, attributes = match[1], match[2]
            if kind == b"table":
                table, next_row = tables.setdefault(_name(attributes), _Table()), 1
                if len(tables) > MOST_PARTS:
                    raise too_large_inside()
                table.is_protected = b'table:protected="true"' in attributes
            elif kind == b"table-row":
                row, column = next_row, 0
                next_row += _count(_REPEATED, attributes)
            else:
                if kind == b"table-cell":
                    _note(table, row, column, attributes)
                column += _count(_REPEATED, attributes)
    return tables


def _name(attributes: bytes) -> str:
    found = _NAME.search(attributes)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _count(pattern: "re.Pattern[bytes]", attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _note(table: _Table, row: int, column: int, attributes: bytes) -> None:
    if b"table:formula=" in attributes:
        table.has_formulas = True
    if b"-spanned=" in attributes:
        height, width = _count(_ROWS_SPANNED, attributes), _count(_COLUMNS_SPANNED, attributes)
        if height > 1 or width > 1:
            table.merges.append(Merge(row, column, row + height - 1, column + width - 1))
        if len(table.merges) > _MOST_MERGES:
            raise too_large_inside()
    if b'value-type="error"' in attributes:
        table.broken.add(row, column + 1, error_cell("#"))
