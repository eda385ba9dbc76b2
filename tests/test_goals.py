"""Targets: how much is done, what comes out at the present pace, and how they are divided."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.figures import Figure
from bureau.reporting.goals import Goal, Light, forecast, with_goals
from bureau.reporting.models import Target
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.views.decomposing import divided
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_target

YEAR = Period.year(2016)
FLOW, STOCK, RATE = "standards.established", "standards.highest_in_force", "verification.mandatory_coverage_rate"


def goals(key, period=YEAR, region=PROVINCE, user=None):
    [figure] = with_goals(compute([indicators.get(key)], region, period), user)
    return figure.goal


# Reckoning ---------------------------------------------------------------------------------------


def test_completion_is_the_share_of_the_target_in_percent():
    assert Goal(Decimal(86)).completion(43) == 50
    assert Goal(Decimal(95)).completion(Decimal("96.9")) == Decimal("102")
    assert Goal(Decimal(0)).completion(3) is None
    assert Goal(Decimal(5)).completion(None) is None


@pytest.mark.parametrize(
    ("goal", "reached", "expected", "light"),
    [
        (Goal(Decimal(100)), 100, None, Light.GREEN),
        (Goal(Decimal(100)), 99, None, Light.RED),  # over, and missed
        (Goal(Decimal(100)), 40, 100, Light.GREEN),  # on course
        (Goal(Decimal(100)), 40, 95, Light.AMBER),
        (Goal(Decimal(100)), 40, 80, Light.RED),
        (Goal(Decimal(0)), 0, None, Light.GREEN),
        (Goal(Decimal(10), is_limit=True), 10, None, Light.GREEN),
        (Goal(Decimal(10), is_limit=True), 11, None, Light.RED),
        (Goal(Decimal(10), is_limit=True), 8, 16, Light.AMBER),
        (Goal(Decimal(0), is_limit=True), 0, 0, Light.GREEN),
        (Goal(Decimal(95)), None, None, Light.RED),  # an undefined rate is not reached
    ],
)
def test_the_light_says_whether_it_is_reached(goal, reached, expected, light):
    assert goal.light(reached, expected) == light


def figure(key, value, period=YEAR):
    return Figure(indicators.get(key), PROVINCE, period, value)


def test_the_forecast_goes_on_at_the_pace_so_far():
    """91 of 366 days are over on 31 March 2016: 25 of them come to 25 × 366 / 91."""
    assert forecast(figure(FLOW, 25), date(2016, 3, 31)) == Decimal(25) * 366 / 91
    assert forecast(figure(FLOW, 25), date(2016, 12, 31)) is None  # the last day: it is what it is
    assert forecast(figure(FLOW, 25), date(2015, 12, 31)) is None  # not begun
    assert forecast(figure(STOCK, 25), date(2016, 3, 31)) is None
    assert forecast(figure(RATE, 25), date(2016, 3, 31)) is None


# Which target holds ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_target_of_a_flow_holds_for_exactly_its_days_and_region(cast):
    make_target(cast, by=cast.clerk_province, value=50)
    assert goals(FLOW).value == 50
    assert goals(FLOW, Period.half(2016, 2)) is None
    assert goals(FLOW, Period(date(2015, 1, 1), date(2016, 12, 31))) is None
    assert goals(FLOW, region=CITY_A) is None


@pytest.mark.django_db
@pytest.mark.parametrize("key", [STOCK, RATE])
def test_the_target_of_a_stock_holds_for_the_last_day(cast, key):
    make_target(cast, by=cast.clerk_province, indicator=key, begins_on=date(2016, 12, 31), value=95)
    assert goals(key).value == 95
    assert goals(key, Period.quarter(2016, 4)).value == 95
    assert goals(key, Period.half(2016, 1)) is None


@pytest.mark.django_db
def test_a_reader_sees_the_targets_in_the_scope_alone(cast):
    make_target(cast, by=cast.clerk_province, value=50)
    assert goals(FLOW, user=cast.manager_province).value == 50
    assert goals(FLOW, user=cast.clerk_a) is None


@pytest.mark.django_db
def test_summary_and_json_have_target_and_completion(cast, make_standard):
    make_target(cast, by=cast.clerk_province, value=Decimal("4"))
    make_standard(by=cast.clerk_a, issued_on=date(2016, 5, 1))
    found = {each["key"]: each for each in Summary.make(PROVINCE, YEAR).as_json()["figures"]}
    assert (found[FLOW]["target"], found[FLOW]["completion"]) == (4, 25)
    assert (found[STOCK]["target"], found[STOCK]["completion"]) == (None, None)
    assert json.dumps(found[FLOW])


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_targets_of_the_region_and_its_parts(client, cast, make_standard):
    make_target(cast, by=cast.clerk_province, value=3)
    make_target(cast, by=cast.clerk_province, region_id=CITY_A, value=1)
    make_standard(by=cast.clerk_a, issued_on=date(2016, 5, 1))
    client.force_login(cast.manager_province)
    response = client.get(reverse("reporting:targets"), {"year": "2016"})
    [group] = response.context["groups"]
    own, [part] = group["own"].line, group["parts"]
    assert (own.text, own.target_text, own.completion_text, own.light) == ("1", "3", "33.3%", Light.RED)
    assert (part.place, part.line.text, part.line.completion_text) == ("沈阳市", "1", "100.0%")
    assert part.line.light == Light.GREEN
    assert "1" in group["sum"]
    assert "3" in group["sum"]
    client.force_login(cast.clerk_a)
    [group] = client.get(reverse("reporting:targets"), {"year": "2016"}).context["groups"]
    assert (group["own"].place, group["parts"]) == ("沈阳市", [])


@pytest.mark.django_db
def test_a_target_is_divided_by_what_each_part_did_a_year_before(client, cast, make_standard):
    whole = make_target(cast, by=cast.clerk_province, value=10)
    for count, by in ((3, cast.clerk_a), (1, cast.clerk_b)):
        for number in range(count):
            make_standard(by=by, issued_on=date(2015, 5, number + 1))
    client.force_login(cast.manager_province)
    url = reverse("reporting:decompose", args=[whole.pk])
    form = client.get(url).context["form"]
    assert {code: share for code, share in form.initial.items() if share} == {CITY_A: 8, CITY_B: 2}
    response = client.post(url, {CITY_A: "7", CITY_B: "2"}, follow=True)
    assert any("9" in str(message) for message in response.context["messages"])  # one short
    kept = {row.region_id: row for row in Target.objects.not_voided() if row != whole}
    assert {code: row.value for code, row in kept.items()} == {CITY_A: 7, CITY_B: 2}
    assert {row.office for row in kept.values()} == {whole.office}
    client.post(url, {CITY_A: "10", CITY_B: ""})
    assert [row.value for row in Target.objects.not_voided() if row != whole] == [10]
    assert kept[CITY_B].history.count() == 2  # voided, not gone


@pytest.mark.django_db
def test_a_target_of_another_office_cannot_be_divided(client, cast):
    whole = make_target(cast, by=cast.clerk_province)
    client.force_login(cast.manager_a)
    assert client.get(reverse("reporting:decompose", args=[whole.pk])).status_code == 404
    client.force_login(cast.inspector_a)
    assert client.get(reverse("reporting:decompose", args=[whole.pk])).status_code == 403


@pytest.mark.django_db
def test_a_bad_number_keeps_nothing(client, cast):
    whole = make_target(cast, by=cast.clerk_province)
    client.force_login(cast.manager_province)
    response = client.post(reverse("reporting:decompose", args=[whole.pk]), {CITY_A: "7", CITY_B: "-1"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Target.objects.count() == 1


@given(
    value=st.decimals(0, 10**9, places=2),
    weights=st.lists(st.integers(0, 10**7), min_size=1, max_size=20).filter(any),
    decimals=st.integers(0, 4),
)
def test_shares_add_up_to_the_whole(value, weights, decimals):
    by_code = {str(number): Decimal(weight) for number, weight in enumerate(weights)}
    shares = divided(value, by_code, decimals)
    assert sum(shares.values()) == value
    assert all(share >= 0 for share in shares.values())
    exact = {code: value * weight / sum(by_code.values()) for code, weight in by_code.items()}
    assert all(abs(shares[code] - exact[code]) <= Decimal(1).scaleb(-decimals) for code in shares)
