from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.record_admin import RecordAdmin
from enterprises.models import Licence

OPEN, OVERDUE = "open", "overdue"


class ProgressFilter(DropdownFilter):
    title = _("progress")
    parameter_name = "progress"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(OPEN, _("Under examination")), (OVERDUE, _("Decision overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == OVERDUE:
            return queryset.overdue(timezone.localdate())
        return queryset.undecided() if self.value() == OPEN else queryset


@admin.register(Licence)
class LicenceAdmin(RecordAdmin):
    menu_area = "enterprises"
    menu_icon = "approval"
    menu_order = 70
    list_display = (
        "application_no",
        "product",
        "kind",
        "enterprise",
        "accepted_on",
        "decision_due_on",
        "outcome_shown",
    )
    list_select_related = ("enterprise",)
    list_filter = (
        ProgressFilter,
        ("kind", ChoicesDropdownFilter),
        ("decision", ChoicesDropdownFilter),
        ("is_handled_online", BooleanRadioFilter),
        ("applied_on", RangeDateFilter),
        ("decided_on", RangeDateFilter),
    )
    search_fields = ("application_no", "certificate_no", "product", "enterprise__name", "enterprise__credit_code")
    search_help_text = _("Application no., certificate no., product, enterprise or unified social credit code")
    date_hierarchy = "applied_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (
            None,
            {"fields": ("enterprise", "kind", ("authority", "application_no"), ("product", "specification"))},
        ),
        (
            _("Handling"),
            {"fields": (("applied_on", "accepted_on"), "decision_due_on", "is_handled_online")},
        ),
        (_("Decision"), {"fields": (("decided_on", "decision"), "certificate_no")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    @display(
        description=_("outcome"),
        ordering="decision",
        label={OVERDUE: "danger", OPEN: "info", "granted": "success", "refused": "warning", "given_up": "default"},
    )
    def outcome_shown(self, licence: Licence) -> tuple[str, Any]:
        if licence.decision:
            return licence.decision, licence.get_decision_display()
        return (OVERDUE, _("Decision overdue")) if licence.is_overdue else (OPEN, _("Under examination"))
