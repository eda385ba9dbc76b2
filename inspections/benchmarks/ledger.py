"""The ledger of a province, five years of verifications: load, figures of a year, a correction.

The figures are those of the summary page: all of verifications, with last year beside them and every breakdown, as a
manager of the province asks for them. Beside them the same two years are counted by region directly from the rows, over
an index that covers what is counted.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.db import connection, transaction

from bureau import records
from bureau.bench import Measure, at_least, at_most, benchmark, faster, seconds
from bureau.models import Office, Staff
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.periods import Period
from inspections import ledger, rollups
from inspections.generators import PROVINCE, Load
from inspections.models import Verification

FULL = 32_500_000
JUDGED_LOAD = 1_000_000
YEAR = Period.year(2025)
RUNNING = date(2025, 10, 20)
OF_PIECES = ("verification.mandatory_coverage_rate", "verification.overdue", "verification.period_coverage_rate")
COVERED = (
    "region_id, kind, service, purpose, legal_kind, conclusion, is_free, is_emergency, quantity, fee, fee_waived, "
    "days_taken"
)


@benchmark("ledger", full_rows=FULL, quick_rows=20_000)
def run(rows: int) -> Iterator[Measure]:
    load, judged = Load(years=5, seed=1), rows >= FULL
    few = rows // 10
    load.add(few)
    reader = _manager()
    at_first = seconds(lambda: counted(reader), repeat=7)
    took = seconds(lambda: load.add(rows - few))
    on = connection.vendor
    yield at_least(
        f"load data, rows a second ({on})", (rows - few) / took, 50_000, unit="rows/s", judged=rows >= JUDGED_LOAD
    )
    tally = seconds(lambda: counted(reader), repeat=7)
    yield at_most(
        f"figures of verifications of a year, over {rows} ({on})", tally * 1000, 300, unit="ms", judged=judged
    )
    yield at_most(f"the same beside over {few}, times", tally / at_first, 1.2, unit="times", judged=judged)
    pieces = [indicators.get(key) for key in OF_PIECES]
    of_pieces = seconds(lambda: compute(pieces, PROVINCE, YEAR, user=reader), repeat=3)
    yield at_most(
        "coverage and overdue pieces on a day, dues of a year", of_pieces * 1000, 1000, unit="ms", judged=judged
    )
    with patch("django.utils.timezone.localdate", return_value=RUNNING):
        of_running = seconds(lambda: compute(pieces, PROVINCE, YEAR, user=reader), repeat=3)
    yield at_most(
        "the same while the year runs, this month from the rows", of_running * 1000, 1000, unit="ms", judged=judged
    )
    yield at_most("correction of one verification, in the database", correction() * 1000, 50, unit="ms", judged=judged)
    differing = seconds(lambda: _check(), repeat=1)
    yield at_most("comparing all tallies with all rows", differing, 600, unit="s", judged=judged)
    cover()
    yield faster(
        "figures of verifications of a year, from the tally",
        tally,
        "counted from the rows by city, over a covering index",
        seconds(directly, repeat=2),
        goal=10,
        judged=judged,
    )


def counted(reader: Any) -> None:
    compute(_figures(), PROVINCE, YEAR, user=reader)


def _figures() -> list[BaseIndicator]:
    return [each for each in indicators.every() if getattr(each, "tally", None) == "verifications"]


def _check() -> None:
    assert not any(rollups.differences(rollup.tally) for rollup in rollups.ROLLUPS)


def correction() -> float:
    """From a changed row in memory to the commit: lock, history, tallies, succession of its piece and questions."""
    row = Verification.objects.exclude(instrument=None)[0]

    def correct() -> None:
        row.fee += 1
        with transaction.atomic():
            records.save(row, by=None, reason="更正")
            ledger.verifications_written([], [row])

    correct()
    return seconds(correct, repeat=15)


def cover() -> None:
    """The best that an index can do for the peer."""
    table = Verification._meta.db_table
    include = f"INCLUDE ({COVERED})" if connection.vendor == "postgresql" else ""
    columns = "verified_on" if include else f"verified_on, {COVERED}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX ledger_peer ON {table} ({columns}) {include} WHERE voided_at IS NULL")
        cursor.execute(f"{'VACUUM ' if include else ''}ANALYZE {table}")


def directly() -> None:
    """What the figures count, by region, of the year and the one before."""
    conditions = {
        "quantity": ("TRUE", "legal_kind = 'mandatory'", "conclusion = 'failed'", "conclusion = 'passed'"),
        "fee": ("TRUE",),
        "fee_waived": ("TRUE",),
        "days_taken": ("TRUE",),
    }
    sums = [f"SUM({name}) FILTER (WHERE {one})" for name, some in conditions.items() for one in some]
    sums += ["SUM(quantity) FILTER (WHERE is_free)", "SUM(quantity) FILTER (WHERE is_emergency)", "COUNT(*)"]
    with connection.cursor() as cursor:
        for period in (YEAR, YEAR.previous):
            cursor.execute(
                f"SELECT region_id, service, {', '.join(sums)} FROM {Verification._meta.db_table} "
                "WHERE voided_at IS NULL AND verified_on BETWEEN %s AND %s GROUP BY region_id, service",
                [period.first, period.last],
            )
            cursor.fetchall()


def _manager() -> Staff:
    office = Office.objects.get(code=f"{PROVINCE}-01")
    reader = Staff.objects.create(username="ledger-manager", office=office, must_change_password=False)
    reader.groups.add(Group.objects.get(name="manager"))
    return reader
