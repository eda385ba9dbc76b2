from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import display

from standards.admin.dated import DatedAdmin, InForceFilter
from standards.models import Administrator


@admin.register(Administrator)
class AdministratorAdmin(DatedAdmin):
    menu_area = "institutions"
    menu_icon = "badge"
    menu_order = 40
    list_display = ("name", "staff_no", "unit", "post", "place_name", "begins_on", "ends_on")
    list_select_related = ("region",)
    list_filter = (InForceFilter, "is_law_enforcer", ("begins_on", RangeDateFilter))
    search_fields = ("name", "staff_no", "unit")
    fieldsets = (
        (None, {"fields": ("unit", ("name", "staff_no"), ("post", "is_law_enforcer"), ("begins_on", "ends_on"))}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(description=_("region"), ordering="region")
    def place_name(self, administrator: Administrator) -> str:
        return administrator.region.name
