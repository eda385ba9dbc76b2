"""Equipping with energy meters by worked examples that a person can count (GB 17167)."""

from collections import Counter
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from inspections.equipping import Accuracy, Asked, Cell, Limit, Point, Verdict, accuracy, cells, need, parsed_class

D = Decimal
# Of GB 17167-2006, table 3.
RATES = {
    ("electricity", "unit"): D(100),
    ("electricity", "sub_unit"): D(100),
    ("electricity", "equipment"): D(95),
    ("steam", "unit"): D(100),
    ("steam", "sub_unit"): D(80),
    ("steam", "equipment"): D(70),
    ("water", "unit"): D(100),
    ("water", "sub_unit"): D(95),
    ("water", "equipment"): D(80),
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def points(energy, level, metered, bare=0, exempt_metered=0, exempt_bare=0):
    return [
        *[Point(energy, level, is_metered=True)] * metered,
        *[Point(energy, level)] * bare,
        *[Point(energy, level, is_metered=True, is_exempt=True)] * exempt_metered,
        *[Point(energy, level, is_exempt=True)] * exempt_bare,
    ]


def test_a_unit_with_exemptions_at_each_level_by_hand():
    """Electricity: 2 of 2 incoming lines (one more, exempt, has no meter): 100 %, asked 100: met. 18 of 19 workshops
    (two exempt): 94.73 %, asked 100: not met. 38 of 40 machines (five exempt, three of them metered): 95 %, asked 95:
    met. Steam: 1 of 1: met; 3 of 4 (one exempt with a meter): 75 %, asked 80: not met; 7 of 10: 70 %, asked 70: met.
    """
    found = cells(
        [
            *points("electricity", "unit", 2, exempt_bare=1),
            *points("electricity", "sub_unit", 18, 1, exempt_bare=2),
            *points("electricity", "equipment", 38, 2, exempt_metered=3, exempt_bare=2),
            *points("steam", "unit", 1, exempt_metered=1),
            *points("steam", "sub_unit", 3, 1, exempt_metered=1),
            *points("steam", "equipment", 7, 3, exempt_bare=4),
        ],
        RATES,
    )
    told = {
        key: (cell.needed, cell.installed, cell.exempt, cell.shown, cell.verdict)
        for key, cell in found.items()
        if key[0] != "water"
    }
    assert told == {
        ("electricity", "unit"): (2, 2, 1, D("100.00"), Verdict.MET),
        ("electricity", "sub_unit"): (19, 18, 2, D("94.73"), Verdict.NOT_MET),
        ("electricity", "equipment"): (40, 38, 5, D("95.00"), Verdict.MET),
        ("steam", "unit"): (1, 1, 1, D("100.00"), Verdict.MET),
        ("steam", "sub_unit"): (4, 3, 1, D("75.00"), Verdict.NOT_MET),
        ("steam", "equipment"): (10, 7, 4, D("70.00"), Verdict.MET),
    }
    assert all(found["water", level].verdict == Verdict.NOT_APPLICABLE for level in ("unit", "sub_unit", "equipment"))


def test_without_the_exemptions_the_same_unit_fails():
    """The five exempt machines counted as needed: 41 of 45 are 91.11 %, asked 95."""
    [cell] = [
        each for key, each in cells(points("electricity", "equipment", 41, 4), RATES).items() if key[1] == "equipment"
        and key[0] == "electricity"
    ]  # fmt: skip
    assert (cell.shown, cell.verdict) == (D("91.11"), Verdict.NOT_MET)


def test_just_below_the_limit_is_not_met_and_does_not_look_so():
    """9,499 of 10,000 are 94.99 %; 94,999 of 100,000 are 94.999 %, shown as 94.99, not as 95.00."""
    for needed, installed in ((10_000, 9_499), (100_000, 94_999)):
        cell = Cell(needed, installed, asked=D(95))
        assert (cell.shown, cell.verdict) == (D("94.99"), Verdict.NOT_MET)
    assert Cell(20, 19, asked=D(95)).verdict == Verdict.MET


def test_nothing_needed_is_not_applicable():
    cell = Cell(0, 0, exempt=3, asked=D(100))
    assert (cell.rate, cell.shown, cell.verdict, cell.warning) == (None, None, Verdict.NOT_APPLICABLE, "")


def test_more_than_needed_stays_as_computed_and_is_warned_of():
    """A unit declares 12 meters where it needs 10."""
    cell = Cell(10, 12, asked=D(100))
    assert (cell.rate, cell.verdict) == (D(120), Verdict.MET)
    assert cell.warning == "12 installed of 10 needed: please check what is needed."


def test_without_a_table_nothing_is_judged():
    found = cells(points("electricity", "unit", 1, 1), None)
    assert {key: (cell.shown, cell.verdict) for key, cell in found.items()} == {
        ("electricity", "unit"): (D("50.00"), Verdict.NOT_JUDGED)
    }


def test_what_the_edition_says_nothing_of():
    """Recoverable residual energy has no rate at the level of equipment."""
    assert cells(points("residual_energy", "equipment", 1), RATES)["residual_energy", "equipment"].verdict == (
        Verdict.NOT_ASKED
    )


@pytest.mark.parametrize(
    ("stated", "asked", "expected"),
    [
        ("0.5S", "0.5S", Accuracy.MET),
        ("0.2S", "0.5S", Accuracy.MET),
        ("0.5", "0.5S", Accuracy.NOT_MET),
        ("0.5S级", "0.5", Accuracy.MET),
        ("０．５Ｓ级", "0.5S", Accuracy.MET),
        ("1.0", "0.5", Accuracy.NOT_MET),
        ("1", "1.0", Accuracy.MET),
        ("2.5 级", "2.5", Accuracy.MET),
        ("Ⅲ级", "0.1", Accuracy.UNKNOWN),
        ("", "2.0", Accuracy.UNKNOWN),
        ("±0.5%", "0.5", Accuracy.UNKNOWN),
        ("1.0", "", Accuracy.NOT_ASKED),
    ],
)
def test_classes_of_meters(stated, asked, expected):
    assert accuracy(stated, asked) == expected


def test_the_class_that_is_asked():
    """Below the whole unit an electricity meter may be of the next class; for trade settlement oil meters are finer."""
    user_class_2 = Asked("0.5", below_unit="1.0")
    assert user_class_2.of(level="unit", is_for_trade=False) == "0.5"
    assert user_class_2.of(level="sub_unit", is_for_trade=False) == "1.0"
    assert user_class_2.of(level="equipment", is_for_trade=True) == "1.0"
    oil = Asked("0.5", for_trade="0.2")
    assert oil.of(level="unit", is_for_trade=True) == "0.2"
    assert oil.of(level="sub_unit", is_for_trade=False) == "0.5"


LIMITS = [
    Limit("electricity", "equipment", D(100), "kW"),
    Limit("steam", "equipment", D(7), "MW"),
    Limit("coal", "sub_unit", D(100), "t/a"),
    Limit("coal", "equipment", D(1), "t/h"),
    Limit("", "equipment", D("29.26"), "GJ/h"),
]


@pytest.mark.parametrize(
    ("energy", "level", "amount", "unit", "expected", "said"),
    [
        ("electricity", "equipment", "100", "kW", True, "100 kW is not below the limit of 100 kW."),
        ("electricity", "equipment", "99.9", "kW", False, "99.9 kW is below the limit of 100 kW."),
        ("electricity", "equipment", "0.25", "MW", True, "250 kW is not below the limit of 100 kW."),
        ("steam", "equipment", "6900", "kW", False, "6.9 MW is below the limit of 7 MW."),
        ("coal", "equipment", "1200", "kg/h", True, "1.2 t/h is not below the limit of 1 t/h."),
        ("coal", "sub_unit", "0.02", "万t/a", True, "200 t/a is not below the limit of 100 t/a."),
        ("residual_energy", "equipment", "30000", "MJ/h", True, "30 GJ/h is not below the limit of 29.26 GJ/h."),
        ("coal", "equipment", "900", "t/a", None, "“t/a” cannot be compared with a limit in t/h."),
        ("electricity", "equipment", None, "", None, "Its rated power or use is not stated; the limit is 100 kW."),
        ("water", "sub_unit", "9", "t/a", None, "The edition has no limit for this energy at this level."),
    ],
)
def test_from_what_limit_on_a_meter_is_needed(energy, level, amount, unit, expected, said):
    found = need(energy=energy, level=level, amount=amount and D(amount), unit=unit, limits=LIMITS)
    assert (found.is_needed, found.reason) == (expected, said)


def test_what_is_metered_as_a_whole_needs_no_meter_of_its_own():
    found = need(
        energy="electricity", level="equipment", amount=D(500), unit="kW", limits=LIMITS, is_metered_above=True
    )
    assert (found.is_needed, found.reason) == (False, "It is metered as part of a system.")


# Whatever the points are ---------------------------------------------------------------------------

ENERGIES, LEVELS = (
    st.sampled_from(["electricity", "steam", "water"]),
    st.sampled_from(["unit", "sub_unit", "equipment"]),
)
POINTS = st.lists(st.builds(Point, ENERGIES, LEVELS, st.booleans(), st.booleans()), max_size=60)


@given(POINTS)
def test_counts_are_those_of_the_points(made):
    found = cells(made, RATES)
    counted = Counter((point.energy, point.level) for point in made if not point.is_exempt)
    assert {key: cell.needed for key, cell in found.items() if cell.needed} == dict(counted)
    assert sum(cell.exempt for cell in found.values()) == sum(point.is_exempt for point in made)
    for cell in found.values():
        assert 0 <= cell.installed <= cell.needed
        assert cell.warning == ""
        assert cell.rate is None or 0 <= cell.rate <= 100


@given(POINTS, st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(made, random):
    mixed = list(made)
    random.shuffle(mixed)
    assert cells(mixed, RATES) == cells(made, RATES)


@given(POINTS, ENERGIES, LEVELS, st.booleans())
def test_an_exempt_point_changes_no_rate(made, energy, level, is_metered):
    before, after = cells(made, RATES), cells([*made, Point(energy, level, is_metered, is_exempt=True)], RATES)
    assert {key: cell.rate for key, cell in before.items()} == {key: cell.rate for key, cell in after.items()}


@given(POINTS, ENERGIES, LEVELS)
def test_a_meter_more_never_makes_a_verdict_worse(made, energy, level):
    """A bare point that gets a meter."""
    bare = cells([*made, Point(energy, level)], RATES)[energy, level]
    metered = cells([*made, Point(energy, level, is_metered=True)], RATES)[energy, level]
    assert metered.rate > bare.rate
    assert not (bare.verdict == Verdict.MET and metered.verdict == Verdict.NOT_MET)


CLASSES = st.builds(
    lambda number, s: f"{number}{'S' if s else ''}", st.sampled_from(["0.2", "0.5", "1.0", "2.0", "2.5"]), st.booleans()
)


@given(CLASSES, CLASSES, CLASSES)
def test_being_good_enough_is_an_order(one, other, third):
    assert accuracy(one, one) == Accuracy.MET
    if accuracy(one, other) == accuracy(other, third) == Accuracy.MET:
        assert accuracy(one, third) == Accuracy.MET
    if accuracy(one, other) == accuracy(other, one) == Accuracy.MET:
        assert parsed_class(one) == parsed_class(other)
