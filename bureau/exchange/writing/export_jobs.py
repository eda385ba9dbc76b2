"""The export of a long list, by a worker: as the person may see it when it is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.sheets import find_sheet
from bureau.exchange.writing import exporting
from bureau.exchange.writing.listed import Listed
from bureau.jobs import JobError, job
from bureau.jobs.progress import Cancelled, LostJob, Progress, Stopped
from bureau.jobs.workers import ticking
from bureau.operations import Action, log

KEY = "exchange.export"
SECONDS = 1.0


@job(KEY, gettext_lazy("Export of a list"), resumable=True)
def run(progress: Progress, *, sheet: str, query: str, name: str) -> dict[str, Any]:
    """A run that was interrupted begins anew. ``cursor``: the rows of the file, once it is entered in the log."""
    if progress.cursor is not None:
        return {"rows": progress.cursor}
    listed = _listed(progress, sheet, query)
    rows = listed.rows()
    progress.total(rows.count())
    with TemporaryDirectory() as folder:
        path = Path(folder, "list").with_suffix(Path(name).suffix)
        with _reported(progress) as on_rows:
            count = exporting.export(listed.sheet, rows, path, on_rows=on_rows)
        progress.save_file(name, path)
    with progress.chunk(done=count, cursor=count):
        log(
            Action.EXPORT,
            by=progress.by,
            ip_address=progress.job.ip_address,
            target=f"{listed.sheet.label}: {name}",
            rows=count,
            filter=query,
            job=progress.job.pk,
        )
    return {"rows": count}


def _listed(progress: Progress, key: str, query: str) -> Listed:
    """What the person may see now, which may be less than when the job was started."""
    found, by = find_sheet(key), progress.by
    if found is None or by is None or not (by.is_active and by.has_perm(found.permission("export"))):
        raise JobError(_("You may not export this list."))
    return Listed(found, by, query)


@contextmanager
def _reported(progress: Progress) -> Iterator[Callable[[int], None]]:
    """Takes how many rows were read and tells it from another connection: the one that reads cannot write on SQLite."""
    done, ends = 0, list[Exception]()
    message = _("Writing the rows")

    def on_rows(count: int) -> None:
        nonlocal done
        done = count
        if ends:
            raise ends[0]

    def tell() -> None:
        try:
            progress.say(message, done=done)
        except (Cancelled, LostJob, Stopped) as end:
            ends.append(end)

    with ticking(SECONDS, tell):
        yield on_rows
