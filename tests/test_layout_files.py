"""What a file is beside its cells: protected, hidden, with macros, of another type."""

import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bureau.exchange.cells import BrokenCell
from bureau.exchange.files.parts import Facts, Merge
from bureau.exchange.files.reading import open_book
from bureau.exchange.layouts import proposal
from bureau.exchange.layouts.table import open_table
from bureau.exchange.sheets import get_sheet
from tests import messy
from tests.importing import imported, workbook
from tests.importing import row as line

SHEET = "trial-verifications"


def records(count=6):
    row = {"kind": "首检", "instrument": "秤", "is_conforming": "合格", "quantity": 1, "verified_on": "2016-06-01"}
    return [{**row, "certificate_no": f"力学-{n}", "holder": f"市场{n // 4}"} for n in range(count)]


NAMES = ("holder", "certificate_no", "kind", "instrument", "verified_on", "is_conforming", "quantity")
OPTIONS = messy.Options(
    order=NAMES,
    title_rows=2,
    has_counter=True,
    header_rows=2,
    groups=(1, 1, 2),
    notes=3,
    total=True,
    merged_column="holder",
)


@pytest.fixture(scope="module")
def odd_file(tmp_path_factory):
    """Merged cells, errors, formulas, a protected and a hidden sheet."""
    path = tmp_path_factory.mktemp("odd") / "odd.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.title = "甲"
    for row in ([], [None, "组"], [None, "a", "b"], [None, "=1/0", 1], [None, None, "=1+1", "z"]):
        sheet.append(row)
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("B4:B5")
    sheet.protection.sheet = True
    book.create_sheet("乙").append(["x"])
    book["乙"].sheet_state = "hidden"
    book.save(path)
    return path


def converted(path, kind):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    command = [office, f"-env:UserInstallation=file://{path.parent}/profile", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{kind}")


def check_odd_file(path):
    with open_book(path) as book:
        assert [(sheet.name, sheet.is_visible) for sheet in book.sheets] == [("甲", True), ("乙", False)]
        assert book.parts.facts("甲") == Facts(is_protected=True, has_formulas=True)
        assert book.parts.facts("乙") == Facts()
        assert book.parts.has_macros is False
        assert sorted(book.merges("甲")) == [Merge(2, 1, 2, 2), Merge(4, 1, 5, 1)]
        assert book.merges("乙") == []
        assert book.height("甲") == 5
        for rows in (book.head("甲", 9), [cells for _number, cells in book.rows("甲")]):
            assert rows[1][:2] == ["", "组"]
            assert isinstance(rows[3][1], BrokenCell)


def test_xlsx(odd_file):
    check_odd_file(odd_file)


@pytest.mark.office_suite
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_xls_and_ods(odd_file, kind):
    check_odd_file(converted(odd_file, kind))


def file_from_1904(path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["日期", date(2016, 6, 1), 41060])
    book.save(path)
    return path


def check_days_from_1904(path):
    """What has the format of a date is right; a bare number would be a day four years too early."""
    with open_book(path) as book:
        assert book.parts.counts_from_1904
        [(_number, cells)] = book.rows(book.sheet_names[0])
        assert str(cells[1]).startswith("2016-06-01")
        assert cells[2] == 41060


def test_days_from_1904(tmp_path, odd_file):
    check_days_from_1904(file_from_1904(tmp_path / "a.xlsx"))
    with open_book(odd_file) as book:
        assert not book.parts.counts_from_1904


@pytest.mark.office_suite
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_days_from_1904_in_other_files(tmp_path, kind):
    check_days_from_1904(converted(file_from_1904(tmp_path / "a.xlsx"), kind))


@pytest.mark.django_db
def test_bare_numbers_of_a_file_from_1904_are_refused(cast, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [line(1, 发证日期=41060)])
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    run = imported(path, cast.clerk_a)
    assert (run.created, run.failed) == (0, 1)


@pytest.mark.office_suite
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_messy_xls_and_ods_are_read_as_the_xlsx(tmp_path, kind):
    sheet, path = get_sheet(SHEET), tmp_path / "a.xlsx"
    written = messy.write(path, sheet, records(), OPTIONS)
    for file in (path, converted(path, kind)):
        with open_table(file, sheet) as table:
            rows = list(table.rows())
            assert [row.number for row in rows] == written.lines
            assert [row.cells["holder"] for row in rows] == [row["holder"] for row in records()]
            assert {out.line: out.kind for out in table.left_out} == written.left_out


def test_notes_about_the_file(tmp_path):
    sheet, path = get_sheet(SHEET), tmp_path / "a.xlsx"
    messy.write(path, sheet, records(), OPTIONS)
    assert proposal.propose(path, sheet).notes == []

    book = load_workbook(path)
    book.active.protection.sheet = True
    book.active["H30"] = "=1+1"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert len(proposal.propose(path, sheet).notes) == 3


def test_an_ods_that_claims_rows_without_end(tmp_path):
    """A repeated row or cell is counted, not spread out."""
    path = tmp_path / "a.ods"
    content = (
        '<office:spreadsheet><table:table table:name="甲&amp;乙" table:protected="true">'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="3"/><table:covered-table-cell/>'
        '<table:table-cell table:number-rows-spanned="9999999" table:number-columns-spanned="1"/></table:table-row>'
        "</table:table></office:spreadsheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    from bureau.exchange.files.ods_parts import OdsParts

    parts = OdsParts(path)
    assert parts.facts("甲&乙").is_protected
    assert parts.merges("甲&乙") == [Merge(1048571, 4, 1048571 + 9999998, 4)]
    assert parts.merges("丙") == []


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, b"\xff" * 5000])
def test_an_odd_compound_file_tells_nothing(tmp_path, content):
    from bureau.exchange.files.xls_parts import XlsParts

    path = tmp_path / "a.xls"
    path.write_bytes(content or b"x")
    parts = XlsParts(path)
    assert (parts.facts("甲"), parts.broken_cells("甲"), parts.has_macros) == (Facts(), {}, False)
