"""What is due about reports; one class is one kind (``bureau.due.kinds``)."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.due.kinds import DueKind, register
from bureau.reporting.models import YearReport


@register
class YearReportDue(DueKind):
    """The report of a year that an office has yet to submit, or to mend and submit again."""

    key = "reporting.year"
    label = _("Report of a year to be submitted")
    model = YearReport
    due_path = "due_on"
    condition = Q(state__in=YearReport.WAITING)

    def title(self, row: Any) -> str:
        return gettext("Report for %(year)s: %(state)s") % {"year": row.year, "state": row.get_state_display()}

    def holder(self, row: Any) -> str:
        return str(row.office)

    def url(self, row: Any) -> str:
        return str(row.get_absolute_url())

    def revised_at(self, row: Any) -> datetime:
        return row.updated_at  # type: ignore[no-any-return]
