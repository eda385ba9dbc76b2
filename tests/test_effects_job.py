"""The job that works out the effects of an import: kept once, for the state in which the import is."""

import os
import signal
from functools import partial

import pytest
from django.db import connections

from bureau import jobs
from bureau.exchange import effects, importing, runs
from bureau.exchange.models import Import
from bureau.jobs.models import Job
from standards.models import MeasurementStandard
from tests.jobs_for_tests import work
from tests.random_standards import as_row, example, received
from tests.test_import_kill import nobody_is_connected
from tests.test_jobs_kill import wait_until
from tests.test_whatif import contents

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receive(cast, tmp_path):
    return partial(received, by=cast.clerk_province, folder=tmp_path)


def test_the_job_keeps_the_effects(receive, cast):
    run = receive([example(1)])

    job = effects.start(run, by=cast.clerk_province)
    assert (run.effects, run.effects_job) == (None, job)
    work()

    run.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, job.result, job.progress_done) == (Job.State.DONE, {"kept": True}, 1)
    assert run.effects["figures"][0]["change"] == "+1"
    assert run.state == Import.State.PREVIEW
    assert MeasurementStandard.objects.count() == 0


def test_a_second_job_takes_the_place_of_the_first(receive, cast):
    run = receive([example(1)])
    first, second = (effects.start(run, by=cast.clerk_province) for _ in range(2))

    work()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.result, second.result) == ({"kept": False}, {"kept": True})
    run.refresh_from_db()
    assert run.effects["figures"]


def test_an_import_that_began_meanwhile_keeps_nothing(receive, cast):
    run = receive([example(1)])
    job = effects.start(run, by=cast.clerk_province)
    runs.claim(run)

    work()

    run.refresh_from_db()
    job.refresh_from_db()
    assert (run.effects, job.result) == (None, {"kept": False})


def test_a_cancelled_job_leaves_the_ordinary_connection(receive, cast, monkeypatch):
    run = receive([example(number) for number in range(9)])
    monkeypatch.setattr(importing, "CHUNK", 3)
    ordinary, taken = connections["default"], effects.Trial.take
    job = effects.start(run, by=cast.clerk_province)

    def cancelled_meanwhile(trial, chunk):
        with trial.shadow.aside():
            jobs.cancel(Job.objects.get(pk=job.pk))
        return taken(trial, chunk)

    monkeypatch.setattr(effects.Trial, "take", cancelled_meanwhile)
    work()

    job.refresh_from_db()
    run.refresh_from_db()
    assert (job.state, run.effects) == (Job.State.CANCELLED, None)
    assert connections["default"] is ordinary
    assert MeasurementStandard.objects.count() == 0


def test_a_worker_that_is_killed_leaves_nothing(receive, cast, make_standard):
    run = receive([as_row(make_standard(by=cast.clerk_province)) | {"tier": "county"}, example(1)])
    job = effects.start(run, by=cast.clerk_province)
    standing = contents()
    connections.close_all()

    if (child := os.fork()) == 0:
        be_killed_after_writing()
    _pid, status = os.waitpid(child, 0)

    assert os.WIFSIGNALED(status)
    wait_until(nobody_is_connected)
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, "Traceback" in job.error) == (Job.State.FAILED, False)
    of_standards = [label for label in standing if label.startswith("standards.")]
    now = contents()
    assert {label: now[label] for label in of_standards} == {label: standing[label] for label in of_standards}

    effects.start(run, by=cast.clerk_province)
    work()
    run.refresh_from_db()
    assert run.effects["figures"]


def be_killed_after_writing():
    """What a worker does, up to the moment in which the copies are changed."""

    def written(trial, writes, outcome):
        importing.Importer._write(trial, writes, outcome)
        assert outcome.created and outcome.updated
        os.kill(os.getpid(), signal.SIGKILL)

    try:
        effects.Trial._write = written
        work()
    finally:
        os._exit(1)
