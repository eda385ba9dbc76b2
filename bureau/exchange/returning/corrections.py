"""What an import takes from a corrected file: the file is known by its mark, the rows by what stands in them."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from bureau.exchange.cells import WithUnit, text_of
from bureau.exchange.files import safety
from bureau.exchange.files.reading import open_book
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.layouts.table import FileRow, open_table
from bureau.exchange.models import Import
from bureau.exchange.returning import origin


def find_origin(path: Path) -> int | None:
    """The number of the import whose error workbook this file is; raises ``BadFile`` if the file cannot be read."""
    if not _may_hold_mark(path):
        return None
    with open_book(path) as book:
        for sheet in book.sheets:
            found = origin.find(book.head(sheet.name, origin.ROWS_WITH_MARK))
            if found and Import.objects.filter(pk=found.number, sha256__startswith=found.token).exists():
                return found.number
    return None


def _may_hold_mark(path: Path) -> bool:
    """Without a look at the cells: most files come for the first time, and may be large."""
    kind = safety.kind_of(path)
    if kind not in ("xlsx", "ods"):
        return kind == "xls"
    with safety.opened(path) as archive:
        return any(_holds_prefix(archive, part) for part in archive.namelist() if part.endswith(".xml"))


def _holds_prefix(archive: zipfile.ZipFile, part: str) -> bool:
    wanted, tail = origin.PREFIX.encode(), b""
    for block in safety.blocks(archive, part):
        if wanted in tail + block:
            return True
        tail = block[-len(wanted) :]
    return False


def digest(row: FileRow) -> bytes:
    """The same wherever the row stands, and whichever program saved the file since."""
    texts = ((name, _text(raw)) for name, raw in sorted(row.cells.items()))
    content = "\x1f".join(f"{name}\x1e{text}" for name, text in texts if text)
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _text(raw: Any) -> str:
    """With the unit that the heading states: a clerk may have corrected that alone."""
    text = text_of(raw)
    return f"{text}\x1d{raw.unit}" if text and isinstance(raw, WithUnit) else text


def taken(run: Import) -> set[bytes]:
    """The rows of an import's file that are on record, so that they need not be taken again from a corrected one."""
    if run.state != Import.State.DONE:
        return set()
    good = _good_rows(run)
    before = run.corrects
    if before is not None and before.state != Import.State.DONE:
        # The rows that this import passed over because that one had taken them are gone with it.
        good -= _good_rows(before)
    return good


def _good_rows(run: Import) -> set[bytes]:
    """All but those that failed, and their doubles."""
    failed = set(run.problems.values_list("row", flat=True))
    good, bad = set[bytes](), set[bytes]()
    with open_table(run.path, run.sheet, Layout.from_json(run.layout)) as table:
        for row in table.rows():
            (bad if row.number in failed else good).add(digest(row))
    return good - bad
