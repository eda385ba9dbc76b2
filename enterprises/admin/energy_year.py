"""The energy use of a year, with what it amounts to in coal equivalent."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.part_admin import PartAdmin
from bureau.record_admin import RecordAdmin, TrackedInline
from enterprises.energy_balance import balance_of
from enterprises.models import EnergyConsumption, EnergyProduct, EnergyYear


class ConsumptionInline(TrackedInline, TabularInline):
    model = EnergyConsumption
    fields = ("energy", "purpose", "amount", "unit", "ncv", "factor", "bought", "stock_before", "stock_after",
              "stated_tce", "stated_share")  # fmt: skip
    tab = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("energy")


class ProductInline(TrackedInline, TabularInline):
    model = EnergyProduct
    fields = ("name", "amount", "unit", "value", "tce")
    tab = False


@admin.register(EnergyYear)
class EnergyYearAdmin(RecordAdmin):
    menu_area = "energy"
    menu_icon = "energy_savings_leaf"
    menu_order = 30
    change_form_outer_before_template = "enterprises/energy_year_head.html"
    list_display = ("unit_name", "year", "output_value", "stated_tce", "due_on", "reported_on", "way")
    list_select_related = ("unit__enterprise",)
    list_filter = (
        "year",
        ("way", ChoicesDropdownFilter),
        ("due_on", RangeDateFilter),
        ("reported_on", RangeDateFilter),
    )
    search_fields = ("unit__enterprise__name", "unit__enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")
    autocomplete_fields = ("office", "region", "unit")
    fieldsets = (
        (None, {"fields": (("unit", "year"), ("output_value", "added_value"), ("stated_tce", "stated_tce_equal"))}),
        (_("Report of the year"), {"fields": (("due_on", "reported_on", "way"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (ConsumptionInline, ProductInline)

    class Media:
        css: ClassVar[Any] = {"all": ("bureau/energy.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("unit__enterprise")

    @display(description=_("energy-using unit"), ordering="unit__enterprise__name")
    def unit_name(self, year: EnergyYear) -> str:
        return year.unit.enterprise.name

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context["original"] is not None:
            context["balance"] = balance_of(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)


class OfYear(PartAdmin):
    menu_area = "energy"
    list_select_related = ("energy_year__unit__enterprise",)

    @display(description=_("energy-using unit"), ordering="energy_year__unit__enterprise__name")
    def of_unit(self, row: Any) -> str:
        return row.energy_year.unit.enterprise.name

    @display(description=_("year"), ordering="energy_year__year")
    def of_year(self, row: Any) -> int:
        return row.energy_year.year


@admin.register(EnergyConsumption)
class EnergyConsumptionAdmin(OfYear):
    menu_icon = "local_fire_department"
    menu_order = 32
    list_display = ("of_unit", "of_year", "energy", "purpose", "amount", "unit", "ncv")
    list_select_related = ("energy_year__unit__enterprise", "energy")
    list_filter = (("energy", ScopedRelatedFilter), ("purpose", ChoicesDropdownFilter))
    search_fields = ("energy_year__unit__enterprise__name",)


@admin.register(EnergyProduct)
class EnergyProductAdmin(OfYear):
    menu_icon = "inventory_2"
    menu_order = 34
    list_display = ("name", "of_unit", "of_year", "amount", "unit", "tce")
    search_fields = ("name", "energy_year__unit__enterprise__name")
