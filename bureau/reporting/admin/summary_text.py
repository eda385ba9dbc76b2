from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import display

from bureau.record_admin import RecordAdmin
from bureau.reporting.figures import query_of
from bureau.reporting.models import SummaryText


@admin.register(SummaryText)
class SummaryTextAdmin(RecordAdmin):
    """The wording itself is edited on its page, beside the figures."""

    menu_area = "reports"
    menu_icon = "edit_document"
    menu_order = 60
    list_display = ("region", "begins_on", "ends_on", "office", "remark")
    list_filter = (("ends_on", RangeDateFilter),)
    search_fields = ("remark", "body")
    search_help_text = _("Words of the text, or remark")
    date_hierarchy = "ends_on"
    readonly_fields = ("wording",)
    fieldsets = (
        (None, {"fields": (("begins_on", "ends_on"), "wording", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(description=_("wording"))
    def wording(self, row: SummaryText) -> str:
        if row.pk is None:
            return str(_("As it ships; it is edited once this is saved."))
        address = f"{reverse('reporting:year-text')}?{urlencode(query_of(row.region_id, row.period))}"
        return format_html('<a class="text-primary-600" href="{}">{}</a>', address, _("Open the text"))
