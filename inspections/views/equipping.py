"""How units are equipped with energy meters: the units with their counts, and the wide table of one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.fieldwork.forms import DateWidget
from bureau.views.base import ScopedView
from enterprises.models import EnergyUnit, Level, MeteredEnergy
from inspections.equipping import Cell
from inspections.equipping_rules import Row, Standing, standing_of, with_metered
from inspections.models import MeteringPoint

PAGE_SIZE = 25
# More than anybody reads at once; the page says so when a list is cut.
SHOWN = 100


class DayForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("As on the day"), required=False, widget=DateWidget)


@dataclass(frozen=True)
class ShownCell:
    """A cell of the wide table with the addresses of what it counts."""

    label: Any
    cell: Cell
    needed_url: str = ""
    installed_url: str = ""
    exempt_url: str = ""


@dataclass(frozen=True)
class ShownRow:
    energy: MeteredEnergy | None
    cells: list[ShownCell]


class UnitsView(ScopedView):
    """The units that the reader sees, with how many points they have, need and metered today."""

    permission = "inspections.view_meteringpoint"
    title = gettext_lazy("Equipping rates by unit")

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        words = request.GET.get("q", "").strip()
        units = self.scoped(EnergyUnit.objects.on(today)).select_related("enterprise", "region").order_by("-pk")
        if words:
            units = units.filter(Q(enterprise__name__icontains=words) | Q(enterprise__credit_code__iexact=words))
        page = Paginator(units, PAGE_SIZE).get_page(request.GET.get("page"))
        counts = self._counts([unit.pk for unit in page], today)
        lines = [(unit, Cell(*counts.get(unit.pk, (0, 0)), is_judged=False)) for unit in page]
        context = self.shell(
            page=page,
            lines=lines,
            words=words,
            query=urlencode({"q": words}) if words else "",
            page_range=page.paginator.get_elided_page_range(page.number),
        )
        return render(request, "inspections/equipping_units.html", context)

    def _counts(self, units: list[int], on: date) -> dict[int, tuple[int, int]]:
        points = with_metered(self.scoped(MeteringPoint.objects.on(on)), on).filter(unit__in=units, is_exempt=False)
        rows = (
            points.order_by()
            .values("unit")
            .annotate(needed=Count("pk"), installed=Count("pk", filter=Q(is_metered=True)))
        )
        return {row["unit"]: (row["needed"], row["installed"]) for row in rows}


class EquippingView(ScopedView):
    """The wide table of one unit, on any day; each cell opens its points and its meters."""

    permission = "inspections.view_meteringpoint"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        unit = get_object_or_404(self.scoped(EnergyUnit.objects.not_voided().select_related("enterprise")), pk=pk)
        form = DayForm(request.GET if "on" in request.GET else None)
        asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
        on = asked or timezone.localdate()
        standing = standing_of(unit, on, scoped=self.scoped)
        self.title = _("Equipping rates: %(unit)s") % {"unit": unit.enterprise.name}
        context = self.shell(
            unit=unit,
            labels_url=f"{reverse('inspections:meter-labels')}?unit={unit.pk}",
            on=on,
            form=form if form.is_bound else DayForm(initial={"on": on}),
            standing=standing,
            levels=[level.label for level in (Level.UNIT, Level.SUB_UNIT, Level.EQUIPMENT)],
            rows=[self._row(row, unit, on) for row in standing.rows],
            warnings=self._warnings(standing),
            not_met=standing.not_met[:SHOWN],
            unknown=standing.unknown[:SHOWN],
            without_point=standing.without_point[:SHOWN],
            cut={
                name: max(0, len(getattr(standing, name)) - SHOWN) for name in ("not_met", "unknown", "without_point")
            },
        )
        return render(request, "inspections/equipping.html", context)

    def _row(self, row: Row, unit: EnergyUnit, on: date) -> ShownRow:
        shown = [self._cell(row.energy, level, cell, unit, on) for level, cell in row.cells]
        return ShownRow(row.energy, shown)

    def _cell(self, energy: MeteredEnergy | None, level: str, cell: Cell, unit: EnergyUnit, on: date) -> ShownCell:
        where = {"unit__id__exact": unit.pk, "level__exact": level}
        if energy is not None:
            where["energy__code__exact"] = energy.pk
        points = reverse("admin:inspections_meteringpoint_changelist")
        meters = reverse("admin:inspections_energymeter_changelist")
        day = on.isoformat()
        return ShownCell(
            Level(level).label,
            cell,
            f"{points}?{urlencode({**where, 'is_exempt__exact': 0, 'on': day})}",
            f"{meters}?{urlencode({**where, 'serving': day})}",
            f"{points}?{urlencode({**where, 'is_exempt__exact': 1, 'on': day})}",
        )

    def _warnings(self, standing: Standing) -> list[str]:
        found = [cell.warning for row in standing.rows for _level, cell in row.cells if cell.warning]
        if standing.spare_meters:
            found.append(
                _("Meters in use that stand at no metering point: %(count)s. They count in no rate.")
                % {"count": standing.spare_meters}
            )
        return found
