from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange import effects
from bureau.exchange.files.safety import BadFile
from bureau.exchange.models import Import
from bureau.jobs import JobError, job
from bureau.jobs.models import Job
from bureau.jobs.progress import Progress


def _preview(done: Job) -> str:
    return reverse("exchange:preview", args=[done.arguments["import_id"]])


@job(effects.KEY, gettext_lazy("Effect of an import on the figures"), resumable=False, result_url=_preview)
def run(progress: Progress, *, import_id: int) -> dict[str, Any]:
    """Kept with the import while it waits to be confirmed and no later job was asked for the same."""
    present = Import.objects.select_related("office", "started_by", "corrects").get(pk=import_id)
    waiting = Import.objects.filter(pk=import_id, state=Import.State.PREVIEW, effects_job=progress.job)
    if not waiting.exists():
        return {"kept": False}
    if present.expected_rows:
        progress.total(present.expected_rows)
    try:
        found = effects.work_out(
            present, user=progress.by, seen=lambda rows: progress.say(_("Trying the rows on copies"), done=rows)
        )
    except BadFile as bad:
        raise JobError(bad.sentence) from bad
    with progress.chunk():
        return {"kept": bool(waiting.update(effects=found))}
