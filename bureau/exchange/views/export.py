from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import jobs
from bureau.exchange.sheets import Sheet
from bureau.exchange.views.base import SheetView, may
from bureau.exchange.writing import export_jobs, exporting, template
from bureau.exchange.writing.listed import Listed
from bureau.models import Office, Region
from bureau.operations import Action, log
from bureau.workbooks import CONTENT_TYPE as XLSX

CONTENT_TYPES = {".xlsx": XLSX, ".csv": "text/csv; charset=utf-8"}


class TemplateView(SheetView):
    permission = staticmethod(may("import"))
    action = "import"

    def get(self, request: HttpRequest, key: str) -> FileResponse:
        sheet = self.sheet()
        name = _("Template %(sheet)s.xlsx") % {"sheet": sheet.label}
        return _built(name, lambda path: template.write_template(sheet, cast(Office, self.user.office), path))


class ExportView(SheetView):
    """The records of a list, as it stands on the screen: a short list at once, a long one by a job."""

    permission = staticmethod(may("export"))
    action = "export"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        sheet = self.sheet()
        listed = self._listed(sheet)
        count = self._rows(listed).count()
        context = self.shell(
            title=_("Export: %(sheet)s") % {"sheet": sheet.label},
            list_url=listed.list_url,
            is_narrowed=listed.is_narrowed,
            count=count,
            voided=listed.shown().count() - count,
            is_long=count > settings.EXPORT_AT_ONCE_ROWS,
        )
        return render(request, "exchange/export.html", context)

    def post(self, request: HttpRequest, key: str) -> HttpResponse | FileResponse:
        sheet, suffix = self.sheet(), f".{request.POST.get('format')}"
        if suffix not in exporting.SUFFIXES:
            raise BadRequest
        listed = self._listed(sheet)
        rows = self._rows(listed)
        name = f"{sheet.label} {timezone.localdate():%Y%m%d}{suffix}"
        if rows.count() > settings.EXPORT_AT_ONCE_ROWS:
            arguments = {"sheet": key, "query": listed.query, "name": name}
            job = jobs.start(export_jobs.KEY, by=self.user, title=name, arguments=arguments, request=request)
            return redirect("jobs:detail", job.pk)
        counted: list[int] = []
        response = _built(name, lambda path: counted.append(exporting.export(sheet, rows, path)))
        log(Action.EXPORT, request=request, target=f"{sheet.label}: {name}", rows=counted[0], filter=listed.query)
        return response

    def _listed(self, sheet: Sheet) -> Listed:
        return Listed(sheet, self.user, self.request.GET.urlencode())

    def _rows(self, listed: Listed) -> Any:
        try:
            return listed.rows()
        except Region.DoesNotExist:
            raise Http404 from None


def _built(name: str, write: Callable[[Path], Any]) -> FileResponse:
    """A file made for this answer."""
    suffix = Path(name).suffix
    with NamedTemporaryFile(suffix=suffix) as file:
        write(Path(file.name))
        # Stays readable when the name is gone; the response closes it.
        content = Path(file.name).open("rb")  # noqa: SIM115
    return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[suffix])
