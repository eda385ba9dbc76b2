"""The report of a service campaign: on a page, as Word, as a workbook; and asking the offices below to report."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bureau import scoping, word
from bureau.operations import Action, log
from bureau.reporting.views.base import FigureView
from bureau.views.base import ScopedView
from bureau.workbooks import CONTENT_TYPE as XLSX
from enterprises.models import ServiceCampaign
from enterprises.service_campaign import asking, workbook
from enterprises.service_campaign.paper import campaign_paper
from enterprises.service_campaign.summary import CampaignSummary, region_lines, text_of, total_line


class CampaignView(FigureView):
    """For those who work on campaigns of their own place, above it or below it; another place's is not there."""

    permission = "enterprises.change_servicecampaign"

    def campaign(self, pk: int) -> ServiceCampaign:
        office = self.request.user.office  # type: ignore[union-attr]
        if office is None:
            raise Http404
        rows: Any = self.scoped(ServiceCampaign.objects.not_voided())
        return get_object_or_404(rows.concerning(office).select_related("office", "region"), pk=pk)


class ReportView(CampaignView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        summary = CampaignSummary.make(self.campaign(pk), user=request.user)
        self.title = _("Report: %(campaign)s") % {"campaign": summary.campaign.name}
        may_ask = may_ask_for(summary.campaign, request.user)
        context = self.shell(
            summary=summary,
            campaign=summary.campaign,
            figures=[(figure, text_of(figure)) for figure in summary.key_figures],
            headings=[(figure.indicator.label, figure.indicator.unit) for figure in summary.by_region],
            places=[(name, self._cells(summary, cells)) for name, cells in region_lines(summary)],
            total=self._cells(summary, total_line(summary)),
            not_asked=asking.not_asked(summary.campaign) if may_ask else [],
        )
        return render(request, "enterprises/campaign_report.html", context)

    def _cells(self, summary: CampaignSummary, texts: list[str]) -> list[tuple[Any, str]]:
        return [(figure.indicator.label, text) for figure, text in zip(summary.by_region, texts, strict=True)]


class DownloadView(CampaignView):
    def get(self, request: HttpRequest, pk: int, format: str) -> FileResponse:
        if format not in ("docx", "xlsx"):
            raise Http404
        campaign = self.campaign(pk)
        if format == "docx":
            content, kind = campaign_paper(campaign, user=request.user), word.CONTENT_TYPE
        else:
            content, kind = BytesIO(), XLSX
            workbook.build(CampaignSummary.make(campaign, user=request.user)).save(content)
            content.seek(0)
        name = f"{campaign.name}.{format}"
        log(Action.EXPORT, request=request, target=name, campaign=pk)
        return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


def may_ask_for(campaign: ServiceCampaign, user: Any) -> bool:
    """Whoever keeps the campaign, or an office above."""
    kept = scoping.editable_by(ServiceCampaign.objects.filter(pk=campaign.pk), user)
    return user.has_perm("enterprises.add_campaignreport") and kept.exists()


class AskView(ScopedView):
    permission = "enterprises.add_campaignreport"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = scoping.editable_by(ServiceCampaign.objects.not_voided(), request.user)
        campaign = get_object_or_404(rows, pk=pk)
        asked = asking.ask(campaign, by=request.user)  # type: ignore[arg-type]
        sentence = ngettext(
            "%(count)s office is asked to report.", "%(count)s offices are asked to report.", len(asked)
        )
        messages.success(request, sentence % {"count": len(asked)})
        return redirect("enterprises:campaign-report", pk=pk)
