from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import jobs
from bureau.exchange import drafts, effect_jobs, preview, runs, undo_jobs  # noqa: F401 (the modules of other jobs)
from bureau.exchange.files.safety import BadFile
from bureau.exchange.models import Import
from bureau.exchange.writing import export_jobs  # noqa: F401 (the same)
from bureau.jobs import JobError, job
from bureau.jobs.models import Job
from bureau.jobs.progress import Progress
from bureau.models import Staff

KEY = "exchange.import"
COMMAND_KEY = "exchange.import_command"
PREVIEW_KEY = "exchange.preview"


@transaction.atomic
def confirm(
    run: Import, *, mode: str, accepts_unverified: bool, by: Staff, request: HttpRequest | None = None
) -> Job | None:
    """Start the import of a file whose preview was seen; None if somebody did already or changed it."""
    if not runs.claim(run, mode=mode, accepts_unverified=accepts_unverified, started_by=by):
        return None
    if run.effects_job and not run.effects_job.is_over:
        jobs.cancel(run.effects_job)  # nobody waits for it any more, and there may be one worker only
    return _start(run, by=by, request=request)


@transaction.atomic
def go_on(run: Import, *, by: Staff, request: HttpRequest | None = None) -> Job | None:
    """Take up an import whose job failed or was cancelled where it stopped; None if somebody did already."""
    stopped = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=run.pk)
    return _start(stopped, by=by, request=request) if stopped.is_stopped else None


def _start(run: Import, *, by: Staff, request: HttpRequest | None) -> Job:
    run.job = jobs.start(
        KEY, by=by, title=run.file_name, arguments={"import_id": run.pk}, office=run.office, request=request
    )
    run.save(update_fields=["job"])
    return run.job


@transaction.atomic
def hold(run: Import) -> Job:
    """Keep a draft and begin its import in this process, a command: should that die, the import can be gone on with."""
    run.state = Import.State.RUNNING
    drafts.keep(run)
    run.job = jobs.hold(
        COMMAND_KEY, by=run.started_by, office=run.office, title=run.file_name, arguments={"import_id": run.pk}
    )
    run.save(update_fields=["job"])
    return run.job


@transaction.atomic
def start_preview(run: Import, *, by: Staff, request: HttpRequest | None = None) -> Job | None:
    """Have a long file looked through by a worker; None if somebody confirmed or changed it meanwhile."""
    if runs.present_state(run) is None:
        return None
    title = _("Preview: %(file)s") % {"file": run.file_name}
    run.job = jobs.start(
        PREVIEW_KEY, by=by, title=title[:200], arguments={"import_id": run.pk}, office=run.office, request=request
    )
    run.save(update_fields=["job"])
    return run.job


def _result(done: Job) -> str:
    return reverse("exchange:import-detail", args=[done.arguments["import_id"]])


def _preview(done: Job) -> str:
    return reverse("exchange:preview", args=[done.arguments["import_id"]])


@job(COMMAND_KEY, gettext_lazy("Import by a command"), resumable=False, result_url=_result)
@job(
    KEY,
    gettext_lazy("Import from Excel"),
    resumable=True,
    result_template="exchange/includes/result.html",
    result_url=_result,
)
def run(progress: Progress, *, import_id: int) -> dict[str, Any]:
    """The counts are kept with the import, in the transactions that wrote the rows."""
    present = Import.objects.select_related("office", "started_by", "corrects").get(pk=import_id)
    progress.say(_("Reading the file"))
    if present.expected_rows:
        progress.total(present.expected_rows)
    try:
        with drafts.reading():
            runs.carry_out(present, lambda done, last: progress.chunk(done=done, cursor=last))
    except BadFile as bad:
        drafts.give_up(present, bad.sentence)
        raise JobError(bad.sentence) from bad
    progress.say(_("Collecting the failed rows"))
    runs.keep_error_workbook(present)
    with progress.chunk():
        runs.finish(present, ip_address=progress.job.ip_address)
    return {name: getattr(present, name) for name in ("rows", "created", "updated", "unchanged", "failed")}


@job(PREVIEW_KEY, gettext_lazy("Preview of an import"), resumable=True, result_url=_preview)
def look(progress: Progress, *, import_id: int) -> None:
    present = Import.objects.select_related("office", "started_by", "corrects").get(pk=import_id)
    if present.expected_rows:
        progress.total(present.expected_rows)
    try:
        preview.refresh(present, seen=lambda rows: progress.say(_("Looking through the rows"), done=rows))
    except BadFile as bad:
        raise JobError(bad.sentence) from bad
