"""Deterministic verifications: numbered, spread over the counties, kinds and days of a province's year."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.models import TrialVerification
from bureau.credit_code import completed
from bureau.models import Office, Region, Staff
from bureau.models.region import subtree_q

PROVINCE = "210000"
KINDS = ("subsequent", "subsequent", "subsequent", "initial", "in_service")
INSTRUMENTS = ("电子计价秤", "燃油加油机", "电能表", "水表", "燃气表", "压力表", "血压计", "出租汽车计价器")
DAY_ONE = date(2016, 1, 1)


def office() -> Office:
    known, _created = Office.objects.get_or_create(
        code=f"{PROVINCE}-01",
        defaults={"name": Region.objects.get(pk=PROVINCE).name, "kind": "administration", "region_id": PROVINCE},
    )
    return known


def clerk() -> Staff:
    return Staff.objects.get_or_create(username="trial-clerk", defaults={"office": office()})[0]


def verifications(count: int, *, bad_every: int = 0) -> Iterator[TrialVerification]:
    """Unsaved rows; with ``bad_every`` each such row ends before it begins."""
    keeper = office()
    regions = Region.objects.filter(subtree_q(PROVINCE, "pk"), valid_to=None).order_by("pk")
    places = list(regions.values_list("pk", flat=True))
    codes = [_credit_code(number) for number in range(2000)]
    for number in range(count):
        day = DAY_ONE + timedelta(days=number * 7919 % 366)
        is_bad = bad_every and number % bad_every == bad_every - 1
        holder = number * 31 % len(codes)
        yield TrialVerification(
            office=keeper,
            region_id=places[number % len(places)],
            certificate_no=f"LX2016-{number:07}",
            kind=KINDS[number % len(KINDS)],
            instrument=INSTRUMENTS[number % len(INSTRUMENTS)],
            model=f"ACS-{number % 40}",
            measuring_range="(0～30) kg",
            accuracy="Ⅲ级",
            serial_no=f"{number * 37 % 10**8:08}",
            holder=f"使用单位{holder}",
            credit_code=codes[holder],
            verified_on=day,
            valid_until=day - timedelta(days=1) if is_bad else day + timedelta(days=364),
            is_conforming=number % 50 != 0,
            quantity=number % 7 + 1,
            fee=Decimal(number % 300) / 4,
        )


def _credit_code(number: int) -> str:
    return completed(f"91{PROVINCE}{number:08}")
