"""Energy-using units with their connections, departments and equipment."""

from copy import copy
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau import scoping
from bureau.filters import ScopedRelatedFilter
from bureau.part_admin import PartAdmin
from bureau.record_admin import OnlyStanding, RecordAdmin, TrackedInline
from bureau.texts import whole_number
from enterprises.models import EnergyConnection, EnergyDepartment, EnergyEquipment, EnergyUnit, EnergyYear
from enterprises.models.energy_unit import overlaps


class ConnectionFormSet(BaseInlineFormSet):
    """The connections of a unit, as they will stand after the save."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.instance.is_checked_together = True
        return form

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.has_changed():
            return
        posted = [form for form in self.forms if form.instance.pk or form.has_changed()]
        rows = [self._gone(form.instance) if form in self.deleted_forms else form.instance for form in posted]
        if problem := next(filter(None, overlaps(rows)), None):
            raise ValidationError(problem)

    def _gone(self, row: EnergyConnection) -> EnergyConnection:
        row = copy(row)
        row.voided_at = timezone.now()
        return row


class ConnectionInline(TrackedInline, TabularInline):
    model = EnergyConnection
    formset = ConnectionFormSet
    fields = ("mode", "begins_on", "ends_on", "remark")


class DepartmentInline(TrackedInline, TabularInline):
    model = EnergyDepartment
    fields = ("name", "is_main", "process")
    per_page = 25


class EquipmentInline(TrackedInline, TabularInline):
    model = EnergyEquipment
    fields = ("number", "name", "department", "energy", "rated", "rated_unit", "quantity", "is_metered_above")
    per_page = 25

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        """A department of this unit; a new unit has none yet."""
        rows = super().choices_for(db_field, request)
        if db_field.name != "department":
            return rows
        unit = whole_number(request.resolver_match.kwargs.get("object_id"))  # type: ignore[union-attr]
        return rows.filter(unit=unit, voided_at__isnull=True) if unit is not None else rows.none()


class YearInline(TrackedInline, TabularInline):
    """Only shown: a year has a page of its own."""

    model = EnergyYear
    fields = ("year", "output_value", "stated_tce", "reported_on")
    ordering = ("-year",)
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("unit__enterprise")


class ListedFilter(DropdownFilter):
    title = _("listed today")
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Listed")), ("no", _("Not listed any more"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "no":
            return queryset.filter(ends_on__lt=today)
        return queryset.exclude(ends_on__lt=today) if self.value() == "yes" else queryset


class ConnectedFilter(DropdownFilter):
    title = _("connected today")
    parameter_name = "connected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return EnergyConnection.Mode.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in EnergyConnection.Mode.values:
            return queryset
        today = timezone.localdate()
        holding = scoping.visible_to(EnergyConnection.objects.on(today), request.user)
        if self.value() == EnergyConnection.Mode.NONE:
            connected = holding.exclude(mode=EnergyConnection.Mode.NONE)
            return queryset.exclude(pk__in=connected.values("unit"))
        return queryset.filter(pk__in=holding.filter(mode=self.value()).values("unit"))


@admin.register(EnergyUnit)
class EnergyUnitAdmin(OnlyStanding, RecordAdmin):
    menu_area = "energy"
    menu_icon = "bolt"
    menu_order = 10
    list_display = ("enterprise", "place_name", "kind", "sector", "size_class", "begins_on", "ends_on")
    list_select_related = ("enterprise", "region")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("sector", ChoicesDropdownFilter),
        ("size_class", ChoicesDropdownFilter),
        ListedFilter,
        ConnectedFilter,
        ("begins_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": ("enterprise", ("kind", "sector"), "size_class", "listed_by", ("begins_on", "ends_on"))}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (ConnectionInline, DepartmentInline, EquipmentInline, YearInline)

    @display(description=_("region"), ordering="region")
    def place_name(self, unit: EnergyUnit) -> str:
        return unit.region.name

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset.select_related("enterprise"), search_term)


class OfUnit(PartAdmin):
    menu_area = "energy"
    list_select_related = ("unit__enterprise",)
    search_help_text = _("Name or no., or enterprise")

    @display(description=_("energy-using unit"), ordering="unit__enterprise__name")
    def of_unit(self, row: Any) -> str:
        return row.unit.enterprise.name


@admin.register(EnergyConnection)
class EnergyConnectionAdmin(OfUnit):
    menu_icon = "cable"
    menu_order = 20
    list_display = ("of_unit", "mode", "begins_on", "ends_on")
    list_filter = (("mode", ChoicesDropdownFilter), ("begins_on", RangeDateFilter), ("ends_on", RangeDateFilter))
    search_fields = ("unit__enterprise__name", "unit__enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")


@admin.register(EnergyDepartment)
class EnergyDepartmentAdmin(OfUnit):
    menu_icon = "account_tree"
    menu_order = 22
    list_display = ("name", "of_unit", "is_main", "process")
    list_filter = ("is_main",)
    search_fields = ("name", "unit__enterprise__name")


@admin.register(EnergyEquipment)
class EnergyEquipmentAdmin(OfUnit):
    menu_icon = "manufacturing"
    menu_order = 24
    list_display = ("name", "number", "of_unit", "department", "energy", "rated_text", "quantity")
    list_select_related = ("unit__enterprise", "department", "energy")
    list_filter = (("energy", ScopedRelatedFilter), "is_metered_above")
    search_fields = ("name", "number", "unit__enterprise__name")

    @display(description=_("rated power or use"))
    def rated_text(self, row: EnergyEquipment) -> str:
        return row.rated_shown or "—"
