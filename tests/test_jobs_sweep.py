from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bureau import jobs
from bureau.jobs import runner, sweeper, workers
from bureau.jobs.models import Job
from bureau.jobs.progress import LostJob
from bureau.models import Operation
from tests import jobs_for_tests
from tests.jobs_for_tests import dead_token, expected, kill, rows, work

State = Job.State


@pytest.fixture
def start(cast):
    return jobs_for_tests.starter(cast.clerk_a)


@pytest.fixture
def begin(start):
    return jobs_for_tests.beginner(start)


def test_a_dead_process_is_known_by_its_number():
    assert workers.is_gone(dead_token())
    assert not workers.is_gone(workers.new_token())
    assert workers.is_gone(workers.new_token().rsplit(":", 1)[0] + ":another-process-of-this-number")
    assert not workers.is_gone(f"elsewhere:{dead_token().split(':')[1]}:gone")
    assert not workers.is_gone(f"{workers.HOST}:1:init")


def test_sweep_lets_a_job_of_a_dead_worker_go_on(begin):
    job, progress = begin()
    with progress.chunk(done=3, cursor=3):
        for number in range(3):
            Operation.objects.create(action=Operation.Action.IMPORT, target=f"row {number:04}")
    kill(job)
    jobs.sweep()
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.cursor) == (State.QUEUED, 3)
    work()
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"rows": 12})
    assert rows() == expected()


def test_sweep_fails_a_job_that_cannot_resume(begin):
    job, _progress = begin("tests.append_once")
    kill(job)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.error.endswith("。") or job.error.endswith(".")
    assert job.finished_at


def test_sweep_gives_up_after_three_attempts_without_progress(begin):
    job, _progress = begin()
    kill(job, attempts=3)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_progress_makes_attempts_new(begin):
    job, progress = begin()
    Job.objects.filter(pk=job.pk).update(attempts=3)
    with progress.chunk(cursor=1):
        pass
    job.refresh_from_db()
    assert job.attempts == 1


def test_sweep_ends_a_dead_job_whose_cancelling_was_asked(begin):
    job, _progress = begin()
    runner.cancel(job)
    kill(job)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_sweep_goes_by_the_heartbeat_where_the_process_is_unknown(begin, settings):
    job, progress = begin()
    Job.objects.filter(pk=job.pk).update(worker="elsewhere:77:x")
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.RUNNING
    late = timezone.now() - timedelta(seconds=settings.JOB_HEARTBEAT_SECONDS + 1)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=late)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.QUEUED
    with pytest.raises(LostJob), progress.chunk():
        pass


def test_a_beat_keeps_a_job_from_being_swept(begin):
    job, progress = begin()
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))
    job.refresh_from_db()
    assert sweeper.is_dead(job)
    progress.beat()
    sweeper._settle(job)  # read as dead, but it gave a sign of life before it was settled
    job.refresh_from_db()
    assert job.state == State.RUNNING
    assert not sweeper.is_dead(job)


def test_sweep_ends_the_task_of_a_dead_worker(start):
    job = start()
    task = DBTaskResult.objects.get()
    task.claim("tests")
    runner.claim(job.pk, task_id=str(task.pk))
    kill(job)
    jobs.sweep()
    task.refresh_from_db()
    assert (task.status, bool(task.finished_at)) == ("FAILED", True)
    assert DBTaskResult.objects.ready().count() == 1


def test_sweep_ends_a_task_left_after_its_job_was_over(start):
    start()
    work()
    hour_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=hour_ago, finished_at=None)
    jobs.sweep()
    assert DBTaskResult.objects.get().status == "FAILED"


def test_sweep_requeues_a_job_without_a_task(start):
    job = start()
    DBTaskResult.objects.all().delete()
    jobs.sweep()
    work()
    job.refresh_from_db()
    assert job.state == State.DONE
