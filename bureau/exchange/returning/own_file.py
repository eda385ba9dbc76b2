"""The clerk's own workbook with its failed cells marked: in its own layout, with all else that it holds."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from bureau.exchange.files import safety
from bureau.exchange.files.reading import open_book
from bureau.exchange.returning import origin
from bureau.exchange.returning.result_sheet import ResultSheet
from bureau.exchange.writing import paper
from bureau.workbooks import quoted

logger = logging.getLogger(__name__)

PROCESS = "bureau.exchange.returning.own_file_process"
# A cell takes some 500 bytes of memory; what goes far beyond is a file that was made to.
MEMORY_BYTES, CPU_SECONDS = 1 << 29, 120
XML_BYTES_A_CELL = 200
# Begins each comment of ours, in any language, so that it is known when the file comes back.
SIGN = "※※ "
_SHEET = re.compile(r"xl/.*sheet[^/]*\.xml", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
# What openpyxl leaves behind; charts it keeps.
_LEFT_BEHIND = re.compile(r"xl/(media/|vbaProject|ctrlProps/|activeX/|threadedComments/)", re.IGNORECASE)


class Mark(NamedTuple):
    """A cell that is made red, its place counted from 1; without a comment if that is blank."""

    sheet: str
    row: int
    column: int
    comment: str = ""


def cell_of(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def location_of(sheet: str, cell: str) -> str:
    """Where a link of a workbook leads."""
    return f"{quoted(sheet, chr(39))}!{cell}"


def can_be_kept(path: Path) -> bool:
    """Whether a file is a workbook that openpyxl can hold in memory."""
    if safety.kind_of(path) != "xlsx":
        return False
    most, cells = settings.IMPORT_OWN_LAYOUT_MAX_CELLS, 0
    with safety.opened(path) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > most * XML_BYTES_A_CELL:
            return False
        for part in parts:
            if _SHEET.fullmatch(part.filename):
                cells += sum(len(_CELL.findall(block)) for block in safety.blocks(archive, part))
    return cells <= most


def left_behind(path: Path) -> str:
    """A sentence on what the copy lacks, "" if it lacks nothing."""
    with safety.opened(path) as archive:
        if any(_LEFT_BEHIND.match(name) for name in archive.namelist()):
            return _("Pictures, form controls and macros of the file are not in this copy.")
    return ""


def write(target: Path, source: Path, marks: Iterable[Mark], result: ResultSheet) -> bool:
    """False if the workbook could not be edited: it is damaged in a way that readers forgive, or grew too large."""
    with TemporaryDirectory() as folder:
        order = Path(folder) / "order.json"
        order.write_text(json.dumps(_order(target, source, marks, result)), encoding="utf-8")
        command = [sys.executable, "-m", PROCESS, str(order), str(MEMORY_BYTES), str(CPU_SECONDS)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=False)
    if done.returncode != 0:
        logger.warning("A workbook could not be marked: %s", done.stderr.decode(errors="replace")[-500:])
    return done.returncode == 0


def _order(target: Path, source: Path, marks: Iterable[Mark], result: ResultSheet) -> dict[str, object]:
    return {
        "source": str(source.resolve()),
        "target": str(target.resolve()),
        "result": asdict(result),
        "old_result": _old_result(source),
        "red": paper.ERROR_RED,
        "sign": SIGN,
        "author": _("Import"),
        "marks": list(marks),
    }


def _old_result(source: Path) -> str:
    """The name of the result sheet of the import that this file corrects, "" if it has none."""
    with open_book(source) as book:
        names = (sheet.name for sheet in book.sheets)
        return next((name for name in names if origin.is_result_sheet(book.head(name, origin.ROWS_WITH_MARK))), "")
