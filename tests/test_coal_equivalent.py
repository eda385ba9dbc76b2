"""Coal equivalent by worked examples that a person can follow with a pocket calculator (GB/T 2589)."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from enterprises.coal_equivalent import (
    Converted,
    Factor,
    Source,
    Unconvertible,
    Use,
    convert,
    in_unit,
    per_output,
    per_product,
    problem_of_shares,
    shares,
    total,
)

D = Decimal
KJ = D(29307)
RAW_COAL = Factor(D("0.7143"), None, D(20934))
DIESEL = Factor(D("1.4571"), None, D(42705))
NATURAL_GAS = Factor(D("1.1"), D("1.33"), D(32238), D(38979))
ELECTRICITY = Factor(D("0.1229"), None, D(3600))
HEAT = Factor(D("0.03412"), None, D(1000))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def tce(use, factor):
    return convert(use, factor, kj_per_kgce=KJ).tce


def six_kinds():
    """A works with six kinds of energy. By hand:

    - coal 20,000 t, measured 23,445.6 kJ/kg: 20,000,000 × 23,445.6 / 29,307 / 1000 = 16,000 tce
    - diesel oil 500 t: 500,000 × 1.4571 / 1000 = 728.55 tce
    - natural gas 300 万m3, chosen 1.2: 3,000,000 × 1.2 / 1000 = 3,600 tce
    - electricity 8,000 万kWh: 80,000,000 × 0.1229 / 1000 = 9,832 tce
    - heat 50,000 GJ: 50,000,000 MJ × 0.03412 / 1000 = 1,706 tce
    - coke 1,000 t, which has a calorific value alone: 1,000,000 × 29,307 / 29,307 / 1000 = 1,000 tce

    together 32,866.55 tce.
    """
    return [
        convert(use, factor, kj_per_kgce=KJ)
        for use, factor in (
            (Use("Raw coal", D(20000), "t", "kg", ncv=D("23445.6")), RAW_COAL),
            (Use("Diesel oil", D(500), "t", "kg"), DIESEL),
            (Use("Natural gas", D(300), "万m3", "m3", chosen=D("1.2")), NATURAL_GAS),
            (Use("Electricity", D(8000), "万kWh", "kWh"), ELECTRICITY),
            (Use("Heat", D(50000), "GJ", "MJ"), HEAT),
            (Use("Coke", D(1000), "t", "kg"), Factor(ncv_low=D(29307))),
        )
    ]


def test_six_kinds_of_energy_by_hand():
    lines = six_kinds()
    assert [line.tce for line in lines] == [D(16000), D("728.55"), D(3600), D(9832), D(1706), D(1000)]
    assert total(lines) == D("32866.55")
    assert [line.source for line in lines] == [
        Source.MEASURED, Source.PRINTED, Source.CHOSEN, Source.PRINTED, Source.PRINTED, Source.DERIVED,
    ]  # fmt: skip


def test_shares_add_up_to_a_hundred():
    """48.6817…, 2.2167…, 10.9534…, 29.9149…, 5.1907…, 3.0426…: rounded down 99.98, so the two that lost most get a
    hundredth more.
    """
    found = shares([line.tce for line in six_kinds()])
    assert found == [D("48.68"), D("2.22"), D("10.95"), D("29.92"), D("5.19"), D("3.04")]
    assert sum(found) == 100


def test_energy_per_output_and_per_product():
    """32,866.55 tce for 65,733.1 万元 are 0.5 tce per 万元; for 328,665.5 t of cement 0.1 tce per tonne."""
    whole = total(six_kinds())
    assert per_output(whole, D("65733.1")) == D("0.5")
    assert per_product(whole, D("328665.5"), product="cement") == D("0.1")


def test_measured_value_goes_before_the_printed_factor_and_is_not_rounded():
    """23,000 / 29,307 = 0.784795…: rounded to four places, 1,000,000 t would differ by 4.7 tce."""
    use = Use("Raw coal", D(1_000_000), "t", "kg", ncv=D(23000))
    found = convert(use, RAW_COAL, kj_per_kgce=KJ)
    assert found.source == Source.MEASURED
    assert found.tce == D(1_000_000) * 23000 / 29307
    assert found.tce.quantize(D("0.01")) == D("784795.44")


def test_printed_factor_goes_before_the_one_from_the_printed_calorific_value():
    """38,979 kJ of natural gas would be 1.33002…, printed is 1.33; raw coal 0.71430… as 20,934 / 29,307."""
    found = convert(Use("Raw coal", D(1), "t", "kg"), RAW_COAL, kj_per_kgce=KJ)
    assert (found.factor, found.source) == (D("0.7143"), Source.PRINTED)
    assert D(20934) / KJ != found.factor


@pytest.mark.parametrize(
    ("amount", "unit", "per", "expected"),
    [
        (D("1.2"), "万kWh", "kWh", D(12000)),
        (D(3), "万t", "kg", D(30_000_000)),
        (D(5), "MWh", "kWh", D(5000)),
        (D(7), "GJ", "MJ", D(7000)),
        (D(2), "万Nm3", "m3", D(20000)),  # a factor per m3 is of gas at standard state
        (D(9), "吨", "t", D(9)),
    ],
)
def test_units_that_fit(amount, unit, per, expected):
    assert in_unit(Use("x", amount, unit, per)) == expected


@pytest.mark.parametrize(
    ("use", "factor", "said"),
    [
        (Use("Raw coal", D(-1), "t", "kg"), RAW_COAL, "Raw coal: the amount cannot be negative."),
        (
            Use("Raw coal", D(1), "m3", "kg"),
            RAW_COAL,
            "Raw coal is converted per kg; an amount in m3 does not fit.",
        ),
        (Use("Fuel oil", D(1), "barrel", "kg"), DIESEL, "Fuel oil: “barrel” is not a unit that is known here."),
        (
            Use("Natural gas", D(1), "m3", "m3"),
            NATURAL_GAS,
            "Natural gas: the table prints a range from 1.1000 to 1.3300 kgce/m3. State the measured low calorific "
            "value, or the factor chosen within it.",
        ),
        (
            Use("Natural gas", D(1), "m3", "m3", chosen=D("1.4")),
            NATURAL_GAS,
            "Natural gas: the factor chosen is outside the printed range from 1.1000 to 1.3300 kgce/m3.",
        ),
        (
            Use("Diesel oil", D(1), "t", "kg", chosen=D("1.5")),
            DIESEL,
            "Diesel oil: the table prints one factor, 1.4571 kgce/kg; no other can be chosen.",
        ),
        (
            Use("Steam", D(1), "t", "kg"),
            None,
            "Steam: no factor is on record. State its measured low calorific value, or enter the factor.",
        ),
        (
            Use("Steam", D(1), "t", "kg", chosen=D(1)),
            None,
            "Steam: no factor is printed that one could be chosen from.",
        ),
        (Use("Steam", D(1), "t", "kg", ncv=D(0)), None, "Steam: a calorific value is above nothing."),
        (
            Use("Slime", D(1), "t", "kg"),
            Factor(ncv_low=D(8374), ncv_high=D(12560)),
            "Slime: the table prints a range from 0.2857 to 0.4286 kgce/kg. State the measured low calorific value, "
            "or the factor chosen within it.",
        ),
    ],
)
def test_what_cannot_be_converted_says_why(use, factor, said):
    with pytest.raises(Unconvertible) as refused:
        convert(use, factor, kj_per_kgce=KJ)
    assert str(refused.value) == said


@pytest.mark.parametrize("output", [None, D(0), D(-5)])
def test_without_output_there_is_no_energy_per_output(output):
    with pytest.raises(Unconvertible, match="no energy per output value"):
        per_output(D(100), output)
    with pytest.raises(Unconvertible, match="cement: without an amount made"):
        per_product(D(100), output, product="cement")


def test_energy_of_a_product_has_to_be_stated():
    with pytest.raises(Unconvertible, match="cement: the energy used for it is not stated"):
        per_product(None, D(1), product="cement")


def test_stated_shares_that_do_not_add_up():
    assert problem_of_shares([D("60.1"), D("30.2"), D("7.0")]) == "The shares stated add up to 97.3 %, not to 100 %."
    assert problem_of_shares([D("110"), D("-10")]) == "A share cannot be negative."
    assert problem_of_shares([D("33.3"), D("33.3"), D("33.3")]) is None  # rounded to one place each
    assert problem_of_shares([]) is None


def test_nothing_has_no_shares():
    assert shares([]) == []
    assert shares([D(0), D(0)]) == [None, None]


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4)


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_shares_always_add_up_and_are_off_by_less_than_a_hundredth(amounts):
    found, whole = shares(amounts), sum(amounts)
    if not whole:
        assert set(found) == {None}
        return
    assert sum(found) == 100
    assert all(abs(share - amount * 100 / whole) < D("0.01") for share, amount in zip(found, amounts, strict=True))


@given(AMOUNTS, AMOUNTS)
def test_the_sum_of_parts_is_the_conversion_of_the_sum(one, other):
    parts: list[Converted] = [convert(Use("x", amount, "t", "kg"), RAW_COAL, kj_per_kgce=KJ) for amount in (one, other)]
    assert total(parts) == tce(Use("x", one + other, "t", "kg"), RAW_COAL)


@given(AMOUNTS)
def test_the_unit_that_an_amount_is_written_in_does_not_matter(amount):
    assert tce(Use("x", amount, "t", "kg"), DIESEL) == tce(Use("x", amount * 1000, "kg", "kg"), DIESEL)
    assert tce(Use("x", amount, "万kWh", "kWh"), ELECTRICITY) == tce(Use("x", amount * 10, "MWh", "kWh"), ELECTRICITY)
