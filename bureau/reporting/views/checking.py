from datetime import date
from io import BytesIO
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from bureau.archives import BadFile
from bureau.operations import Action, log
from bureau.reporting import asked, indicators
from bureau.reporting.checking.checked import Checked, brought, carried
from bureau.reporting.checking.result_sheet import result
from bureau.reporting.checking.upload import ENDINGS, MAX_BYTES, Report, pasted, uploaded
from bureau.reporting.checking.verdicts import Verdict
from bureau.reporting.periods import Period
from bureau.reporting.summary import latest_year
from bureau.reporting.views.base import FigureView
from bureau.workbooks import CONTENT_TYPE

YEARS_OFFERED = 12
# Of each verdict; the workbook of the result has all.
ROWS_SHOWN = 300


class CheckForm(forms.Form):
    """Shows what was asked for; region and year are read by ``asked``."""

    region = forms.ChoiceField(label=gettext_lazy("Region"), widget=UnfoldAdminSelectWidget)
    year = forms.ChoiceField(label=gettext_lazy("Year"), widget=UnfoldAdminSelectWidget)

    def __init__(self, region: str, year: int, *, user: Any) -> None:
        super().__init__(initial={"region": region, "year": year})
        this_year = timezone.localdate().year
        years = sorted({year, *range(this_year, this_year - YEARS_OFFERED, -1)}, reverse=True)
        self.fields["region"].choices = asked.region_choices(region, user)  # type: ignore[attr-defined]
        self.fields["year"].choices = [(each, each) for each in years]  # type: ignore[attr-defined]


class CheckView(FigureView):
    """The numbers of a report that was sent already, each beside the figure that it most likely is.

    Nothing of the report is kept: the page of the result carries it along for the workbook.
    """

    title = gettext_lazy("Check a report")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse | FileResponse:
        is_download = "report" in request.POST
        try:
            report = brought(request.POST["report"]) if is_download else self._handed_in()
            checked = Checked.make(report, self.region(), self._year(), user=request.user)
        except BadFile as bad:
            return self._page(problem=bad.sentence, status=422)
        counted: dict[str, Any] = {str(verdict.value): number for verdict, number in checked.counts.items()}
        name = f"{self.title}: {checked.region.name} {checked.year}"
        log(Action.EXPORT, request=request, target=name, region=checked.region.code, year=checked.year, **counted)
        return self._download(checked) if is_download else self._page(checked)

    def region(self) -> str:
        return asked.region(self.request.POST or self.request.GET, self.request.user)

    def _year(self) -> int:
        """The latest with records, unless the form or the address names one."""
        named = (self.request.POST or self.request.GET).get("year", "")
        if named:
            return Period.from_text(year=named).last.year
        found: date = latest_year(indicators.every(), self.region(), user=self.request.user).last
        return found.year

    def _handed_in(self) -> Report:
        text, file = self.request.POST.get("text", ""), self.request.FILES.get("file")
        if file and text.strip():
            raise BadFile(_("There is a text as well as a file. Check them one after the other."))
        if file:
            return uploaded(file)
        if not text.strip():
            raise BadFile(_("Paste a text, or choose a file."))
        return pasted(text)

    def _page(self, checked: Checked | None = None, problem: str = "", status: int = 200) -> HttpResponse:
        context = self.shell(
            form=CheckForm(self.region(), self._year(), user=self.request.user),
            text=self.request.POST.get("text", ""),
            endings=ENDINGS,
            limit=filesizeformat(MAX_BYTES),
            problem=problem,
            checked=checked,
            **(_result(checked) if checked else {}),
        )
        return render(self.request, "reporting/check.html", context, status=status)

    def _download(self, checked: Checked) -> FileResponse:
        content = BytesIO()
        result(checked).save(content)
        content.seek(0)
        name = f"{self.title} {checked.region.name} {checked.year}.xlsx"
        return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


def _result(checked: Checked) -> dict[str, Any]:
    shown = dict.fromkeys(Verdict, 0)
    rows = []
    for number, row in enumerate(checked.rows, start=1):
        shown[row.verdict] += 1
        if shown[row.verdict] <= ROWS_SHOWN:
            rows.append((number, row))
    return {
        "rows": rows,
        "counts": [(verdict, count) for verdict, count in checked.counts.items() if count],
        "left_out": len(checked.rows) - len(rows),
        "pieces": list(checked.pieces()) if checked.report.text.strip() else [],
        "carried": carried(checked.report),
    }
