"""The first sheet of an error workbook: what became of the file, and the list of what is to be corrected."""

import pytest
from django.db import transaction
from django.utils.translation import gettext
from openpyxl import load_workbook

from benchmarks.models import TrialVerification
from bureau.exchange import drafts, runs
from bureau.exchange.models import Import
from bureau.exchange.outcome import RowError
from bureau.exchange.returning import error_workbook, failures, origin, own_file
from bureau.exchange.sheets import get_sheet
from tests.importing import received
from tests.ledgers import BAD, DAY, PAGE, write_ledger
from tests.returned import KIND, as_csv, comments_of, list_of, red_cells, texts_of

# What to do next, by what became of the rows.
SOME_TAKEN = "Correct the failed rows and import this file again: rows that were imported are not taken twice."
NONE_TAKEN = "No row was imported. Correct the failed rows and import this file again."
REFUSED = "Nothing was written, because rows failed. Correct them and import this file again: all rows are taken."
REFUSED_AND_GOOD_ROWS_ELSEWHERE = (
    "Nothing was written, because rows failed. Correct them in your own file and import that again: "
    "the good rows are not in this one."
)
CHECKED = "Nothing was written: the file was only checked."

pytestmark = pytest.mark.filterwarnings("ignore:Cell G7 is marked as a date")


def carried_out(run):
    """As the job does it."""
    assert runs.claim(run)
    runs.carry_out(run, lambda done, last: transaction.atomic())
    runs.keep_error_workbook(run)
    runs.finish(run)
    return run


def says_of(run):
    """Which of the sentences on what to do next stand on the result sheet."""
    texts = texts_of(load_workbook(run.error_workbook.path).worksheets[0])
    sentences = (SOME_TAKEN, NONE_TAKEN, REFUSED, REFUSED_AND_GOOD_ROWS_ELSEWHERE, CHECKED)
    return [sentence for sentence in sentences if gettext(sentence) in texts]


class TestResultSheet:
    def test_it_comes_first_and_alone_is_open(self, returned, ledger):
        book = load_workbook(returned(ledger)[1])
        assert book.active == book.worksheets[0]
        assert [page.sheet_view.tabSelected for page in book.worksheets[1:]] == [False] * 3
        assert origin.is_result_sheet(book.worksheets[0].iter_rows(values_only=True))

    def test_it_counts_and_says_what_it_is_about(self, returned, ledger, cast):
        run, path = returned(ledger)
        texts = texts_of(load_workbook(path).worksheets[0])
        for text in ("台账.xlsx", str(cast.clerk_a.office), str(cast.clerk_a), run.sheet_label):
            assert text in texts
        values = [cell.value for cell in load_workbook(path).worksheets[0]["B"]]
        at = values.index(5)
        assert values[at : at + 5] == [5, 2, 0, 0, 3]

    def test_each_problem_leads_to_its_cell(self, returned, ledger):
        run, path = returned(ledger)
        lines = list_of(load_workbook(path).worksheets[0])
        assert [line[0] for line in lines] == [f"'{PAGE}'!{name}" for name in ("G5", "C6", "B8", "J8", "K8")]
        assert [line[1:3] for line in lines[:2]] == [("G5", "5"), ("C6", "6")]
        assert [line[-1] for line in lines] == list(run.problems.values_list("reason", flat=True))

    @pytest.mark.parametrize(
        ("good", "mode", "suffix", "sentence"),
        [
            (1, Import.Mode.KEEP_GOOD, "xlsx", SOME_TAKEN),
            (1, Import.Mode.KEEP_GOOD, "csv", SOME_TAKEN),
            (0, Import.Mode.KEEP_GOOD, "xlsx", NONE_TAKEN),
            (1, Import.Mode.ALL_OR_NOTHING, "xlsx", REFUSED),
            (1, Import.Mode.ALL_OR_NOTHING, "csv", REFUSED_AND_GOOD_ROWS_ELSEWHERE),
        ],
    )
    def test_it_says_what_is_on_record(self, cast, tmp_path, good, mode, suffix, sentence):
        rows = [[f"LX-{number}", "周检", "秤", "1", "某", DAY, None, "合格", 1, 5] for number in range(good + 1)]
        rows[-1][-2] = -1
        path = write_ledger(tmp_path / "a.xlsx", rows, formulas=False)
        run = received(as_csv(path) if suffix == "csv" else path, cast.clerk_a, KIND)
        run.mode = mode
        run.save()
        run = carried_out(run)
        assert (TrialVerification.objects.count() > 0) == (sentence == SOME_TAKEN)
        assert says_of(run) == [sentence]

    def test_rows_that_an_earlier_import_took_are_on_record(self, returned, ledger, cast):
        """Corrected for nothing: again all that is taken up fails."""
        again = received(returned(ledger)[1], cast.clerk_a, KIND)
        assert again.corrects
        again = carried_out(again)
        assert again.rows == again.failed
        assert says_of(again) == [SOME_TAKEN]

    def test_a_file_that_was_only_looked_through(self, cast, ledger, tmp_path):
        run = drafts.draft(ledger, sheet=get_sheet(KIND), office=cast.clerk_a.office, by=None, file_name="台账.xlsx")
        outcome = runs.look(run)
        error_workbook.write(tmp_path / "out.xlsx", run, outcome.errors)
        front, page = load_workbook(tmp_path / "out.xlsx").worksheets[:2]
        assert red_cells(page) == BAD
        assert gettext(CHECKED) in texts_of(front)
        assert not origin.is_result_sheet(front.iter_rows(values_only=True))
        assert not Import.objects.exists()


class TestMergedCells:
    """F4:F6, the holder of the first three rows, is one cell."""

    @pytest.fixture
    def listed(self, cast, ledger, tmp_path):
        """``listed(errors)``: the sheet, and the list without its links, as if the import had failed so."""

        def listed(errors, path=ledger):
            run = received(path, cast.clerk_a, KIND)
            error_workbook.write(tmp_path / "out.xlsx", run, [RowError(*error) for error in errors])
            front, page = load_workbook(tmp_path / "out.xlsx").worksheets[:2]
            return page, [(line[1], line[2], line[-1]) for line in list_of(front)]

        return listed

    def test_what_is_wrong_in_all_its_rows_is_told_once(self, returned, tmp_path):
        rows = [["LX-1", "周检", "秤", "1", "农" * 101, DAY, None, "合格", 1, 5]]
        rows += [[f"LX-{number}", "周检", "秤", "1", None, DAY, None, "合格", 1, 5] for number in (2, 3)]
        run, path = returned(write_ledger(tmp_path / "a.xlsx", rows, formulas=False))
        assert [problem.place for problem in run.problems.all()] == ["4", "5", "6"]
        front, page = load_workbook(path).worksheets[:2]
        assert red_cells(page) == {"F4"}
        assert comments_of(page)["F4"].count(own_file.SIGN) == 1
        [line] = list_of(front)
        assert line[:2] == (f"'{PAGE}'!F4", "F4:F6")
        assert line[2] == gettext("%(first)s–%(last)s, %(count)s rows") % {"first": 4, "last": 6, "count": 3}

    def test_each_thing_that_is_wrong_in_it_is_told(self, listed):
        page, lines = listed([(4, "holder", "x", "One."), (5, "holder", "x", "Two."), (6, "holder", "x", "One.")])
        assert [line[0] for line in lines] == ["F4:F6"] * 2
        assert [line[-1] for line in lines] == ["One.", "Two."]
        assert lines[1][1] == "5"
        assert [own_file.SIGN + reason in comments_of(page)["F4"] for reason in ("One.", "Two.")] == [True, True]

    def test_it_counts_once_for_the_length_of_the_list(self, listed, monkeypatch):
        monkeypatch.setattr(failures, "MOST_LISTED", 2)
        page, lines = listed([(row, "holder", "x", "One.") for row in (4, 5, 6)] + [(7, "quantity", "x", "Two.")])
        assert [line[0] for line in lines] == ["F4:F6", "J7"]
        assert comments_of(page).keys() >= {"F4", "J7"}

    def test_other_columns_of_its_rows_are_told_each(self, listed):
        page, lines = listed([(4, "quantity", "x", "One."), (5, "quantity", "x", "One.")])
        assert [line[:2] for line in lines] == [("J4", "4"), ("J5", "5")]
        assert red_cells(page) == {"J4", "J5"}

    def test_a_problem_of_one_row_does_not_stand_in_it(self, listed, ledger):
        book = load_workbook(ledger)
        book[PAGE].merge_cells("B4:B5")
        book.save(ledger)
        page, lines = listed([(4, "", "", "The row is wrong."), (5, "", "", "The row is wrong.")])
        assert [line[:2] for line in lines] == [("C4", "4"), ("C5", "5")]
        assert red_cells(page) == {"C4", "C5"}
