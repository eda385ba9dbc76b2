"""Values that no record gives: entered with their source, counted like any other figure."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.models import EnteredValue
from bureau.reporting.models.entered_value import contradictions
from bureau.reporting.periods import Period
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_entered

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)
DAYS = {"begins_on": YEAR.first, "ends_on": YEAR.last}
SUM, STOCK, ALONE = "targets.decomposed", "energy.subcentres_connected", "energy.intensity_decline"


def figure(key, region=PROVINCE, period=YEAR, **options):
    return compute([indicators.get(key)], region, period, **options)[0]


def entered(cast, key, region, value, first=date(2016, 1, 1), last=date(2016, 12, 31)):
    return make_entered(
        cast, by=cast.clerk_province, indicator=key, region_id=region, value=value, begins_on=first, ends_on=last
    )


def test_values_of_parts_add_up(cast):
    entered(cast, SUM, CITY_A, 3)
    entered(cast, SUM, CITY_B, 4)
    found = figure(SUM)
    assert found.value == 7
    assert {code: value for code, value in found.breakdowns["region"].items() if value} == {CITY_A: 3, CITY_B: 4}


def test_a_flow_counts_what_lies_wholly_in_the_period(cast):
    entered(cast, SUM, CITY_A, 3, date(2016, 1, 1), date(2016, 3, 31))
    entered(cast, SUM, CITY_A, 5, date(2016, 12, 1), date(2017, 1, 31))
    assert figure(SUM).value == 3
    assert figure(SUM, period=Period(date(2016, 2, 1), date(2016, 12, 31))).value == 0
    assert figure(SUM, period=Period(date(2016, 1, 1), date(2017, 12, 31))).value == 8


def test_a_stock_counts_what_holds_on_the_last_day(cast):
    entered(cast, STOCK, CITY_A, 1, date(2016, 12, 31), date(2016, 12, 31))
    assert figure(STOCK).value == 1
    assert figure(STOCK, period=Period(date(2016, 1, 1), date(2016, 12, 30))).value == 0


def test_what_is_stated_alone_is_that_of_the_region_itself_and_of_exactly_these_days(cast):
    entered(cast, ALONE, PROVINCE, Decimal("4.7"))
    entered(cast, ALONE, CITY_A, Decimal("5.1"))
    found = figure(ALONE)
    assert found.value == Decimal("4.7")
    assert found.breakdowns["region"][CITY_A] == Decimal("5.1")
    assert found.breakdowns["region"][CITY_B] is None
    assert figure(ALONE, CITY_A).value == Decimal("5.1")
    assert figure(ALONE, CITY_A, breakdowns=False).value == Decimal("5.1")
    assert figure(ALONE, period=Period.half(2016, 1)).value is None
    assert found.previous is None
    assert [row.value for row in indicators.get(ALONE).rows(YEAR, PROVINCE)] == [Decimal("4.7")]


def test_nothing_may_be_stated(cast):
    """Zero is a statement, no value is none."""
    entered(cast, ALONE, PROVINCE, 0)
    assert figure(ALONE).value == 0
    assert figure(ALONE, CITY_A).value is None


@pytest.mark.parametrize(
    ("key", "region", "days", "refused"),
    [
        (SUM, CITY_A, (date(2016, 6, 1), date(2017, 6, 1)), True),  # the same place
        (SUM, PROVINCE, (date(2016, 6, 1), date(2016, 6, 30)), True),  # the whole of it
        (SUM, "210102", (date(2016, 12, 31), date(2017, 1, 1)), True),  # a part of it
        (SUM, CITY_B, (date(2016, 1, 1), date(2016, 12, 31)), False),
        (SUM, CITY_A, (date(2017, 1, 1), date(2017, 12, 31)), False),
        (STOCK, CITY_A, (date(2016, 1, 1), date(2016, 12, 31)), False),  # another figure
    ],
)
def test_what_would_count_twice_is_refused(cast, key, region, days, refused):
    entered(cast, SUM, CITY_A, 3)
    row = EnteredValue(indicator=key, region_id=region, begins_on=days[0], ends_on=days[1], value=1, source="年鉴")
    [problem] = contradictions([row])
    assert bool(problem) == refused


def test_alone_a_province_and_its_city_do_not_contradict_each_other(cast):
    entered(cast, ALONE, PROVINCE, 4)
    row = EnteredValue(
        indicator=ALONE, region_id=CITY_A, value=5, begins_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)
    )
    assert contradictions([row]) == [None]


def test_rows_of_one_file_contradict_each_other(cast):
    rows = [
        EnteredValue(indicator=SUM, region_id=CITY_A, value=1, begins_on=date(2016, 1, 1), ends_on=date(2016, 6, 30)),
        EnteredValue(indicator=SUM, region_id=CITY_A, value=1, begins_on=date(2016, 6, 30), ends_on=date(2016, 12, 31)),
    ]
    assert [bool(problem) for problem in contradictions(rows)] == [False, True]


def test_a_voided_value_stands_in_nobodys_way(cast):
    records.void(entered(cast, SUM, CITY_A, 3), by=cast.clerk_province, reason="录入错误")
    row = EnteredValue(
        indicator=SUM, region_id=PROVINCE, value=1, begins_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)
    )
    assert contradictions([row]) == [None]
    assert figure(SUM).value == 0


@pytest.mark.parametrize("key", ["standards.established", "no.such.figure"])
def test_only_figures_that_are_entered_take_a_value(cast, key):
    row = entered(cast, SUM, CITY_A, 3)
    row.indicator = key
    with pytest.raises(ValidationError) as error:
        row.clean()
    assert "indicator" in error.value.message_dict
