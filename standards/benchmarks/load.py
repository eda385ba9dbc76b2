"""Deterministic standards for measuring: numbered, spread over the cities, tiers and fields of a province."""

from datetime import date, timedelta
from itertools import islice

from bureau import records
from bureau.models import Office, Region
from bureau.models.region import children
from standards import lifecycle
from standards.models import InForceInterval, MeasurementField, MeasurementStandard, ServicePeriod, StandardEvent

PROVINCE = "210000"
TIERS = ("municipal", "municipal", "municipal", "county", "provincial")
DAY_ONE = date(2012, 1, 1)
DAYS = 12 * 365


def office() -> Office:
    known, _created = Office.objects.get_or_create(
        code=f"{PROVINCE}-01",
        defaults={"name": Region.objects.get(pk=PROVINCE).name, "kind": "administration", "region_id": PROVINCE},
    )
    return known


def standards(count: int) -> list[MeasurementStandard]:
    keeper = office()
    places = [place.code for place in children(PROVINCE) if place.valid_to is None]
    fields = list(MeasurementField.objects.values_list("code", flat=True))
    made = []
    for number in range(count):
        issued_on = DAY_ONE + timedelta(days=number * 7919 % DAYS)
        made.append(
            MeasurementStandard(
                office=keeper,
                region_id=places[number % len(places)],
                name=f"标准装置{number % 97}",
                kind="public",
                tier=TIERS[number % len(TIERS)],
                grade="highest" if number % 4 == 0 else "working",
                field_id=fields[number % len(fields)],
                holder=f"计量测试所{number % 113}",
                measuring_range="(0～100) kg",
                uncertainty="0.05级",
                issuing_authority="省局",
                certificate_no=f"[{issued_on.year}] 量标 证字第 {number:06} 号",
                issued_on=issued_on,
                established_on=issued_on,
                valid_until=issued_on + timedelta(days=1826),
            )
        )
    return made


def store(made: list[MeasurementStandard]) -> None:
    remaining = iter(made)
    while chunk := list(islice(remaining, 2000)):
        records.bulk_add(chunk, by=None)
        lifecycle.follow(chunk, by=None)


def empty() -> None:
    for model in (InForceInterval, ServicePeriod, StandardEvent, MeasurementStandard):
        model._base_manager.all()._raw_delete("default")
