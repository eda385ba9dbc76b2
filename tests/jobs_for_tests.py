"""Jobs that exist only in tests, and what drives them; a worker under test imports this module before it starts."""

import os
import subprocess
import time
import uuid
from pathlib import Path

from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult

from bureau.jobs import JobError, job, registry, runner, workers
from bureau.jobs.models import Job
from bureau.jobs.progress import Progress
from bureau.models import Operation

MARKS = "JOBS_FOR_TESTS_MARKS"


def hold(moment: str, wanted: str, name: str) -> None:
    """The first run that comes to the wanted moment leaves a mark and waits there until "<mark>.go" appears."""
    if moment != wanted:
        return
    mark = Path(os.environ[MARKS]) / f"{name}-{moment}"
    if not mark.exists():
        mark.touch()
        while not mark.with_suffix(".go").exists():
            time.sleep(0.02)


def append(progress, *, name, rows=12, size=3, hold_at="", pause=0.0):
    """Adds rows to a table that forbids no duplicates, ``size`` a chunk, so that a chunk done twice would show."""
    progress.total(rows)
    hold("before the first chunk", hold_at, name)
    for first in range(progress.cursor or 0, rows, size):
        with progress.chunk(done=first + size, cursor=first + size, message=f"Row {first + size}"):
            for number in range(first, first + size):
                Operation.objects.create(action=Operation.Action.IMPORT, target=f"{name} {number:04}")
                if number == rows // 2:
                    hold("inside a chunk", hold_at, name)
        if first + size == rows // 2:
            hold("between chunks", hold_at, name)
        time.sleep(pause)
    hold("after the last chunk", hold_at, name)
    progress.save_file(f"{name}.txt", f"{rows} rows".encode())
    return {"rows": rows}


job("tests.append", "Append rows", resumable=True)(append)
job("tests.append_once", "Append rows, not resumable", resumable=False)(append)


@job("tests.refuse", "Refuse", resumable=True)
def refuse(progress, *, sentence=""):
    if sentence:
        raise JobError(sentence)
    raise KeyError("secret detail")


@job(
    "tests.report",
    "Report",
    resumable=False,
    result_template="jobs/includes/state.html",
    result_url=lambda job: f"/files/{job.result['number']}/",
)
def report(progress, *, number=0):
    progress.say("Reading")
    progress.save_file("报表.txt", "合格".encode())
    return {"number": number}


def starter(by):
    """``start(key, by=…, **arguments)`` puts one of these jobs into the queue."""

    def start(key="tests.append", by=by, **arguments):
        if key.startswith("tests.append"):
            arguments = {"name": "row", **arguments}
        return runner.start(key, by=by, title=f"Test of {key}", arguments=arguments)

    return start


def beginner(start):
    """``begin(key, **arguments)``: a job that this process has claimed, and its progress."""

    def begin(key="tests.append", **arguments):
        claimed = runner.claim(start(key, **arguments).pk, task_id=str(uuid.uuid4()))
        return claimed, Progress(claimed, can_stop=registry.get(key).resumable)

    return begin


def work() -> None:
    """What a worker does with all that waits in the queue."""
    for row in DBTaskResult.objects.ready():
        row.claim("tests")
        runner.run_job.call(TaskContext(task_result=row.task_result), *row.args_kwargs["args"])
        row.set_successful(None)


def rows() -> list[str]:
    return sorted(Operation.objects.filter(target__startswith="row ").values_list("target", flat=True))


def expected(count=12) -> list[str]:
    return [f"row {number:04}" for number in range(count)]


def dead_token() -> str:
    process = subprocess.Popen(["true"])
    process.wait()
    return f"{workers.HOST}:{process.pid}:gone"


def kill(job: Job, **fields) -> None:
    """Have the job look as its worker's death leaves it."""
    Job.objects.filter(pk=job.pk).update(worker=dead_token(), **fields)
