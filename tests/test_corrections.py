"""A corrected file comes back: it is known again, and only its failed rows are taken."""

import shutil
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from benchmarks.models import TrialMonth, TrialVerification
from bureau.exchange import preview, runs
from bureau.exchange.cells import WithUnit
from bureau.exchange.layouts.table import FileRow
from bureau.exchange.models import Import
from bureau.exchange.returning import corrections, origin
from tests.importing import counts, imported, received, undone, workbook
from tests.importing import row as line
from tests.ledgers import PAGE, TOP, calculate, write_ledger
from tests.returned import converted

KIND = "trial-verifications"
RESULTS = {"J4*50": 50, "J5*50": 100, "SUM(J4:J8)": 4}
pytestmark = pytest.mark.filterwarnings("ignore:Cell G7 is marked as a date")


@pytest.fixture
def first(cast, tmp_path):
    """The import of the ledger: two rows taken, three failed."""
    run = imported(write_ledger(tmp_path / "台账.xlsx"), cast.clerk_a, KIND)
    runs.keep_error_workbook(run)
    return run


@pytest.fixture
def corrected(first, tmp_path):
    """``corrected(edit)``: the path of the first import's error workbook after somebody edited it in Excel."""

    def corrected(edit=lambda book, page: None, run=None):
        path = tmp_path / "改正.xlsx"
        shutil.copy((run or first).error_workbook.path, path)
        book = load_workbook(path)
        book[PAGE]["G7"] = 20160601  # openpyxl makes an error of it
        edit(book, book[PAGE])
        book.save(path)
        calculate(path, RESULTS)
        return path

    return corrected


def mend(book, page):
    page["G5"], page["C6"] = "2016-02-29", "周检"


class TestOrigin:
    def test_as_we_wrote_it(self, first, tmp_path):
        shutil.copy(first.error_workbook.path, tmp_path / "a.xlsx")
        assert corrections.find_origin(tmp_path / "a.xlsx") == first.pk

    def test_the_sheet_may_be_renamed_and_moved(self, first, corrected):
        def edit(book, page):
            front = book.worksheets[0]
            front.title = "别的名字"
            front.insert_rows(1, 5)
            book.move_sheet(front, 3)

        assert corrections.find_origin(corrected(edit)) == first.pk

    def test_without_the_sheet_it_is_a_file_like_any_other(self, corrected):
        path = corrected(lambda book, page: book.remove(book.worksheets[0]))
        assert corrections.find_origin(path) is None

    def test_a_file_of_another_installation(self, first, corrected):
        path = corrected()
        Import.objects.filter(pk=first.pk).update(sha256="f" * 64)
        assert corrections.find_origin(path) is None

    def test_first_files(self, tmp_path):
        write_ledger(tmp_path / "a.xlsx")
        (tmp_path / "a.csv").write_text("a,b\n1,2\n")
        assert corrections.find_origin(tmp_path / "a.xlsx") is None
        assert corrections.find_origin(tmp_path / "a.csv") is None

    @pytest.mark.office_suite
    @pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
    @pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
    def test_saved_by_another_program(self, first, corrected, suffix):
        assert corrections.find_origin(converted(corrected(), suffix)) == first.pk

    def test_the_result_sheet_is_no_data(self):
        mark = origin.origin_of(7, "0123456789abcdef").mark
        assert origin.is_result_sheet([["Result"], [None, f"Keep this: {mark}"]])
        assert not origin.is_result_sheet([["Result"], [None, mark[:-1], 7]])
        assert not origin.is_result_sheet([*[[""]] * origin.ROWS_WITH_MARK, [mark]])


class TestDigest:
    def test_it_does_not_depend_on_place_and_program(self):
        row = FileRow(4, {"a": "x", "n": 1, "f": 0.1 + 0.2, "d": date(2016, 6, 1), "b": ""})
        other = FileRow(9, {"d": datetime(2016, 6, 1), "f": 0.3, "n": 1.0, "a": " x\u00a0", "c": None})
        assert corrections.digest(row) == corrections.digest(other)

    @pytest.mark.parametrize(
        "cells",
        [{"a": "y"}, {"b": "x"}, {"a": "x", "b": 1}, {"a": ""}, {"a": WithUnit("x", "元")}, {"a": "x\x1fb\x1e1"}],
    )
    def test_another_value_in_another_column(self, cells):
        assert corrections.digest(FileRow(1, {"a": "x"})) != corrections.digest(FileRow(1, cells))

    def test_the_unit_of_the_heading_counts(self):
        one, other = (FileRow(1, {"a": WithUnit(3, unit)}) for unit in ("元", "万元"))
        assert corrections.digest(one) != corrections.digest(other)


class TestTaken:
    def test_all_but_the_failed(self, first):
        assert counts(first) == (2, 0, 0, 3)
        assert len(corrections.taken(first)) == 2

    def test_doubles_of_a_row_that_failed(self, cast, tmp_path):
        row = ["LX-1", "周检", "秤", "1", "农贸市场", date(2016, 5, 1), None, "合格", 1, 5]
        path = write_ledger(tmp_path / "a.xlsx", [row, row, ["LX-2", *row[1:]]], formulas=False)
        run = imported(path, cast.clerk_a, KIND)
        assert counts(run) == (2, 0, 0, 1)
        assert len(corrections.taken(run)) == 1

    def test_nothing_of_an_import_that_does_not_stand(self, first, cast):
        assert undone(first, cast.clerk_a) == (2, 0, 0)
        assert corrections.taken(first) == set()
        for state in Import.State:
            first.state = state
            assert bool(corrections.taken(first)) == (state == Import.State.DONE)

    def test_months_of_a_row_are_taken_together(self, cast, tmp_path):
        book = Workbook()
        book.active.append(["使用单位", "2016年1月", "2016年2月"])
        book.active.append(["农贸市场", 3, "若干"])
        book.active.append(["加油站", 4, 5])
        book.save(tmp_path / "months.xlsx")
        run = imported(tmp_path / "months.xlsx", cast.clerk_a, "trial-months")
        assert len(corrections.taken(run)) == 2
        assert TrialMonth.objects.count() == 3


class TestAgain:
    """The corrected file is imported."""

    def test_only_the_failed_rows_are_taken(self, first, corrected, cast):
        before = {row.pk: row.version for row in TrialVerification.objects.all()}
        run = received(corrected(mend), cast.clerk_a, KIND)
        assert run.corrects == first
        assert [part["name"] for part in run.layout["parts"]] == [PAGE]

        run = imported(corrected(mend), cast.clerk_a, KIND)
        assert (run.rows, *counts(run)) == (3, 2, 0, 0, 1)
        assert {row.pk: row.version for row in TrialVerification.objects.filter(pk__in=before)} == before

    def test_what_was_edited_since_is_not_set_back(self, first, corrected, cast):
        from bureau import records

        kept = TrialVerification.objects.get(certificate_no="LX-4")
        kept.holder = "改名后的加油站"
        records.save(kept, by=cast.clerk_a)
        imported(corrected(mend), cast.clerk_a, KIND)
        kept.refresh_from_db()
        assert kept.holder == "改名后的加油站"

    def test_a_good_row_that_was_changed_is_taken(self, corrected, cast):
        def edit(book, page):
            page["D7"] = "加气机"

        run = imported(corrected(edit), cast.clerk_a, KIND)
        assert (run.rows, *counts(run)) == (4, 0, 1, 0, 3)

    def test_rows_may_be_moved(self, corrected, cast):
        def edit(book, page):
            mend(book, page)
            moved = [cell.value for cell in page[TOP + 3]]
            page.delete_rows(TOP + 3)
            page.append(moved)

        run = imported(corrected(edit), cast.clerk_a, KIND)
        assert run.rows == 3

    def test_again_and_again(self, first, corrected, cast):
        """The second error workbook marks what is left; what was corrected is as it was."""
        second = imported(corrected(mend), cast.clerk_a, KIND)
        runs.keep_error_workbook(second)
        book = load_workbook(second.error_workbook.path)
        assert [origin.is_result_sheet(page.iter_rows(values_only=True)) for page in book] == [
            True,
            False,
            False,
            False,
        ]
        page = book[PAGE]
        red = {cell.coordinate for row in page for cell in row if cell.fill.fgColor.rgb == "00F8B4B4"}
        assert red == {"B8", "J8", "K8"}
        assert page["C6"].comment.text == "去年就这样写"
        assert page["G5"].comment is None
        assert page["K8"].comment.text.count("※※") == 1

        def rest(book, page):
            page["B8"], page["J8"], page["K8"] = "LX-5", 1, 300

        third = imported(corrected(rest, second), cast.clerk_a, KIND)
        assert third.corrects == second
        assert (third.rows, *counts(third)) == (1, 1, 0, 0, 0)
        assert TrialVerification.objects.count() == 5

    def test_after_an_undo_all_rows_are_taken(self, first, corrected, cast):
        undone(first, cast.clerk_a)
        run = imported(corrected(mend), cast.clerk_a, KIND)
        assert (run.rows, *counts(run)) == (5, 4, 0, 0, 1)

    def test_a_row_passed_over_for_an_import_that_was_undone_since(self, first, corrected, cast):
        second = imported(corrected(mend), cast.clerk_a, KIND)
        runs.keep_error_workbook(second)
        undone(first, cast.clerk_a)
        third = imported(corrected(run=second), cast.clerk_a, KIND)
        assert third.corrects == second
        assert (third.rows, *counts(third)) == (3, 2, 0, 0, 1)
        assert TrialVerification.objects.not_voided().count() == 4

    def test_another_office_gets_nothing_for_granted(self, corrected, cast):
        run = received(corrected(mend), cast.clerk_b, KIND)
        assert run.corrects is None


@pytest.mark.django_db
def test_a_double_of_a_row_that_is_passed_over_still_fails(cast, tmp_path):
    path = workbook(tmp_path / "in.xlsx", [line(1), line(1, 建标单位="另一单位"), line(2)])
    run = imported(path, cast.clerk_a, "standards")
    assert (run.created, run.failed) == (2, 1)
    runs.keep_error_workbook(run)
    again = shutil.copy(run.error_workbook.path, tmp_path / "again.xlsx")
    second = received(again, cast.clerk_a, "standards")
    assert preview.preview(second)["passed_over"] == 2
    third = imported(again, cast.clerk_a, "standards")
    assert (third.rows, third.updated, third.failed) == (1, 0, 1)
