from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from enterprises.models import PledgeSpotCheck


@admin.register(PledgeSpotCheck)
class PledgeSpotCheckAdmin(RecordAdmin):
    menu_area = "integrity"
    menu_icon = "fact_check"
    menu_order = 30
    list_display = ("enterprise", "sector", "checked_on", "result_shown", "findings", "corrected_on")
    list_select_related = ("enterprise", "sector")
    list_filter = (
        ("result", ChoicesDropdownFilter),
        ("sector", ScopedRelatedFilter),
        ("checked_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code")
    search_help_text = _("Enterprise or unified social credit code")
    date_hierarchy = "checked_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": (("enterprise", "sector"), ("checked_on", "agency"))}),
        (_("Result"), {"fields": ("result", "findings", "corrected_on")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(description=_("result"), ordering="result", label={"kept": "success", "broken": "danger"})
    def result_shown(self, check: PledgeSpotCheck) -> tuple[str, str]:
        return check.result, check.get_result_display()
