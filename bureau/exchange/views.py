from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import jobs
from bureau.exchange import exporting, template
from bureau.exchange.forms import UploadForm
from bureau.exchange.jobs import KEY
from bureau.exchange.models import Import
from bureau.exchange.sheets import Sheet, all_sheets, find_sheet
from bureau.models import Office, Region, Staff
from bureau.operations import Action, log
from bureau.views.base import ScopedView

PAGE_SIZE = 25
PROBLEMS_A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _may(action: str) -> Any:
    """Whether the user may do this with any sheet at all; the view then asks for the sheet of its address."""

    def allowed(user: Any) -> bool:
        return bool(user.office_id) and any(user.has_perm(sheet.permission(action)) for sheet in all_sheets())

    return allowed


class SheetView(ScopedView):
    """A page about one kind of sheet, named in the address."""

    action = ""

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def sheet(self) -> Sheet:
        sheet = find_sheet(self.kwargs["key"])
        if sheet is None:
            raise Http404
        if not self.request.user.has_perm(sheet.permission(self.action)):
            raise PermissionDenied
        return sheet


class UploadView(SheetView):
    permission = staticmethod(_may("import"))
    action = "import"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        sheet = self.sheet()
        return self._page(request, sheet, UploadForm(sheet=sheet, by=self.user))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        sheet = self.sheet()
        form = UploadForm(request.POST, request.FILES, sheet=sheet, by=self.user)
        run = form.receive(is_check_only="check" in request.POST) if form.is_valid() else None
        if run is None:
            return self._page(request, sheet, form, status=422)
        with transaction.atomic():
            title = _("%(file)s (check only)") if run.is_check_only else "%(file)s"
            run.job = jobs.start(
                KEY,
                by=self.user,
                title=title % {"file": run.file_name},
                arguments={"import_id": run.pk},
                office=run.office,
                request=request,
            )
            run.save(update_fields=["job"])
        return redirect("jobs:detail", run.job.pk)

    def _page(self, request: HttpRequest, sheet: Sheet, form: UploadForm, status: int = 200) -> HttpResponse:
        context = self.shell(title=_("Import: %(sheet)s") % {"sheet": sheet.label}, sheet=sheet, form=form)
        return render(request, "exchange/upload.html", context, status=status)


class TemplateView(SheetView):
    permission = staticmethod(_may("import"))
    action = "import"

    def get(self, request: HttpRequest, key: str) -> FileResponse:
        sheet = self.sheet()
        name = _("Template %(sheet)s.xlsx") % {"sheet": sheet.label}
        return _built(name, lambda path: template.write_template(sheet, cast(Office, self.user.office), path))


class ExportView(SheetView):
    """The records that the user sees, all or those of one region."""

    permission = staticmethod(_may("export"))
    action = "export"

    def get(self, request: HttpRequest, key: str) -> FileResponse:
        sheet = self.sheet()
        rows = self.scoped(sheet.rows())
        if code := request.GET.get("region", ""):
            rows = sheet.in_region(rows, get_object_or_404(Region, pk=code).pk)
        name = f"{sheet.label} {timezone.localdate():%Y%m%d}.xlsx"
        counted: list[int] = []
        response = _built(name, lambda path: counted.append(exporting.export(sheet, rows, path)))
        log(Action.EXPORT, request=request, target=str(sheet.label), rows=counted[0], region=code)
        return response


def _built(name: str, write: Any) -> FileResponse:
    """A workbook made for this answer."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        write(Path(file.name))
        # Stays readable when the name is gone; the response closes it.
        content = Path(file.name).open("rb")  # noqa: SIM115
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


class ImportView(ScopedView):
    permission = "exchange.view_import"
    title = gettext_lazy("Imports")

    def run(self, pk: int) -> Import:
        return get_object_or_404(self.scoped(Import.objects.select_related("office", "started_by", "job")), pk=pk)


class ListView(ImportView):
    def get(self, request: HttpRequest) -> HttpResponse:
        runs = self.scoped(Import.objects.select_related("office", "started_by"))
        page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
        sheets = [
            (sheet, reverse("exchange:upload", args=[sheet.key]))
            for sheet in all_sheets()
            if request.user.has_perm(sheet.permission("import"))
        ]
        context = self.shell(page=page, page_range=page.paginator.get_elided_page_range(page.number), sheets=sheets)
        return render(request, "exchange/list.html", context)


class DetailView(ImportView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        paginator = Paginator(run.problems.select_related("run"), PROBLEMS_A_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        context = self.shell(
            title=run.file_name,
            run=run,
            page=page,
            page_range=paginator.get_elided_page_range(page.number),
            records_url=self._records_url(run),
            upload_url=self._upload_url(run),
            is_mine=run.job is not None and run.job.started_by_id == request.user.pk,
        )
        return render(request, "exchange/detail.html", context)

    def _records_url(self, run: Import) -> str:
        """The list of the records that this import wrote, if the user may open it."""
        sheet = find_sheet(run.sheet_key)
        if sheet is None or run.is_check_only or not (run.created or run.updated):
            return ""
        if not self.request.user.has_perm(sheet.permission("view")):
            return ""
        meta = sheet.model._meta
        return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?import_id={run.pk}"

    def _upload_url(self, run: Import) -> str:
        sheet = find_sheet(run.sheet_key)
        may = sheet is not None and self.request.user.has_perm(sheet.permission("import"))
        return reverse("exchange:upload", args=[run.sheet_key]) if may else ""


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
