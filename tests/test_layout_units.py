"""Units that headings state, or the line above them."""

import pytest

from bureau.exchange.cells import WithUnit
from bureau.exchange.files.safety import BadFile
from tests.layouts import HEADER, columns_of, line, propose, read, where, workbook


@pytest.mark.parametrize(
    "heading", ["检定费（万元）", "检定费(单位：万元)", "检定费/万元", "检定费 【万元】", "*检定费（万元）（选填）"]
)
def test_a_unit_in_the_heading(tmp_path, heading):
    path = workbook(tmp_path, [[*HEADER[:-1], heading], line(1, 检定费=1.2)])
    assert propose(path).is_ready
    rows, _left_out = read(path)
    assert rows[2]["fee"] == WithUnit(1.2, "万元")


def test_the_column_s_own_unit_changes_nothing(tmp_path):
    path = workbook(tmp_path, [[*HEADER[:-2], "数量（台）", "检定费（元）"], line(1)])
    rows, _left_out = read(path)
    assert (rows[2]["quantity"], rows[2]["fee"]) == (1, 30)


def test_a_unit_on_the_line_above_the_header(tmp_path):
    path = workbook(tmp_path, [["填报单位：某所    计量单位：台、万元"], HEADER, line(1)])
    found = propose(path)
    units = {place.column: place.unit for place in found.layout.places.values() if place.unit}
    assert units == {"quantity": "台", "fee": "万元"}
    rows, _left_out = read(path)
    assert rows[3]["fee"] == WithUnit(30, "万元")


def test_a_row_of_units_in_the_header(tmp_path):
    rows = [HEADER, [None] * 6 + ["台", "万元"], line(1)]
    path = workbook(tmp_path, rows, *(f"{letter}1:{letter}2" for letter in "ABCDEF"))
    assert where(propose(path)) == [(1, 2)]
    assert read(path)[0][3]["fee"] == WithUnit(30, "万元")


@pytest.mark.parametrize("heading", ["数量（kg）", "数量（万元）"])
def test_a_unit_that_the_column_cannot_take(tmp_path, heading):
    found = propose(workbook(tmp_path, [[*HEADER[:6], heading, "检定费"], line(1)]))
    [problem] = found.problems
    assert "G" in problem
    with pytest.raises(BadFile):
        read(workbook(tmp_path, [[*HEADER[:6], heading, "检定费"], line(1)]))


def test_a_text_takes_no_unit(tmp_path):
    found = propose(workbook(tmp_path, [[*HEADER, "测量范围（kg）"], [*line(1), "0-30"]]))
    assert len(found.problems) == 1


def test_what_may_be_an_unknown_unit_is_not_passed_over(tmp_path):
    found = propose(workbook(tmp_path, [[*HEADER[:-1], "检定费（美元）"], line(1)]))
    assert columns_of(found)["检定费（美元）"] == ""
