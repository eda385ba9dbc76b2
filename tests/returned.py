"""What came back of a file whose rows failed: fixtures that make it, and what stands in it."""

import csv
import shutil
import subprocess
from datetime import datetime

import pytest
from openpyxl import load_workbook

from bureau.exchange import runs
from tests.importing import imported
from tests.ledgers import PAGE, write_ledger

RED = "00F8B4B4"
KIND = "trial-verifications"


@pytest.fixture
def ledger(tmp_path):
    return write_ledger(tmp_path / "台账.xlsx")


@pytest.fixture
def returned(cast, tmp_path):
    """``returned(path)``: the import of a file, and the path of its error workbook."""

    def returned(path, kind=KIND):
        run = imported(path, cast.clerk_a, kind)
        runs.keep_error_workbook(run)
        target = tmp_path / f"returned{run.pk}.xlsx"
        shutil.copy(run.error_workbook.path, target)
        return run, target

    return returned


def red_cells(page):
    return {cell.coordinate for row in page for cell in row if cell.fill.fgColor.rgb == RED}


def comments_of(page):
    return {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment}


def list_of(front):
    """The list of the result sheet: link and texts of each line."""
    rows = list(front.iter_rows())
    first = next(number for number, row in enumerate(rows) if row[0].hyperlink)
    return [(row[0].hyperlink.location, *(cell.value for cell in row)) for row in rows[first:]]


def texts_of(front):
    return [str(cell.value) for row in front for cell in row if cell.value is not None]


def as_csv(path):
    with path.with_suffix(".csv").open("w", encoding="utf-8-sig", newline="") as file:
        for row in load_workbook(path)[PAGE].iter_rows(values_only=True):
            cells = [cell.date() if isinstance(cell, datetime) else cell for cell in row]
            csv.writer(file).writerow([50 if str(cell).startswith("=") else cell for cell in cells])
    return path.with_suffix(".csv")


def converted(path, suffix):
    """The file as LibreOffice saves it."""
    folder = path.parent / "converted"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{suffix}"
