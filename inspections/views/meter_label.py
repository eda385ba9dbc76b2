"""Labels of energy meters: who scans one at the meter enters what is found there in the form that is open."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises.models import EnergyUnit
from inspections.models import EnergyMeter
from inspections.views.label import LabelSheetView, numbered


def scan_path(meter: int) -> str:
    """Of what a scan opens: the meter's row in the form of the audit that is open, or the meter."""
    return reverse("fieldwork:at", args=[f"meter.{meter}"])


class SheetView(LabelSheetView):
    """``meters`` in the address: numbers with commas between; or all in use today of a ``unit``."""

    permission = "inspections.view_energymeter"
    title = gettext_lazy("Labels of energy meters")
    hint = gettext_lazy(
        "Whoever scans a label during an audit comes to the meter in the form of that audit, and otherwise to its page."
    )
    nothing = gettext_lazy("There is no energy meter to label.")
    order = ("unit", "department__name", "place", "own_no")

    def get(self, request: HttpRequest) -> HttpResponse:
        name, numbers, query = self.asked("meters", "unit")
        if name == "meters":
            return self.sheet(self.rows().filter(pk__in=numbers), query)
        unit = get_object_or_404(self.scoped(EnergyUnit.objects.not_voided()), pk=numbers[0])
        return self.sheet(self.rows().on(timezone.localdate()).filter(unit=unit), query)

    def rows(self) -> Any:
        return self.scoped(EnergyMeter.objects.not_voided()).select_related("unit__enterprise", "energy", "department")

    def path_of(self, meter: EnergyMeter) -> str:
        return scan_path(meter.pk)

    def texts_of(self, meter: EnergyMeter) -> tuple[str, Iterable[str], str]:
        lines = (
            numbered(_("Own no."), meter.own_no),
            " ".join(filter(None, (meter.model, numbered(_("Serial no."), meter.serial_no)))),
            meter.place or (meter.department.name if meter.department else ""),
            meter.unit.enterprise.name,
        )
        name = _("%(meter)s (%(energy)s)") % {"meter": meter.name, "energy": meter.energy}
        return name, lines, ""
