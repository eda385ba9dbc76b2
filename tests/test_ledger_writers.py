"""Two people write into the ledger at once: the tallies are the rows, and on PostgreSQL nobody waits for the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from threading import Event

import pytest
from django.db import connection, transaction

from bureau import records
from inspections import rollups
from inspections.models import Verification
from tests.institutions import make_institution

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = 40


@pytest.fixture
def paper(cast, make_enterprise):
    institution, holder = make_institution(cast), make_enterprise()

    def paper(number, **values):
        defaults = {
            "certificate_no": number, "institution": institution, "holder": holder, "kind": "initial",
            "paper": "certificate", "conclusion": "passed", "legal_kind": "mandatory", "purpose": "trade",
            "instrument_kind_id": "water_meter_25", "verified_on": date(2016, 5, 10), "quantity": 3, "fee": 100,
        }  # fmt: skip
        return Verification(office=cast.clerk_a.office, region_id="210100", **{**defaults, **values})

    return paper


def alone(work):
    try:
        return work()
    finally:
        connection.close()


def differences():
    return [rollups.differences(rollup.tally) for rollup in rollups.ROLLUPS]


def test_the_tallies_are_the_rows(paper, cast):
    def write(name):
        random, own = Random(name), []
        for number in range(CHANGES):
            action = random.random()
            with transaction.atomic():
                if action < 0.5 or not own:
                    own.append(records.save(paper(f"{name}{number}", quantity=1 + number % 7), by=cast.clerk_a))
                elif action < 0.7:
                    own += records.bulk_add([paper(f"{name}{number}-{of}") for of in range(5)], by=cast.clerk_a)
                elif action < 0.9:
                    row = random.choice(own)
                    row.verified_on = date(2015, 12, 20) + timedelta(days=number)
                    records.save(row, by=cast.clerk_a)
                else:
                    records.void(own.pop(), by=cast.clerk_a, reason="误录")
            if number % 9 == 0:
                rollups.join_changes()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: alone(lambda: write(name)), "AB"))
    assert Verification.objects.count() > CHANGES
    assert differences() == [[], [], []]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_nobody_waits_for_the_other(paper, cast):
    """While one has written the same month and place and is not done, the other writes, corrects and is done."""
    held, done = Event(), Event()

    def hold():
        with transaction.atomic():
            records.save(paper("A1"), by=cast.clerk_a)
            held.set()
            assert done.wait(30)

    def write():
        assert held.wait(30)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            row = records.save(paper("B1"), by=cast.clerk_a)
            row.quantity = 9
            records.save(row, by=cast.clerk_a)
        rollups.join_changes()
        done.set()

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(alone, work) for work in (hold, write)]:
            each.result()
    assert differences() == [[], [], []]
