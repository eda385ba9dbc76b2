"""Units: which spellings mean which, and what one is in another."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau import units


def unit(text):
    found = units.find(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "symbol", "kind"),
    [
        ("元", "元", "money"),
        ("万元", "万元", "money"),
        (" 万 元 ", "万元", "money"),
        ("（万元）", "万元", "money"),
        ("￥", "元", "money"),
        ("RMB", "元", "money"),
        ("亿元", "亿元", "money"),
        ("千元", "千元", "money"),
        ("kWh", "kWh", "energy"),
        ("KWH", "kWh", "energy"),
        ("kW·h", "kWh", "energy"),
        ("千瓦时", "kWh", "energy"),
        ("万kWh", "万kWh", "energy"),
        ("万千瓦时", "万kWh", "energy"),
        ("百万千焦", "百万kJ", "energy"),
        ("GJ", "GJ", "energy"),
        ("tce", "tce", "coal equivalent"),
        ("TCE", "tce", "coal equivalent"),
        ("吨标准煤", "tce", "coal equivalent"),
        ("t", "t", "mass"),
        ("T", "t", "mass"),
        ("吨", "t", "mass"),
        ("㎏", "kg", "mass"),
        ("公斤", "kg", "mass"),
        ("㎡", "m2", "area"),
        ("m²", "m2", "area"),
        ("M2", "m2", "area"),
        ("平方米", "m2", "area"),
        ("m³", "m3", "volume"),
        ("㎥", "m3", "volume"),
        ("立方米", "m3", "volume"),
        ("m^3", "m3", "volume"),
        ("Nm³", "Nm3", "normal volume"),
        ("台", "台件", "pieces"),
        ("件", "台件", "pieces"),
        ("台（件）", "台件", "pieces"),
        ("台(件)", "台件", "pieces"),
        ("台/件", "台件", "pieces"),
        ("个", "台件", "pieces"),
        ("万台件", "万台件", "pieces"),
        ("枪", "枪", "guns"),
        ("人次", "人次", "attendances"),
        ("％", "%", "share"),
        ("个月", "月", "months"),
        ("万", "万", "number"),
    ],
)
def test_spellings(text, symbol, kind):
    found = unit(text)
    assert (found.symbol, found.kind) == (symbol, kind)


@pytest.mark.parametrize(
    "text", ["", " ", "号", "备注", "元/台", "万万元", "元万", "力学", "单位", "℃", "mj", "MG", "12", "-"]
)
def test_what_is_no_unit(text):
    assert units.find(text) is None


def test_milli_is_not_mega():
    assert units.factor(unit("MW"), unit("mW")) == Decimal("1e9")
    assert units.find("mw") is None
    assert units.factor(unit("MWh"), unit("kWh")) == 1000


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("万元", "元", "10000"),
        ("元", "万元", "0.0001"),
        ("亿元", "万元", "10000"),
        ("千元", "元", "1000"),
        ("万kWh", "kWh", "10000"),
        ("GWh", "万kWh", "100"),
        ("kWh", "MJ", "3.6"),
        ("t", "kg", "1000"),
        ("g", "t", "0.000001"),
        ("斤", "kg", "0.5"),
        ("万t", "t", "10000"),
        ("tce", "kgce", "1000"),
        ("km2", "公顷", "100"),
        ("L", "m3", "0.001"),
        ("cm", "mm", "10"),
        ("年", "月", "12"),
        ("‰", "%", "0.1"),
        ("台", "件", "1"),
        ("万", "台件", "10000"),
        ("万", "元", "10000"),
    ],
)
def test_factors(one, other, factor):
    assert units.factor(unit(one), unit(other)) == Decimal(factor)


def test_a_ratio_is_exact_where_a_factor_is_not():
    first, second = units.ratio(unit("kJ"), unit("kWh"))
    assert Decimal(7200) * first / second == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kg", "元"),
        ("台", "人"),
        ("台", "套"),
        ("台", "枪"),
        ("kgce", "kg"),
        ("m3", "Nm3"),
        ("月", "天"),
        ("kW", "kWh"),
    ],
)
def test_other_kinds_are_refused(one, other):
    for pair in ((one, other), (other, one)):
        with pytest.raises(units.OtherKind):
            units.factor(*map(unit, pair))


def test_a_number_word_before_a_unit_with_its_own_is_not_clear():
    with pytest.raises(units.OtherKind):
        units.factor(unit("万"), unit("万元"))


@given(st.text(max_size=8))
def test_any_text_is_a_unit_or_none(text):
    found = units.find(text)
    assert found is None or units.factor(found, found if found.kind != units.NUMBER else unit("元"))


def test_every_symbol_stands_for_itself():
    for symbol in {found.symbol for found in units._EXACT.values()}:
        assert unit(symbol).symbol == symbol
        assert unit(f"万{symbol}").size == unit(symbol).size * 10**4
