from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter

from bureau import scoping
from bureau.filters import RegionFilter, VoidedFilter
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from bureau.site import ScopedAdmin
from enterprises import c_mark
from enterprises.admin.ending import ShowsState, StateFilter
from enterprises.models import CMarkDeclaration, CMarkProduct


class PublicationFilter(DropdownFilter):
    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Not published")), ("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("open", "overdue"):
            return queryset
        waiting = queryset.filter(published_on__isnull=True)
        is_overdue = self.value() == "overdue"
        return waiting.filter(publication_due_on__lt=timezone.localdate()) if is_overdue else waiting


class ProductInline(TrackedInline, TabularInline):
    model = CMarkProduct
    fields = ("name", "brand", "net_content", "package", "added_on", "removed_on")


@admin.register(CMarkDeclaration)
class CMarkDeclarationAdmin(ShowsState, RecordAdmin):
    menu_area = "integrity"
    menu_icon = "verified"
    menu_order = 50
    list_display = ("enterprise", "declared_on", "publication_due_on", "published_on", "state_shown")
    list_select_related = ("enterprise",)
    list_filter = (StateFilter, PublicationFilter, ("declared_on", RangeDateFilter), ("withdrawn_on", RangeDateFilter))
    search_fields = ("enterprise__name", "enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")
    date_hierarchy = "declared_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": ("enterprise", "declared_on", ("legal_representative", "metrology_head"))}),
        (_("Publication"), {"fields": (("publication_due_on", "published_on"),)}),
        (_("End"), {"fields": ("valid_until", ("withdrawn_on", "withdrawal_reason"))}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (ProductInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        c_mark.follow([form.instance], by=staff_of(request))


class PlaceFilter(RegionFilter):
    path = "declaration__region"


@admin.register(CMarkProduct)
class CMarkProductAdmin(RecordAdmin):
    """All products at once, to search, import and export; a change is entered on the declaration or here."""

    menu_area = "integrity"
    menu_icon = "inventory_2"
    menu_order = 60
    with_attachments = False
    list_display = ("name", "brand", "net_content", "package", "maker", "added_on", "ends_on")
    list_select_related = ("declaration__enterprise",)
    list_filter = (("added_on", RangeDateFilter), ("ends_on", RangeDateFilter))
    search_fields = ("name", "brand", "declaration__enterprise__name", "declaration__enterprise__credit_code")
    search_help_text = _("Product, brand, enterprise or unified social credit code")
    autocomplete_fields = ("declaration",)
    fieldsets = (
        (None, {"fields": ("declaration", ("name", "brand"), ("net_content", "package"), ("added_on", "removed_on"))}),
    )

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [PlaceFilter, *ScopedAdmin.get_list_filter(self, request), VoidedFilter]

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "declaration":
            return scoping.editable_by(CMarkDeclaration.objects.not_voided(), request.user)
        return super().choices_for(db_field, request)

    @admin.display(description=_("enterprise"), ordering="declaration__enterprise__name")
    def maker(self, product: CMarkProduct) -> str:
        return product.declaration.enterprise.name

    def save_model(self, request: HttpRequest, obj: CMarkProduct, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        c_mark.follow([obj.declaration], by=staff_of(request))
