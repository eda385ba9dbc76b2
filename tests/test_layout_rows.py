"""Which rows under the header are records."""

import pytest

from bureau.exchange import lines
from bureau.exchange.cells import BrokenCell
from bureau.exchange.files.reading import LONGEST_TEXT
from bureau.exchange.layouts.layout import Layout, Place
from tests.layouts import HEADER, csv_file, line, numbers, propose, read, workbook


def test_merged_cells_fill_down(tmp_path):
    rows = [HEADER, line(1), line(2, 使用单位=None), line(3, 使用单位=None), line(4, 使用单位="乙市场")]
    path = workbook(tmp_path, rows, "D2:D4")
    rows, _left_out = read(path)
    assert [cells["holder"] for cells in rows.values()] == ["某市场", "某市场", "某市场", "乙市场"]


def test_a_record_two_rows_high_is_one(tmp_path):
    path = workbook(tmp_path, [HEADER, line(1), [], line(2)], *(f"{letter}2:{letter}3" for letter in "ABCDEFGH"))
    assert numbers(path) == ({2: "力学-1", 4: "力学-2"}, {})


def test_a_number_of_its_own_makes_a_row_a_record(tmp_path):
    rows = [["序号", *HEADER], [1, *line(1)], [2], [3]]
    path = workbook(tmp_path, rows, *(f"{letter}2:{letter}3" for letter in "BCDEFGHI"))
    assert numbers(path) == ({2: "力学-1", 3: "力学-1"}, {})


def test_cells_merged_sideways_stand_for_the_first_column(tmp_path):
    rows, _left_out = read(workbook(tmp_path, [HEADER, line(1, 器具名称=None)], "B2:C2"))
    assert (rows[2]["kind"], rows[2]["instrument"]) == ("首检", "")


def test_empty_cells_take_the_value_above_where_the_clerk_says_so(tmp_path):
    path = csv_file(
        tmp_path, [HEADER, line(1), line(2, 使用单位=""), ["", "", "", "", "", "", "小计", "60"], line(3, 使用单位="")]
    )
    found = propose(path)
    assert read(path, found.layout)[0][3]["holder"] == ""
    places = {**found.layout.places, 3: Place("holder", fill_down=True)}
    layout = Layout(found.layout.parts, found.layout.headings, places)
    rows, left_out = read(path, layout)
    assert [cells["holder"] for cells in rows.values()] == ["某市场"] * 3
    assert left_out == {4: "subtotal"}


@pytest.mark.parametrize(
    "cells",
    [
        ["小计", None, None, None, None, None, 5, 150],
        [None, None, "合  计", None, None, None, 5, 150],
        [None, None, None, "沈阳市小计", None, None, 5, 150],
        ["总计：", None, None, None, None, None, "5台", "150.00"],
        ["共计12台", None, None, None, None, None, None, None],
        [None, "累计", "（全年）", None, None, None, "-", "1,150.00"],
        ["Total", None, None, None, None, None, 5, 150],
        ["合计（万元）", None, None, None, None, None, None, 0.015],
    ],
)
def test_subtotals_are_left_out(tmp_path, cells):
    path = workbook(tmp_path, [HEADER, line(1), line(2), cells, line(3)])
    assert numbers(path) == ({2: "力学-1", 3: "力学-2", 5: "力学-3"}, {4: "subtotal"})


@pytest.mark.parametrize(
    "cells",
    [
        line(9, 使用单位="合计"),
        ["小计", None, "电子秤", "某市场", None, None, 5, None],
        [None, "首检", "电子秤", "会计师事务所", None, "合格", 5, 150],
        [None, None, "电子秤", None, None, None, 5, None],
        ["备用", None, None, None, None, None, None, None],
        [None, "首检", "累计流量计", "某市场", "2016-06-01", None, None, None],
    ],
)
def test_a_row_in_doubt_is_a_record(tmp_path, cells):
    rows, left_out = numbers(workbook(tmp_path, [HEADER, line(1), cells, line(3)]))
    assert (list(rows), left_out) == ([2, 3, 4], {})


def test_notes_at_the_foot(tmp_path):
    foot = [
        ["注：1.本表由各所每月填报。"],
        ["　　2.数据截至月末，逾期不补。"],
        ["（3）解释权归市局。"],
        [],
        ["填表人：", "某某", None, "审核人：", "某某", None, "填表日期：2016-12-31"],
        ["单位负责人（签章）：", None, "联系电话：", "024"],
    ]
    path = workbook(tmp_path, [HEADER, line(1), *foot], "A3:H3")
    assert numbers(path) == ({2: "力学-1"}, dict.fromkeys([3, 4, 5, 7, 8], "note"))


def test_records_after_a_note_are_records(tmp_path):
    path = workbook(tmp_path, [HEADER, line(1), ["注：本页完"], HEADER, line(2), ["说明：略"], line(3)])
    assert numbers(path) == ({2: "力学-1", 5: "力学-2", 7: "力学-3"}, {3: "note", 4: "header", 6: "note"})


def test_headers_again_after_a_page_break(tmp_path):
    title = ["检定情况一览表"]
    rows = [title, HEADER, line(1), ["第1页 共2页"], title, HEADER, line(2), ["第 2 页"]]
    path = workbook(tmp_path, rows, "A1:H1", "A5:H5")
    assert numbers(path) == ({3: "力学-1", 7: "力学-2"}, dict.fromkeys([4, 5, 6, 8], "header"))


def test_a_line_of_column_numbers(tmp_path):
    for cells in (["甲", "乙", "丙", 1, 2, 3, 4, 5], ["栏次", 1, 2, 3, 4, 5, 6, 7], [f"({n})" for n in range(1, 9)]):
        path = workbook(tmp_path, [HEADER, cells, line(1)])
        assert numbers(path) == ({3: "力学-1"}, {2: "header"})


def test_section_lines(tmp_path):
    rows = [
        ["序号", *HEADER],
        ["一", "力学计量"],
        [1, *line(1)],
        ["二、长度计量"],
        [2, *line(2)],
        ["沈阳市各所"],
        [3, *line(3)],
    ]
    path = workbook(tmp_path, rows, "A6:I6")
    assert numbers(path) == ({3: "力学-1", 5: "力学-2", 7: "力学-3"}, dict.fromkeys([2, 4, 6], "section"))


def test_a_merged_line_in_the_column_of_the_key_is_a_section(tmp_path):
    path = workbook(tmp_path, [HEADER, line(1), ["沈阳市各所"], line(2)], "A3:H3")
    assert numbers(path) == ({2: "力学-1", 4: "力学-2"}, {3: "section"})


def test_who_signs_is_no_record_even_where_the_key_would_stand(tmp_path):
    rows = [
        ["使用单位", *HEADER[:3], *HEADER[4:]],
        ["某市场", "力学-1", "首检", "秤"],
        ["企业负责人：", "某某", "电话：", "1"],
    ]
    assert numbers(workbook(tmp_path, rows)) == ({2: "力学-1"}, {3: "note"})


def test_rows_of_which_nothing_is_read_are_no_records(tmp_path):
    path = workbook(tmp_path, [[*HEADER, "无关"], [*line(1), "x"], [*[None] * 8, "y"], [*[None] * 8, False], [" "] * 9])
    assert numbers(path) == ({2: "力学-1"}, {3: "unread", 4: "unread"})


def test_the_example_of_the_template_is_no_record(tmp_path):
    path = workbook(tmp_path, [HEADER, line(1, 证书编号="【示例】力学-2016-1"), line(2)])
    assert numbers(path) == ({3: "力学-2"}, {2: "example"})


def test_reading_goes_on_after_a_line(tmp_path):
    path = workbook(
        tmp_path, {"甲": [HEADER, line(1), line(2, 使用单位=None)], "乙": [HEADER, line(3), line(4)]}, "D2:D3"
    )
    for after, expected in ((2, ["2", "3", "4"]), (3, ["3", "4"]), (lines.line_of(1, 2), ["4"])):
        rows, _left_out = read(path, propose(path).layout, after_line=after)
        assert [cells["certificate_no"][-1] for cells in rows.values()] == expected
    assert read(path, after_line=2)[0][3]["holder"] == "某市场"


def test_a_text_that_no_cell_can_hold(tmp_path):
    rows, _left_out = read(
        csv_file(tmp_path, [HEADER, line(1, 器具名称="长" * (LONGEST_TEXT + 1)), line(2, 器具名称="长" * LONGEST_TEXT)])
    )
    assert isinstance(rows[2]["instrument"], BrokenCell)
    assert str(LONGEST_TEXT + 1) in rows[2]["instrument"].reason
    assert len(rows[3]["instrument"]) == LONGEST_TEXT
