"""Random records: every figure is what plain Python counts, what its parts add up to, and what it opens."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.models import Staff
from bureau.models.region import bucket_of
from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute
from bureau.reporting.indicators import Distinct
from bureau.reporting.periods import Period
from standards.models import InForceInterval, MeasurementStandard
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE

STANDARDS = ["standards.established", "standards.in_force", "standards.highest_in_force", "standards.fields_covered"]
CODES = [PROVINCE, CITY_A, CITY_B, COUNTY, "210222", "212100", "211225", "211200", "210719", "110101", "442100"]
DAYS = st.dates(date(2014, 12, 20), date(2018, 2, 1))


@dataclass(frozen=True)
class Sample:
    region: str
    kind: str
    tier: str
    grade: str
    field: str
    established_on: date
    intervals: tuple[tuple[date, date], ...]
    is_voided: bool


@st.composite
def samples(draw):
    days = sorted(draw(st.lists(DAYS, min_size=4, max_size=4, unique=True)))
    return Sample(
        region=draw(st.sampled_from(CODES)),
        kind=draw(st.sampled_from(["public", "public", "public", "authorised"])),
        tier=draw(st.sampled_from(["regional", "provincial", "municipal", "county", "of a former table"])),
        grade=draw(st.sampled_from(["highest", "working", ""])),
        field=draw(st.sampled_from(["01", "12", "46", "51"])),
        established_on=draw(DAYS),
        intervals=draw(st.sampled_from([(), ((days[0], days[1]),), ((days[0], days[1]), (days[2], days[3]))])),
        is_voided=draw(st.integers(0, 5)) == 0,
    )


def store(drawn: list[Sample], by: Staff) -> None:
    now = timezone.now()
    rows = [
        MeasurementStandard(
            office=by.office,
            region_id=sample.region,
            kind=sample.kind,
            tier=sample.tier,
            grade=sample.grade,
            field_id=sample.field,
            established_on=sample.established_on,
            issued_on=sample.established_on,
            valid_until=date(2030, 1, 1),
            certificate_no=str(number),
            created_at=now,
            updated_at=now,
            voided_at=now if sample.is_voided else None,
        )
        for number, sample in enumerate(drawn)
    ]
    MeasurementStandard.objects.bulk_create(rows)
    InForceInterval.objects.bulk_create(
        InForceInterval(standard=row, begins_on=begins_on, ends_on=ends_on)
        for row, sample in zip(rows, drawn, strict=True)
        for begins_on, ends_on in sample.intervals
    )


def counted_by_hand(key: str, drawn: list[Sample], region: str, period: Period) -> list[Sample]:
    """The definition of each figure, said again in plain Python."""
    counted = []
    for sample in drawn:
        if sample.is_voided or sample.kind != "public" or bucket_of(sample.region, region) is None:
            continue
        if key == "standards.established":
            counts = period.first <= sample.established_on <= period.last
        else:
            counts = any(begins_on <= period.last <= ends_on for begins_on, ends_on in sample.intervals)
        if key == "standards.highest_in_force":
            counts = counts and sample.grade == "highest"
        if key == "standards.fields_covered":
            counts = counts and sample.field != "51"
        if counts:
            counted.append(sample)
    return counted


def amount(key: str, counted: list[Sample]) -> int:
    return len({sample.field for sample in counted}) if key == "standards.fields_covered" else len(counted)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    drawn=st.lists(samples(), max_size=25),
    region=st.sampled_from([PROVINCE, CITY_A, CITY_B, COUNTY, "211200", "211400", "460000", "000000"]),
    days=st.tuples(DAYS, DAYS).map(sorted),
)
def test_every_figure_is_what_brute_force_counts_and_what_it_opens(cast, drawn, region, days):
    period = Period(*days)
    with transaction.atomic():
        store(drawn, cast.clerk_province)
        for each in compute([indicators.get(key) for key in STANDARDS], region, period):
            key, indicator = each.indicator.key, each.indicator
            by_hand = counted_by_hand(key, drawn, region, period)
            assert each.value == amount(key, by_hand)
            assert each.previous == amount(key, counted_by_hand(key, drawn, region, period.previous))
            assert indicator.rows(period, region).count() == len(by_hand)
            for name, parts in each.breakdowns.items():
                if indicator.is_additive:
                    assert sum(parts.values()) == each.value
                for value, number in parts.items():
                    assert number == amount(key, [one for one in by_hand if part_of(one, name, region) == value])
                    opened = rows_of(indicator, period, region, name, value)
                    assert number == amount_of_rows(indicator, opened)
        transaction.set_rollback(True)


def part_of(sample: Sample, dimension: str, region: str) -> str | None:
    return bucket_of(sample.region, region) if dimension == REGION else getattr(sample, dimension)


def rows_of(indicator, period, region, dimension, value):
    if dimension != REGION:
        return indicator.rows(period, region, **{dimension: value})
    if value == region:
        return indicator.rows(period, region, own_level=True)
    return indicator.rows(period, value)


def amount_of_rows(indicator, rows) -> int:
    if isinstance(indicator.measure, Distinct):
        return rows.values(indicator.measure.path).distinct().count()
    return rows.count()
