from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from bureau.exchange import undo
from bureau.exchange.models import Import
from bureau.jobs import job
from bureau.jobs.models import Job
from bureau.jobs.progress import Progress


def _result(done: Job) -> str:
    return reverse("exchange:import-detail", args=[done.arguments["import_id"]])


@job(undo.COMMAND_KEY, gettext_lazy("Undo by a command"), resumable=False, result_url=_result)
@job(undo.KEY, gettext_lazy("Undo of an import"), resumable=True, result_url=_result)
def run(progress: Progress, *, import_id: int) -> dict[str, Any]:
    """The counts are kept with the import, in the transactions that put the records back."""
    present = Import.objects.select_related("office").get(pk=import_id)
    undo.carry_out(
        present,
        by=progress.by,
        guard=lambda done: progress.chunk(done=done, cursor=done),
        tell_total=progress.total,
    )
    with progress.chunk():
        undo.finish(present, by=progress.by, ip_address=progress.job.ip_address)
    return undo.counts_of(present)
