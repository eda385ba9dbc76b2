"""The checks before a year is submitted: each worked out by hand on a figure or two."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from bureau.reporting import freezing, indicators, plausibility
from bureau.reporting.figures import Figure
from bureau.reporting.goals import Goal
from bureau.reporting.indicators import Section
from bureau.reporting.periods import Period
from bureau.reporting.plausibility import Severity
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_target

YEAR = Period.year(2016)
COUNT, DISTINCT, RATE = "standards.established", "standards.fields_covered", "verification.mandatory_coverage_rate"
PLACES = {PROVINCE: "辽宁省本级", CITY_A: "沈阳市", CITY_B: "大连市"}


def figure(value, previous=None, *, key=COUNT, goal=None, parts=None, tiers=None):
    breakdowns = {} if parts is None else {"region": parts}
    if tiers is not None:
        breakdowns["tier"] = tiers
    return Figure(
        indicators.get(key), PROVINCE, YEAR, value, previous, goal, breakdowns=breakdowns, labels={"region": PLACES}
    )


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def sentences(found):
    return [finding.sentence for finding in found]


# Sums --------------------------------------------------------------------------------------------


def test_parts_that_come_to_the_whole_are_no_finding():
    assert sentences(plausibility.sums(figure(5, parts={PROVINCE: 0, CITY_A: 3, CITY_B: 2}))) == []


def test_parts_that_do_not_come_to_the_whole():
    found = plausibility.sums(figure(5, parts={CITY_A: 3, CITY_B: 1}, tiers={"municipal": 5, "county": 0}))
    assert sentences(found) == ["The parts by “Region” come to 4, the figure is 5."]


def test_what_does_not_add_up_is_not_added_up():
    """A field that is covered in two cities is one field of the province."""
    assert sentences(plausibility.sums(figure(3, key=DISTINCT, parts={CITY_A: 3, CITY_B: 2}))) == []


class Share(indicators.BaseIndicator):
    """Stated of each region by itself, as ``EnteredAlone`` is."""

    key, label, unit, section = "tests.share", "占比", "%", Section.ENERGY
    measure = indicators.Stated("value")
    decimals, is_additive, is_stock = 1, False, False


@pytest.mark.parametrize(
    ("whole", "parts", "count"),
    [
        (50, {CITY_A: 40, CITY_B: 60}, 0),
        (40, {CITY_A: 40, CITY_B: 60}, 0),
        (61, {CITY_A: 40, CITY_B: 60}, 1),
        (39, {CITY_A: 40, CITY_B: 60}, 1),
        (61, {CITY_A: 40, CITY_B: None}, 0),  # a part that states nothing may hold the rest
        (61, {PROVINCE: 61, CITY_A: None}, 0),
        (None, {CITY_A: 40, CITY_B: 60}, 0),
    ],
)
def test_a_stated_share_lies_between_those_of_its_parts(whole, parts, count):
    share = Figure(Share(), PROVINCE, YEAR, whole, breakdowns={"region": parts}, labels={"region": PLACES})
    assert len(list(plausibility.outside_of_parts(share))) == count


# Jumps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("previous", "value", "sentence"),
    [
        (10, 30, "Rose from 10 last year to 30."),  # threefold
        (10, 29, None),
        (3, 12, None),  # fourfold, but a difference of nine only
        (3, 13, "Rose from 3 last year to 13."),
        (0, 10, None),  # told of all such figures together
        (30, 10, "Fell from 30 last year to 10."),  # a third
        (30, 11, None),
        (12, 3, None),
        (10, 0, "Fell from 10 last year to 0."),
        (1200, 4000, "Rose from 1,200 last year to 4,000."),
        (None, 100, None),
        (100, None, None),
        (-5, 100, None),
    ],
)
def test_a_jump_against_last_year(previous, value, sentence):
    assert sentences(plausibility.jump(figure(value, previous))) == ([sentence] if sentence else [])


@given(value=st.integers(1, 10**9), previous=st.integers(1, 10**9))
def test_a_jump_is_one_in_both_directions(value, previous):
    there = list(plausibility.jump(figure(value, previous)))
    back = list(plausibility.jump(figure(previous, value)))
    assert len(there) == len(back)
    assert not there or abs(value - previous) >= 10


def test_what_last_year_had_nothing_of_is_told_in_one_sentence():
    figures = [figure(10, 0), figure(9, 0), figure(50, 0, key=DISTINCT), figure(50, 49), figure(None, None, key=RATE)]
    [finding] = plausibility.of_figures(figures)
    labels = [str(indicators.get(key).label) for key in (COUNT, DISTINCT)]
    assert finding.sentence == f"Nothing is on record for last year of: {', '.join(labels)}."
    assert finding.url == "/reports/?region=210000&from=2016-01-01&to=2016-12-31"
    assert list(plausibility.of_figures([figure(9, 0)])) == []


# Targets and rates -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "goal", "count"),
    [
        (100, Goal(Decimal(10)), 1),
        (99, Goal(Decimal(10)), 0),
        (100, Goal(Decimal(10), is_limit=True), 0),
        (100, Goal(Decimal(0)), 0),  # nothing to reach
        (100, None, 0),
        (None, Goal(Decimal(10)), 0),
    ],
)
def test_a_target_that_was_reached_tenfold(value, goal, count):
    found = list(plausibility.overfulfilled(figure(value, goal=goal)))
    assert len(found) == count
    if count:
        assert sentences(found) == ["The target of 10 was reached to 1,000%."]


def test_a_rate_above_a_hundred():
    assert sentences(plausibility.above_hundred(figure(Decimal("100.01"), key=RATE))) == ["100.01% is above 100%."]
    assert sentences(plausibility.above_hundred(figure(Decimal(100), key=RATE))) == []
    assert sentences(plausibility.above_hundred(figure(None, key=RATE))) == []
    assert sentences(plausibility.above_hundred(figure(300, key=COUNT))) == []


def test_a_rate_above_a_hundred_in_a_part():
    found = plausibility.above_hundred(figure(Decimal(98), key=RATE, parts={CITY_A: Decimal(120), CITY_B: None}))
    assert sentences(found) == ["Above 100% in parts of the region: 沈阳市 120.00%."]


def test_targets_of_parts_that_cannot_bring_the_whole_to_its_target():
    whole = figure(5, goal=Goal(Decimal(10)))
    parts = {CITY_A: {COUNT: Decimal(6)}, CITY_B: {COUNT: Decimal(3)}}
    [finding] = plausibility.of_targets([whole], parts)
    assert sentences([finding]) == ["The targets of the parts come to 9, the target of the whole is 10."]
    assert list(plausibility.of_targets([whole], {**parts, CITY_B: {COUNT: Decimal(4)}})) == []
    assert list(plausibility.of_targets([whole], {CITY_A: {RATE: Decimal(4)}})) == []
    assert list(plausibility.of_targets([figure(5)], parts)) == []


@pytest.mark.django_db
def test_only_targets_of_the_year_and_of_direct_parts_are_added_up(cast):
    make_target(cast, by=cast.clerk_a, value=6)
    make_target(cast, by=cast.clerk_county, value=50)
    make_target(cast, by=cast.clerk_b, begins_on=date(2016, 7, 1), value=7)
    make_target(cast, by=cast.clerk_province, value=10)
    found = plausibility.targets_of_parts(PROVINCE, YEAR, user=cast.manager_province)
    assert found == {CITY_A: {COUNT: 6}}
    assert plausibility.targets_of_parts(PROVINCE, YEAR, user=cast.clerk_b) == {}


# What was accepted -------------------------------------------------------------------------------


def test_a_part_that_changed_since_it_was_accepted():
    whole = figure(5, parts={CITY_A: 3, CITY_B: 2})
    found = plausibility.of_accepted([whole], {CITY_A: {COUNT: 4}, CITY_B: {COUNT: Decimal(2)}})
    assert sentences(found) == ["Changed since the report of the part was accepted: 沈阳市 4, now 3."]
    assert list(plausibility.of_accepted([whole], {CITY_A: {COUNT: 3}, CITY_B: {RATE: 9}})) == []


def test_a_rate_is_compared_as_it_is_shown():
    whole = figure(None, key=RATE, parts={CITY_A: Decimal(200) / 3})
    assert list(plausibility.of_accepted([whole], {CITY_A: {RATE: Decimal("66.67")}})) == []


# Together ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everything_is_put_together_contradictions_first(cast, make_standard, monkeypatch):
    """Ten standards of 2016, one of 2015; the target of one is reached tenfold, the city was accepted with nine."""
    for number in range(11):
        make_standard(issued_on=date(2015 + bool(number), 5, 10))
    make_target(cast, by=cast.clerk_province, value=1, ends_on=date(2016, 12, 31))
    accepted = {CITY_A: {COUNT: 9}}
    monkeypatch.setattr(freezing, "accepted_figures", lambda regions, year: accepted if year == 2016 else {})
    found = plausibility.findings(PROVINCE, 2016, user=cast.manager_province, on=date(2017, 1, 5))
    of_count = [(each.severity, each.sentence) for each in found if f"|{COUNT}|" in f"|{each.key}|"]
    assert of_count == [
        (Severity.WRONG, "Changed since the report of the part was accepted: 沈阳市 9, now 10."),
        (Severity.ODD, "The target of 1 was reached to 1,000%."),
    ]
    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), key=["wrong", "odd", "note"].index
    )
    assert found[-1].sentence == "Of 2 offices below, 2 have no accepted report: 沈阳市, 大连市."
    assert all(each.url for each in found)


@pytest.mark.django_db
def test_a_year_that_runs_is_told(cast):
    during = plausibility.findings(CITY_B, 2016, user=cast.clerk_b, on=date(2016, 12, 31))
    after = plausibility.findings(CITY_B, 2016, user=cast.clerk_b, on=date(2017, 1, 1))
    assert sentences(during) == ["The year is not over: these are the figures of today."]
    assert after == []


@pytest.mark.django_db
@time_machine.travel("2017-01-05 10:00+08:00", tick=False)
def test_the_digest_is_the_same_in_every_language_and_another_for_other_numbers(cast, make_standard):
    make_standard()
    digests = []
    for language in ("en", "zh-hans"):
        with override(language):
            digests.append(plausibility.digest(plausibility.findings(CITY_A, 2016, user=cast.manager_a)))
    assert digests[0] == digests[1] != ""
    assert plausibility.digest([]) == ""
    one, other = (list(plausibility.jump(figure(value, 1))) for value in (20, 21))
    assert plausibility.digest(one) != plausibility.digest(other)
