"""Files with a column for each month."""

from datetime import date

import pytest
from django.db import transaction

from benchmarks.models import TrialMonth
from bureau.exchange import importing, lines, runs
from bureau.exchange.layouts.layout import Decision, Place, places_as_json
from bureau.exchange.layouts.table import open_table
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from tests.importing import received
from tests.layouts import HEADER, assign, columns_of, line, propose, workbook

MONTHS = [f"{number}月" for number in range(1, 13)]


def months(path, layout=None):
    with open_table(path, get_sheet("trial-months"), layout) as table:
        return [(row.number, row.cells["holder"], row.cells["month"], row.cells["pieces"]) for row in table.rows()]


def test_months_with_the_year_in_the_title(tmp_path):
    rows = [
        ["2016年检定台件数统计表"],
        ["序号", "使用单位", *MONTHS, "合计"],
        [1, "甲市场", 3, None, 0, *[None] * 9, 3],
        [2, "乙市场", *[None] * 11, 7, 7],
        ["合计", None, 3, *[None] * 10, 7, 10],
        [3, "丙市场"],
    ]
    path = workbook(tmp_path, rows, "A1:O1")
    found = propose(path, "trial-months")
    assert found.is_ready
    assert found.layout.parts[0].year == 2016
    assert months(path) == [
        (3, "甲市场", date(2016, 1, 1), 3),
        (3, "甲市场", date(2016, 3, 1), 0),
        (4, "乙市场", date(2016, 12, 1), 7),
    ]
    with open_table(path, get_sheet("trial-months")) as table:
        assert len(list(table.rows())) == 3
        assert [(out.line, out.kind) for out in table.left_out] == [(5, "subtotal"), (6, "unread")]


@pytest.mark.parametrize(
    "headings",
    [
        ["2016年1月", "2016年2月"],
        ["2016-01", "2016-02"],
        ["2016.01", "2016.02"],
        ["201601", "201602"],
        ["2016年一月份", "2016年二月份"],
        [date(2016, 1, 1), date(2016, 2, 1)],
        ["2016年1月台件数", "2016年2月台件数"],
    ],
)
def test_months_with_the_year_in_the_heading(tmp_path, headings):
    path = workbook(tmp_path, [["使用单位", *headings], ["甲市场", 3, 4]])
    assert months(path) == [(2, "甲市场", date(2016, 1, 1), 3), (2, "甲市场", date(2016, 2, 1), 4)]


def test_months_of_two_years_in_groups(tmp_path):
    rows = [["使用单位", "2015年", None, "2016年", None], [None, "11月", "12月", "1月", "2月"], ["甲市场", 1, 2, 3, 4]]
    path = workbook(tmp_path, rows, "A1:A2", "B1:C1", "D1:E1")
    assert [(str(month), pieces) for _row, _holder, month, pieces in months(path)] == [
        ("2015-11-01", 1),
        ("2015-12-01", 2),
        ("2016-01-01", 3),
        ("2016-02-01", 4),
    ]


def test_of_two_groups_the_one_that_is_named_is_read(tmp_path):
    rows = [["使用单位", "台件数", None, "证书数", None], [None, "1月", "2月", "1月", "2月"], ["甲市场", 1, 2, 3, 4]]
    path = workbook(tmp_path, {"2016年": rows}, "A1:A2", "B1:C1", "D1:E1")
    assert [(month.month, pieces) for _row, _holder, month, pieces in months(path)] == [(1, 1), (2, 2)]


def test_each_sheet_has_its_year(tmp_path):
    rows = [["使用单位", "1月", "2月"], ["甲市场", 3, 4]]
    path = workbook(tmp_path, {"2015年": rows, "2016年": [["二〇一六年度统计表"], *rows]})
    assert [(line, str(month)) for line, _holder, month, _pieces in months(path)] == [
        (2, "2015-01-01"),
        (2, "2015-02-01"),
        (lines.line_of(1, 3), "2016-01-01"),
        (lines.line_of(1, 3), "2016-02-01"),
    ]


def test_the_day_on_which_a_form_was_filled_in_tells_no_year(tmp_path):
    rows = [["2015年统计表"], ["填表日期：2016-01-10"], ["使用单位", "1月", "2月"], ["甲市场", 3, 4]]
    assert propose(workbook(tmp_path, rows), "trial-months").layout.parts[0].year == 2015


def test_no_year_and_two_years_are_a_problem_until_the_clerk_says_it(tmp_path):
    rows = [["使用单位", "1月", "2月"], ["甲市场", 3, 4]]
    for above in ([], [["2015-2016年统计表"]]):
        path = workbook(tmp_path, [*above, *rows])
        found = propose(path, "trial-months")
        assert len(found.problems) == 1 and not found.missing
        places = {**found.layout.places, 1: Place("pieces", month="2017-01"), 2: Place("pieces", month="2017-02")}
        decided = assign(path, found.layout, places, key="trial-months")
        assert decided.is_ready
        assert [str(month) for _row, _holder, month, _pieces in months(path, decided.layout)] == [
            "2017-01-01",
            "2017-02-01",
        ]


def test_a_month_as_a_number_that_may_be_another_is_none(tmp_path):
    found = propose(workbook(tmp_path, [["使用单位", 2016.1, 2016.11], ["甲市场", 3, 4]]), "trial-months")
    assert [(column.heading, column.place.month) for column in found.columns][1:] == [
        ("2016.1 / 2016.10", ""),
        ("2016-11", "2016-11"),
    ]


def test_a_sheet_without_months_knows_none(tmp_path):
    found = propose(workbook(tmp_path, [[*HEADER, "1月"], [*line(1), 3]]))
    assert columns_of(found)["1月"] == ""
    assert found.layout.places[8].month == ""


def test_what_is_remembered_takes_the_year_of_the_file(tmp_path):
    places = {0: Place("holder"), 1: Place("pieces", month="01"), 2: Place("gone")}
    kept = Decision(places_as_json(places))
    path = workbook(tmp_path, [["2018年"], ["使用单位", "1月", "2月"], ["甲市场", 1, 2]])
    found = propose(path, "trial-months", remembered=lambda _signature: kept)
    assert [str(month) for *_row, month, _pieces in months(path, found.layout)] == ["2018-01-01", "2018-02-01"]


@pytest.mark.parametrize("size_afterwards", [4, 7])
def test_an_import_that_broke_off_within_a_row_loses_no_month(cast, tmp_path, monkeypatch, size_afterwards):
    """The chunk ends among the months of a row, the worker dies, and the next one goes on after that row."""
    monkeypatch.setattr(importing, "CHUNK", 4)
    rows = [
        ["2016年检定台件数统计表"],
        ["使用单位", *MONTHS[:6]],
        ["甲市场", 1, 2],
        ["乙市场", 1, 2, 3, 4, 5, 6],
        ["丙市场", 1],
    ]
    run = received(workbook(tmp_path, rows, "A1:G1"), cast.clerk_a, "trial-months")
    assert runs.claim(run)
    chunks = iter([transaction.atomic()])
    with pytest.raises(StopIteration):
        runs.carry_out(run, lambda done, last: next(chunks))
    assert TrialMonth.objects.count() == 8

    monkeypatch.setattr(importing, "CHUNK", size_afterwards)
    again = Import.objects.get(pk=run.pk)
    runs.carry_out(again, lambda done, last: transaction.atomic())
    assert TrialMonth.objects.count() == 9
    assert (again.rows, again.created, again.unchanged, again.failed) == (9, 9, 0, 0)
