from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from inspections.models import ViolationCase

State = ViolationCase.State
OVERDUE = "overdue"


class StateFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(OVERDUE, _("Decision overdue")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == OVERDUE:
            return queryset.overdue(timezone.localdate())
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


@admin.register(ViolationCase)
class ViolationCaseAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "gavel"
    menu_order = 80
    list_display = ("case_no", "name", "party_shown", "cause", "filed_on", "decision_due_on", "fine", "state_shown")
    list_select_related = ("enterprise", "cause")
    list_filter = (
        StateFilter,
        ("source", ChoicesDropdownFilter),
        ("cause", ScopedRelatedFilter),
        ("sector", ScopedRelatedFilter),
        ("filed_on", RangeDateFilter),
        ("decided_on", RangeDateFilter),
    )
    search_fields = ("case_no", "decision_no", "name", "party", "enterprise__name")
    search_help_text = _("Case no., decision no., case name or party")
    date_hierarchy = "filed_on"
    autocomplete_fields = ("office", "region", "enterprise", "complaint", "finding", "cause")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("agency", "case_no"),
                    ("filed_on", "source"),
                    ("cause", "sector"),
                    ("enterprise", "party"),
                    ("complaint", "finding"),
                )
            },
        ),
        (_("What happened"), {"fields": ("instruments", "facts", "legal_basis")}),
        (
            _("Decision"),
            {
                "fields": (
                    "decision_due_on",
                    ("decision_no", "decided_on"),
                    ("is_warned", "is_ordered_to_correct"),
                    ("fine", "confiscated"),
                )
            },
        ),
        (
            _("Closing"),
            {"fields": (("transferred_on", "transferred_to"), ("closed_on", "published_on"), "remark")},
        ),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(description=_("party"))
    def party_shown(self, case: ViolationCase) -> str:
        return case.party_name

    @display(
        description=_("state"),
        label={
            State.FILED.value: "info",
            State.DECIDED.value: "warning",
            State.TRANSFERRED.value: "default",
            State.CLOSED.value: "success",
            OVERDUE: "danger",
        },
    )
    def state_shown(self, case: ViolationCase) -> tuple[str, Any]:
        if case.is_overdue:
            return OVERDUE, _("Decision overdue")
        return case.state.value, case.state.label
