"""What the reader of cells does not tell about an xlsx: declared sizes, uncalculated formulas, errors, protection."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from bureau.exchange.cells import SHOWN_LENGTH, BrokenCell
from bureau.exchange.files.parts import Broken, BrokenCells, Facts, Parts, Size, error_cell
from bureau.exchange.files.safety import MOST_PARTS, blocks, damaged, opened, too_large_inside

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
_DEEPEST = 100
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*ref=[\"']([A-Z]+\d+)(?::([A-Z]{1,9})(\d{1,9}))?[\"']")
_REF = re.compile(rb"\br=[\"']([A-Z]{1,9})(\d{1,9})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>(.+?)</(?:\w+:)?(?:v|t)>", re.DOTALL)
_FORMULA_TAG = re.compile(rb"<(\w+:)?f[\s>/]")
_ERROR = re.compile(rb"<(\w+:)?c\s[^>]*\bt=[\"']e[\"']")
# What every formula and every error holds, with or without a prefix: to look for it is much quicker than to match.
_MAY_BE_FORMULA = (b"<f", b":f")
_MAY_BE_ERROR = (b't="e"', b"t='e'")
_STRING_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_PROTECTION = re.compile(rb"<(?:\w+:)?sheetProtection\s[^>]*\bsheet=[\"'](?:1|true)[\"']")
_LINK = re.compile(r"\s*(_xlfn\.)?HYPERLINK\s*\(", re.IGNORECASE)


class XlsxParts(Parts):
    """The parts of an xlsx that was found harmless (``safety.kind_of``)."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with opened(path) as archive:
            self._part_of_sheet = self._find_sheets(archive)
            self.has_macros = any(name.lower() == "xl/vbaproject.bin" for name in archive.namelist())

    def _find_sheets(self, archive: zipfile.ZipFile) -> dict[str, str]:
        names = {name.lower(): name for name in archive.namelist()}
        workbook, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
        if workbook is None or relations is None:  # the binary form, xlsb
            return {}
        targets = {node.get("Id"): node.get("Target", "") for node in _elements(archive, relations, "Relationship")}
        for node in _elements(archive, workbook, "workbookPr"):
            self.counts_from_1904 = node.get("date1904") in ("1", "true")
        found = {}
        for node in _elements(archive, workbook, "sheet"):
            target = targets.get(node.get(_RELATION) or node.get(_STRICT_RELATION), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part.lower() in names:
                found[node.get("name", "")] = names[part.lower()]
        return found

    def declared_size(self, sheet: str) -> Size | None:
        part = self._part_of_sheet.get(sheet)
        if part is None:
            return None
        with opened(self.path) as archive, archive.open(part) as stream:
            match = _DIMENSION.search(stream.read(8192))
        if match is None or match[2] is None:
            return None
        return Size(int(match[3]), column_number(match[2]))

    def facts(self, sheet: str) -> Facts:
        part = self._part_of_sheet.get(sheet)
        if part is None:
            return Facts()
        is_protected = has_formulas = False
        with opened(self.path) as archive:
            for rows in self._whole_rows(archive, part):
                is_protected = is_protected or (b"sheetProtection" in rows and bool(_PROTECTION.search(rows)))
                has_formulas = has_formulas or (_holds(rows, _MAY_BE_FORMULA) and bool(_FORMULA_TAG.search(rows)))
        return Facts(is_protected, has_formulas)

    def broken_cells(self, sheet: str, until: int | None = None) -> Broken:
        """Formulas without a stored result, links by formula, error values."""
        part = self._part_of_sheet.get(sheet)
        if part is None:
            return {}
        found = BrokenCells()
        with opened(self.path) as archive:
            for rows in self._whole_rows(archive, part):
                for attributes, content in _suspicious(rows):
                    reference, broken = _REF.search(attributes), _broken(attributes, content)
                    if reference and broken:
                        found.add(int(reference[2]), column_number(reference[1]), broken)
                if until is not None and _is_beyond(rows, until):
                    break
        return found.until(until)

    def _whole_rows(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        rest = b""
        for block in blocks(archive, part):
            head, mark, rest = (rest + block).rpartition(b"row>")
            yield head + mark
        yield rest


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of the elements of this name; nothing else of the part is kept in memory."""
    found: list[dict[str, str]] = []
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if name.rpartition(" ")[2] == wanted:
            found.append(attributes)
        if depth > _DEEPEST or len(found) > MOST_PARTS:
            raise too_large_inside()

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        for block in blocks(archive, part):
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error
    return found


def _holds(rows: bytes, marks: tuple[bytes, ...]) -> bool:
    return any(mark in rows for mark in marks)


def _is_beyond(rows: bytes, until: int) -> bool:
    """Whether the last of these cells stands under the row."""
    last = rows.rfind(b"<c ")
    reference = _REF.search(rows, last) if last >= 0 else None
    return reference is not None and int(reference[2]) > until


def _suspicious(rows: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Attributes and content of the cells with a formula or an error; all others are passed over quickly."""
    starts: dict[int, bytes] = {}
    if _holds(rows, _MAY_BE_ERROR):
        starts = {match.start(): match[1] or b"" for match in _ERROR.finditer(rows)}
    for match in _FORMULA_TAG.finditer(rows) if _holds(rows, _MAY_BE_FORMULA) else ():
        prefix = match[1] or b""
        starts[rows.rfind(b"<" + prefix + b"c ", 0, match.start())] = prefix
    for start, prefix in starts.items():
        attributes_end, end = rows.find(b">", start), rows.find(b"</" + prefix + b"c>", start)
        if start >= 0 and end >= 0:
            yield rows[start:attributes_end], rows[attributes_end + 1 : end]


def _broken(attributes: bytes, content: bytes) -> BrokenCell | None:
    value, formula = _VALUE.search(content), _FORMULA.search(content)
    if formula:
        text = unescape((formula[1] or b"").decode("utf-8", "replace"))
        shown = f"={text}"[:SHOWN_LENGTH]
        if _LINK.match(text):
            return BrokenCell(shown, _("The cell holds a link formula. Write the text itself."))
        if not value and not _STRING_RESULT.search(attributes):
            return BrokenCell(shown, _("The cell holds a formula without a stored result. Write the value itself."))
    if _ERROR.match(attributes):
        shown = value[1].decode("utf-8", "replace") if value else "#"
        return error_cell(shown)
    return None


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
