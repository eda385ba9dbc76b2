"""Exports as files: text-safe, split into sheets, streamed; and the command."""

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from benchmarks.models import TrialVerification
from benchmarks.sheets.verification import TrialVerificationSheet
from bureau import records
from bureau.exchange.columns.base import Column
from bureau.exchange.files.reading import open_book
from bureau.exchange.sheets import get_sheet
from bureau.exchange.writing import exporting, long_workbook
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.random_export import standard
from tests.trials import make_verification


def test_no_cell_is_a_formula(cast, tmp_path):
    row = standard(cast.clerk_a.office, 1, name="=1+1", holder="@SUM(A1)", place="-1")
    records.bulk_add([row], by=cast.clerk_a)
    exporting.export(get_sheet("standards"), MeasurementStandard.objects.all(), tmp_path / "a.xlsx")
    cells = load_workbook(tmp_path / "a.xlsx").active[2]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert cells[0].value == "=1+1"

    exporting.export(get_sheet("standards"), MeasurementStandard.objects.all(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row)


def test_it_splits_into_sheets(tmp_path):
    sheet = get_sheet("standards")
    rows = [[f"{number}"] * len(sheet.columns) for number in range(9)]
    for most, sizes in [(5, [5, 5, 2]), (4, [4, 4, 4]), (100, [10])]:
        assert exporting.write_xlsx(sheet, rows, tmp_path / "a.xlsx", most=most) == 9
        assert [page.max_row for page in load_workbook(tmp_path / "a.xlsx").worksheets] == sizes
    assert exporting.write_xlsx(sheet, [], tmp_path / "a.xlsx") == 0
    assert [page.max_row for page in load_workbook(tmp_path / "a.xlsx").worksheets] == [1]


def test_the_command(make_standard, cast, tmp_path):
    make_standard()
    make_standard(by=cast.clerk_b)
    path = tmp_path / "out.xlsx"
    call_command("export_sheet", "standards", output=path, region="210100")
    assert load_workbook(path).active.max_row == 2
    assert Operation.objects.get(action="export").detail["rows"] == 1

    call_command("export_sheet", "standards", output=path)
    out = io.StringIO()
    call_command("import_sheet", "standards", str(path), office="210000-01", stdout=out)
    assert json.loads(out.getvalue()) == {"rows": 2, "created": 0, "updated": 0, "unchanged": 2, "failed": 0}


@pytest.mark.parametrize(
    "given", [{"kind": "x"}, {"output": "a.docx"}, {"region": "999999"}, {"output": "no/such/folder/a.xlsx"}]
)
def test_the_command_rejects(cast, tmp_path, given):
    options = {"kind": "standards", "output": "a.xlsx", **given}
    options["output"] = tmp_path / options["output"]
    with pytest.raises(CommandError):
        call_command("export_sheet", options.pop("kind"), **options)


def test_voided_rows_are_left_out(make_standard, cast, tmp_path):
    records.void(make_standard(), by=cast.clerk_a, reason="twice")
    assert exporting.export(get_sheet("standards"), get_sheet("standards").rows(), tmp_path / "a.xlsx") == 0


@pytest.mark.parametrize(("key", "pages"), [("standards", 4), ("trial-months", 1)])
def test_it_prints_on_numbered_pages_with_header_and_first_column(tmp_path, key, pages):
    sheet = get_sheet(key)
    exporting.write_xlsx(sheet, [["x"] * len(sheet.columns)], tmp_path / "a.xlsx")
    page = load_workbook(tmp_path / "a.xlsx").active
    setup = page.page_setup
    assert (setup.orientation, str(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        "9",
        pages,
        0,
    )
    assert page.print_title_rows == "$1:$1"
    assert bool(page.print_title_cols) == (pages > 1)
    assert "&P" in page.oddFooter.right.text
    assert page.freeze_panes == "A2"


class TestStreamedWorkbook:
    """openpyxl's frame, our rows."""

    @pytest.fixture
    def written(self, tmp_path):
        """The cells of a row with these values, in columns of these formats."""

        def written(values, formats=None):
            columns = [_Plain(name) for name in formats or ["General"] * len(values)]
            long_workbook.write(tmp_path / "a.xlsx", "数据", columns, [values])
            return load_workbook(tmp_path / "a.xlsx").active[2]

        return written

    def test_every_kind_of_value(self, written):
        values = ["文", 1, 2.5, Decimal("1.10"), True, date(2016, 6, 1), date(1850, 1, 1), 10**17, "x" * 40_000, " a "]
        cells = written(values, ["@", "0", "0.0", "0.00", "General", "yyyy-mm-dd", "yyyy-mm-dd", "0", "@", "@"])
        assert [cell.value for cell in cells[:5]] == ["文", 1, 2.5, 1.1, True]
        assert cells[5].value.date() == date(2016, 6, 1)
        assert [cell.value for cell in cells[6:8]] == ["1850-01-01", str(10**17)]
        assert (len(cells[8].value), cells[8].value[-1]) == (32_767, "…")
        assert cells[9].value == " a "
        assert [cell.number_format for cell in cells[:4]] == ["@", "0", "0.0", "0.00"]

    def test_blank_cells_take_no_room(self, written, tmp_path):
        written([None, "", "x", None])
        with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
            rows = archive.read("xl/worksheets/sheet1.xml").decode().partition('<row r="2">')[2]
        assert rows.count("<c ") == 1
        assert '<c r="C2"' in rows

    @pytest.mark.parametrize("text", ["<&>", "a\x00b", "a\ud800b", "]]>", "_x0041_", "=1", "\n", "a\r\nb", "\t"])
    def test_no_text_breaks_the_file(self, written, tmp_path, text):
        [cell] = written([text])
        assert cell.data_type == "s"
        with open_book(tmp_path / "a.xlsx") as book:
            [_header, (_number, cells)] = book.rows("数据")
        assert cells == [text.replace("\x00", "").replace("\ud800", "").replace("\r\n", "\n")]

    def test_what_looks_like_a_formula_stays_a_text_when_edited(self, written):
        for number_format in ("General", "@"):
            cells = written(["=1", "+1", "-1", "@1", "x"], [number_format] * 5)
            assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False]
            assert [cell.number_format for cell in cells] == [number_format] * 5

    def test_every_sheet_is_set_up(self, tmp_path):
        sheet = get_sheet("standards")
        exporting.write_xlsx(sheet, [["x"] * len(sheet.columns)] * 3, tmp_path / "a.xlsx", most=2)
        pages = load_workbook(tmp_path / "a.xlsx").worksheets
        assert not any(page.sheet_view.tabSelected for page in pages[1:])  # what is typed goes into every open one
        assert {page.freeze_panes for page in pages} == {"A2"}
        assert {page.print_title_rows for page in pages} == {"$1:$1"}
        assert len({page.title for page in pages}) == 3

    def test_more_different_values_than_are_remembered(self, tmp_path, monkeypatch):
        monkeypatch.setattr(long_workbook, "REMEMBERED", 10)
        monkeypatch.setattr(long_workbook, "CHUNK", 7)
        rows = [[f"{number:04}"] for number in range(100)]
        assert long_workbook.write(tmp_path / "a.xlsx", "数据", [_Plain("@")], rows) == 100
        page = load_workbook(tmp_path / "a.xlsx").active
        assert [row[0].value for row in page.iter_rows(min_row=2)] == [row[0] for row in rows]


class _Plain(Column):
    """A column that shows what it is given."""

    required = False

    def __init__(self, number_format):
        super().__init__("plain", label="Plain")
        self.format = number_format

    @property
    def number_format(self):
        return self.format


def test_a_sheet_may_say_what_the_value_of_a_record_is(cast, tmp_path):
    class Shouting(TrialVerificationSheet):
        def value_of(self, row, column):
            value = super().value_of(row, column)
            return f"{value}!" if column.name == "holder" else value

    make_verification(cast, holder="农贸市场")
    sheet = Shouting()
    exporting.export(sheet, sheet.rows(), tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").active["H2"].value == "农贸市场!"


def test_rows_are_read_in_few_queries_however_many(cast, tmp_path, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(exporting, "CHUNK", 2)
    for _ in range(5):
        make_verification(cast)
    seen = []
    with django_assert_num_queries(2):  # the rows, and the names of their one region
        exporting.export(
            get_sheet("trial-verifications"), TrialVerification.objects.all(), tmp_path / "a.csv", on_rows=seen.append
        )
    assert seen == [2, 4, 5]
