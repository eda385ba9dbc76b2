"""Records as a workbook or csv that imports again with every row unchanged."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bureau.exchange.context import Lookups
from bureau.exchange.sheets import Sheet
from bureau.exchange.writing import long_workbook
from bureau.exchange.writing.long_workbook import ROWS_OF_A_SHEET, Rows

CHUNK = 2000
# What a spreadsheet would calculate when it opens a csv, and our own mark before such a text.
_CALCULATED = re.compile(r"'*[=+\-@]")
SUFFIXES = (".xlsx", ".csv")

OnRows = Callable[[int], Any]


def export(sheet: Sheet, rows: QuerySet, path: Path, *, on_rows: OnRows = lambda done: None) -> int:
    """Write the rows to ``path``, xlsx or csv by its suffix; returns their number. Raises ValueError for others.

    ``on_rows`` is told from time to time how many were read. It must not write to the database: a query is open.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(_("The name of the file must end in .xlsx or .csv."))
    write = write_csv if path.suffix.lower() == ".csv" else write_xlsx
    return write(sheet, rendered(sheet, rows, on_rows=on_rows), path)


def rendered(sheet: Sheet, rows: QuerySet, *, on_rows: OnRows = lambda done: None) -> Iterator[tuple[Any, ...]]:
    lookups, done = Lookups(), 0
    for values in _values(sheet, rows.order_by(*sheet.order)):
        yield from sheet.render_values(values, lookups)
        done += len(values[0])
        on_rows(done)


def _values(sheet: Sheet, rows: QuerySet) -> Iterator[Sequence[Sequence[Any]]]:
    """Values of a chunk, column by column; whole records are made only where the sheet wants to see them."""
    if type(sheet).value_of is Sheet.value_of:
        attributes = [column.attribute for column in sheet.columns]
        for chunk in _chunks(rows.values_list(*attributes)):
            yield list(zip(*chunk, strict=True))
    else:
        for chunk in _chunks(rows):
            yield [[sheet.value_of(row, column) for row in chunk] for column in sheet.columns]


def _chunks(rows: QuerySet) -> Iterator[list[Any]]:
    stream = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def write_xlsx(sheet: Sheet, rows: Rows, path: Path, *, most: int = ROWS_OF_A_SHEET) -> int:
    """``most``: rows of a sheet, header included; further rows go to further sheets."""
    return long_workbook.write(path, sheet.label, sheet.columns, rows, most=most)


def write_csv(sheet: Sheet, rows: Rows, path: Path) -> int:
    """UTF-8 with its mark, by which Excel knows the encoding."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in sheet.columns])
        for cells in rows:
            writer.writerow(map(csv_cell, cells))
            count += 1
    return count


def csv_cell(value: Any) -> Any:
    """Texts that would be calculated get an apostrophe in front; ``reading.CsvBook`` takes it off again."""
    if isinstance(value, str):
        return f"'{value}" if _CALCULATED.match(value) else value
    return value.isoformat() if isinstance(value, date) else value
