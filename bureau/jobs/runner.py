"""Starting, running and cancelling jobs. Every change of state is a compare-and-set on the row."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from bureau.jobs import registry, workers
from bureau.jobs.models import Job
from bureau.jobs.progress import Cancelled, JobError, LostJob, Progress, Stopped
from bureau.models import Office, Staff
from bureau.operations import address_of

logger = logging.getLogger(__name__)

State = Job.State
MAX_ATTEMPTS = 3


@transaction.atomic
def start(
    key: str,
    *,
    by: Staff,
    title: str = "",
    arguments: dict[str, Any] | None = None,
    office: Office | None = None,
    request: HttpRequest | None = None,
) -> Job:
    """Put a job into the queue; a worker sees it when the caller's transaction is committed.

    ``arguments`` are JSON and become keyword arguments of the registered function. No permission is checked here.
    Raises LookupError for an unknown key.
    """
    job = _new(key, by, title, arguments, office or by.office)
    job.ip_address = address_of(request) if request else None
    job.save()
    enqueue(job)
    return job


def hold(
    key: str, *, by: Staff | None, office: Office, title: str = "", arguments: dict[str, Any] | None = None
) -> Job:
    """A job that does not wait: this process, a command, has it from the start and does it by ``work_on``.

    Like any other it shows that it is alive, and is settled when its process dies.
    """
    job = _new(key, by, title, arguments, office)
    job.state, job.worker, job.attempts = State.RUNNING, workers.new_token(), 1
    job.started_at = job.heartbeat_at = timezone.now()
    job.save()
    return job


def _new(key: str, by: Staff | None, title: str, arguments: dict[str, Any] | None, office: Office | None) -> Job:
    kind = registry.get(key)
    return Job(
        key=key,
        title=(title or str(kind.label))[:200],
        arguments=arguments or {},
        started_by=by,
        office=office,
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )


def enqueue(job: Job) -> None:
    """Have a worker look at the job. Twice does no harm: only a job that waits is taken, and only once."""
    job.task_id = run_job.enqueue(job.pk).id  # type: ignore[assignment]
    Job.objects.filter(pk=job.pk).update(task_id=job.task_id)


def cancel(job: Job) -> None:
    """End a job that waits; ask one that runs to end at its next chunk. One that is over stays as it is."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk)
    if not mine.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=now, cancel_requested_at=now):
        mine.filter(state=State.RUNNING, cancel_requested_at__isnull=True).update(cancel_requested_at=now)
    job.refresh_from_db()


@task(takes_context=True)
def run_job(context: TaskContext, job_id: int) -> None:
    """The only task in the queue: do one job, or nothing if it no longer waits."""
    job = claim(job_id, task_id=context.task_result.id)
    if job is not None:
        work_on(job)


def work_on(job: Job) -> None:
    """Do a job that this process holds; what came of it stands in its row."""
    kind = registry.find(job.key)
    progress = Progress(job, can_stop=bool(kind and kind.resumable))
    beats = min(15, settings.JOB_HEARTBEAT_SECONDS / 4)
    with (
        translation.override(job.language),
        workers.ticking(beats, progress.beat),
        workers.told_to_stop(progress.stop),
        workers.undisturbed(),
    ):
        _run(job, progress)


def claim(job_id: int, *, task_id: str | None = None) -> Job | None:
    """Take a waiting job for this process; None if it does not wait (any more)."""
    now, token = timezone.now(), workers.new_token()
    taken = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING,
        worker=token,
        task_id=task_id,
        heartbeat_at=now,
        started_at=Coalesce("started_at", now),
        attempts=F("attempts") + 1,
    )
    return Job.objects.select_related("started_by", "office").get(pk=job_id) if taken else None


def _run(job: Job, progress: Progress) -> None:
    try:
        _end(job, State.DONE, result=registry.get(job.key).run(progress, **job.arguments), error="")
    except LostJob:
        logger.warning("Job %s was taken over by another worker.", job.pk)
    except Cancelled:
        _end(job, State.CANCELLED)
    except Stopped:
        put_back(job)
    except (JobError, ValidationError) as problem:
        _end(job, State.FAILED, error=_sentence(problem))
    except (OperationalError, InterfaceError):
        logger.exception("Job %s (%s) lost the database.", job.pk, job.key)
        if not transaction.get_connection().in_atomic_block:
            close_old_connections()  # a broken one would bring down the worker too
        interrupted(job, _("The database could not be reached for too long. Please start the job again."))
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.key)
        _end(job, State.FAILED, error=_unexpected(job))
    except BaseException:  # the process is being ended by force
        _on_forced_end(job)
        raise


def _end(job: Job, state: Job.State, same: dict[str, Any] | None = None, **fields: Any) -> bool:
    return _leave(job, same, state=state, finished_at=timezone.now(), message="", **fields)


def put_back(job: Job) -> bool:
    """Let another worker go on with a job that was stopped in good order: that is no failed attempt."""
    with transaction.atomic():
        if not _leave(job, state=State.QUEUED, attempts=F("attempts") - 1):
            return False
        enqueue(job)
    return True


def interrupted(job: Job, reason: str, *, seen_at: datetime | None = None) -> bool:
    """Settle a job whose run broke off: go on later if it can, else fail with ``reason``.

    ``seen_at``: the sign of life that made the run look dead; a later one keeps it. False if the job is left alone.
    """
    kind = registry.find(job.key)
    same = {"heartbeat_at": seen_at} if seen_at else {}
    with transaction.atomic():
        current = Job.objects.filter(pk=job.pk).values("cancel_requested_at", "attempts").get()
        if current["cancel_requested_at"]:
            return _end(job, State.CANCELLED, same)
        if kind is None or not kind.resumable or current["attempts"] >= MAX_ATTEMPTS:
            return _end(job, State.FAILED, same, error=reason)
        if not _leave(job, same, state=State.QUEUED):
            return False
        enqueue(job)
    return True


def _on_forced_end(job: Job) -> None:
    kind = registry.find(job.key)
    if kind and kind.resumable:
        put_back(job)
    else:
        _end(job, State.FAILED, error=_("The system was stopped while the job ran. Please start it again."))


def _leave(job: Job, same: dict[str, Any] | None = None, **fields: Any) -> bool:
    """Give the job up in one compare-and-set; False if this run had lost it already, or ``same`` does not hold."""
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, **(same or {}))
    return bool(held.update(worker="", **fields))


def _sentence(problem: JobError | ValidationError) -> str:
    messages = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
    return " ".join(str(message) for message in messages if str(message)) or _("The job failed.")


def _unexpected(job: Job) -> str:
    return _(
        "Something unexpected happened on the server. Please tell the system administrator the number of "
        "this job, %(number)s: the server's log says more."
    ) % {"number": job.pk}
