from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bureau import panels, scoping
from bureau.models.region import region_tree
from bureau.reporting import indicators
from bureau.reporting.completeness import Board
from bureau.reporting.engine import compute
from bureau.reporting.figures import query_of
from bureau.reporting.lines import Line
from bureau.reporting.models import YearReport, YearReportStep
from bureau.reporting.summary import latest_year
from bureau.views.base import with_records


@panels.register
class KeyFigures(panels.Panel):
    """The key figures of the reader's region in the latest year with records, each opening its rows."""

    key = "figures"
    label = _("Key figures")
    order = 10
    template = "reporting/panel.html"
    is_wide = True

    def may_see(self, user: Any) -> bool:
        return with_records(user)

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        shown = [indicator for indicator in indicators.every() if indicator.on_dashboard]
        if not shown:
            return None
        reader: Any = request.user
        region = reader.office.region_id
        period = latest_year(shown, region, user=reader)
        figures = compute(shown, region, period, user=reader, breakdowns=False)
        return {
            "lines": [Line(figure) for figure in figures],
            "region": region_tree().places[region],
            "period": period,
            "query": urlencode(query_of(region, period)),
        }


@panels.register
class YearReports(panels.Panel):
    """The latest year that is reported: how far the own office is, and how many below have handed it in."""

    key = "year_reports"
    label = _("Reports of years")
    order = 25
    template = "reporting/year_reports_panel.html"

    def may_see(self, user: Any) -> bool:
        return with_records(user)

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        reader: Any = request.user
        seen = scoping.visible_to(YearReport.objects.all(), reader)
        latest = seen.order_by("-year").values_list("year", flat=True).first()
        if latest is None:
            return None
        own = seen.filter(office=reader.office, year=latest).select_related("office").first()
        today = timezone.localdate()
        return {
            "year": latest,
            "own": own,
            "late": own.days_late(today) if own else 0,
            "why": _why(own, reader) if own and own.state == YearReport.State.RETURNED else "",
            "board": Board(reader.office.region_id, latest, user=reader, on=today),
        }


def _why(report: YearReport, reader: Any) -> str:
    """The reason for which it came back."""
    steps = scoping.visible_to(YearReportStep.objects.filter(report=report).exclude(remark=""), reader)
    back = steps.filter(did__in=(YearReportStep.Did.RETURNED, YearReportStep.Did.REOPENED))
    return back.order_by("-pk").values_list("remark", flat=True).first() or ""
