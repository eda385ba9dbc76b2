"""What a running job holds in its hand: how far it is, and the fence that keeps a lost run from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from bureau.jobs.models import Job
from bureau.models import Staff


class JobError(Exception):
    """Raised by a job to end it as failed; the text is a sentence for the person who started it."""


class LostJob(Exception):
    """Another run has taken the job over, or it was ended: this run must not write any more."""


class Cancelled(Exception):
    """The person asked to stop the job."""


class Stopped(Exception):
    """The worker is asked to stop; the job goes on in the next one."""


@dataclass
class Chunk:
    """What holds once the chunk is committed; a job may still set it while the chunk is at work."""

    done: int | None = None
    message: str | None = None
    cursor: Any = None


class Progress:
    """One run of a job.

    ``cursor`` is None in a first run; in a resumed one it is what the last committed chunk left.
    """

    def __init__(self, job: Job, *, can_stop: bool) -> None:
        self.job = job
        self.cursor: Any = job.cursor
        self._token = job.worker
        self._can_stop = can_stop
        self._in_chunk = False
        self._is_stopping = False

    @property
    def by(self) -> Staff | None:
        """For whom the work is done: limit what is read to what this person may see. None: a command, for nobody."""
        return self.job.started_by

    def total(self, count: int) -> None:
        """State how much there is to do in all, in the unit of ``done``."""
        self._check()
        self._write(progress_total=count)

    def say(self, message: str, *, done: int | None = None) -> None:
        """Tell what is being done outside any chunk, such as reading a file."""
        self._check()
        self._write(**_reported(Chunk(done=done, message=message)))

    @contextmanager
    def chunk(self, *, done: int | None = None, message: str | None = None, cursor: Any = None) -> Iterator[Chunk]:
        """One transaction of work; it is committed together with ``done`` (counted from the job's start), ``message``
        and ``cursor`` if this run still holds the job, and rolled back otherwise.

        Before the work: raises LostJob, Cancelled, Stopped. After it: LostJob. Keep a chunk to a few seconds: on
        SQLite nobody else writes meanwhile, and cancelling waits for its end.
        """
        if self._in_chunk:
            raise RuntimeError("A chunk cannot hold another chunk.")
        self._check()
        chunk = Chunk(done, message, cursor)
        self._in_chunk = True
        try:
            with transaction.atomic():
                yield chunk
                # Last, so that the row is locked for a moment only; before the commit, so that it decides.
                self._write(**_reported(chunk))
        finally:
            self._in_chunk = False
        if chunk.cursor is not None:
            self.cursor = chunk.cursor

    def save_file(self, name: str, content: bytes | Path | IO[bytes]) -> None:
        """Keep a file as the job's result; a second one takes the place of the first. Not inside a chunk: files do not
        roll back."""
        if self._in_chunk:
            raise RuntimeError("A result file is saved outside of chunks.")
        self._check()
        stored, before = self.job.result_file, self.job.result_file.name
        if isinstance(content, Path):
            with content.open("rb") as opened:
                stored.save(name, File(opened), save=False)
        else:
            stored.save(name, ContentFile(content) if isinstance(content, bytes) else File(content), save=False)
        saved = str(stored.name)
        try:
            self._write(result_file=saved, result_name=name[:200])
        except LostJob:
            stored.storage.delete(saved)
            raise
        self.job.result_name = name[:200]
        if before:
            stored.storage.delete(before)

    def beat(self) -> None:
        """A sign of life while nothing else is written; called from a thread."""
        Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self._token).update(
            heartbeat_at=timezone.now()
        )

    def stop(self) -> None:
        """Have a resumable job end at its next chunk, to go on in another worker; called by a signal."""
        self._is_stopping = True

    def _check(self) -> None:
        held = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self._token)
        row = held.values_list("cancel_requested_at").first()
        if row is None:
            raise LostJob
        if row[0] is not None:
            raise Cancelled
        if self._is_stopping and self._can_stop:
            raise Stopped

    def _write(self, **fields: Any) -> None:
        held = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self._token)
        if not held.update(heartbeat_at=timezone.now(), **fields):
            raise LostJob


def _reported(chunk: Chunk) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if chunk.done is not None:
        fields["progress_done"] = chunk.done
    if chunk.message is not None:
        fields["message"] = str(chunk.message)[:200]
    if chunk.cursor is not None:
        # It got further: a worker's death from here on is a new misfortune, not the third of the same.
        fields.update(cursor=chunk.cursor, attempts=1)
    return fields
