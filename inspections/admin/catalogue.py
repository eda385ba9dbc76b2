from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.logged_admin import ReferenceAdmin
from inspections.models import CatalogueEntry, InstrumentKind


@admin.register(InstrumentKind)
class InstrumentKindAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "category"
    menu_order = 74
    list_display = ("code", "name", "name_en", "category", "position")
    list_select_related = ("category",)
    list_filter = (("category", ScopedRelatedFilter),)
    search_fields = ("code", "name", "name_en")


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "list_alt"
    menu_order = 75
    change_list_template = "admin/record/change_list.html"
    list_display = ("kind", "control", "mode", "term", "regulation", "edition", "effective_from", "is_verified")
    list_select_related = ("kind",)
    list_filter = (
        "edition",
        ("mode", ChoicesDropdownFilter),
        ("control", ChoicesDropdownFilter),
        ("kind", ScopedRelatedFilter),
    )
    search_fields = ("kind__name", "kind__code", "regulation")
    search_help_text = _("Kind of instrument or regulation")
    autocomplete_fields = ("kind",)
    list_before_template = "inspections/catalogue_head.html"

    @display(description=_("period or life, months"))
    def term(self, entry: CatalogueEntry) -> int | None:
        """An entry has one of the two, or neither."""
        return entry.period_months or entry.life_months

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        may_import = self.has_change_permission(request) and self.has_add_permission(request)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})
