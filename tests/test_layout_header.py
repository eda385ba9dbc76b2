"""Where the header stands, and what its headings are taken for."""

import pytest

from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.sheets import get_sheet
from tests.layouts import HEADER, columns_of, csv_file, line, numbers, propose, where, workbook


def test_it_works(tmp_path):
    path = workbook(tmp_path, [HEADER, line(1), line(2)])
    found = propose(path)
    assert found.is_ready, (found.missing, found.problems)
    assert where(found) == [(1, 1)]
    assert found.columns[0].samples == ["力学-1", "力学-2"]
    assert [(column.letter, column.how) for column in found.columns][-1] == ("H", "heading")
    assert Layout.from_json(found.layout.as_json()) == found.layout
    assert numbers(path) == ({2: "力学-1", 3: "力学-2"}, {})


def test_titles_a_unit_line_and_a_number_column(tmp_path):
    rows = [
        ["2016年度强制检定情况一览表"],
        [],
        ["填报单位：某市计量所", None, None, None, None, None, "单位：元"],
        ["序号", *HEADER],
        [1, *line(1)],
        [2, *line(2)],
        [3],
    ]
    path = workbook(tmp_path, rows, "A1:I1")
    found = propose(path)
    assert found.is_ready
    assert where(found) == [(4, 4)]
    assert found.ignored_headings == []
    assert [column.heading for column in found.columns if column.is_counter] == ["序号"]
    assert numbers(path) == ({5: "力学-1", 6: "力学-2"}, {})


def test_two_rows_with_merged_cells(tmp_path):
    rows = [
        ["检定情况"],
        ["序号", "证书", None, "器具名称", "使用单位", "检定", None, None],
        [None, "编号", "备份号", None, None, "日期", "类别", "结论"],
        [1, "力学-1", "x", "秤", "某市场", "2016-06-01", "首检", "合格"],
    ]
    path = workbook(tmp_path, rows, "A1:H1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:H2")
    found = propose(path)
    assert where(found) == [(2, 3)]
    assert columns_of(found) == {
        "序号": "",
        "证书 编号": "certificate_no",
        "证书 备份号": "",
        "器具名称": "instrument",
        "使用单位": "holder",
        "检定 日期": "verified_on",
        "检定 类别": "kind",
        "检定 结论": "is_conforming",
    }
    assert [str(column.name) for column in found.missing] == ["quantity"]


def test_three_rows(tmp_path):
    rows = [
        ["证书编号", "检定情况", None, None, None, "使用单位", "数量"],
        [None, "器具", None, "检定", None, None, None],
        [None, "名称", "型号", "日期", "结论", None, None],
        ["力学-1", "秤", "A", "2016-06-01", "合格", "某市场", 1],
    ]
    path = workbook(tmp_path, rows, "A1:A3", "B1:E1", "B2:C2", "D2:E2", "F1:F3", "G1:G3")
    found = propose(path)
    assert where(found) == [(1, 3)]
    assert columns_of(found)["检定情况 器具 名称"] == "instrument"
    assert columns_of(found)["检定情况 检定 日期"] == "verified_on"


def test_two_rows_without_merged_cells(tmp_path):
    rows = [
        ["证书编号", "使用单位", "器具名称", "检定", "", "", "数量"],
        ["", "", "", "类别", "日期", "结论", ""],
        ["力学-1", "某市场", "秤", "首检", "2016-06-01", "合格", "1"],
        ["力学-2", "某市场", "秤", "首检", "2016-06-01", "合格", "1"],
    ]
    path = csv_file(tmp_path, rows)
    found = propose(path)
    assert found.is_ready
    assert where(found) == [(1, 2)]
    assert numbers(path) == ({3: "力学-1", 4: "力学-2"}, {})


def test_a_record_of_texts_alone_is_no_second_row_of_the_header(tmp_path):
    rows = [
        ["证书编号", "", "使用单位", "器具名称", "检定类别", "检定日期", "检定结论", "数量"],
        ["力学-甲", "某某", "", "秤", "首检", "", "合格", ""],
        ["力学-乙", "某某", "", "秤", "首检", "", "合格", ""],
    ]
    assert numbers(csv_file(tmp_path, rows)) == ({2: "力学-甲", 3: "力学-乙"}, {})


@pytest.mark.parametrize(
    "heading",
    [
        "*证书编号",
        "证书 编号",
        "证书\n编号",
        "证书编号（必填）",
        "【证书编号】",
        "证书编号(格式：力学-2016-1)",
        "CERTIFICATE_NO",
        "检定证书号",
    ],
)
def test_headings_in_all_their_forms(tmp_path, heading):
    assert propose(workbook(tmp_path, [[heading, *HEADER[1:]], line(1)])).is_ready


def test_a_group_that_could_mean_either_of_its_columns_means_neither(tmp_path):
    rows = [
        ["证书编号", "使用单位", None, "器具名称"],
        [None, "全称", "所在地", None],
        ["力学-1", "某市场", "沈阳", "秤"],
    ]
    found = propose(workbook(tmp_path, rows, "A1:A2", "B1:C1", "D1:D2"))
    assert columns_of(found) == {
        "证书编号": "certificate_no",
        "使用单位 全称": "",
        "使用单位 所在地": "",
        "器具名称": "instrument",
    }


def test_a_table_of_any_other_matter(tmp_path):
    rows = [
        ["全省行政区划变更情况", None, None, None, None],
        [None, "（全年）"],
        ["序号", "省份", "原区划代码", "原名称", "批准文件"],
        [1, "甲省", 130123200, "南乡", "函〔2023〕3号"],
        [2, None, 130123201, "北乡", None],
    ]
    found = propose(workbook(tmp_path, rows, "A1:E1"))
    assert where(found) == [(3, 3)]
    assert [column.heading for column in found.columns] == rows[2]
    assert found.ignored_headings == rows[2][1:]
    assert found.columns[2].samples == ["130123200", "130123201"]
    assert len(found.missing) == len(get_sheet("trial-verifications").required)
    assert not found.is_ready
    assert "证书编号" in found.refusal or "certificate" in found.refusal


@pytest.mark.parametrize(
    "rows", [[["只有一个标题"]], [[1, 2, 3], [4, 5, 6]], [["本表由各所填报。", "数据截至月末。"], ["x", "y"]]]
)
def test_nothing_like_a_header(tmp_path, rows):
    with pytest.raises(BadFile):
        propose(workbook(tmp_path, rows))


def test_a_column_named_twice(tmp_path):
    found = propose(workbook(tmp_path, [[*HEADER, "证书编号"], [*line(1), "x"]]))
    [problem] = found.problems
    assert "A" in problem and "I" in problem
    assert not found.is_ready


def test_records_above_the_header_are_named(tmp_path):
    """A header far down: what stands above it is not passed over in silence."""
    path = workbook(tmp_path, [[1, 2, 3, 4, 5, 6, 7, 8], HEADER, line(1)])
    assert numbers(path) == ({3: "力学-1"}, {1: "header"})


def test_a_group_does_not_head_the_empty_half_of_a_merged_cell(tmp_path):
    rows = [
        ["证书编号", "检定费", None, "器具名称", None],
        [None, "金额", None, None, None],
        ["力学-1", 30, None, "秤", None],
    ]
    merges = ("A1:A2", "B1:C1", "B2:C2", "D1:E2", "B3:C3", "D3:E3")
    found = propose(workbook(tmp_path, rows, *merges))
    read = {position: place.column for position, place in found.layout.places.items()}
    assert read == {0: "certificate_no", 1: "fee", 3: "instrument"}


def test_a_heading_over_two_columns_with_values_is_not_read_by_half(tmp_path):
    path = workbook(tmp_path, [[*HEADER, "测量范围", None], [*line(1), "0", "30"]], "I1:J1")
    [problem] = propose(path).problems
    assert "I" in problem and "J" in problem


def test_headings_with_a_colon(tmp_path):
    assert propose(workbook(tmp_path, [[f"{heading}：" for heading in HEADER], line(1)])).is_ready
