"""The page of an enterprise with thousands of records of all kinds, as a manager of the province opens it."""

from collections.abc import Iterator
from itertools import islice

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bureau import records
from bureau.bench import Measure, at_most, benchmark, seconds
from bureau.credit_code import completed
from bureau.models import Office, Region, Staff
from bureau.timeline import sources_of
from enterprises.benchmarks import filling
from enterprises.models import Enterprise

PROVINCE, CITY = "210000", "210100"
GOAL_ROWS = 2_000


@benchmark("enterprise-page", full_rows=GOAL_ROWS, quick_rows=200)
def run(rows: int) -> Iterator[Measure]:
    office, reader = _office(), _reader()
    enterprise, *others = _enterprises(office, 20)
    for each in (enterprise, *others[:5]):
        _fill(each, office, rows)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")

    def open_page() -> None:
        response = client.get(f"/enterprises/{enterprise.pk}/")
        assert response.status_code == 200, response.status_code

    open_page()
    judged = rows >= GOAL_ROWS
    yield at_most(
        "page of an enterprise, with records of all kinds",
        seconds(open_page, repeat=7) * 1000,
        300,
        unit="ms",
        judged=judged,
    )
    with CaptureQueriesContext(connection) as queries:
        open_page()
    yield at_most("queries of that page", len(queries), 25, unit="queries", judged=judged)


def _fill(enterprise: Enterprise, office: Office, rows: int) -> None:
    """As many of each kind, so that they are ``rows`` together."""
    sources = sources_of(enterprise)
    with transaction.atomic():
        for place, source in enumerate(sources):
            count = rows // len(sources) + (place < rows % len(sources))
            count = min(count, 1) if filling.is_once(source.model) else count
            first = (enterprise.pk * len(sources) + place) * rows  # two sources may be of one kind
            numbers = iter(range(first, first + count))
            while chunk := list(islice(numbers, 1000)):
                records.bulk_add([filling.row(source.model, number, enterprise, office) for number in chunk], by=None)


def _enterprises(office: Office, count: int) -> list[Enterprise]:
    made = [
        Enterprise(
            office=office, region_id=CITY, name=f"某某企业{number}", credit_code=completed(f"91{CITY}{number:08}")
        )
        for number in range(count)
    ]
    return records.bulk_add(made, by=None)


def _office() -> Office:
    known, _created = Office.objects.get_or_create(
        code=f"{PROVINCE}-01",
        defaults={"name": Region.objects.get(pk=PROVINCE).name, "kind": "administration", "region_id": PROVINCE},
    )
    return known


def _reader() -> Staff:
    person, _created = Staff.objects.get_or_create(
        username="bench-manager", defaults={"full_name": "bench", "office": _office(), "must_change_password": False}
    )
    person.groups.add(Group.objects.get(name="manager"))
    return person
