from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from enterprises.models import ListedEnterprise


class NowFilter(DropdownFilter):
    title = _("today")
    parameter_name = "now"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("listed", _("On the list")), ("public", _("On the list and published"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "public":
            return queryset.public(today)
        return queryset.on_list(today) if self.value() == "listed" else queryset


@admin.register(ListedEnterprise)
class ListedEnterpriseAdmin(RecordAdmin):
    menu_area = "integrity"
    menu_icon = "format_list_bulleted"
    menu_order = 40
    list_display = ("enterprise", "colour_shown", "sector", "from_on", "until_on", "reason", "published_on")
    list_select_related = ("enterprise", "sector")
    list_filter = (
        NowFilter,
        ("colour", ChoicesDropdownFilter),
        ("sector", ScopedRelatedFilter),
        ("from_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code", "reason")
    search_help_text = _("Enterprise, unified social credit code or reason")
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": (("enterprise", "sector"), "colour", ("from_on", "until_on"), "reason", "published_on")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(description=_("list"), ordering="colour", label={"red": "danger", "black": "default"})
    def colour_shown(self, listed: ListedEnterprise) -> tuple[str, str]:
        return listed.colour, listed.get_colour_display()
