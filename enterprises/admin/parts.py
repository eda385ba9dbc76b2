"""What belongs to an enterprise's entry as lists of their own: to search, to import, to export."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from bureau import scoping
from bureau.filters import RegionFilter, ScopedRelatedFilter, VoidedFilter
from bureau.record_admin import RecordAdmin
from bureau.site import ScopedAdmin
from enterprises.models import Enterprise, EnterpriseKindSince, FormerName


class PlaceFilter(RegionFilter):
    path = "enterprise__region"


class PartAdmin(RecordAdmin):
    """Rows of an enterprise that the office itself keeps; of others it only sees them."""

    menu_area = "enterprises"
    with_attachments = False
    list_select_related = ("enterprise",)
    autocomplete_fields = ("enterprise",)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [PlaceFilter, *ScopedAdmin.get_list_filter(self, request), VoidedFilter]

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "enterprise":
            return scoping.editable_by(Enterprise.objects.not_voided(), request.user)
        return super().choices_for(db_field, request)


@admin.register(EnterpriseKindSince)
class EnterpriseKindSinceAdmin(PartAdmin):
    menu_icon = "label"
    menu_order = 20
    list_display = ("enterprise", "kind", "begins_on", "ends_on")
    list_select_related = ("enterprise", "kind")
    list_filter = (("kind", ScopedRelatedFilter), ("begins_on", RangeDateFilter), ("ends_on", RangeDateFilter))
    search_fields = ("enterprise__name", "enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")
    fieldsets = ((None, {"fields": ("enterprise", "kind", ("begins_on", "ends_on"))}),)


@admin.register(FormerName)
class FormerNameAdmin(PartAdmin):
    menu_icon = "history_edu"
    menu_order = 30
    list_display = ("name", "credit_code", "until_on", "enterprise")
    search_fields = ("name", "credit_code", "enterprise__name", "enterprise__credit_code")
    search_help_text = _("Former or present name, former or present code")
    fieldsets = ((None, {"fields": ("enterprise", "name", ("credit_code", "until_on"))}),)
