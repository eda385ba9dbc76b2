"""The process that imports, or undoes an import, is killed again and again: nothing is lost and nothing done twice.

Children of this process do what a worker does. Half of them die at a random statement, the others after a random time.
"""

import os
import signal
import time
import traceback
from collections import Counter
from itertools import count
from random import Random

import pytest
from django.db import connection, connections, transaction

from bureau import records
from bureau.exchange import importing, jobs, undo
from bureau.exchange.models import Import
from bureau.exchange.outcome import COUNTS
from bureau.jobs import runner, sweep
from bureau.jobs.models import Job
from standards.models import MeasurementStandard
from tests import jobs_for_tests
from tests.importing import counts, imported, line, number, received, standing, undone, write_csv
from tests.test_jobs_kill import PATIENCE, bureau, database, wait_until  # noqa: F401 (fixtures)

# A worker that comes to a stand inside the sixth chunk.
WORKER = """
import django, sys, time
django.setup()
from bureau.exchange import importing, undo
from django.core.management import call_command

def held(method):
    others = iter(range(5))
    def hold(*arguments):
        if next(others, None) is None:
            time.sleep(600)
        return method(*arguments)
    return hold

importing.CHUNK = undo.CHUNK = 20
importing.Importer.take = held(importing.Importer.take)
undo.Undo.take_back = held(undo.Undo.take_back)
call_command("worker", *sys.argv[1:], verbosity=0)
"""
pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = 15, 15
Mode = Import.Mode


@pytest.fixture
def world(cast, tmp_path, monkeypatch):
    """Some standards on record, and small chunks, so that death comes inside of them and between them."""
    monkeypatch.setattr(importing, "CHUNK", 4)
    monkeypatch.setattr(undo, "CHUNK", 4)
    # Here the machine fails more often than three times in a row.
    monkeypatch.setattr(runner, "MAX_ATTEMPTS", 1000)
    imported(write_csv(tmp_path / "old.csv", [line(of) for of in range(OLD)]), cast.clerk_a)
    return standing()


class Reaper:
    """Lets children work on the queue and kills them, until there is nothing left to do.

    The first child of a job lives for a tenth of it at most, each further one a little longer.
    """

    def __init__(self, seed):
        self.random, self.kills = Random(seed), 0

    def finish(self, job, look, *, statements, seconds):
        """``look`` at what each dead one left behind; the whole takes so many statements and seconds."""
        shares = count(1)
        while not Job.objects.get(pk=job.pk).is_over:
            share = next(shares) / 10
            if self._let_one_work(int(share * statements) + 1, share * seconds):
                self.kills += 1
                look()
                sweep()
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error

    def _let_one_work(self, statements, seconds):
        """Whether it was killed before it had done all."""
        at_statement = self.random.randint(1, statements) if self.random.random() < 0.5 else 0
        seconds = self.random.uniform(0, seconds)
        connections.close_all()
        child = os.fork()
        if child == 0:
            work_and_exit(at_statement)
        end = time.monotonic() + (PATIENCE if at_statement else seconds)
        while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.002)
        _pid, status = ended
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        wait_until(nobody_is_connected)
        return os.WIFSIGNALED(status)


def nobody_is_connected():
    """What the dead one sent last, a commit perhaps, a database server may still be doing."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] == 0


def work_and_exit(at_statement):
    statements = count(1)

    def die_in_time(execute, *arguments):
        if next(statements) == at_statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    try:
        with connection.execute_wrapper(die_in_time):
            jobs_for_tests.work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def lines_of(random):
    """A file with rows of every fate, and what becomes of them: (created, updated, unchanged, failed)."""
    same = [line(of) for of in range(5)]
    changed = [line(of, 建标单位="另一单位", 有效期至="2020-05-31") for of in range(5, OLD - 2)]
    renewed = [
        line(500 + of, 原证书编号=number(of), 发证日期="2021-04-20", 有效期至="2026-04-19", 建标日期="2016-06-01")
        for of in range(OLD - 2, OLD)
    ]
    new = [line(of) for of in range(100, 100 + NEW)]
    bad = [line(300, 发证日期="2016-02-30"), line(301, 专业="炼金术", 层级="乡级")]
    lines = same + changed + renewed + new
    random.shuffle(lines)
    double = [{**lines[0], "备注": "又一次"}]
    return lines + bad + double, (len(new), len(changed) + len(renewed), len(same), len(bad) + len(double))


def confirmed(path, by, mode=Mode.KEEP_GOOD):
    run = received(path, by)
    return run, jobs.confirm(run, mode=mode, accepts_unverified=False, by=by)


def check_nothing_is_half(run):
    """What stands at any moment: whole records, each once, and counts and problems of just those rows."""
    run.refresh_from_db()
    stands = standing()
    numbers = Counter(values["certificate_no"] for values in stands["standards"].values())
    assert set(numbers.values()) <= {1}
    with_events = {values["standard_id"] for values in stands["events"].values()}
    assert with_events == {standard for standard, _from, _until in stands["intervals"]} == stands["standards"].keys()
    of_run = MeasurementStandard.objects.filter(import_id=run.pk)
    if run.state in ("running", "done"):
        assert of_run.count() == run.created + run.updated
        assert of_run.filter(version=1).count() == run.created
        assert run.problems.values("row").distinct().count() == run.failed
        assert sum(counts(run)) == run.rows
        assert not of_run.filter(import_row__gt=run.last_row).exists()
    if run.state in ("undoing", "undone"):
        voided, restored, kept = undo.counts_of(run).values()
        assert of_run.not_voided().count() == run.created + run.updated - voided - restored
        assert of_run.filter(voided_at__isnull=False).count() == voided
        assert run.kept_rows.count() == kept


def unkilled(action):
    """What the same would lead to in one go, and how much it takes; it is taken back."""
    statements = count()

    def counting(execute, *arguments):
        next(statements)
        return execute(*arguments)

    began = time.monotonic()
    with transaction.atomic(), connection.execute_wrapper(counting):
        result = action()
        transaction.set_rollback(True)
    return result, {"statements": next(statements), "seconds": time.monotonic() - began}


def described():
    stands = standing()
    return sorted(str(values) for values in stands["standards"].values()), len(stands["events"])


def test_imports_killed_fifty_times(world, cast, tmp_path):
    random, reaper, rounds = Random(2016), Reaper(2016), 0
    while reaper.kills < 50:
        rounds += 1
        lines, expected = lines_of(random)
        path = write_csv(tmp_path / f"{rounds}.csv", lines)
        what_comes, whole = unkilled(lambda path=path: imported(path, cast.clerk_a) and described())
        run, job = confirmed(path, cast.clerk_a)
        reaper.finish(job, lambda run=run: check_nothing_is_half(run), **whole)

        check_nothing_is_half(run)
        assert run.state == Import.State.DONE
        assert counts(run) == expected
        assert job.result == dict(zip(COUNTS, (len(lines), *expected), strict=True))
        assert described() == what_comes
        failed = set(run.problems.values_list("row", flat=True))
        assert failed == {len(lines) - 1, len(lines), len(lines) + 1}
        assert run.error_workbook.size > 0
        history = MeasurementStandard.history.filter(import_id=run.pk).values_list("id", flat=True)
        assert len(set(history)) == len(history) == expected[1]
        undone(run, cast.clerk_a)
        assert standing() == world


def test_all_or_nothing_killed(world, cast, tmp_path):
    reaper = Reaper(2017)
    lines, _expected = lines_of(Random(2017))
    good = write_csv(tmp_path / "good.csv", lines[:-3])
    bad = write_csv(tmp_path / "bad.csv", lines)
    _result, whole = unkilled(lambda: imported(good, cast.clerk_a))

    def all_or_nothing(run):
        run.refresh_from_db()
        written = MeasurementStandard.objects.filter(import_id=run.pk).count()
        assert written == run.created + run.updated
        assert written in (0, NEW + OLD - 5)

    while reaper.kills < 10:
        run, job = confirmed(bad, cast.clerk_a, Mode.ALL_OR_NOTHING)
        reaper.finish(job, lambda run=run: all_or_nothing(run), **whole)
        run.refresh_from_db()
        assert (run.state, counts(run), standing()) == (Import.State.REFUSED, (0, 0, 0, 3), world)

        run, job = confirmed(good, cast.clerk_a, Mode.ALL_OR_NOTHING)
        reaper.finish(job, lambda run=run: all_or_nothing(run), **whole)
        check_nothing_is_half(run)
        assert (run.state, counts(run)) == (Import.State.DONE, (NEW, OLD - 5, 5, 0))
        undone(run, cast.clerk_a)
        assert standing() == world


def test_undos_killed(world, cast, tmp_path):
    random, reaper, rounds = Random(2018), Reaper(2018), 0
    while reaper.kills < 20:
        rounds += 1
        lines, (created, updated, _unchanged, _failed) = lines_of(random)
        run = imported(write_csv(tmp_path / f"{rounds}.csv", lines), cast.clerk_a)
        edited = MeasurementStandard.objects.not_voided().get(certificate_no=number(100 + rounds))
        records.save(edited, by=cast.manager_a)
        _result, whole = unkilled(lambda run=run: undone(run, cast.clerk_a))
        run = Import.objects.get(pk=run.pk)
        reaper.finish(undo.start(run, by=cast.clerk_a), lambda run=run: check_nothing_is_half(run), **whole)

        check_nothing_is_half(run)
        assert run.state == Import.State.UNDONE
        assert run.undo_counts == {"voided": created - 1, "restored": updated, "kept": 1}
        assert run.kept_rows.get().object_id == edited.pk
        records.void(edited, by=cast.manager_a, reason="重复")
        assert standing() == world


def test_a_real_worker_killed(bureau, cast, tmp_path):  # noqa: F811 (a fixture)
    """Once while it imports and once while it undoes; the next one goes on."""
    bureau.script = WORKER
    run, job = confirmed(write_csv(tmp_path / "long.csv", [line(of) for of in range(200)]), cast.clerk_a)
    first = bureau.worker()
    wait_until(lambda: still_works(first) and refreshed(run).rows == 100)
    first.kill()
    first.wait()
    check_nothing_is_half(run)
    assert run.created == 100

    second = bureau.worker()
    wait_until(lambda: still_works(second) and Job.objects.get(pk=job.pk).is_over)
    check_nothing_is_half(run)
    assert (run.state, counts(run)) == (Import.State.DONE, (200, 0, 0, 0))
    undo.start(run, by=cast.clerk_a)
    wait_until(lambda: still_works(second) and undo.counts_of(refreshed(run))["voided"] == 100)
    second.kill()
    second.wait()
    check_nothing_is_half(run)

    bureau.finish()
    assert refreshed(run).state == Import.State.UNDONE
    assert run.undo_counts == {"voided": 200, "restored": 0, "kept": 0}
    assert standing()["standards"] == {}


def still_works(worker):
    assert worker.poll() is None, worker.stderr.read().decode()
    return True


def refreshed(run):
    run.refresh_from_db()
    return run
