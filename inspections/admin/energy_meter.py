"""Energy meters and the points at which they are needed."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from bureau import menu, scoping
from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import OnlyStanding, RecordAdmin
from bureau.record_forms import RecordForm
from bureau.texts import whole_number
from inspections.models import EnergyMeter, MeteringPoint

menu.register(
    menu.MenuItem(
        "energy",
        _("Equipping rates by unit"),
        "table_chart",
        "inspections:equipping-units",
        lambda user: user.has_perm("inspections.view_meteringpoint"),
        order=44,
    )
)

# Labels for which an address has room.
MOST_LABELS = 400
OF_UNIT = ("department", "equipment", "meter")


def day_of(text: str | None) -> date | None:
    """A day written as 2026-01-31; None for anything else."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


class OfUnitAdmin(RecordAdmin):
    """Records of an energy-using unit: what stands in the unit is chosen once the unit is known."""

    menu_area = "energy"
    lookup_fields = ("import_id", "unit")
    list_select_related = ("unit__enterprise",)
    actions_detail = ("equipping_action", *RecordAdmin.actions_detail)

    class Media:
        css: ClassVar[Any] = {"all": ("bureau/energy.css",)}

    @display(description=_("energy-using unit"), ordering="unit__enterprise__name")
    def of_unit(self, row: Any) -> str:
        return row.unit.enterprise.name

    @action(description=_("Equipping rates of the unit"), url_path="equipping", icon="table_chart")
    def equipping_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        return redirect("inspections:equipping", pk=row.unit_id) if row else redirect("inspections:equipping-units")

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet:
        rows = super().choices_for(db_field, request)
        if db_field.name not in OF_UNIT:
            return rows
        unit = self._unit(request)
        return rows.filter(unit=unit, voided_at__isnull=True) if unit else rows.none()

    def _unit(self, request: HttpRequest) -> int | None:
        """As posted, as on record, or as the address proposes."""
        key = whole_number(request.POST.get("unit") or request.GET.get("unit"))
        if key is not None:
            return key
        pk = whole_number(request.resolver_match.kwargs.get("object_id"))  # type: ignore[union-attr]
        if pk is None:
            return None
        rows = scoping.visible_to(self.model._default_manager.filter(pk=pk), request.user)
        return rows.values_list("unit", flat=True).first()


class VerifiedFilter(DropdownFilter):
    title = _("verification")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("valid", _("Valid")), ("overdue", _("Overdue")), ("without", _("Not stated"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        conditions = {
            "valid": Q(valid_until__gte=today),
            "overdue": Q(valid_until__lt=today),
            "without": Q(valid_until__isnull=True),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class ServingFilter(DropdownFilter):
    """Meters in use at a point that counts; the table of equipping rates opens them for its own day."""

    title = _("at a metering point")
    parameter_name = "serving"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("At a point that is not exempt")), ("no", _("At none"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        on = today if self.value() in ("today", "no") else day_of(self.value())
        if on is None:
            return queryset
        points = scoping.visible_to(MeteringPoint.objects.on(on), request.user).filter(meter=OuterRef("pk"))
        if self.value() == "no":
            return queryset.on(on).filter(~Exists(points))
        return queryset.on(on).filter(Exists(points.filter(is_exempt=False)))


@admin.register(EnergyMeter)
class EnergyMeterAdmin(OnlyStanding, OfUnitAdmin):
    actions = ("labels",)  # type: ignore[assignment]
    actions_detail = ("label_action", *OfUnitAdmin.actions_detail)
    menu_icon = "electric_meter"
    menu_order = 40
    list_display = ("name", "own_no", "of_unit", "energy", "level", "accuracy_class", "valid_until", "state_shown")
    list_select_related = ("unit__enterprise", "energy")
    list_filter = (
        ("energy", ScopedRelatedFilter),
        ("level", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("use", ScopedRelatedFilter),
        VerifiedFilter,
        ServingFilter,
        ("valid_until", RangeDateFilter),
    )
    search_fields = ("name", "own_no", "serial_no", "unit__enterprise__name")
    search_help_text = _("Name, own no., serial no. or enterprise")
    autocomplete_fields = ("office", "region", "unit", "instrument")
    fieldsets = (
        (None, {"fields": ("unit", ("name", "model"), ("own_no", "serial_no"), ("measuring_range", "maker"))}),
        (
            _("What it measures"),
            {"fields": (("energy", "level"), ("department", "equipment"), "place", ("use", "is_for_trade"))},
        ),
        (
            _("Verification or calibration"),
            {"fields": ("accuracy_class", ("interval_months", "last_verified_on", "valid_until"), "instrument")},
        ),
        (_("State"), {"fields": (("state", "in_use_from", "in_use_until"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(
        description=_("state"),
        ordering="state",
        label={"qualified": "success", "limited": "warning", "stopped": "danger"},
    )
    def state_shown(self, meter: EnergyMeter) -> tuple[str, Any]:
        return meter.state, meter.get_state_display()

    @admin.action(description=_("Labels of the meters chosen"), permissions=["view"])
    def labels(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Their numbers stand in the address of the sheet, which has room for so many."""
        chosen = list(queryset.values_list("pk", flat=True)[: MOST_LABELS + 1])
        if len(chosen) > MOST_LABELS:
            sentence = _("At most %(count)d labels at once; those of a whole unit from its page of equipping rates.")
            messages.error(request, sentence % {"count": MOST_LABELS})
            return None
        return self._sheet(chosen)

    @action(description=_("Print the label"), url_path="label", icon="qr_code_2")
    def label_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        meter = self.get_object(request, object_id)
        return self._sheet([meter.pk]) if meter else redirect(self._page("changelist"))

    def _sheet(self, meters: list[int]) -> HttpResponse:
        return redirect(f"{reverse('inspections:meter-labels')}?meters={','.join(map(str, meters))}")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"in_use_from": timezone.localdate(), **super().get_changeform_initial_data(request)}


class PointForm(RecordForm):
    """What may be chosen follows from the unit, which a new form does not know yet: it is saved, then completed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "meter" in self.fields and not self.initial.get("unit"):
            self.fields["meter"].help_text = _("Can be chosen once the point is saved with its unit.")


class DayFilter(DropdownFilter):
    title = _("needed on the day")
    parameter_name = "on"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("Today"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        on = timezone.localdate() if self.value() == "today" else day_of(self.value())
        return queryset.on(on) if on else queryset


class MeteredFilter(DropdownFilter):
    title = _("meter")
    parameter_name = "metered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Without a meter"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(meter__isnull=True) if self.value() == "no" else queryset


@admin.register(MeteringPoint)
class MeteringPointAdmin(OfUnitAdmin):
    form = PointForm
    menu_icon = "location_on"
    menu_order = 42
    list_display = ("number", "name", "of_unit", "energy", "level", "meter", "exempt_shown")
    list_select_related = ("unit__enterprise", "energy", "meter")
    list_filter = (
        ("energy", ScopedRelatedFilter),
        ("level", ChoicesDropdownFilter),
        "is_exempt",
        MeteredFilter,
        DayFilter,
    )
    search_fields = ("number", "name", "unit__enterprise__name")
    search_help_text = _("Point no., what is measured, or enterprise")
    autocomplete_fields = ("office", "region", "unit")
    fieldsets = (
        (None, {"fields": ("unit", ("number", "name"), ("energy", "level"), ("department", "equipment"), "meter")}),
        (_("Exemption"), {"fields": (("is_exempt", "exempt_reason"),)}),
        (_("Days"), {"fields": (("begins_on", "ends_on"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(description=_("exempt"), ordering="is_exempt", label={True: "info"})
    def exempt_shown(self, point: MeteringPoint) -> tuple[bool, Any]:
        return point.is_exempt, _("exempt") if point.is_exempt else "—"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"begins_on": timezone.localdate(), **super().get_changeform_initial_data(request)}
