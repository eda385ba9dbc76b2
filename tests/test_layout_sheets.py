"""Which sheets of a file are read, and what is remembered of their columns."""

import pytest

from bureau.exchange import lines
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts.layout import Decision, Layout, Part, Place, places_as_json
from tests.layouts import HEADER, assign, line, numbers, propose, read, where, workbook


def test_all_sheets_with_the_same_header_are_read(tmp_path):
    path = workbook(
        tmp_path, {"一季度": [HEADER, line(1)], "二季度": [["标题"], [], HEADER, line(2)], "三季度": [HEADER]}
    )
    found = propose(path)
    assert where(found) == [(1, 1), (3, 3), (1, 1)]
    assert [(sheet.name, sheet.rows, sheet.is_read, sheet.why) for sheet in found.sheets] == [
        ("一季度", 1, True, ""),
        ("二季度", 1, True, ""),
        ("三季度", 0, True, ""),
    ]
    assert numbers(path) == ({2: "力学-1", lines.line_of(1, 4): "力学-2"}, {})


def test_other_sheets_are_named(tmp_path):
    other = ["证书编号", "器具名称", "备注栏"]
    path = workbook(tmp_path, {"数据": [HEADER, line(1)], "别的": [other, ["力学-2", "秤", "x"]], "空": []})
    found = propose(path)
    assert [part.name for part in found.layout.parts] == ["数据"]
    assert [bool(sheet.why) for sheet in found.sheets] == [False, True, True]
    assert [sheet.is_instead for sheet in found.sheets] == [False, True, False]
    assert any("别的" in note for note in found.notes)
    again = assign(path, found.layout, found.layout.places, ["数据", "别的"])
    assert [part.name for part in again.layout.parts] == ["数据"]
    assert "别的" in again.problems[0]


def test_the_clerk_may_choose_another_sheet(tmp_path):
    other = ["检定费", *HEADER[:-1]]
    path = workbook(tmp_path, {"数据": [HEADER, line(1)], "别的": [other, [7, *line(2)[:-1]]]})
    first = propose(path)
    found = assign(path, first.layout, first.layout.places, ["别的"])
    assert found.is_ready
    assert numbers(path, found.layout) == ({2: "力学-2"}, {})
    with pytest.raises(BadFile):
        assign(path, first.layout, {}, ["没有"])


def test_sheets_in_other_units_are_not_read_together(tmp_path):
    path = workbook(tmp_path, {"元": [["单位：元"], HEADER, line(1)], "万元": [["单位：万元"], HEADER, line(2)]})
    assert [part.name for part in propose(path).layout.parts] == ["元"]
    # Also where no column is counted in them as yet.
    header = [*HEADER[:-1], "金额"]
    path = workbook(tmp_path, {"元": [["单位：元"], header, line(1)], "万元": [["单位：万元"], header, line(2)]})
    first = propose(path).layout
    found = assign(path, first, {**first.places, 7: Place("fee")}, ["元", "万元"])
    assert [part.name for part in found.layout.parts] == ["元"]
    assert len(found.problems) == 1


def test_a_hidden_sheet_is_read_only_if_there_is_no_other(tmp_path):
    def hide(book):
        book["藏"].sheet_state = "hidden"

    two = workbook(tmp_path, {"藏": [HEADER, line(1)], "看": [HEADER, line(2)]}, change=hide)
    found = propose(two)
    assert [part.name for part in found.layout.parts] == ["看"]
    assert [sheet.is_read for sheet in found.sheets] == [False, True]
    one = workbook(tmp_path, {"藏": [HEADER, line(1)], "看": [["说明"]]}, change=hide)
    found = propose(one)
    assert [part.name for part in found.layout.parts] == ["藏"]
    assert any("藏" in note for note in found.notes)


def test_a_sheet_that_is_too_large_is_no_obstacle_for_another(tmp_path, settings):
    path = workbook(tmp_path, {"数据": [HEADER, line(1)], "大": [["甲", "乙"], *[[1, 2]] * 40]})
    settings.IMPORT_MAX_ROWS = 30
    found = propose(path)
    assert found.is_ready
    assert "41" in found.sheets[1].why
    # But if it may be the one that is meant, it is.
    with pytest.raises(BadFile, match="41"):
        propose(path, "standards")


def test_sheets_that_are_too_large_together(tmp_path, settings):
    path = workbook(tmp_path, {name: [HEADER, *map(line, range(20))] for name in "甲乙"})
    settings.IMPORT_MAX_ROWS = 30
    with pytest.raises(BadFile, match="40"):
        propose(path)


def test_a_layout_of_another_file(tmp_path):
    layout = Layout((Part("没有", 1, 1),), ("证书编号",), {0: Place("certificate_no")})
    with pytest.raises(BadFile, match="没有"):
        read(workbook(tmp_path, [HEADER, line(1)]), layout)


# Remembered and assigned columns -----------------------------------------------------------------


def test_columns_are_remembered_by_header(tmp_path):
    header = ["编号", *HEADER[1:-1], "金额"]
    path = workbook(tmp_path, [header, line(1)])
    first = propose(path)
    assert [column.name for column in first.missing] == ["certificate_no"]
    places = {**first.layout.places, 0: Place("certificate_no"), 7: Place("fee")}
    decided = assign(path, first.layout, places)
    assert decided.is_ready
    kept = {first.layout.signature: Decision(places_as_json(decided.layout.places))}
    again = propose(workbook(tmp_path, [["标题"], header, line(2)]), remembered=kept.get)
    assert again.is_ready
    assert [(c.heading, c.place.column, c.how) for c in again.columns if c.how == "remembered"] == [
        ("编号", "certificate_no", "remembered"),
        ("金额", "fee", "remembered"),
    ]
    assert not propose(workbook(tmp_path, [[*header, "新列"], [*line(2), 1]]), remembered=kept.get).is_ready


def test_a_column_assigned_with_its_heading_s_unit(tmp_path):
    path = workbook(tmp_path, [[*HEADER[:-1], "收入（万元）"], line(1)])
    first = propose(path)
    assert first.columns[7].place == Place("", "万元")
    for name, count in (("fee", 0), ("quantity", 2), ("model", 1)):
        places = {**first.layout.places, 7: Place(name, "万元")}
        found = assign(path, first.layout, places)
        assert len(found.problems) == count, name
