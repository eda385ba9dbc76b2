"""Cleaning up after workers that died: their jobs go on elsewhere or are reported as failed, never silently lost."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bureau.jobs import runner, workers
from bureau.jobs.models import Job

SWEEP_SECONDS = 60


def is_dead(job: Job) -> bool:
    """Whether the run that holds the job gave no sign of life for too long, or its process has ended."""
    if job.state != Job.State.RUNNING or job.heartbeat_at is None:
        return False
    return job.heartbeat_at < _long_ago() or workers.is_gone(job.worker)


def sweep() -> None:
    """Settle the jobs of dead workers and requeue what nobody would look at. May run anywhere, at once, any time."""
    for job in Job.objects.filter(state=Job.State.RUNNING):
        if is_dead(job):
            _settle(job)
    _requeue_forgotten()
    _end_left_tasks()


def _settle(job: Job) -> None:
    its_task = job.task_id
    with translation.override(job.language):
        reason = _(
            "The worker stopped unexpectedly while the job ran. What was finished is kept; please start it again."
        )
        ours = runner.interrupted(job, reason, seen_at=job.heartbeat_at)
    if ours and its_task:
        _end_tasks([str(its_task)])


def _requeue_forgotten() -> None:
    """A waiting job without a waiting task: its worker ended between taking the task and taking the job."""
    waiting = list(Job.objects.filter(state=Job.State.QUEUED))
    if not waiting:
        return
    tasks = _tasks(TaskResultStatus.READY).values_list("args_kwargs", flat=True)
    expected = {arguments["args"][0] for arguments in tasks}
    for job in waiting:
        if job.pk not in expected:
            runner.enqueue(job)


def _end_left_tasks() -> None:
    """Tasks of workers that died after their job was over stay "running" for ever; nothing else ends them."""
    running = {
        str(task_id) for task_id in Job.objects.filter(state=Job.State.RUNNING).values_list("task_id", flat=True)
    }
    old = _tasks(TaskResultStatus.RUNNING).filter(started_at__lt=_long_ago())
    left = [str(pk) for pk in old.values_list("pk", flat=True) if str(pk) not in running]
    if left:
        _end_tasks(left)


def _end_tasks(task_ids: list[str]) -> None:
    _tasks(TaskResultStatus.RUNNING).filter(pk__in=task_ids).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )


def _tasks(status: TaskResultStatus) -> QuerySet:
    return DBTaskResult.objects.filter(task_path=runner.run_job.module_path, status=status)


def _long_ago() -> datetime:
    return timezone.now() - timedelta(seconds=settings.JOB_HEARTBEAT_SECONDS)
