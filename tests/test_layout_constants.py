"""One value for all rows of a file: as if the file had a column with this text in every row."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.exchange.cells import text_of
from bureau.exchange.context import Context
from bureau.exchange.layouts.layout import Decision, Layout, Part, Place, places_as_json
from bureau.exchange.layouts.table import Table
from bureau.exchange.sheets import get_sheet
from bureau.models import Office
from tests.layouts import HEADER, SHEET, assign, line, propose, read, workbook
from tests.test_layout_random import CELLS, TEXTS, Given

LACKING = [heading for heading in HEADER if heading not in ("检定类别", "检定日期")]
CONSTANTS = {"kind": "首检", "verified_on": "2016年6月1日"}


def lacking(number):
    """A row without the two columns."""
    return [cell for heading, cell in zip(HEADER, line(number), strict=True) if heading in LACKING]


@pytest.fixture
def path(tmp_path):
    return workbook(tmp_path, [["标题"], LACKING, lacking(1), lacking(2)])


def names(columns):
    return [column.name for column in columns]


def test_it_works(path):
    found = propose(path)
    assert names(found.missing) == ["kind", "verified_on"]
    decided = assign(path, found.layout, found.layout.places, constants=CONSTANTS)
    assert decided.is_ready
    assert decided.layout.constants == CONSTANTS
    assert Layout.from_json(decided.layout.as_json()) == decided.layout
    rows, _left_out = read(path, decided.layout)
    assert [cells["certificate_no"] for cells in rows.values()] == ["力学-1", "力学-2"]
    assert [(cells["kind"], cells["verified_on"]) for cells in rows.values()] == [("首检", "2016年6月1日")] * 2
    assert list(read(path, decided.layout, after_line=3)[0]) == [4]


def test_one_of_two_is_not_enough(path):
    found = propose(path)
    decided = assign(path, found.layout, found.layout.places, constants={"kind": "首检"})
    assert names(decided.missing) == ["verified_on"]


def test_they_stay_as_long_as_nothing_else_is_said(path):
    found = propose(path)
    decided = assign(path, found.layout, found.layout.places, constants=CONSTANTS)
    assert assign(path, decided.layout, decided.layout.places).layout.constants == CONSTANTS
    assert assign(path, decided.layout, decided.layout.places, constants={}).layout.constants == {}


def test_what_a_column_of_the_file_tells_needs_no_other_value(path):
    found = propose(path)
    more = {**CONSTANTS, "holder": "乙市场", "gone": "x"}
    assert assign(path, found.layout, found.layout.places, constants=more).layout.constants == CONSTANTS
    assert read(path, replace(found.layout, constants=CONSTANTS))[0][3]["holder"] == "某市场"


def test_values_for_all_rows_alone_make_no_record(path):
    found = propose(path)
    everything = {column.name: "1" for column in get_sheet(SHEET).columns}
    decided = assign(path, found.layout, dict.fromkeys(found.layout.places, Place()), constants=everything)
    assert not decided.missing
    assert len(decided.problems) == 1


def test_they_are_remembered_with_the_columns(path, tmp_path):
    found = propose(path)
    kept = Decision(places_as_json(found.layout.places), {**CONSTANTS, "gone": "x"})
    again = propose(path, remembered={found.layout.signature: kept}.get)
    assert again.is_ready
    assert again.layout.constants == CONSTANTS
    other = workbook(tmp_path, [[*LACKING, "检定类别"], [*lacking(1), "周检"]])
    assert not propose(other, remembered={found.layout.signature: kept}.get).layout.constants


def test_another_sheet_begins_without_them(tmp_path):
    path = workbook(tmp_path, {"甲": [LACKING, lacking(1)], "乙": [LACKING[::-1], lacking(2)[::-1]]})
    found = propose(path)
    decided = assign(path, found.layout, found.layout.places, ["甲"], constants=CONSTANTS)
    assert assign(path, decided.layout, {}, ["乙"], constants=CONSTANTS).layout.constants == {}


def test_beside_a_column_for_each_month(tmp_path):
    path = workbook(tmp_path, [["2016年"], ["备注", "1月", "2月"], ["x", 3, None], ["y", 4, 5]])
    found = propose(path, "trial-months")
    assert names(found.missing) == ["holder"]
    given = {"holder": "甲市场", "month": "2015-01"}
    decided = assign(path, found.layout, found.layout.places, constants=given, key="trial-months")
    assert decided.layout.constants == {"holder": "甲市场"}  # the headings tell the month
    assert assign(path, found.layout, found.layout.places, key="trial-months").missing
    rows, _left_out = read(path, decided.layout, "trial-months")
    assert [cells["holder"] for cells in rows.values()] == ["甲市场", "甲市场"]


def test_a_layout_of_before_there_were_any(path):
    stored = propose(path).layout.as_json()
    del stored["constants"]
    for place in stored["places"].values():
        del place["is_counter"]
    assert Layout.from_json(stored) == propose(path).layout


# A region is looked up.
COLUMNS = [column.name for column in get_sheet(SHEET).columns if column.name not in ("certificate_no", "region")]
GIVEN = st.dictionaries(st.sampled_from(COLUMNS), TEXTS | CELLS.map(text_of))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS), min_size=1, max_size=5),
    constants=GIVEN.map(lambda given: {name: text for name, text in given.items() if text.strip()}),
)
def test_a_value_for_all_rows_is_as_a_column_with_it_in_every_row(rows, constants):
    sheet = get_sheet(SHEET)
    headings = ["certificate_no", *(name for name in COLUMNS if name not in constants)]
    cells = [[f"力学-2016-{n:04}", *(row.get(name, "") for name in headings[1:])] for n, row in enumerate(rows)]

    def readings(headings, cells, constants):
        book = Given({"表": [headings, *cells]}, [])
        places = {position: Place(name) for position, name in enumerate(headings)}
        layout = Layout.from_json(Layout((Part("表", 1, 1),), tuple(headings), places, constants).as_json())
        found = list(Table(book, sheet, layout).rows())
        columns = {name: [row.cells[name] for row in found] for name in found[0].cells}
        return [row.number for row in found], sheet.parse_all(columns, Context(Office()))

    given_once = readings(headings, cells, constants)
    in_every_row = readings([*headings, *constants], [[*row, *constants.values()] for row in cells], {})
    assert given_once[0] == in_every_row[0] == list(range(2, len(rows) + 2))
    assert given_once[1] == in_every_row[1]
