from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from bureau.record_admin import RecordAdmin
from enterprises.models import EnterpriseStaff


@admin.register(EnterpriseStaff)
class EnterpriseStaffAdmin(RecordAdmin):
    menu_area = "enterprises"
    menu_icon = "badge"
    menu_order = 90
    list_display = ("name", "enterprise", "file_no", "work", "qualification", "archived_on", "left_on")
    list_select_related = ("enterprise",)
    list_filter = (("work", ChoicesDropdownFilter), ("archived_on", RangeDateFilter))
    search_fields = ("name", "file_no", "certificate_no", "enterprise__name")
    search_help_text = _("Person, file no., certificate no. or enterprise")
    date_hierarchy = "archived_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": ("enterprise", ("name", "file_no"), "work", ("qualification", "certificate_no"))}),
        (None, {"fields": (("archived_on", "left_on"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
