"""What is due about energy-using units; one class is one kind (``bureau.due.kinds``)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.due.kinds import DueKind, register
from enterprises.models import EnergyYear


@register
class EnergyReportDue(DueKind):
    """The yearly report of energy use that did not come in yet (节约能源法 第五十三条)."""

    key = "energy.year_report"
    label = _("Yearly report of energy use")
    model = EnergyYear
    due_path = "due_on"
    condition = Q(reported_on__isnull=True)
    related = ("unit__enterprise",)

    def holder(self, row: Any) -> str:
        return row.unit.enterprise.name
