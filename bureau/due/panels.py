"""What is due, on the dashboard of those who keep or supervise it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import panels
from bureau.due.listing import OVERDUE, DueList
from bureau.views.base import with_records

SHOWN_AT_MOST = 8


@panels.register
class Due(panels.Panel):
    """How many are overdue and due within each warning level, and the nearest of them."""

    key = "due"
    label = _("Due list")
    order = 20
    template = "due/panel.html"

    def may_see(self, user: Any) -> bool:
        return with_records(user)

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        listed = DueList(request.user, timezone.localdate())
        if not listed.kinds:
            return None
        url = reverse("due:list")
        counts = listed.counts
        # The latest of what is overdue stand nearest to what comes next.
        first = max(0, counts.overdue - SHOWN_AT_MOST // 2)
        return {
            "overdue": counts.overdue,
            "overdue_url": f"{url}?within={OVERDUE}",
            "levels": [(months, count, f"{url}?within={months}") for months, count in counts.within.items()],
            "items": listed[first : first + SHOWN_AT_MOST],
        }
