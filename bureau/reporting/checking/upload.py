"""What was handed in to be checked, as texts and tables; looked at before it is opened, and never kept."""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bureau.archives import OLE, ZIP, BadFile, check_sizes, check_xml, damaged, encrypted, opened
from bureau.reader import Reader
from bureau.reporting.checking.in_workbook import Rows
from bureau.reporting.office_templates.parts import children, local, tree_of

MAX_BYTES, MAX_UNPACKED = 10 << 20, 80 << 20
CPU_SECONDS = 30
# So much is read and judged while somebody waits.
MOST_CELLS, MOST_SIGNS, MOST_NUMBERS = 30_000, 200_000, 8_000
# A sheet with a cell far away from the others is as large as if all cells between were filled.
WIDEST_AREA = 3_000_000
TAKE = 1000
ENDINGS = ".xlsx,.xls,.ods,.docx"

_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|^basic/|^scripts/", re.IGNORECASE)
_IN_UTF16 = [name.encode("utf-16-le") for name in ("EncryptedPackage", "_VBA_PROJECT")]


@dataclass
class Report:
    """``text`` of a document, ``sheets`` of a workbook, or the tables of a document."""

    text: str = ""
    sheets: list[tuple[str, Rows]] = field(default_factory=list)


def pasted(text: str) -> Report:
    """Raises ``BadFile`` for more than can be checked at once."""
    if len(text) > MOST_SIGNS:
        raise BadFile(
            _("The text has %(count)s signs; at most %(limit)s can be checked at once. Check it in parts.")
            % {"count": f"{len(text):,}", "limit": f"{MOST_SIGNS:,}"}
        )
    return Report(text=text.replace("\r\n", "\n"))


def uploaded(file: Any) -> Report:
    """Of an uploaded workbook or Word document; raises ``BadFile`` with a sentence for the reader."""
    if not file.size:
        raise BadFile(_("The file is empty."))
    if file.size > MAX_BYTES:
        raise BadFile(
            _("The file has %(size)s; a report of at most %(limit)s can be checked.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_BYTES)}
        )
    content = file.read()
    if content.startswith(OLE):
        _check_compound(content)
        return Report(sheets=_sheets(content))
    if not content.startswith(ZIP):
        raise _other_kind()
    if _kind_of_zip(content) == "docx":
        return _document(content)
    return Report(sheets=_sheets(content))


def _other_kind() -> BadFile:
    return BadFile(_("A report is an Excel workbook (xlsx, xls, ods) or a Word document (docx), or its pasted text."))


def _with_macros() -> BadFile:
    return BadFile(_("The file holds macros. Save it without them and choose the new file."))


def _too_many_cells() -> BadFile:
    return BadFile(
        _("The workbook has more than %(limit)s cells; delete the sheets that are not to be checked.")
        % {"limit": f"{MOST_CELLS:,}"}
    )


def _check_compound(content: bytes) -> None:
    """Streams of an old workbook are named in UTF-16; an encrypted new one stands in such a container, too."""
    package, macros = (name in content for name in _IN_UTF16)
    if package:
        raise encrypted()
    if macros:
        raise _with_macros()
    if "WordDocument".encode("utf-16-le") in content:
        raise BadFile(_("This is a document of an old type. Save it as docx, or paste its text."))


def _kind_of_zip(content: bytes) -> str:
    with opened(BytesIO(content)) as archive:
        parts = archive.infolist()
        check_sizes(parts, MAX_UNPACKED)
        names = {part.filename for part in parts}
        if len({name.lower() for name in names}) < len(parts):  # programs differ in which of two they read
            raise damaged()
        check_xml(archive, parts)
        if any(map(_MACROS.search, names)):
            raise _with_macros()
        return _kind_by_parts(archive, names)


def _kind_by_parts(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names:
        return "docx"
    if any(name.lower().startswith("xl/workbook.") for name in names):
        return "xlsx"
    media_type = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if "content.xml" in names and media_type.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise encrypted()
        return "ods"
    raise _other_kind()


# Workbooks ---------------------------------------------------------------------------------------


def _sheets(content: bytes) -> list[tuple[str, Rows]]:
    """The sheets that are shown; the file lies on disk only while its own process reads it."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        reader = Reader(Path(file.name), unpacked=MAX_UNPACKED, seconds=CPU_SECONDS)
        try:
            return _read(reader)
        finally:
            reader.close()


def _read(reader: Reader) -> list[tuple[str, Rows]]:
    found: list[tuple[str, Rows]] = []
    filled = 0
    for name, is_shown in reader.ask("sheets"):
        if not is_shown:
            continue
        height, width, first = reader.ask("measure", name)
        if height * width > WIDEST_AREA:
            raise _too_many_cells()
        rows: list[list[Any]] = []
        walk = reader.ask("walk", name)
        while taken := reader.ask("take", walk, TAKE):
            rows += [[""] * first + cells for cells in taken]
            filled += sum(cell not in ("", None) for cells in taken for cell in cells)
            if filled > MOST_CELLS:
                raise _too_many_cells()
        found.append((name, rows))
    if not filled:
        raise BadFile(_("The workbook has no sheet with cells."))
    return found


# Documents ---------------------------------------------------------------------------------------


def _document(content: bytes) -> Report:
    with opened(BytesIO(content)) as archive:
        tree = tree_of(archive.read("word/document.xml"))
    tables = [each for each in tree.iter("{*}tbl") if not _inside(each, "tbl")]
    sheets: list[tuple[str, Rows]] = [
        (_("Table %(number)s") % {"number": number}, _rows(table)) for number, table in enumerate(tables, start=1)
    ]
    lines = [_text(paragraph) for paragraph in tree.iter("{*}p") if not _inside(paragraph, "tbl")]
    report = Report(pasted("\n".join(lines)).text, sheets)
    if not report.text.strip() and not sheets:
        raise BadFile(_("The document holds no text."))
    if sum(len(cells) for _name, rows in sheets for cells in rows) > MOST_CELLS:
        raise _too_many_cells()
    return report


def _inside(element: Any, name: str) -> bool:
    return any(local(above) == name for above in element.iterancestors())


def _text(element: Any) -> str:
    """Of the paragraph itself: a text box in it has paragraphs of its own, and what was struck out is no text."""
    return "".join(text.text or "" for text in element.iter("{*}t") if next(_paragraphs_above(text), None) is element)


def _paragraphs_above(text: Any) -> Any:
    return (above for above in text.iterancestors() if local(above) == "p")


def _rows(table: Any) -> list[list[str]]:
    """A cell over several columns stands in the first of them."""
    rows = []
    for row in children(table, "tr"):
        cells: list[str] = []
        for cell in children(row, "tc"):
            cells.append("\n".join(_text(paragraph) for paragraph in cell.iter("{*}p")).strip())
            cells += [""] * (_span(cell) - 1)
        rows.append(cells)
    return rows


def _span(cell: Any) -> int:
    for span in cell.iter("{*}gridSpan"):
        value = next((value for key, value in span.attrib.items() if key.endswith("val")), "1")
        return min(int(value), 100) if value.isdigit() else 1
    return 1
