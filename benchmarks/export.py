"""Exporting verifications from the database to a finished xlsx, beside openpyxl's own way for long lists."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, transaction

from benchmarks import trial_rows
from benchmarks.models import TrialVerification
from benchmarks.sheets.verification import TrialVerificationSheet
from bureau import records
from bureau.bench import Measure, at_least, at_most, faster, seconds
from bureau.exchange.writing import exporting, paper

FULL = 200_000
COLUMNS = 12
PEER_ROWS = 10_000  # the peer is linear: measured on a part, scaled to the whole
BATCH = 5_000


class TwelveColumns(TrialVerificationSheet):
    columns: ClassVar = TrialVerificationSheet.columns[:COLUMNS]


def measures(rows: int) -> Iterator[Measure]:
    sheet, judged = TwelveColumns(), rows >= FULL
    fill(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "verifications.xlsx"
        ours = seconds(lambda: exporting.export(sheet, sheet.rows(), path), repeat=2)
        part = min(rows, PEER_ROWS)
        theirs = seconds(lambda: by_openpyxl(sheet, part, path)) * rows / part
        memory = memory_of_the_command(path)
    TrialVerification._base_manager.all()._raw_delete("default")
    name = f"export of {rows} × {COLUMNS} to xlsx"
    yield faster(name, ours, "openpyxl write-only", theirs, goal=3, judged=judged)
    speed = f"export, rows a second ({connection.vendor})"
    yield at_least(speed, rows / ours, 40_000, unit="rows/s", judged=judged)
    yield at_most("export, memory of the whole command", memory, 150, unit="MB", judged=judged)


def fill(rows: int) -> None:
    made = trial_rows.verifications(rows)
    with transaction.atomic():
        while batch := list(islice(made, BATCH)):
            records.bulk_add(batch, by=None)


def by_openpyxl(sheet: Any, rows: int, path: Path) -> None:
    """The same cells with the same formats, read from the database in the same way."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("peer")
    page.append(paper.header_row(page, sheet.columns))
    formats = [column.number_format for column in sheet.columns]
    for cells in islice(exporting.rendered(sheet, sheet.rows()), rows):
        page.append([paper.value_cell(page, *pair) for pair in zip(cells, formats, strict=True)])
    workbook.save(path)


def memory_of_the_command(path: Path) -> float:
    """The most that ``manage.py export_sheet`` had in memory on the same rows, all columns, in MB.

    Asked while it runs: what the system tells afterwards is the most of this process, if that is more.
    """
    line = [sys.executable, "manage.py", "export_sheet", "trial-verifications", "--output", str(path)]
    process, peak = subprocess.Popen(line, cwd=settings.BASE_DIR), 0
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        if found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text()):
            peak = int(found[1])
        time.sleep(0.02)
    assert process.returncode == 0, "export_sheet failed"
    return peak / 1024
