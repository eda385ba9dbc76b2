from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.record_admin import RecordAdmin
from standards.models import SpotCheck


@admin.register(SpotCheck)
class SpotCheckAdmin(RecordAdmin):
    menu_area = "standards"
    menu_icon = "policy"
    menu_order = 46
    list_display = ("on", "of_standard", "holder", "plan", "outcome_shown", "rectify_by", "rectified_on", "place_name")
    list_select_related = ("standard", "region")
    list_filter = (
        ("outcome", ChoicesDropdownFilter),
        ("plan", ChoicesDropdownFilter),
        ("on", RangeDateFilter),
        ("rectify_by", RangeDateFilter),
    )
    search_fields = ("standard__name", "standard__certificate_no", "standard__holder")
    search_help_text = _("Name, certificate no. or establishing unit of the standard")
    date_hierarchy = "on"
    autocomplete_fields = ("office", "region", "standard")
    fieldsets = (
        (None, {"fields": ("standard", ("on", "plan"), "checked_by", "outcome", "problems")}),
        (_("Follow-up"), {"fields": (("rectify_by", "rectified_on"), "follow_up")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(description=_("measurement standard"), ordering="standard__name")
    def of_standard(self, check: SpotCheck) -> str:
        return str(check.standard)

    @display(description=_("establishing unit"), ordering="standard__holder")
    def holder(self, check: SpotCheck) -> str:
        return check.standard.holder

    @display(description=_("region"), ordering="region")
    def place_name(self, check: SpotCheck) -> str:
        return check.region.name

    @display(
        description=pgettext_lazy("spot check", "outcome"),
        ordering="outcome",
        label={
            SpotCheck.Outcome.CONFORMING.value: "success",
            SpotCheck.Outcome.PROBLEMS.value: "warning",
            SpotCheck.Outcome.STOPPED.value: "danger",
        },
    )
    def outcome_shown(self, check: SpotCheck) -> tuple[str, Any]:
        return check.outcome, check.get_outcome_display()
