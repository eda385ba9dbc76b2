"""Which signs of a report are numbers of figures, and what they say: values worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.reporting.checking.in_text import in_text
from bureau.reporting.checking.in_workbook import in_workbook
from bureau.reporting.checking.written import numbers, of_cell, whole_cell

WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("新建86项", [86]),
        ("检查１５１８家", [1518]),
        ("检查1,518家、18,108台件", [1518, 18108]),
        ("检查１，５１８家", [1518]),
        ("分别为86，283项", [86, 283]),
        ("检定3.2万台(件)", [32000]),
        ("减免费用2.5亿元", [250_000_000]),
        ("效益80万元", [800_000]),
        ("合格率99.5%", ["99.5"]),
        ("合格率９９．５％", ["99.5"]),
        ("百分之95", [95]),
        ("千分之3", ["0.3"]),
        ("3‰", ["0.3"]),
        ("提高2.1个百分点", ["2.1"]),
        ("同比-3.2%", ["-3.2"]),
        ("3千余台", [3000]),
        ("3千克", [3]),
        ("10-15家", [10, 15]),
        ("2016本证书", [2016]),
        ("2,016", [2016]),
    ],
)
def test_numbers_are_read(text, values):
    assert [found.value for found in numbers(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "2016年",
        "2016年12月31日",
        "2016-12-31",
        "2016—2020年",
        "1月至9月",
        "in 2016",
        "“十三五”期间",
        "新建八十六项",
        "电话：024-12345678",
        "13812345678",
        "12315热线",
        "〔2016〕12号",
        "公告2016年第12号",
        "第12条第3款",
        "1. 总体情况",
        "（1）总体情况",
        "JJF 1356-2012和GB 17167",
        "5·20世界计量日",
        "91210000123456789X",
        "?region=210000&from=2016",
    ],
)
def test_what_is_no_number_of_a_figure_is_passed_over(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("written", "number", "agrees"),
    [
        ("3.2万", 31_987, True),
        ("3.2万", 32_500, True),
        ("3.2万", 32_501, False),
        ("3.2万", 31_499, False),
        ("32000", 31_987, False),
        ("95.3%", "95.3488", True),
        ("95.3%", "95.36", False),
        ("630余家", 639, True),
        ("630余家", 640, False),
        ("600余家", 642, True),
        ("600余家", 599, False),
        ("600余家", 700, False),
        ("超过600家", 699, True),
        ("近600家", 599, True),
        ("近600家", 601, False),
        ("近600家", 500, False),
        ("约600家", 551, True),
        ("约600家", 651, False),
    ],
)
def test_numbers_agree_at_the_precision_as_written(written, number, agrees):
    [found] = numbers(written)
    assert found.agrees_with(Decimal(number)) is agrees


def plain(number):
    return str(number)


def with_thousands(number):
    return f"{number:,}"


def full_width(number):
    return f"{number:,}".translate(WIDE)


def in_ten_thousands(number):
    return f"{Decimal(number) / 10_000:f}万"


def in_hundred_millions(number):
    return f"{Decimal(number) / 100_000_000:f}亿"


FORMS = (plain, with_thousands, full_width, in_ten_thousands, in_hundred_millions)


@given(
    number=st.integers(0, 10**11 - 1), form=st.sampled_from(FORMS), unit=st.sampled_from(["台件", "家", "元", "人次"])
)
def test_a_number_is_read_back_however_it_is_written(number, form, unit):
    [found] = numbers(f"检定{form(number)}{unit}，")
    assert found.value == number
    assert found.agrees_with(number)
    assert found.unit is not None and found.unit.symbol == unit


def test_what_is_counted_is_no_mobile_number():
    assert numbers("联系电话13812345678，手机13912345678") == []
    assert [found.value for found in numbers("罚没13812345678元；13812345678")] == [13_812_345_678]


def test_a_commemorative_day_is_no_number_and_a_share_is_none_of_these_days():
    assert numbers("开展3.15、5·20宣传活动") == []
    assert [found.value for found in numbers("抽查5.20万件，合格率为3.15%，百分之12.4")] == [
        52_000,
        Decimal("3.15"),
        Decimal("12.4"),
    ]


@given(number=st.decimals(0, 1000, places=2))
def test_a_percentage_is_read_back(number):
    for text in (f"{number}%", f"{number}％".translate(WIDE), f"百分之{number}"):
        [found] = numbers(f"合格率为{text}。")
        assert (found.value, found.is_percent) == (number, True)


@given(text=st.text(alphabet="0123456789０９.,，。、年月日号第万亿千余%％‰()（）-新建检定家台件 \n"))
def test_whatever_is_written_is_read_without_an_error_and_in_its_place(text):
    for found in numbers(text):
        assert text[found.start : found.end] == found.text and found.start < found.end <= found.tail <= len(text)
    for each in in_text(text):
        assert text[each.start : each.start + len(each.written.text)] == each.written.text
        assert each.context[each.at : each.at + len(each.written.text)] == each.written.text


def test_a_number_keeps_the_words_beside_it_and_its_sentence():
    [first, second] = in_text("检查集贸市场476家，秩序良好，不合格12家。")
    assert first.own == "检查集贸市场|" and second.own == "不合格|"
    assert second.wide == "|检查集贸市场476家，秩序良好，不合格"
    assert second.before + second.written.text + second.after == "检查集贸市场476家，秩序良好，不合格12家。"


def test_a_sentence_that_goes_on_is_read_with_the_one_before():
    [_whole, part] = in_text("新建社会公用计量标准86项。其中大区级7项。")
    assert "新建社会公用计量标准" in part.wide


# Cells -------------------------------------------------------------------------------------------


def nothing_is_a_figure(_label, _parent):
    return False


def test_a_cell_keeps_the_headings_to_its_left_and_above():
    rows = [["年度统计表"], ["指标", "单位", "本年", "沈阳市"], ["新建计量标准", "项", 86, 12.0]]
    [total, of_city] = in_workbook([("表1", rows)], nothing_is_a_figure)
    assert (total.place, total.written.value, total.own) == ("表1!C3", 86, "新建计量标准")
    assert (of_city.place, of_city.own) == ("表1!D3", "新建计量标准|沈阳市")
    assert total.written.unit.symbol == "项"
    assert total.leading == "本年"


@pytest.mark.parametrize(
    "rows",
    [
        [["指标", "万台件"], ["检定计量器具（万台件）", 3.2]],
        [["单位：万台件"], ["指标", "数量"], ["检定计量器具", 3.2]],
        [["指标", "单位", "数量"], ["检定计量器具", "万台件", 3.2]],
    ],
)
def test_the_unit_of_a_cell_is_found_beside_and_above(rows):
    [found] = in_workbook([("表", rows)], nothing_is_a_figure)
    assert (found.written.value, found.written.step) == (32_000, 1000)


def test_years_numbering_and_notes_of_a_table_are_no_numbers():
    rows = [["序号", "指标", 2015, 2016, "统计口径"], [1, "新建", 67, 86, "30日内办结的"]]
    found = in_workbook([("表", rows)], nothing_is_a_figure)
    assert [(each.place, each.leading) for each in found] == [("表!C2", "2015"), ("表!D2", "2016")]


def test_a_number_that_is_a_text_is_read_as_its_cell():
    assert whole_cell("1,518").value == 1518
    assert whole_cell("≤ 5").value == 5
    assert whole_cell("86项，比上年多") is None
    assert whole_cell("7项、14项") is None
    assert (of_cell(95.0).text, of_cell(0.1 + 0.2).value) == ("95", Decimal("0.3"))
