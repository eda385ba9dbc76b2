from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.archives import BadFile
from bureau.models.record import NOT_VOIDED
from bureau.operations import Action, log
from bureau.reporting import indicators, regions
from bureau.reporting.figures import query_of
from bureau.reporting.forms import ReportForm
from bureau.reporting.marks import Known
from bureau.reporting.models import OfficeTemplate
from bureau.reporting.office_templates import national
from bureau.reporting.office_templates.container import DOCX, XLSX
from bureau.reporting.office_templates.filling import BadMarks, OfficeForm
from bureau.reporting.views.base import FigureView
from bureau.word import CONTENT_TYPE as WORD
from bureau.workbooks import CONTENT_TYPE as EXCEL

CONTENT_TYPES = {XLSX: EXCEL, DOCX: WORD}


@dataclass(frozen=True)
class Form:
    """One that ships, or one of an office's own; ``region`` is the one whose figures its marks may ask for, never
    more than the reader's own."""

    key: str
    label: str
    kind: str
    content: bytes
    region: str


class TemplatesView(FigureView):
    """Which forms there are, and for which region and period they are to be filled."""

    title = gettext_lazy("Fill forms")

    def get(self, request: HttpRequest) -> HttpResponse:
        region, period = self.region(), self.period(indicators.every())
        rows = self.scoped(OfficeTemplate.objects.filter(NOT_VOIDED)).select_related("office")
        context = self.shell(
            form=ReportForm(region, period.first, period.last, user=request.user),
            region=regions.place(region),
            period=period,
            national=national,
            rows=rows,
            may_add=request.user.has_perm("reporting.add_officetemplate"),
            query=urlencode(query_of(region, period)),
        )
        return render(request, "reporting/templates.html", context)


class FillView(FigureView):
    """A form with the figures of a region and period."""

    title = gettext_lazy("Fill forms")

    def get(self, request: HttpRequest, key: str) -> HttpResponse | FileResponse:
        form, region, period = self._form(key), self.region(), self.period(indicators.every())
        try:
            office_form = OfficeForm(form.content, form.kind, Known(form.region))
            content = office_form.filled(region, period, user=request.user)
        except BadMarks as bad:  # a figure was given up since
            return self.refuse(_("The form cannot be filled: %(problems)s") % {"problems": "; ".join(bad.problems)})
        except BadFile as bad:
            return self.refuse(bad.sentence)
        name = f"{form.label} {regions.place(region).name} {period.label}.{form.kind}"
        asked_for: dict[str, Any] = dict(query_of(region, period))
        log(Action.EXPORT, request=request, target=f"{self.title}: {name}", **asked_for)
        return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form.kind])

    def _form(self, key: str) -> Form:
        reader: Any = self.request.user
        own = reader.office.region_id
        if key == national.KEY:
            return Form(key, national.NAME, XLSX, national.form(), own)
        row = _row(self, key)
        region = row.region_id if regions.is_within(row.region_id, own) else own
        return Form(key, row.label, row.kind, _content(row), region)


class TemplateFileView(FigureView):
    """The form itself, with its marks."""

    def get(self, request: HttpRequest, key: str) -> FileResponse:
        if key == national.KEY:
            name, kind, content = f"{national.NAME}.{XLSX}", XLSX, national.form()
        else:
            row = _row(self, key)
            name, kind, content = row.name, row.kind, _content(row)
        log(Action.DOWNLOAD, request=request, target=name)
        return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])


def _row(view: FigureView, key: str) -> OfficeTemplate:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(view.scoped(OfficeTemplate.objects.filter(NOT_VOIDED)), pk=int(key))


def _content(row: OfficeTemplate) -> bytes:
    try:
        return row.content()
    except FileNotFoundError:
        raise Http404 from None
