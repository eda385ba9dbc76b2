"""Columns: what cells are understood, what is refused, and that reading undoes rendering."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.exchange.cells import WithUnit, is_blank, is_example, shown, text_of
from bureau.exchange.columns.base import KEEP, REMEMBERED, CellError, Doubt, Unverified
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.text import CreditCodeColumn, TextColumn
from bureau.exchange.context import INTERPRETATIONS, OF_ONE_COLUMN
from bureau.texts import clean_text, match_text
from tests.columns_for_tests import (
    BROKEN,
    CODES,
    NOTHING,
    all_at_once,
    bound,
    new_context,
    one_by_one,
    read,
)


@pytest.fixture
def context():
    return new_context()


CELLS = (
    st.text(max_size=20)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.none()
    | st.times()
    | st.timedeltas()
    | st.dates()
    | st.datetimes()
    | st.sampled_from(
        ["√", "红色", "2016.6", "2016.1", "1.2万元", "58.23㎡", "=1", "9.121e17", "是", 1, 1.0, True, BROKEN]
    )
)


def every_column():
    return [
        TextColumn("text"),
        TextColumn("number"),
        CreditCodeColumn("code"),
        DateColumn("day"),
        DateColumn("day", end=True),
        ChoiceColumn("colour", also={"red": ["朱"]}),
        BooleanColumn("is_good"),
        IntegerColumn("count"),
        IntegerColumn("pieces", unit="台件"),
        DecimalColumn("amount", unit="元"),
    ]


# Any cell ----------------------------------------------------------------------------------------


@given(CELLS | st.builds(WithUnit, CELLS, st.sampled_from(["元", "万元", "台", "万", "㎡", "?"])))
def test_any_cell_gives_a_value_or_a_sentence(raw):
    for column in every_column():
        try:
            read(bound(column), raw)
        except CellError as error:
            assert error.reason


@given(st.lists(CELLS | st.builds(WithUnit, CELLS, st.sampled_from(["元", "万元", "台"])), max_size=30))
def test_all_at_once_is_the_same_as_one_by_one(raws):
    for column in every_column():
        column = bound(column)
        together, alone = all_at_once(column, raws), one_by_one(column, raws)
        assert together == alone
        assert [type(value) for value in together] == [type(value) for value in alone]


def test_cells_that_are_equal_to_python_are_not_the_same_cell(context):
    raws = [1, True, 1.0, "1", WithUnit(1, "个"), WithUnit(True, "个"), False, 0]
    numbers = bound(IntegerColumn("count", unit="台件")).read_all(raws, context)
    assert [value if type(value) is int else type(value) for value in numbers] == [
        1, CellError, 1, 1, 1, CellError, CellError, 0,
    ]  # fmt: skip
    assert bound(TextColumn("text")).read_all(raws[:4], context) == ["1", "TRUE", "1", "1"]


def test_a_cell_of_json_that_is_a_list_is_refused(context):
    for column in every_column():
        for raw in ([1], {"a": 1}):
            [value] = bound(column).read_all([raw], context)
            assert isinstance(value, CellError | str)


def test_what_is_remembered_has_an_end(context):
    column = bound(TextColumn("text"))
    column.read_all([str(number) for number in range(REMEMBERED + 10)], context)
    column.read_all(["x" * 30_000], context)
    [memo] = context.cache(column).values()
    assert len(memo) == 10


def test_blank_cells(context):
    blanks = [None, "", "  ", "\u3000", "\u200b", "\n", WithUnit("", "元"), WithUnit(None, "元")]
    assert bound(DecimalColumn("amount")).read_all(blanks, context) == [None] * 8
    assert bound(TextColumn("number")).read_all(blanks, context) == [""] * 8
    assert bound(BooleanColumn("is_good")).read_all(blanks, context) == [KEEP] * 8
    for value in bound(TextColumn("text")).read_all(blanks, context):
        assert isinstance(value, CellError)
    with pytest.raises(CellError, match="why"):
        read(bound(TextColumn("text")), BROKEN)
    with pytest.raises(CellError, match="why"):
        read(bound(DecimalColumn("amount", unit="元")), WithUnit(BROKEN, "元"))


def test_a_unit_above_a_column_without_one_is_refused():
    for column in (TextColumn("text"), DateColumn("day"), ChoiceColumn("colour"), BooleanColumn("is_good")):
        with pytest.raises(CellError, match="万元"):
            read(bound(column), WithUnit("1", "万元"))


def test_a_cell_with_a_unit_reads_as_the_cell():
    cell = WithUnit(12.0, "万元")
    assert (text_of(cell), shown(cell), is_blank(cell)) == ("12", "12（万元）", False)
    assert (text_of(WithUnit("", "元")), shown(WithUnit("", "元")), is_blank(WithUnit(" ", "元"))) == ("", "", True)


@pytest.mark.parametrize("cells", [["【示例】砝码", 1], ["", None, " 【示例】"], ["[Example] weights"]])
def test_the_example_of_a_template_is_known(cells):
    assert is_example(cells)


@pytest.mark.parametrize("cells", [[], [None, ""], ["示例"], ["砝码", "【示例】"], [1.0]])
def test_data_is_no_example(cells):
    assert not is_example(cells)


# Interpretations ---------------------------------------------------------------------------------


def test_each_interpretation_is_kept_once(context):
    column = bound(DateColumn("day"))
    for _chunk in range(3):
        column.read_all(["2016.6", "2016-06-01", "2016.6", "2016年7月"], context)
    assert list(context.interpretations) == [("day", "2016.6", "2016-06-01"), ("day", "2016年7月", "2016-07-01")]


def test_one_column_leaves_room_for_the_others(context):
    amounts = bound(DecimalColumn("amount", unit="元"))
    amounts.read_all([WithUnit(float(number), "万元") for number in range(2000)], context)
    assert len(context.interpretations) == OF_ONE_COLUMN
    bound(BooleanColumn("is_good")).read_all(["√"], context)
    assert len(context.interpretations) == OF_ONE_COLUMN + 1
    for name in "abcdefg":
        amounts.name = name
        amounts.read_all([WithUnit(float(number), "千元") for number in range(len(name) * 5000, 9000)], context)
    assert len(context.interpretations) <= INTERPRETATIONS


# Texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  甲 乙\u3000", "甲 乙"),
        ("a\nb", "a b"),
        ("\u200ba\ufeff", "a"),
        ("a\x07b", "a b"),
        (123.0, "123"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (date(2016, 6, 1), "2016-06-01"),
        ("00123", "00123"),
    ],
)
def test_texts(raw, value):
    assert read(bound(TextColumn("text")), raw) == value


def test_width_is_narrowed_where_the_field_says_so():
    text = "（２０１６）Ａ１"
    assert read(bound(TextColumn("number")), text) == "(2016)A1"
    assert read(bound(TextColumn("text")), text) == text


def test_texts_that_are_refused():
    column = bound(TextColumn("text"))
    with pytest.raises(CellError, match="11"):
        read(column, "x" * 11)
    with pytest.raises(Doubt):
        read(column, "=1+1")
    with pytest.raises(Doubt):
        read(bound(TextColumn("number")), "＝1+1")
    with pytest.raises(CellError):
        read(bound(TextColumn("long", required=False)), 912101000000000000.0)


@pytest.mark.parametrize("raw", ["9.121E+17", "9.121e+17", "1E+15", "９．１２E＋17"])
def test_a_code_that_a_csv_shows_as_a_shortened_number_is_refused(raw):
    with pytest.raises(Doubt):
        read(bound(TextColumn("number")), raw)
    assert read(bound(TextColumn("long", required=False)), raw) == raw


@pytest.mark.parametrize("code", ["9E17", "JJG 1E+17", "9.121E+7"])
def test_codes_that_only_look_a_little_like_numbers(code):
    assert read(bound(TextColumn("number")), code) == code


@given(st.text())
def test_cleaning_is_done_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(max_size=10).map(clean_text).filter(lambda text: text and not text.startswith("=")))
def test_texts_go_round(text):
    column = bound(TextColumn("text"))
    assert read(column, column.render(text, NOTHING)) == text


@pytest.mark.parametrize("text", ["证书编号", "证书 编号", "证 书\u3000编号\u200b", "\n证书编号"])
def test_texts_that_count_as_the_same(text):
    assert match_text(text) == "证书编号"
    assert match_text("（Ａ１）") == match_text("( a1 )")


# Credit codes (tests/test_credit_code.py has the arithmetic) --------------------------------------


@pytest.mark.parametrize(
    "raw",
    ["91210100000000000A", " 91210100000000000a ", "９１２１０１０００００００００００Ａ", "91 210100 000000000 A"],
)
def test_credit_codes(raw):
    assert read(bound(CreditCodeColumn("code")), raw) == "91210100000000000A"


@given(CODES)
def test_credit_codes_go_round(code):
    column = bound(CreditCodeColumn("code"))
    assert read(column, column.render(code, NOTHING)) == read(column, code.lower()) == code


def test_a_wrong_check_sign_is_unverified_and_keeps_the_value():
    with pytest.raises(Unverified) as caught:
        read(bound(CreditCodeColumn("code")), "91210100000000000b")
    assert caught.value.value == "91210100000000000B"


@pytest.mark.parametrize("raw", ["9121010000000000", "9121010000000000OA", "甲乙", 9.1210100000000e17, 912101.0, "=1"])
def test_what_is_no_credit_code_is_refused(raw):
    with pytest.raises(CellError) as caught:
        read(bound(CreditCodeColumn("code")), raw)
    assert type(caught.value) is CellError


def test_a_credit_code_column_needs_a_place_for_its_mark():
    from standards.models import MeasurementStandard

    with pytest.raises(ValueError, match="unverified"):
        CreditCodeColumn("certificate_no").bind(MeasurementStandard)


# Choices -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("红色", "red"),
        (" 红 色 ", "red"),
        ("RED", "red"),
        ("red", "red"),
        ("ＲＥＤ", "red"),
        ("朱", "red"),
        ("蓝色", "blue"),
    ],
)
def test_choices(context, raw, value):
    assert read(bound(ChoiceColumn("colour", also={"red": ["朱"]})), raw, context) == value
    assert list(context.interpretations) == ([("colour", "朱", "红色")] if raw == "朱" else [])


def test_choices_that_are_refused():
    with pytest.raises(CellError, match=r"红色.*蓝色"):
        read(bound(ChoiceColumn("colour")), "绿")
    with pytest.raises(ValueError, match="stands for two"):
        bound(ChoiceColumn("colour", also={"red": ["蓝色"]}))


@pytest.mark.parametrize(
    "raw", ["是", "√", "✓", "✔", "✔\ufe0f", "☑", "✅", "Y", "ｙ", "yes", "1", 1.0, 1, "TRUE", True, "对", "有", "合格"]
)
def test_yes(raw):
    assert read(bound(BooleanColumn("is_good", also={True: ["合格"], False: ["不合格"]})), raw) is True


@pytest.mark.parametrize("raw", ["否", "×", "✗", "✘", "❌", "N", "no", "0", 0.0, "FALSE", False, "错", "无", "不合格"])
def test_no(raw):
    assert read(bound(BooleanColumn("is_good", also={True: ["合格"], False: ["不合格"]})), raw) is False


@pytest.mark.parametrize("raw", ["x", "☒", "2", "-1", "/", "也许", "是否", "√×", 0.5, date(2016, 6, 1)])
def test_what_is_neither_yes_nor_no(raw):
    with pytest.raises(CellError):
        read(bound(BooleanColumn("is_good")), raw)


def test_a_column_s_own_words_for_yes_and_no(context):
    column = bound(BooleanColumn("is_known", yes="合格", no="不合格"))
    assert column.choices(context) == ["合格", "不合格"]
    assert [read(column, column.render(value, NOTHING)) for value in (True, False, None)] == [True, False, None]
    assert column.read_all(["合格", "√"], context) == [True, True]
    assert list(context.interpretations) == [("is_known", "√", "合格")]
    with pytest.raises(ValueError, match="stands for two"):
        bound(BooleanColumn("is_known", also={True: ["×"]}))


@given(st.sampled_from([ChoiceColumn("colour"), BooleanColumn("is_good")]), st.data())
def test_choices_go_round(column, data):
    column = bound(column)
    value = data.draw(st.sampled_from([value for value, _label in column.options()]))
    assert read(column, column.render(value, NOTHING)) is value
