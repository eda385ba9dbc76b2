from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import panels, scoping
from bureau.jobs.models import Job

SHOWN_FOR = timedelta(days=7)
SHOWN_AT_MOST = 5


@panels.register
class MyOpenWork(panels.Panel):
    """The user's jobs that are under way or failed lately."""

    key = "jobs"
    label = _("My open work")
    order = 30
    template = "jobs/panel.html"

    def may_see(self, user: Any) -> bool:
        return user.has_perm("jobs.view_job")

    def context(self, request: HttpRequest) -> dict[str, Any]:
        own = scoping.visible_to(Job.objects.all(), request.user)
        since = timezone.now() - SHOWN_FOR
        jobs = list(own.filter(state__in=[*Job.OPEN, Job.State.FAILED], created_at__gte=since)[:SHOWN_AT_MOST])
        return {"jobs": jobs}
