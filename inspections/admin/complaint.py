from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from inspections.models import Complaint


class AnswerFilter(DropdownFilter):
    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Not answered")), ("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "overdue":
            return queryset.overdue(timezone.localdate())
        return queryset.open() if self.value() == "open" else queryset


@admin.register(Complaint)
class ComplaintAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "feedback"
    menu_order = 70
    list_display = ("number", "received_on", "channel", "enterprise", "sector", "answer_due_on", "answer_shown")
    list_select_related = ("enterprise", "sector")
    list_filter = (
        AnswerFilter,
        ("channel", ChoicesDropdownFilter),
        ("result", ChoicesDropdownFilter),
        ("sector", ScopedRelatedFilter),
        ("received_on", RangeDateFilter),
    )
    search_fields = ("number", "enterprise__name", "agency")
    search_help_text = _("Complaint no., enterprise or authority")
    date_hierarchy = "received_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": (("agency", "number"), ("received_on", "channel"), ("enterprise", "sector"), "content")}),
        (_("Answer"), {"fields": ("answer_due_on", ("answered_on", "result"), "answer", "is_satisfied")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(
        description=_("answer"),
        ordering="answered_on",
        label={"overdue": "danger", "open": "info", "answered": "success"},
    )
    def answer_shown(self, complaint: Complaint) -> tuple[str, Any]:
        if complaint.answered_on:
            return "answered", complaint.get_result_display()
        return ("overdue", _("Overdue")) if complaint.is_overdue else ("open", _("Not answered"))
