"""Real workers, really killed: whatever the moment, every row is there exactly once in the end."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bureau import jobs
from bureau.jobs.models import Job
from bureau.models import Operation, Staff
from tests import jobs_for_tests

WORKER = """
import django, sys
django.setup()
import tests.jobs_for_tests
from django.core.management import call_command
call_command("worker", *sys.argv[1:], verbosity=0)
"""
# Each test empties the database that it finds, which is the copy below.
pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = ["before the first chunk", "inside a chunk", "between chunks", "after the last chunk"]
ROWS = 12
PATIENCE = 30  # seconds that a busy machine may take for what usually takes two


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of this module's own that other processes can open, as a copy of the test database."""
    directory = tmp_path_factory.mktemp("jobs")
    with django_db_blocker.unblock():
        original = connections["default"]
        with (on_sqlite if original.vendor == "sqlite" else on_postgresql)(original, directory) as (name, url):
            connections["default"] = type(original)({**original.settings_dict, "NAME": name}, alias="default")
            try:
                yield SimpleNamespace(directory=directory, url=url)
            finally:
                connections["default"].close()
                connections["default"] = original


@contextmanager
def on_sqlite(original, directory):
    original.ensure_connection()
    path = directory / "bureau.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        original.connection.backup(copy)
    yield path, ""


@contextmanager
def on_postgresql(original, directory):
    source, copy = original.settings_dict["NAME"], f"kill_{os.getpid()}"
    quoted = original.ops.quote_name
    original.close()  # a template must have no session of its own
    with original._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted(copy)} TEMPLATE {quoted(source)}")
    try:
        yield copy, urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{copy}").geturl()
    finally:
        connections["default"].close()
        with original._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted(copy)} WITH (FORCE)")


class Bureau:
    """One installation: its workers, and what their jobs have left in its database."""

    script = WORKER

    def __init__(self, database) -> None:
        self.marks = database.directory / "marks"
        self.marks.mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bureau.settings",
            "DEBUG": "1",
            "BUREAU_DATA_DIR": str(database.directory),
            "DATABASE_URL": database.url,
            jobs_for_tests.MARKS: str(self.marks),
        }
        self.clerk = Staff.objects.create(username="clerk_of_city_a")
        self.workers = []

    def start(self, key="tests.append", **arguments) -> Job:
        return jobs.start(key, by=self.clerk, arguments={"rows": ROWS, **arguments})

    def worker(self, *options) -> subprocess.Popen:
        command = [sys.executable, "-c", self.script, *options]
        process = subprocess.Popen(command, env=self.environment, cwd=settings.BASE_DIR, stderr=subprocess.PIPE)
        self.workers.append(process)
        return process

    def finish(self) -> None:
        """A worker that does all that waits, and ends."""
        process = self.worker("--batch")
        _out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors.decode()

    def wait_for_mark(self, name, moment) -> Path:
        mark = self.marks / f"{name}-{moment}"
        wait_until(mark.exists)
        return mark.with_suffix(".go")


@pytest.fixture
def bureau(database, settings):
    """No worker outlives its test."""
    settings.MEDIA_ROOT = database.directory / "files"
    bureau = Bureau(database)
    yield bureau
    for process in bureau.workers:
        process.kill()
        process.communicate()


def wait_until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def rows_of(name) -> Counter:
    return Counter(Operation.objects.filter(target__startswith=f"{name} ").values_list("target", flat=True))


def each_once(name, count=ROWS) -> Counter:
    return Counter(f"{name} {number:04}" for number in range(count))


def test_killed_workers_are_followed_by_others_that_go_on(bureau):
    resumable = [bureau.start(name=f"killed {number}", hold_at=moment) for number, moment in enumerate(MOMENTS)]
    once = bureau.start("tests.append_once", name="once", hold_at="between chunks")
    for number, moment in enumerate(MOMENTS):
        # Each worker settles what the one before has left, takes the next job that waits, and dies in its turn.
        worker = bureau.worker()
        bureau.wait_for_mark(f"killed {number}", moment)
        worker.kill()
        worker.wait()
    worker = bureau.worker()
    bureau.wait_for_mark("once", "between chunks")
    worker.kill()
    worker.wait()

    bureau.finish()

    for number, job in enumerate(resumable):
        job.refresh_from_db()
        assert (job.state, job.result) == (Job.State.DONE, {"rows": ROWS}), MOMENTS[number]
        assert job.result_file.read() == b"12 rows"
        assert rows_of(f"killed {number}") == each_once(f"killed {number}"), MOMENTS[number]
    once.refresh_from_db()
    assert once.state == Job.State.FAILED
    assert once.error and "Traceback" not in once.error
    assert rows_of("once") == each_once("once", ROWS // 2)
    assert not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()


def test_a_worker_taken_for_dead_that_comes_back_changes_nothing(bureau):
    job = bureau.start(name="back", hold_at="between chunks")
    first = bureau.worker()
    go_on = bureau.wait_for_mark("back", "between chunks")
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))
    bureau.finish()
    job.refresh_from_db()
    assert job.state == Job.State.DONE

    go_on.touch()
    wait_until(lambda: not DBTaskResult.objects.filter(status="RUNNING").exists())
    first.send_signal(signal.SIGTERM)
    _out, errors = first.communicate(timeout=PATIENCE)

    assert b"taken over" in errors
    assert rows_of("back") == each_once("back")
    job.refresh_from_db()
    assert (job.state, job.result_file.read()) == (Job.State.DONE, b"12 rows")


def test_a_worker_that_is_asked_to_stop_leaves_its_job_to_the_next(bureau):
    long = bureau.start(name="stopped", rows=300, size=1, pause=0.1)
    worker = bureau.worker()
    wait_until(lambda: Job.objects.get(pk=long.pk).progress_done >= 3)
    # The next worker need not be slow.
    Job.objects.filter(pk=long.pk).update(arguments={"name": "stopped", "rows": 300, "size": 1})
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    long.refresh_from_db()
    assert (long.state, long.attempts) == (Job.State.QUEUED, 0)
    assert 3 <= long.cursor < 300
    assert len(rows_of("stopped")) == long.cursor

    bureau.finish()

    long.refresh_from_db()
    assert long.state == Job.State.DONE
    assert rows_of("stopped") == each_once("stopped", 300)
