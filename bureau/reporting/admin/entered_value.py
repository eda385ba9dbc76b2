from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from bureau.record_admin import RecordAdmin
from bureau.reporting.admin.choices import FigureFilter, OfDaysColumns, OfDaysForm
from bureau.reporting.models import EnteredValue
from bureau.reporting.models.entered_value import is_entered


class EnteredValueForm(OfDaysForm):
    is_wanted = staticmethod(is_entered)


@admin.register(EnteredValue)
class EnteredValueAdmin(OfDaysColumns, RecordAdmin):
    form = EnteredValueForm
    menu_area = "reports"
    menu_icon = "edit_note"
    menu_order = 30
    list_display = ("figure", "region", "begins_on", "ends_on", "number", "source", "stated_on")
    list_select_related = ("region",)
    list_filter = (FigureFilter, ("ends_on", RangeDateFilter))
    search_fields = ("indicator", "source", "remark")
    search_help_text = _("Key of the figure, source or remark")
    date_hierarchy = "ends_on"
    fieldsets = (
        (None, {"fields": ("indicator", ("begins_on", "ends_on"), "value", ("source", "stated_on"))}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
