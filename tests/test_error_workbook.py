"""What comes back of a file whose rows failed."""

import re
import shutil
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from benchmarks.models import TrialMonth, TrialVerification
from bureau.exchange import runs
from bureau.exchange.outcome import RowError
from bureau.exchange.returning import error_workbook, failures, origin, own_file
from tests.importing import counts, imported, received
from tests.ledgers import BAD, PAGE, ROWS, rewrite, write_ledger
from tests.returned import KIND, RED, as_csv, comments_of, converted, list_of, red_cells, texts_of

pytestmark = pytest.mark.filterwarnings("ignore:Cell G7 is marked as a date")


class TestOwnFile:
    def test_failed_cells_are_red_and_say_why_and_what_is_allowed(self, returned, ledger):
        run, path = returned(ledger)
        assert counts(run) == (2, 0, 0, 3)
        page = load_workbook(path)[PAGE]
        assert red_cells(page) == BAD
        comments = comments_of(page)
        assert comments.keys() == BAD | {"H6"}
        for name in BAD:
            ours = comments[name].partition(own_file.SIGN)[2]
            assert run.problems.filter(reason=ours.split("\n")[0]).count() == 1
        assert "2016-06-01" in comments["G5"]  # how a date is written

    def test_a_comment_that_was_there_stays_in_front(self, returned, ledger):
        comments = comments_of(load_workbook(returned(ledger)[1])[PAGE])
        assert comments["C6"].startswith(f"去年就这样写\n{own_file.SIGN}")
        assert comments["H6"] == "已核对"

    def test_all_else_is_as_it_was(self, returned, ledger):
        before, after = (load_workbook(path, rich_text=True) for path in (ledger, returned(ledger)[1]))
        assert after.sheetnames[1:] == before.sheetnames
        for sheet in before.sheetnames:
            old, new = before[sheet], after[sheet]
            assert looks_of(new) == looks_of(old)
            for row in old:
                for cell in row:
                    other = new[cell.coordinate]
                    assert other.value == cell.value
                    assert style_of(other) == style_of(cell)
                    assert repr(other.fill) == repr(cell.fill) or cell.coordinate in BAD
        assert len(after["说明"]._charts) == 1

    def test_hidden_rows_and_columns_with_marks_are_shown(self, returned, ledger):
        book = load_workbook(ledger)
        page = book[PAGE]
        marked, unmarked = 6, 2
        for row in (marked, unmarked):
            page.row_dimensions[row].hidden = True
        page.column_dimensions["G"].hidden = True
        book.save(ledger)
        page = load_workbook(returned(ledger)[1])[PAGE]
        assert red_cells(page) >= BAD  # more, since the results of formulas went with the saving
        assert not page.row_dimensions[marked].hidden
        assert page.row_dimensions[unmarked].hidden
        assert not page.column_dimensions["G"].hidden

    def test_a_number_under_a_date_format_stays_a_number(self, returned, ledger):
        _run, path = returned(ledger)
        parts = {}
        rewrite(path, lambda name, content: parts.setdefault(name, content))
        assert b"<v>20160601</v>" in parts["xl/worksheets/sheet2.xml"]

    def test_a_problem_of_the_whole_row_stands_at_its_first_cell(self, cast, ledger, tmp_path):
        run = received(ledger, cast.clerk_a, KIND)
        error_workbook.write(tmp_path / "out.xlsx", run, [RowError(6, "", "", "The row is wrong.")])
        book = load_workbook(tmp_path / "out.xlsx")
        assert red_cells(book[PAGE]) == {"B6"}
        assert comments_of(book[PAGE])["B6"] == f"{own_file.SIGN}The row is wrong."
        assert list_of(book.worksheets[0]) == [(f"'{PAGE}'!B6", "B6", "6", None, None, "The row is wrong.")]

    def test_the_file_may_have_macros_and_pictures(self, returned, ledger):
        plain, with_macros = b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        types = (b"application/vnd.openxmlformats-officedocument." + plain, b"application/vnd." + with_macros)
        more = {"xl/vbaProject.bin": b"x", "xl/media/image1.png": b"x"}
        rewrite(ledger, lambda name, content: content.replace(*types), more)
        run, path = returned(ledger)
        front, page = load_workbook(path).worksheets[:2]
        assert red_cells(page) == BAD
        assert own_file.left_behind(run.path) in texts_of(front)
        parts = {}
        rewrite(path, lambda name, content: parts.setdefault(name, content))
        assert types[0] in parts["[Content_Types].xml"]
        assert "xl/vbaProject.bin" not in parts

    def test_a_file_of_a_program_that_writes_little(self, returned, ledger):
        def bare(name, content):
            return re.sub(rb"<calcPr[^>]*>|<bookViews>.*</bookViews>|<sheetViews>.*</sheetViews>", b"", content)

        rewrite(ledger, bare)
        assert red_cells(load_workbook(returned(ledger)[1])[PAGE]) == BAD

    def test_each_of_several_sheets(self, cast, returned, tmp_path):
        write_ledger(tmp_path / "two.xlsx", formulas=False)
        book = load_workbook(tmp_path / "two.xlsx")
        book.remove(book["说明"])
        second = book.copy_worksheet(book[PAGE])
        second.title = "它'表"
        second["B5"], second["B6"] = "B-2", "B-3"
        book.save(tmp_path / "two.xlsx")
        run, path = returned(tmp_path / "two.xlsx")
        assert [part["name"] for part in run.layout["parts"]] == [PAGE, "它'表"]
        front, first, _hidden, other = load_workbook(path).worksheets
        assert {"G5", "C6"} <= red_cells(first) & red_cells(other)
        links = {line[0]: line[1] for line in list_of(front)}
        assert links[f"'{PAGE}'!G5"] == f"{PAGE}!G5"
        assert links["'它''表'!C6"] == "它'表!C6"

    def test_months_that_failed_and_no_other(self, returned, tmp_path):
        book = Workbook()
        book.active.append(["使用单位", "2016年1月", "2016年2月", "2016年3月", "2016年4月"])
        book.active.append(["农贸市场", 3, "若干", 4, "若干"])
        book.active.append(["加油站", -1, None, 5, 6])
        book.save(tmp_path / "months.xlsx")
        run, path = returned(tmp_path / "months.xlsx", "trial-months")
        assert counts(run) == (4, 0, 0, 3)
        page = load_workbook(path).worksheets[1]
        assert red_cells(page) == {"C2", "E2", "B3"}
        assert TrialMonth.objects.count() == 4

    def test_beyond_a_number_cells_are_red_only(self, returned, ledger, monkeypatch):
        monkeypatch.setattr(failures, "MOST_LISTED", 2)
        book = load_workbook(returned(ledger)[1])
        front, page = book.worksheets[:2]
        assert red_cells(page) == BAD
        assert len(comments_of(page)) == 3  # with the colleague's
        assert len(list_of(front)) == 2
        assert any(" 2 " in text or "2" in text for text in texts_of(front) if "red" in text or "红" in text)


def style_of(cell):
    return repr(cell.font), repr(cell.border), cell.number_format


def looks_of(page):
    return {
        "merged": sorted(map(str, page.merged_cells.ranges)),
        "widths": {letter: of.width for letter, of in page.column_dimensions.items()},
        "heights": {row: of.height for row, of in page.row_dimensions.items() if of.height},
        "frozen": page.freeze_panes,
        "titles": page.print_title_rows,
        "paper": (page.page_setup.orientation, page.page_setup.paperSize, page.oddFooter.center.text),
        "state": page.sheet_state,
        "choices": [str(one.sqref) for one in page.data_validations.dataValidation],
        "rules": [str(one.sqref) for one in page.conditional_formatting],
    }


class TestRebuilt:
    """csv, xls, ods, and workbooks that openpyxl cannot hold."""

    def check(self, run, path):
        front, page = load_workbook(path).worksheets
        assert origin.find(front.iter_rows(values_only=True)).number == run.pk
        rows = list(page.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == ["LX-2", "LX-3", None]
        assert [row[-2] for row in rows[1:]] == ["5", "6", "8"]
        assert len(red_cells(page)) == len(list_of(front)) >= 5
        for line in list_of(front):
            sheet, _mark, name = line[0].rpartition("!")
            assert sheet == f"'{page.title}'"
            assert page[name].fill.fgColor.rgb == RED
            assert line[-1] in page[name].comment.text

    @pytest.fixture
    def plain(self, tmp_path):
        """Without the number under a date's format, which other programs make an error of."""
        rows = [[date(2016, 6, 1) if cell == 20160601 else cell for cell in row] for row in ROWS]
        return write_ledger(tmp_path / "台账.xlsx", rows)

    def test_a_workbook_that_is_too_large(self, returned, ledger, settings):
        settings.IMPORT_OWN_LAYOUT_MAX_CELLS = 20
        self.check(*returned(ledger))

    def test_a_workbook_whose_marking_fails(self, returned, ledger, monkeypatch):
        monkeypatch.setattr(own_file, "MEMORY_BYTES", 1 << 24)
        self.check(*returned(ledger))

    def test_csv(self, returned, plain):
        self.check(*returned(as_csv(plain)))

    @pytest.mark.office_suite
    @pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
    @pytest.mark.parametrize("suffix", ["xls", "ods"])
    def test_other_workbooks(self, returned, plain, suffix):
        self.check(*returned(converted(plain, suffix)))

    def test_all_that_is_wrong_in_a_row_can_be_read(self, returned, plain):
        """Three things are wrong in the last one."""
        page = load_workbook(returned(as_csv(plain))[1]).worksheets[1]
        summary = [cell.value for cell in page[page.max_row]][-1]
        assert page.row_dimensions[page.max_row].height >= 15 * (1 + summary.count("\n")) > 30

    def test_a_month_that_failed(self, returned, tmp_path):
        path = tmp_path / "months.csv"
        path.write_text("使用单位,2016年1月,2016年2月,2016年3月\n农贸市场,3,若干,4\n", encoding="utf-8")
        _run, path = returned(path, "trial-months")
        rows = list(load_workbook(path).worksheets[1].iter_rows(values_only=True))
        assert [row[:3] for row in rows[1:]] == [("农贸市场", datetime(2016, 2, 1), "若干")]


def test_a_file_without_failed_rows_has_no_error_workbook(cast, tmp_path):
    good = [["LX-1", "周检", "秤", "1", "农贸市场", date(2016, 5, 1), None, "合格", 1, 5]]
    run = imported(write_ledger(tmp_path / "good.xlsx", good, formulas=False), cast.clerk_a, KIND)
    runs.keep_error_workbook(run)
    assert not run.error_workbook
    assert TrialVerification.objects.count() == 1
