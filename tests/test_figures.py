"""Figures: counted as a person would count, and equal to the rows that they open."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import DecimalField, Q, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bureau import records
from bureau.models.region import final_code, region_tree
from bureau.reporting import checks, indicators, tallies
from bureau.reporting.dimensions import REGION, UnknownValue
from bureau.reporting.engine import compute
from bureau.reporting.indicators import (
    All,
    Between,
    Dimension,
    Distinct,
    Indicator,
    On,
    Rate,
    Section,
    Sum,
    UnknownIndicator,
    register,
    unregister,
)
from bureau.reporting.lines import NOTHING, Line, number_text
from bureau.reporting.periods import Period
from bureau.reporting.questions import Part
from bureau.reporting.regions import UnknownRegion
from bureau.reporting.summary import latest_year
from standards.indicators.standard import Established, PublicStandards
from standards.models import InForceInterval, MeasurementField, MeasurementStandard, StandardEvent
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE

STANDARDS = ["standards.established", "standards.in_force", "standards.highest_in_force", "standards.fields_covered"]
YEAR = Period.year(2016)
VALID = Between("established_on", "valid_until")


def figure(key, region=PROVINCE, period=YEAR, **options):
    return compute([indicators.get(key)], region, period, **options)[0]


# A worked example --------------------------------------------------------------------------------


@pytest.fixture
def worked(make_standard, cast):
    """Six standards of two cities, small enough to count on the fingers; each kept by the office of its place."""
    march, december = date(2016, 3, 1), date(2015, 12, 31)
    make_standard(by=cast.clerk_a, issued_on=march, tier="municipal", grade="highest", field_id="01")
    make_standard(by=cast.clerk_county, issued_on=march, tier="county", grade="working", field_id="01")
    make_standard(by=cast.clerk_b, issued_on=march, tier="municipal", grade="working", field_id="12")
    make_standard(by=cast.clerk_province, issued_on=march, tier="provincial", grade="highest", field_id="51")
    make_standard(by=cast.clerk_b, issued_on=december, tier="municipal", grade="working", field_id="01")
    make_standard(by=cast.clerk_a, issued_on=march, kind="enterprise_highest", field_id="15")


def test_a_flow_counts_the_days_of_the_period(worked):
    established = figure("standards.established")

    assert (established.value, established.previous) == (4, 1)
    assert established.breakdowns["tier"] == {"regional": 0, "provincial": 1, "municipal": 2, "county": 1}
    assert established.breakdowns["grade"] == {"highest": 2, "working": 2}
    assert {code: number for code, number in established.breakdowns["field"].items() if number} == {
        "01": 2,
        "12": 1,
        "51": 1,
    }
    assert {code: number for code, number in established.breakdowns[REGION].items() if number} == {
        PROVINCE: 1,
        CITY_A: 2,
        CITY_B: 1,
    }
    assert len(established.breakdowns[REGION]) == 15  # fourteen cities and the province itself
    assert established.previous_breakdowns["tier"]["municipal"] == 1
    line = Line(established)
    assert (line.text, line.previous_text, line.change_text, line.ratio_text) == ("4", "1", "+3", "+300.0%")


def test_a_stock_counts_the_last_day(worked):
    assert figure("standards.in_force").value == 5
    assert figure("standards.in_force", period=Period(date(2016, 2, 29), date(2016, 2, 29))).value == 1
    assert figure("standards.in_force", period=Period(date(2016, 3, 1), date(2016, 3, 1))).value == 5
    assert figure("standards.in_force", period=Period.year(2030)).value == 0
    assert figure("standards.highest_in_force").value == 2


def test_distinct_parts_do_not_add_up(worked):
    fields = figure("standards.fields_covered")

    assert (fields.value, fields.previous) == (2, 1)
    assert fields.breakdowns["tier"] == {"regional": 0, "provincial": 0, "municipal": 2, "county": 1}
    assert list(fields.breakdowns["field"]) == ["01", "04", "12", "15", "23", "25", "28", "33", "37", "46"]
    assert not fields.indicator.is_additive


def test_a_city_is_broken_down_by_its_counties(worked):
    established = figure("standards.established", CITY_A)

    assert established.value == 2
    assert established.breakdowns[REGION][COUNTY] == 1
    assert established.breakdowns[REGION][CITY_A] == 1
    assert figure("standards.established", COUNTY).breakdowns[REGION] == {COUNTY: 1}


def test_an_interval_that_was_left_does_not_count_between(make_standard):
    standard = make_standard()
    InForceInterval.objects.filter(standard=standard).delete()
    for begins_on, ends_on in [(date(2016, 1, 1), date(2016, 3, 31)), (date(2016, 7, 1), date(2019, 12, 31))]:
        InForceInterval.objects.create(standard=standard, begins_on=begins_on, ends_on=ends_on)

    def in_force(day):
        return figure("standards.in_force", period=Period(day, day)).value

    assert [in_force(date(2016, month, 1)) for month in (3, 5, 8)] == [1, 0, 1]


def test_an_obsolete_code_counts_where_its_successor_lies(make_standard):
    make_standard(region_id="210222")  # a county of city B, a district of the same city since
    make_standard(region_id="212100")  # a prefecture that became another

    by_region = figure("standards.established").breakdowns[REGION]
    assert {code: number for code, number in by_region.items() if number} == {CITY_B: 1, "211200": 1}
    assert figure("standards.established", CITY_B).breakdowns[REGION][final_code("210222")] == 1


def test_figures_follow_the_scope_of_the_reader(worked, cast):
    assert figure("standards.established", user=cast.clerk_province).value == 4
    assert figure("standards.established", user=cast.manager_a).value == 2
    assert figure("standards.established", CITY_B, user=cast.clerk_county).value == 0
    assert figure("standards.established", user=cast.clerk_county).value == 1
    assert figure("standards.established", user=cast.auditor).value == 0


def test_it_rejects_regions_that_there_are_not(reference):
    for code in ("999999", "21", "", "212100"):
        with pytest.raises(UnknownRegion):
            figure("standards.established", code)


def test_narrowing_gives_the_same_as_the_breakdown(worked):
    narrowed = figure("standards.established", values={"tier": "municipal", "field": "01"})

    assert narrowed.value == 1
    assert figure("standards.established", own_level=True).value == 1
    with pytest.raises(UnknownIndicator):
        figure("standards.established", values={"colour": "red"})


def test_the_four_figures_take_few_queries(worked, django_assert_max_num_queries):
    region_tree()
    with django_assert_max_num_queries(3) as queries:
        compute([indicators.get(key) for key in STANDARDS], PROVINCE, YEAR)
    assert sum("COUNT(" in query["sql"] for query in queries.captured_queries) == 1


def test_without_breakdowns_the_figures_are_the_same(worked):
    wanted = [indicators.get(key) for key in STANDARDS]
    long, short = compute(wanted, PROVINCE, YEAR), compute(wanted, PROVINCE, YEAR, breakdowns=False)
    assert [(each.value, each.previous) for each in long] == [(each.value, each.previous) for each in short]
    assert short[0].breakdowns == {}


def test_the_latest_year_is_the_last_with_records(worked, cast, make_standard):
    make_standard(issued_on=date(2199, 1, 1), kind="enterprise_highest")

    assert latest_year([indicators.get(STANDARDS[0])], PROVINCE) == YEAR
    assert latest_year([indicators.get(STANDARDS[0])], "110000") == Period.year(timezone.localdate().year)


# Sums, rates, tallies: indicators made for the test ----------------------------------------------


@pytest.fixture
def registered():
    """Registers for one test."""
    keys = []

    def add(indicator_class):
        register(indicator_class)
        keys.append(indicator_class.key)
        return indicator_class

    yield add
    for key in keys:
        unregister(key)


def a_class(base=PublicStandards, **attributes):
    attributes = {"key": "test.figure", "label": "Figure", "definition": "For the test.", **attributes}
    return type("ForTest", (base,), attributes)


def a_rate(**attributes):
    stated = {"unit": "%", "section": Section.SCIENTIFIC, "numerator": STANDARDS[2], "denominator": STANDARDS[1]}
    return a_class(Rate, **{**stated, **attributes})


def test_a_rate_divides_what_its_parts_count(worked, registered):
    registered(a_rate(key="test.share"))
    share = figure("test.share")

    assert share.value == Decimal(40)  # two of five
    assert share.previous == 0
    assert share.breakdowns["tier"] == {"regional": None, "provincial": 100, "municipal": Decimal(100) / 3, "county": 0}
    assert share.breakdowns[REGION][CITY_A] == 50
    line = Line(share)
    assert (line.text, line.change_text, line.ratio_text) == ("40.00", "+40.00", NOTHING)


def test_a_rate_of_nothing_is_undefined(worked, registered):
    registered(a_rate(key="test.share"))
    share = figure("test.share", "110000")

    assert (share.value, share.as_json()["value"]) == (None, None)
    assert (Line(share).text, Line(share).change_text) == (NOTHING, NOTHING)


def test_a_sum_adds_up_whole_numbers(worked, registered):
    registered(a_class(key="test.sum", measure=Sum("version"), interval=On("established_on")))
    MeasurementStandard.objects.filter(region_id=CITY_B).update(version=10)

    total = figure("test.sum")
    assert total.value == 13
    assert sum(total.breakdowns[REGION].values()) == 13


def test_a_sum_of_decimals_is_exact(reference):
    """In floating point ten times 0.1 is not 1."""
    amounts = MeasurementField.objects.annotate(
        amount=Value(Decimal("0.10"), output_field=DecimalField(max_digits=14, decimal_places=2))
    )

    class OfAnnotation(Sum):
        def decimals(self, model):
            return 2

    measure = OfAnnotation("amount")
    found = amounts.aggregate(total=measure.amount(MeasurementField, Q()))["total"]
    assert measure.exact(MeasurementField, found) == Decimal("0.10") * MeasurementField.objects.count()


def test_unknown_and_blank_values_appear_where_rows_have_them(worked):
    MeasurementStandard.objects.filter(region_id=CITY_B).update(tier="", grade="of a former table")

    established = figure("standards.established")
    assert established.breakdowns["tier"][""] == 1
    assert established.labels["grade"]["of a former table"] == "of a former table"
    assert established.indicator.rows(YEAR, PROVINCE, tier="").count() == 1


def test_rows_that_hang_on_a_record_follow_it(worked, registered, cast):
    """Its region, its scope and its voiding."""
    tier = Dimension("standard__tier", "Tier", MeasurementStandard.Tier.choices)
    stated = {"unit": "events", "section": Section.SCIENTIFIC, "model": StandardEvent, "interval": On("on")}
    registered(
        a_class(Indicator, key="test.events", region_path="standard__region", dimensions={"tier": tier}, **stated)
    )

    events = figure("test.events")
    assert (events.value, events.breakdowns["tier"]["county"], events.breakdowns[REGION][CITY_B]) == (5, 1, 1)
    assert figure("test.events", user=cast.clerk_b, region=CITY_B).value == 1
    assert figure("test.events", user=cast.clerk_b).value == 1
    records.void(MeasurementStandard.objects.get(tier="county"), by=cast.clerk_county, reason="entered twice")
    assert figure("test.events").value == 4


def test_a_yes_or_no_is_a_dimension(worked, registered):
    path = "field__is_verified"
    dimension = Dimension(path, "Verified", [(True, "yes"), (False, "no")])
    registered(a_class(key="test.flag", interval=On("established_on"), dimensions={"flag": dimension}))

    flagged = figure("test.flag")
    assert flagged.breakdowns["flag"]["true"] + flagged.breakdowns["flag"]["false"] == 4
    assert flagged.indicator.rows(YEAR, PROVINCE, flag="true").count() == flagged.breakdowns["flag"]["true"]
    with pytest.raises(UnknownValue):
        flagged.indicator.rows(YEAR, PROVINCE, flag="maybe")


def test_a_distinct_key_of_its_own_does_not_split_the_others_groups(worked, registered):
    registered(a_class(key="test.holders", measure=Distinct("holder"), interval=On("established_on")))
    wanted = [indicators.get(key) for key in (*STANDARDS, "test.holders")]

    with CaptureQueriesContext(connection) as queries:
        figures = compute(wanted, PROVINCE, YEAR)
    assert figures[-1].value == 1
    assert figures[-1].breakdowns["tier"]["county"] == 1
    [statement] = [query["sql"] for query in queries.captured_queries if "COUNT(" in query["sql"]]
    assert statement.count("GROUP BY") == 2


@pytest.fixture
def tally():
    @tallies.register
    class ForTest(tallies.Tally):
        key = "test.tally"
        label = "Tally for the test"
        asked = []

        def answer(self, question):
            self.asked.append(question)
            if question.frame.values:
                return None
            group = ("210100", "county", "working", "01")
            return [Part(question.columns, [(*group, 7, 5)])]

    yield ForTest
    tallies.unregister("test.tally")


def test_a_tally_is_asked_before_the_rows(worked, registered, tally):
    registered(a_class(key="test.tallied", interval=On("established_on"), tally="test.tally"))

    tallied = figure("test.tallied")
    assert (tallied.value, tallied.previous) == (7, 5)
    assert tallied.breakdowns["tier"]["county"] == 7
    assert tally.asked[0].columns == ("region_id", "tier", "grade", "field")


def test_the_rows_are_counted_where_the_tally_cannot_tell(worked, registered, tally):
    registered(a_class(key="test.tallied", interval=On("established_on"), tally="test.tally"))

    assert figure("test.tallied", values={"tier": "municipal"}).value == 2


# What an indicator may state ---------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["key", "label", "unit", "definition"])
def test_it_rejects_a_blank(blank):
    with pytest.raises(ValueError, match=blank):
        register(a_class(**{blank: " "}))


def test_it_rejects_a_key_twice():
    with pytest.raises(ValueError, match="twice"):
        register(a_class(key=Established.key))


def test_it_rejects_a_dimension_with_a_reserved_name():
    with pytest.raises(ValueError, match="region"):
        register(a_class(dimensions={"region": Dimension("tier", "Tier", [])}))


@pytest.mark.parametrize(
    ("attributes", "number"),
    [
        ({"interval": On("nowhere")}, "E003"),
        ({"interval": On("field__nowhere")}, "E003"),
        ({"interval": On("established_on"), "predicate": Q(tier__resembles="x")}, "E003"),
        ({"interval": On("established_on"), "region_path": "place_of_use"}, "E003"),
        ({"interval": On("in_force_intervals__begins_on")}, "E004"),
        ({"interval": On("established_on"), "predicate": ~Q(Q(kind="x") | Q(events__kind="sealed"))}, "E004"),
        ({"interval": On("created_at")}, "E005"),
        ({"interval": On("name")}, "E005"),
        ({"interval": Between("established_on", "in_force_intervals__ends_on")}, "E006"),
        ({"interval": All((VALID, Between("established_on", "in_force_intervals__ends_on")))}, "E006"),
        ({"interval": All((VALID, Between("established_on", "name")))}, "E005"),
        ({"interval": All((VALID, Between("events__on", "events__on", only=Q(events__colour="red"))))}, "E003"),
        ({"interval": On("established_on"), "measure": Sum("name")}, "E007"),
        ({"interval": On("established_on"), "tally": "none"}, "E008"),
        ({"interval": On("established_on"), "shown_by": ("colour",)}, "E009"),
        ({"interval": Between("devices__traces__on", "devices__traces__valid_until")}, "E010"),
        ({}, "E001"),
    ],
)
def test_the_start_up_check_finds(attributes, number):
    found = checks.problems_of(a_class(**attributes)())
    assert [problem.id for problem in found] == [f"bureau.reporting.{number}"]


def test_the_start_up_check_finds_a_rate_of_a_rate(registered):
    registered(a_rate(key="test.share"))
    found = checks.problems_of(a_rate(key="test.again", numerator="test.share", denominator="nothing")())
    assert [problem.id for problem in found] == ["bureau.reporting.E002", "bureau.reporting.E002"]


def test_the_indicators_of_the_apps_pass_the_check():
    assert {each.key for each in indicators.every()} >= set(STANDARDS)
    assert checks.every_indicator_counts() == []
    assert all(isinstance(each, Indicator | Rate) for each in indicators.every())


def test_nothing_has_no_sign():
    texts = [number_text(value, 2, sign="+") for value in (Decimal("-0.004"), 0, Decimal("0.004"), -1, Decimal("0.25"))]
    assert texts == ["0.00", "0.00", "0.00", "-1.00", "+0.25"]
