"""What is due: certificates of standards that run out, on the dashboard of those who keep or supervise them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import panels, scoping
from bureau.views.base import with_records
from standards.models import MeasurementStandard

SHOWN_OF_EACH = 4


@panels.register
class DueStandards(panels.Panel):
    """The last that expired and the next that run out within the warning period (a setting, in months)."""

    key = "standards-due"
    label = _("Due: re-examination of measurement standards")
    order = 20
    template = "standards/due_panel.html"

    def may_see(self, user: Any) -> bool:
        return with_records(user) and user.has_perm("standards.view_measurementstandard")

    def context(self, request: HttpRequest) -> dict[str, Any]:
        today = timezone.localdate()
        visible = scoping.visible_to(MeasurementStandard.objects.all(), request.user).not_voided()
        expired, expiring = visible.expired(today), visible.expiring_soon(today)
        return {
            "rows": [*reversed(_first(expired, "-valid_until")), *_first(expiring, "valid_until")],
            "today": today,
            "expired": expired.count(),
            "expiring": expiring.count(),
            "months": settings.DUE_WARNING_MONTHS,
            "expired_url": _list("expired"),
            "expiring_url": _list("soon"),
        }


def _first(rows: QuerySet, order: str) -> list[MeasurementStandard]:
    return list(rows.select_related("region").order_by(order, "pk")[:SHOWN_OF_EACH])


def _list(due: str) -> str:
    return f"{reverse('admin:standards_measurementstandard_changelist')}?due={due}"
