import gc
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bureau.jobs import registry, runner, sweep, workers
from bureau.jobs.models import Job
from bureau.jobs.progress import Cancelled, LostJob, Stopped
from bureau.models import Operation
from tests import jobs_for_tests
from tests.jobs_for_tests import expected, kill, rows, work

State = Job.State


@pytest.fixture
def start(cast):
    return jobs_for_tests.starter(cast.clerk_a)


@pytest.fixture
def begin(start):
    return jobs_for_tests.beginner(start)


# The registry ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "label"), [("", "Label"), (" ", "Label"), ("tests.other", "")])
def test_it_rejects_a_blank_key_or_label(key, label):
    with pytest.raises(ValueError, match="needs a key and a label"):
        registry.job(key, label, resumable=True)(jobs_for_tests.append)


def test_it_rejects_a_duplicate_key():
    with pytest.raises(ValueError, match="registered already"):
        registry.job("tests.append", "Again", resumable=True)(jobs_for_tests.append)


def test_it_rejects_an_unknown_key(start):
    with pytest.raises(LookupError):
        start("tests.nothing")
    assert not Job.objects.exists()


# The course of a job -----------------------------------------------------------------------------


def test_it_works(start, cast):
    job = start()
    assert (job.state, job.office, job.percent) == (State.QUEUED, cast.clerk_a.office, None)
    work()
    job.refresh_from_db()
    assert (job.state, job.result, job.error, job.worker) == (State.DONE, {"rows": 12}, "", "")
    assert (job.percent, job.progress_done, job.progress_total) == (100, 12, 12)
    assert job.result_file.read() == b"12 rows"
    assert job.result_name == "row.txt"
    assert job.started_at and job.finished_at
    assert rows() == expected()


def test_two_tasks_do_a_job_once(start):
    job = start()
    runner.enqueue(job)
    work()
    assert rows() == expected()
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_claimed_job_cannot_be_claimed(begin):
    job, _progress = begin()
    assert runner.claim(job.pk) is None


def test_a_job_starts_only_if_the_transaction_does(start):
    with pytest.raises(RuntimeError), transaction.atomic():
        start()
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


class TestHeld:
    """A job that a command does itself."""

    @pytest.fixture
    def hold(self, cast):
        def hold(key="tests.append_once", **arguments):
            return runner.hold(key, by=None, office=cast.clerk_a.office, arguments={"name": "row", **arguments})

        return hold

    def test_it_works(self, hold):
        job = hold()
        assert (job.state, job.attempts) == (State.RUNNING, 1)
        assert not DBTaskResult.objects.exists()
        runner.work_on(job)
        job.refresh_from_db()
        assert (job.state, job.result, job.started_by) == (State.DONE, {"rows": 12}, None)
        assert rows() == expected()

    def test_no_worker_takes_it(self, hold):
        job = hold()
        assert runner.claim(job.pk) is None
        sweep()
        job.refresh_from_db()
        assert job.state == State.RUNNING

    def test_it_is_settled_when_its_process_is_dead(self, hold):
        job = hold()
        kill(job)
        sweep()
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert job.error

    def test_nobody_else_sees_it(self, hold, client, cast):
        client.force_login(cast.clerk_a)
        assert client.get(reverse("jobs:detail", args=[hold().pk])).status_code == 404

    def test_it_rejects_an_unknown_key(self, hold):
        with pytest.raises(LookupError):
            hold("tests.unknown")


def test_work_leaves_the_collector_as_it_was(start):
    before = gc.get_threshold()
    start()
    start("tests.refuse")
    work()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_its_own_sentence_is_the_error(start):
    job = start("tests.refuse", sentence="The file holds no rows.")
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "The file holds no rows.")


def test_an_unexpected_error_is_a_sentence_and_its_trace_is_logged(start, caplog):
    job = start("tests.refuse")
    work()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert str(job.pk) in job.error
    assert "secret" not in job.error and "Traceback" not in job.error
    assert "secret detail" in caplog.text and "Traceback" in caplog.text


def test_a_kind_that_is_gone_fails_with_a_sentence(start):
    job = start()
    Job.objects.filter(pk=job.pk).update(key="tests.gone")
    work()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.error


def test_a_validation_error_is_a_sentence(start, monkeypatch):
    fail_with(monkeypatch, ValidationError(["One.", "Two."]))
    job = start("tests.report")
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "One. Two.")


def test_a_locked_database_is_tried_three_times(start, monkeypatch):
    fail_with(monkeypatch, OperationalError("database is locked"), resumable=True)
    job = start("tests.report")
    for attempt in (1, 2):
        work()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.QUEUED, attempt)
    work()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "locked" not in job.error


def fail_with(monkeypatch, error, *, resumable=False):
    def run(progress, **arguments):
        raise error

    monkeypatch.setitem(registry._kinds, "tests.report", registry.JobKind("tests.report", "Report", run, resumable))


# Fencing, cancelling, stopping -------------------------------------------------------------------


def test_a_lost_run_commits_nothing(begin):
    job, progress = begin()
    with pytest.raises(LostJob), progress.chunk(done=1, cursor=1):
        Operation.objects.create(action=Operation.Action.IMPORT, target="row 0000")
        Job.objects.filter(pk=job.pk).update(worker=workers.new_token())
    job.refresh_from_db()
    assert (rows(), job.progress_done, job.cursor, progress.cursor) == ([], 0, None, None)
    Job.objects.filter(pk=job.pk).update(worker=workers.new_token())
    for refused in (progress.total, progress.say):
        with pytest.raises(LostJob):
            refused(1)


def test_a_lost_run_cannot_end_the_job(begin):
    job, _progress = begin()
    Job.objects.filter(pk=job.pk).update(worker=workers.new_token())
    assert not runner.put_back(job)
    assert not runner.interrupted(job, "Broken off.")
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_a_lost_run_leaves_no_file(begin):
    job, progress = begin()
    progress.save_file("a.txt", b"first")
    kept = job.result_file.name
    with pytest.raises(LostJob):
        lose_while_saving(job, progress)
    assert [default_storage.exists(name) for name in (kept, job.result_file.name)] == [True, False]


def lose_while_saving(job, progress):
    class TakenMeanwhile(io.BytesIO):
        def read(self, *args):
            Job.objects.filter(pk=job.pk).update(worker=workers.new_token())
            return super().read(*args)

    progress.save_file("b.txt", TakenMeanwhile(b"second"))


def test_a_second_file_takes_the_place_of_the_first(begin, tmp_path):
    job, progress = begin()
    progress.save_file("a.txt", b"first")
    first = job.result_file.name
    path = tmp_path / "b.txt"
    path.write_bytes(b"second")
    progress.save_file("b.txt", path)
    job.refresh_from_db()
    assert (job.result_file.read(), job.result_name) == (b"second", "b.txt")
    assert not default_storage.exists(first)


def test_a_chunk_may_settle_its_cursor_at_the_end(begin):
    job, progress = begin()
    with progress.chunk(message="Working") as chunk:
        chunk.done, chunk.cursor = 3, {"row": 7}
    job.refresh_from_db()
    assert (job.progress_done, job.cursor, job.message) == (3, {"row": 7}, "Working")
    assert progress.cursor == {"row": 7}


def test_it_rejects_a_chunk_or_a_file_inside_a_chunk(begin):
    _job, progress = begin()
    with progress.chunk():
        with pytest.raises(RuntimeError), progress.chunk():
            pass
        with pytest.raises(RuntimeError):
            progress.save_file("a.txt", b"")


def test_cancel_ends_a_waiting_job(start):
    job = start()
    runner.cancel(job)
    assert job.state == State.CANCELLED
    work()
    assert rows() == []


def test_cancel_ends_a_running_job_at_its_next_chunk(begin):
    job, progress = begin()
    with progress.chunk(done=1):
        runner.cancel(job)
    assert job.state == State.RUNNING and job.is_cancelling
    with pytest.raises(Cancelled), progress.chunk(done=2):
        pytest.fail("The chunk began.")
    runner._run(job, progress)
    job.refresh_from_db()
    assert (job.state, job.progress_done, job.error) == (State.CANCELLED, 1, "")


def test_cancel_leaves_a_finished_job(start):
    job = start()
    work()
    runner.cancel(job)
    assert (job.state, job.cancel_requested_at) == (State.DONE, None)


def test_a_stopped_job_waits_for_the_next_worker(begin):
    job, progress = begin()
    progress.stop()
    with pytest.raises(Stopped):
        progress.say("On")
    runner._run(job, progress)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == (State.QUEUED, 0, "")
    work()
    assert rows() == expected()


def test_a_job_that_cannot_resume_is_not_stopped(begin):
    job, progress = begin("tests.append_once")
    progress.stop()
    runner._run(job, progress)
    job.refresh_from_db()
    assert job.state == State.DONE


@pytest.mark.parametrize(("key", "state"), [("tests.append", State.QUEUED), ("tests.append_once", State.FAILED)])
def test_a_forced_end_is_settled(begin, monkeypatch, key, state):
    job, progress = begin(key)
    monkeypatch.setattr(progress, "total", lambda count: exec("raise SystemExit"))
    with pytest.raises(SystemExit):
        runner._run(job, progress)
    job.refresh_from_db()
    assert job.state == state
    assert bool(job.error) == (state == State.FAILED)


# Constraints -------------------------------------------------------------------------------------

BAD = {
    "jobs_job_named": {"key": ""},
    "jobs_job_worker": {"state": "running"},
    "jobs_job_finished": {"state": "done"},
    "jobs_job_error": {"state": "failed", "finished_at": timezone.now()},
}


@pytest.mark.parametrize("name", BAD)
def test_it_rejects_with_a_sentence(start, name):
    job = start()
    for field, value in BAD[name].items():
        setattr(job, field, value)
    sentence = next(str(rule.violation_error_message) for rule in Job._meta.constraints if rule.name == name)
    with pytest.raises(ValidationError) as caught:
        job.validate_constraints()
    assert sentence in caught.value.messages


@pytest.mark.parametrize("name", BAD)
def test_it_rejects_through_the_database(start, name):
    job = start()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**BAD[name])
