"""The report of a service campaign as a Word document, to be sent upward."""

from datetime import date
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import override

from bureau import word
from enterprises.models import ServiceCampaign
from enterprises.service_campaign.summary import CampaignSummary, region_lines, text_of, total_line

TEMPLATE = settings.BASE_DIR / "templates" / "enterprises" / "campaign_report.docx"


def campaign_paper(campaign: ServiceCampaign, *, user: Any) -> BytesIO:
    """In Chinese whatever language the reader works in; ``template.py`` makes the document that is filled.

    Raises what ``CampaignSummary.make`` raises.
    """
    with override("zh-hans"):
        summary = CampaignSummary.make(campaign, user=user)
        values = {
            "name": campaign.name,
            "agency": campaign.agency,
            "document_no": campaign.document_no or "—",
            "first": _day(campaign.begins_on),
            "last": _day(campaign.ends_on),
            "region": summary.region.full_name or summary.region.name,
            "report_due_on": _day(campaign.report_due_on) if campaign.report_due_on else "未规定",
            "plan": campaign.plan.splitlines(),
            "is_empty": summary.is_empty,
            "amounts": {key.removeprefix("services."): text_of(each) for key, each in summary.figures.items()},
            "figures": [
                {"label": str(each.indicator.label), "unit": str(each.indicator.unit), "text": text_of(each)}
                for each in summary.key_figures
            ],
            "places": [{"name": name, "cells": cells} for name, cells in region_lines(summary)],
            "total": total_line(summary),
            "activities": [
                {"label": each.label, "unit": each.unit, "count": each.text, "enterprises": each.enterprises}
                for each in summary.activities
            ],
            "reports": [
                {
                    "agency": report.row.agency,
                    "reported_on": _day(report.row.reported_on) if report.row.reported_on else "—",
                    "state": str(report.state.label),
                }
                for report in summary.reports
            ],
            "missing": [report.row.agency for report in summary.missing],
            "reported": len(summary.reported),
            "made_at": f"{localtime(summary.made_at):%Y-%m-%d %H:%M}",
            "made_by": str(summary.made_by),
        }
        return word.filled(TEMPLATE, values)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
