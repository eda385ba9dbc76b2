"""Records as a workbook or csv that imports again with every row unchanged."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook

from bureau.exchange import paper
from bureau.exchange.context import Lookups
from bureau.exchange.sheets import Sheet

CHUNK = 2000
ROWS_OF_A_SHEET = 1_048_576
# What a spreadsheet would calculate when it opens a csv, and our own mark before such a text.
_CALCULATED = re.compile(r"'*[=+\-@]")
SUFFIXES = (".xlsx", ".csv")


def export(sheet: Sheet, rows: QuerySet, path: Path) -> int:
    """Write the rows to ``path``, xlsx or csv by its suffix; returns their number. Raises ValueError for others."""
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(_("The name of the file must end in .xlsx or .csv."))
    write = write_csv if path.suffix.lower() == ".csv" else write_xlsx
    return write(sheet, rendered(sheet, rows), path)


def rendered(sheet: Sheet, rows: QuerySet) -> Iterator[list[Any]]:
    lookups = Lookups()
    records = rows.order_by(*sheet.order).iterator(chunk_size=CHUNK)
    while chunk := list(islice(records, CHUNK)):
        yield from sheet.render(chunk, lookups)


def write_xlsx(sheet: Sheet, rows: Iterable[list[Any]], path: Path, *, most: int = ROWS_OF_A_SHEET) -> int:
    """``most``: rows of a sheet, header included; further rows go to further sheets."""
    workbook, count = Workbook(write_only=True), 0
    formats = [column.number_format for column in sheet.columns]
    for number, part in enumerate(_parts(rows, most - 1), start=1):
        page = workbook.create_sheet(paper.sheet_title(sheet.label, number))
        paper.set_up(page, sheet.columns)
        page.append(paper.header_row(page, sheet.columns))
        for cells in part:
            page.append([paper.value_cell(page, *pair) for pair in zip(cells, formats, strict=True)])
            count += 1
    workbook.save(path)
    return count


def _parts(rows: Iterable[list[Any]], size: int) -> Iterator[Iterator[list[Any]]]:
    """Runs of at most ``size`` rows, each to be used up before the next; one without rows if there are none."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield chain([first], islice(rows, size - 1))
        first = next(rows, None)


def write_csv(sheet: Sheet, rows: Iterable[list[Any]], path: Path) -> int:
    """UTF-8 with its mark, by which Excel knows the encoding."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([str(column.label) for column in sheet.columns])
        for cells in rows:
            writer.writerow([csv_cell(cell) for cell in cells])
            count += 1
    return count


def csv_cell(value: Any) -> Any:
    """Texts that would be calculated get an apostrophe in front; ``reading.CsvBook`` takes it off again."""
    if isinstance(value, str):
        return f"'{value}" if _CALCULATED.match(value) else value
    return value.isoformat() if isinstance(value, date) else value
