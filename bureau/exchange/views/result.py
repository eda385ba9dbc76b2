from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.exchange import jobs
from bureau.exchange.models import Import
from bureau.exchange.sheets import find_sheet
from bureau.exchange.views.base import ImportView, WriterView, upload_url, url_of
from bureau.exchange.views.undo import can_be_undone, with_urls
from bureau.jobs.views import settled
from bureau.operations import Action, log
from bureau.workbooks import CONTENT_TYPE as XLSX

PROBLEMS_A_PAGE = 100
KEPT_SHOWN = 100


class DetailView(ImportView):
    """What came of an import; one that is still to be confirmed is gone on with instead."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        for job in filter(None, (run.job, run.undo_job)):
            settled(job)
        may_change = self.may_change(run)
        if run.state in Import.OPEN and may_change:
            return redirect(url_of(run))
        paginator = Paginator(run.problems.select_related("run"), PROBLEMS_A_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        context = self.shell(
            title=_("Import %(number)s: %(file)s") % {"number": run.pk, "file": run.file_name},
            run=run,
            page=page,
            page_range=paginator.get_elided_page_range(page.number),
            records_url=self._records_url(run),
            upload_url=upload_url(run) if may_change else "",
            job_url=self._job_url(run),
            corrections=list(self.scoped(run.corrections.exclude(state__in=Import.NEVER_CONFIRMED).order_by("pk"))),
            can_go_on=may_change and run.is_stopped,
            can_be_undone=may_change and can_be_undone(run),
            kept_rows=with_urls(run, list(run.kept_rows.all()[:KEPT_SHOWN]), self.user) if run.undone_at else [],
        )
        return render(request, "exchange/detail.html", context)

    def _records_url(self, run: Import) -> str:
        """The list of the records that this import wrote, if the user may open it."""
        sheet = find_sheet(run.sheet_key)
        if sheet is None or not (run.created or run.updated) or run.state == Import.State.UNDONE:
            return ""
        if not self.request.user.has_perm(sheet.permission("view")):
            return ""
        meta = sheet.model._meta
        return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?import_id={run.pk}"

    def _job_url(self, run: Import) -> str:
        """The progress of what is under way; jobs are shown to whoever started them only."""
        job = run.undo_job if run.state == Import.State.UNDOING else run.job
        is_mine = job is not None and job.started_by_id == self.user.pk
        if job is None or not is_mine or run.state not in (Import.State.RUNNING, Import.State.UNDOING):
            return ""
        return reverse("jobs:detail", args=[job.pk])


class ResumeView(WriterView):
    """Takes up an import that failed or was cancelled half way."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        job = jobs.go_on(run, by=self.user, request=request)
        return redirect("jobs:detail", job.pk) if job else redirect(run)


class FileView(ImportView):
    """The file as it was uploaded."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        run = self.run(pk)
        return _stored(request, run, run.file, run.file_name, "application/octet-stream")


class ErrorWorkbookView(ImportView):
    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        run = self.run(pk)
        name = _("To correct - %(file)s.xlsx") % {"file": Path(run.file_name).stem}
        return _stored(request, run, run.error_workbook, name, XLSX)


def _stored(request: HttpRequest, run: Import, file: Any, name: str, content_type: str) -> FileResponse:
    if not file:
        raise Http404
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    log(Action.DOWNLOAD, request=request, target=name, import_id=run.pk)
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
