"""The list of verifications: its first page, filters and searches, as a manager of the province uses it.

Beside it the same list by Django's own ``ModelAdmin``: same columns, filters and search fields, same table.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, RequestFactory

from bureau.bench import Measure, at_most, benchmark, faster, seconds
from bureau.models import Office, Staff
from inspections.generators import PROVINCE, SHOPS, WORDS, Load
from inspections.models import Verification

FULL = 10_000_000
TIMES = 20
URL = "/inspections/verification/"
LIMIT = 300


@benchmark("ledger-lists", full_rows=FULL, quick_rows=20_000)
def run(rows: int) -> Iterator[Measure]:
    Load(years=5, seed=1).add(rows)
    reader, judged = _manager(), rows >= FULL
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    for what, query_of in _uses().items():
        took = p95(lambda number, of=query_of: _open(client, of(number)))
        yield at_most(f"list of verifications: {what}, p95", took * 1000, LIMIT, unit="ms", judged=judged)
    stock = _stock(reader)
    for what, query in {"first page": {}, "search by a part of the client's name": {"q": WORDS[0]}}.items():
        yield faster(
            f"list of verifications: {what}",
            seconds(lambda of=query: _open(client, of), repeat=5),
            "stock ModelAdmin",
            seconds(lambda of=query: stock(of)),
            goal=1,
            judged=judged,
        )


def p95(work: Callable[[int], Any]) -> float:
    """Seconds that 19 of 20 calls stay below; each call is another question."""
    work(0)
    times = sorted(seconds(lambda number=number: work(number)) for number in range(TIMES))
    return times[math.ceil(0.95 * TIMES) - 1]


def _uses() -> dict[str, Callable[[int], dict[str, str]]]:
    """What clerks do all day, with another word or value each time."""
    some = list(
        Verification.objects.order_by("pk").values_list("certificate_no", "serial_no", "region")[: 40 * 25 : 25]
    )
    numbered = [row for row in some if row[1]]
    return {
        "first page": lambda number: {},
        "later page": lambda number: {"p": str(2 + number)},
        "failed ones": lambda number: {"conclusion__exact": "failed", "p": str(1 + number % 5)},
        "a region": lambda number: {"in_region": some[number % len(some)][2][:4] + "00"},
        "a month": lambda number: {
            "verified_on_from": f"2024-{1 + number % 12:02}-01",
            "verified_on_to": f"2024-{1 + number % 12:02}-28",
        },
        "a year, a month of the dates above the list": lambda number: (
            {"verified_on__year": "2022"} | ({"verified_on__month": str(1 + number % 12)} if number % 2 else {})
        ),
        "search by certificate no.": lambda number: {"q": some[number % len(some)][0]},
        "search by serial no.": lambda number: {"q": numbered[number % len(numbered)][1]},
        "search by two characters of the client": lambda number: {"q": SHOPS[number % len(SHOPS)][:2]},
        "search by client and number": lambda number: {"q": f"{WORDS[number % len(WORDS)]} {number:06}"},
        "search that finds nothing": lambda number: {"q": f"无此单位{number}"},
    }


def _open(client: Client, query: dict[str, str]) -> None:
    response = client.get(URL, query)
    assert response.status_code == 200, (query, response.status_code)


def _stock(reader: Staff) -> Callable[[dict[str, str]], Any]:
    site = admin.AdminSite(name="stock")
    ours = admin.site._registry[Verification]

    class Stock(admin.ModelAdmin):
        list_display = ("certificate_no", "verified_on", "holder", "instrument_kind", "serial_no", "institution")
        list_select_related = ("holder", "instrument_kind", "institution")
        list_filter = ("conclusion", "kind", "legal_kind", "purpose")
        search_fields = ("certificate_no", "serial_no", "holder__name", "institution__name")
        list_per_page = ours.list_per_page

    page = Stock(Verification, site)

    def ask(query: dict[str, str]) -> None:
        request = RequestFactory().get(URL, query)
        request.user = reader
        rows = page.get_changelist_instance(request)
        assert len(rows.result_list) <= page.list_per_page

    return ask


def _manager() -> Staff:
    reader = Staff.objects.create(
        username="lists-manager", office=Office.objects.get(code=f"{PROVINCE}-01"), must_change_password=False
    )
    reader.groups.add(Group.objects.get(name="manager"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return reader
