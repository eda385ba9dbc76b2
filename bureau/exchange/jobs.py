from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange import runs
from bureau.exchange.models import Import
from bureau.exchange.safety import BadFile
from bureau.jobs import JobError, job
from bureau.jobs.models import Job
from bureau.jobs.progress import Progress

KEY = "exchange.import"


def _result(done: Job) -> str:
    return reverse("exchange:import-detail", args=[done.arguments["import_id"]])


@job(
    KEY,
    gettext_lazy("Import from Excel"),
    resumable=True,
    result_template="exchange/includes/result.html",
    result_url=_result,
)
def run(progress: Progress, *, import_id: int) -> dict[str, Any]:
    """The counts are kept with the import, in the transactions that wrote the rows."""
    present = Import.objects.select_related("office", "started_by").get(pk=import_id)
    try:
        progress.say(_("Reading the file"))
        progress.total(runs.count_rows(present))
        runs.carry_out(present, lambda done, last: progress.chunk(done=done, cursor=last))
    except BadFile as bad:
        raise JobError(bad.sentence) from bad
    progress.say(_("Collecting the failed rows"))
    runs.keep_error_workbook(present)
    with progress.chunk():
        runs.finish(present, ip_address=progress.job.ip_address)
    return {name: getattr(present, name) for name in ("rows", "created", "updated", "unchanged", "failed")}
