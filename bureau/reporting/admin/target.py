from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from bureau.record_admin import RecordAdmin
from bureau.reporting.admin.choices import FigureFilter, OfDaysColumns, OfDaysForm
from bureau.reporting.models import Target


@admin.register(Target)
class TargetAdmin(OfDaysColumns, RecordAdmin):
    form = OfDaysForm
    menu_area = "reports"
    menu_icon = "flag"
    menu_order = 20
    list_display = ("figure", "region", "begins_on", "ends_on", "sense", "number", "basis")
    list_select_related = ("region",)
    list_filter = (FigureFilter, ("ends_on", RangeDateFilter))
    search_fields = ("indicator", "basis", "remark")
    search_help_text = _("Key of the figure, document or remark")
    date_hierarchy = "ends_on"
    fieldsets = (
        (None, {"fields": ("indicator", ("begins_on", "ends_on"), ("sense", "value"), "basis")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
