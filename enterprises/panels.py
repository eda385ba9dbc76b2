"""What is due: reports on service campaigns that are still missing, before those who owe or collect them."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import panels, scoping
from bureau.views.base import with_records
from enterprises.models import CampaignReport

SHOWN = 5


@panels.register
class ReportsDue(panels.Panel):
    """The missing reports with the nearest days, overdue ones first; no box where nothing is missing."""

    key = "campaign-reports-due"
    label = _("Due: reports on service campaigns")
    order = 25
    template = "enterprises/reports_panel.html"

    def may_see(self, user: Any) -> bool:
        return with_records(user) and user.has_perm("enterprises.view_campaignreport")

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        today = timezone.localdate()
        missing = scoping.visible_to(CampaignReport.objects.of_standing(), request.user).filter(
            reported_on__isnull=True, campaign__report_due_on__isnull=False
        )
        rows = list(missing.select_related("campaign").order_by("campaign__report_due_on", "region", "pk")[:SHOWN])
        if not rows:
            return None
        url = reverse("admin:enterprises_campaignreport_changelist")
        is_overdue = Q(campaign__report_due_on__lt=today)
        return {
            "rows": rows,
            "today": today,
            **missing.aggregate(overdue=Count("pk", filter=is_overdue), open=Count("pk", filter=~is_overdue)),
            "overdue_url": f"{url}?state=overdue",
            "open_url": f"{url}?state=open",
        }
