from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau import menu
from bureau.part_admin import PartAdmin
from bureau.record_admin import TrackedInline
from standards.admin.dated import DatedAdmin, DatedFormSet, InForceFilter
from standards.models import Authorisation, AuthorisedItem, Institution, ReferenceMaterialProduct

menu.register_area("institutions", _("Institutions and people"), 22)


class AuthorisationInline(TrackedInline, TabularInline):
    model = Authorisation
    fields = ("certificate_no", "authority", "issued_on", "valid_until")
    verbose_name_plural = _("authorisations")


class AuthorisedItemInline(TrackedInline, TabularInline):
    model = AuthorisedItem
    formset = DatedFormSet
    fields = ("service", "name", "measuring_range", "accuracy", "specification", "begins_on", "ends_on")
    verbose_name_plural = _("authorised items")
    per_page = 25


class ProductInline(TrackedInline, TabularInline):
    model = ReferenceMaterialProduct
    formset = DatedFormSet
    fields = ("code", "name", "level", "certified_value", "begins_on", "ends_on")
    verbose_name_plural = _("reference material products")
    per_page = 25


@admin.register(Institution)
class InstitutionAdmin(DatedAdmin):
    menu_area = "institutions"
    menu_icon = "account_balance"
    menu_order = 10
    list_display = ("name", "kind", "tier", "place_name", "begins_on", "ends_on")
    list_select_related = ("region",)
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("tier", ChoicesDropdownFilter),
        InForceFilter,
        ("begins_on", RangeDateFilter),
    )
    search_fields = ("name", "credit_code", "authorisations__certificate_no")
    search_help_text = _("Name, credit code or certificate no.")
    autocomplete_fields = ("office", "region", "login_office")
    fieldsets = (
        (None, {"fields": ("name", ("kind", "tier"), ("begins_on", "ends_on"), ("credit_code", "address"))}),
        (_("Kept by"), {"fields": (("office", "region"), "login_office")}),
    )
    inlines = (AuthorisationInline, AuthorisedItemInline, ProductInline)

    @display(description=_("region"), ordering="region")
    def place_name(self, institution: Institution) -> str:
        return institution.region.name

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Products are asked for of a producer only, unless there are some."""
        inlines = super().get_inlines(request, obj)
        is_producer = obj is None or obj.kind == Institution.Kind.REFERENCE_MATERIAL_PRODUCER
        if is_producer or obj.products.exists():
            return inlines
        return [inline for inline in inlines if inline is not ProductInline]


class OfInstitution(PartAdmin):
    menu_area = "institutions"
    list_select_related = ("institution", "institution__region")

    @display(description=_("institution"), ordering="institution__name")
    def of_institution(self, row: Any) -> str:
        return row.institution.name


@admin.register(Authorisation)
class AuthorisationAdmin(OfInstitution):
    menu_icon = "verified"
    menu_order = 12
    list_display = ("certificate_no", "of_institution", "authority", "issued_on", "valid_until")
    list_filter = (("issued_on", RangeDateFilter), ("valid_until", RangeDateFilter))
    search_fields = ("certificate_no", "institution__name", "authority")


@admin.register(AuthorisedItem)
class AuthorisedItemAdmin(OfInstitution):
    menu_icon = "checklist"
    menu_order = 14
    list_display = ("name", "of_institution", "service", "measuring_range", "accuracy", "begins_on", "ends_on")
    list_filter = (("service", ChoicesDropdownFilter), InForceFilter)
    search_fields = ("name", "institution__name", "measuring_range", "specification")


@admin.register(ReferenceMaterialProduct)
class ReferenceMaterialProductAdmin(OfInstitution):
    menu_icon = "science"
    menu_order = 16
    list_display = ("code", "name", "of_institution", "level", "certified_value", "begins_on", "ends_on")
    list_filter = (("level", ChoicesDropdownFilter), InForceFilter)
    search_fields = ("code", "name", "institution__name")
