"""Two people import at the same moment: what one has written the other finds, and nothing is refused for it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from bureau.exchange import importing
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from standards.models import InForceInterval, MeasurementStandard, StandardEvent
from tests.importing import imported, line, number, standard, standing, write_csv

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 300
MOMENT = 0.5  # seconds that one waits for the other


@pytest.fixture
def together(monkeypatch):
    """``together(*works)``: both look for the records of their rows before either writes any.

    On SQLite the first holds the right to write from before its look, so that it does not wait for the second.
    """
    monkeypatch.setattr(importing, "CHUNK", 50)
    barrier = Barrier(2)
    write = importing.Importer._write

    def meet():
        with suppress(BrokenBarrierError):
            barrier.wait(MOMENT)

    def meet_and_write(self, *arguments):
        if connection.vendor == "postgresql":
            meet()
        return write(self, *arguments)

    def alone(work):
        try:
            meet()
            return work()
        finally:
            connection.close()

    monkeypatch.setattr(importing.Importer, "_write", meet_and_write)

    def together(*works):
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(alone, works))

    return together


def test_one_file_twice(together, cast, tmp_path):
    path = write_csv(tmp_path / "a.csv", [line(of) for of in range(ROWS)])
    first, second = together(lambda: imported(path, cast.clerk_a), lambda: imported(path, cast.clerk_a))
    assert first.failed == second.failed == 0
    assert first.created + second.created == ROWS
    assert first.unchanged + second.unchanged == ROWS
    assert MeasurementStandard.objects.count() == StandardEvent.objects.count() == InForceInterval.objects.count()
    assert MeasurementStandard.objects.count() == ROWS
    for run in (first, second):
        assert MeasurementStandard.objects.filter(import_id=run.pk).count() == run.created


def test_files_that_share_rows(together, cast, tmp_path):
    """What one of the two says otherwise is a change of what the other wrote: none is lost without a trace."""
    one = write_csv(tmp_path / "one.csv", [line(of) for of in range(100)])
    other = write_csv(tmp_path / "other.csv", [line(of, 建标单位="另一单位") for of in range(50, 150)])
    first, second = together(lambda: imported(one, cast.clerk_a), lambda: imported(other, cast.clerk_a))
    assert first.failed == second.failed == 0
    assert first.created + second.created == 150
    assert first.updated + second.updated == 50
    assert MeasurementStandard.objects.filter(version=2).count() == 50
    assert MeasurementStandard.history.count() == 100


def test_one_file_of_changes_and_renewals_twice(together, cast, tmp_path):
    imported(write_csv(tmp_path / "old.csv", [line(of) for of in range(60)]), cast.clerk_a)
    lines = [line(of, 建标单位="另一单位") for of in range(30)] + [
        line(500 + of, 原证书编号=number(of), 发证日期="2021-04-20", 有效期至="2026-04-19", 建标日期="2016-06-01")
        for of in range(30, 60)
    ]
    path = write_csv(tmp_path / "new.csv", lines)
    first, second = together(lambda: imported(path, cast.clerk_a), lambda: imported(path, cast.clerk_a))
    assert first.failed == second.failed == 0
    assert first.updated + second.updated == first.unchanged + second.unchanged == 60
    assert MeasurementStandard.objects.count() == 60
    assert standard(530).version == 2
    assert len(standing()["events"]) == 90


def test_a_row_that_is_bad_fails_though_others_were_overtaken(together, cast, tmp_path, monkeypatch):
    """The database refuses both kinds: the doubles are unchanged, and only the bad row fails."""
    monkeypatch.setattr(get_sheet("standards"), "_rules", [])
    lines = [line(of, 有效期至="2015-01-01" if of == 7 else "2021-05-31") for of in range(40)]
    path = write_csv(tmp_path / "a.csv", lines)
    first, second = together(lambda: imported(path, cast.clerk_a), lambda: imported(path, cast.clerk_a))
    assert (first.failed, second.failed) == (1, 1)
    assert first.created + second.created == first.unchanged + second.unchanged == 39
    assert Import.objects.filter(problems__row=9).count() == 2
