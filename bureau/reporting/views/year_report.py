from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bureau.models.region import region_tree
from bureau.reporting import asked, chain, plausibility
from bureau.reporting.completeness import Board, Line
from bureau.reporting.figures import query_of
from bureau.reporting.forms import DayInput
from bureau.reporting.models import YearReport, YearReportStep
from bureau.reporting.models.year_report import LONGEST_REMARK
from bureau.reporting.plausibility import Severity
from bureau.reporting.views.base import FigureView
from bureau.views.base import Permission, with_records

# Until June the year that is reported is the one before.
LAST_MONTH_OF_LAST_YEAR = 6


def may_view(user: Any) -> bool:
    return with_records(user) and user.has_perm("reporting.view_yearreport")


class AskForm(forms.Form):
    due_on = forms.DateField(label=gettext_lazy("To be submitted by"), widget=DayInput())


class YearReportsView(FigureView):
    """Who has handed in a year and who is missing; the office above asks here."""

    permission: ClassVar[Permission | None] = may_view
    title = gettext_lazy("Reports of years")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(AskForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        what, form = request.POST.get("what"), AskForm(request.POST if request.POST.get("what") == "ask" else None)
        try:
            if what == "begin":
                report = chain.begin(self._year(), by=request.user, request=request)
                return HttpResponseRedirect(report.get_absolute_url())
            if what == "ask" and form.is_valid():
                due_on = form.cleaned_data["due_on"]
                self._tell(chain.call_for(self._year(), due_on, by=request.user, request=request))
                return HttpResponseRedirect(f"?{urlencode({'year': self._year()})}")
        except chain.Refused as refused:
            form.add_error(None, str(refused)) if form.is_bound else messages.error(request, str(refused))
        return self._page(form)

    def _tell(self, done: chain.Asked) -> None:
        said = ngettext("%(count)d office was asked.", "%(count)d offices were asked.", done.added)
        texts = [said % {"count": done.added}]
        if done.changed:
            said = ngettext("The due date of %(count)d changed.", "The due dates of %(count)d changed.", done.changed)
            texts.append(said % {"count": done.changed})
        messages.success(self.request, " ".join(texts))

    def _year(self) -> int:
        named = asked.period(self.request.GET)
        if named:
            return named.last.year
        seen = self.scoped(YearReport.objects.all()).order_by("-year").values_list("year", flat=True).first()
        today = timezone.localdate()
        return seen or (today.year - 1 if today.month <= LAST_MONTH_OF_LAST_YEAR else today.year)

    def _page(self, form: AskForm) -> HttpResponse:
        user: Any = self.request.user
        region, year = self.region(), self._year()
        board = Board(region, year, user=user)
        is_own_region = region == user.office.region_id
        own = self.scoped(YearReport.objects.filter(office=user.office, year=year)).first() if is_own_region else None
        opened = self.request.GET.getlist("open")
        context = self.shell(
            region=region_tree().places[region],
            year=year,
            board=board,
            rows=[{"line": line, "is_open": _is_open(line, opened)} for line in board.reporting],
            can_open=any(line.reporting for line in board.reporting),
            all_open="all" in opened,
            own=own,
            own_late=own.days_late(board.on) if own else 0,
            may_begin=is_own_region and own is None and chain.may_confirm(user),
            may_ask=is_own_region and bool(board.reporting) and chain.may_confirm(user),
            is_asked=any(line.report for line in board.lines),
            form=form,
            today=board.on,
            here=urlencode([("region", region), ("year", year)]),
        )
        return render(self.request, "reporting/year_reports.html", context)


def _is_open(line: Line, opened: list[str]) -> bool:
    return bool(line.reporting) and ("all" in opened or line.place.code in opened)


class YearReportView(FigureView):
    """The report of an office for a year: what the checks find, its steps, and what the reader may do with it."""

    permission: ClassVar[Permission | None] = may_view
    title = gettext_lazy("Report of a year")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(self._report(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version is that of the page: what somebody did since is told, nothing done over it."""
        report = self._report(pk)
        given = request.POST.get("version", "")
        report.version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        try:
            said = self._do(report, request.POST.get("what", ""))
        except chain.Refused as refused:
            return self._page(self._report(pk), problem=str(refused))
        messages.success(request, said)
        return HttpResponseRedirect(report.get_absolute_url())

    def _do(self, report: YearReport, what: str) -> str:
        posted, by = self.request.POST, self.request.user
        reason = posted.get("reason", "")
        if what == "submit":
            confirmed, remark = posted.get("confirmed", ""), posted.get("remark", "")
            chain.submit(report, by=by, confirmed=confirmed, remark=remark, request=self.request)
            return _("The year was submitted.")
        if what == "accept":
            chain.accept(report, by=by, request=self.request)
            return _("The year was accepted.")
        if what == "return":
            chain.give_back(report, by=by, reason=reason, request=self.request)
            return _("The report was returned.")
        if what == "reopen":
            chain.reopen(report, by=by, reason=reason, request=self.request)
            return _("The year was reopened: its office can mend and submit it again.")
        raise Http404

    def _report(self, pk: int) -> YearReport:
        rows = self.scoped(YearReport.objects.select_related("office", "region"))
        report: YearReport = get_object_or_404(rows, pk=pk)
        return report

    def _page(self, report: YearReport, problem: str = "") -> HttpResponse:
        user, on = self.request.user, timezone.localdate()
        steps = list(self.scoped(YearReportStep.objects.filter(report=report)).select_related("by__office"))
        found = self._found(report)
        may_judge = chain.may_judge(report, user)
        context = self.shell(
            report=report,
            steps=[{"step": step, "findings": _labelled(step.findings)} for step in reversed(steps)],
            why=_why_waiting(report, steps),
            late=report.days_late(on),
            findings=_labelled([finding.as_json() for finding in found] if report.is_waiting else _confirmed(steps)),
            digest=plausibility.digest(found),
            may_submit=report.is_waiting and chain.may_submit(report, user),
            may_accept=report.state == YearReport.State.SUBMITTED and may_judge,
            may_reopen=report.state == YearReport.State.ACCEPTED and may_judge,
            problem=problem,
            posted=self.request.POST,
            longest=LONGEST_REMARK,
            query=urlencode(query_of(report.region_id, report.period)),
            board_url=f"{reverse('reporting:year-reports')}?{urlencode({'year': report.year})}",
        )
        return render(self.request, "reporting/year_report.html", context)

    def _found(self, report: YearReport) -> list[plausibility.Finding]:
        """Of a report that is handed in, the step says what was found; nothing is reckoned anew."""
        if not report.is_waiting:
            return []
        return plausibility.findings(report.region_id, report.year, user=self.request.user)


def _confirmed(steps: list[YearReportStep]) -> list[dict[str, str]]:
    """What was found when the report was last submitted."""
    handed_in = [step.findings for step in steps if step.did == YearReportStep.Did.SUBMITTED]
    return handed_in[-1] if handed_in else []


def _labelled(findings: list[dict[str, str]]) -> list[dict[str, Any]]:
    known = {severity.value: severity.label for severity in Severity}
    return [{**finding, "label": known.get(finding["severity"], "")} for finding in findings]


def _why_waiting(report: YearReport, steps: list[YearReportStep]) -> YearReportStep | None:
    """The step by which it came back."""
    back = (YearReportStep.Did.RETURNED, YearReportStep.Did.REOPENED)
    found = [step for step in steps if step.did in back]
    return found[-1] if found and report.state == YearReport.State.RETURNED else None
