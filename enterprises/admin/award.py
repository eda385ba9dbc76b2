from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from enterprises.admin.ending import ShowsState, StateFilter
from enterprises.criteria import Verdict, checklist
from enterprises.models import DemonstrationAward


class PledgeFilter(DropdownFilter):
    title = _("its pledge")
    parameter_name = "pledge"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ended", _("No longer in force"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.without_pledge(timezone.localdate()) if self.value() == "ended" else queryset


@admin.register(DemonstrationAward)
class DemonstrationAwardAdmin(ShowsState, RecordAdmin):
    menu_area = "integrity"
    menu_icon = "military_tech"
    menu_order = 20
    list_display = ("enterprise", "sector", "tier", "awarded_on", "document_no", "valid_until", "state_shown")
    list_select_related = ("enterprise", "sector")
    list_filter = (
        StateFilter,
        PledgeFilter,
        ("tier", ChoicesDropdownFilter),
        ("sector", ScopedRelatedFilter),
        ("awarded_on", RangeDateFilter),
        ("withdrawn_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code", "document_no")
    search_help_text = _("Enterprise, unified social credit code or document no.")
    date_hierarchy = "awarded_on"
    autocomplete_fields = ("office", "region", "enterprise")
    readonly_fields = ("checklist_shown",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("enterprise", "sector"),
                    ("tier", "recommended_by"),
                    ("awarded_on", "document_no"),
                    "decision",
                ),
                "description": _("An award needs a pledge in force in the sector; its page shows the criteria."),
            },
        ),
        (_("End"), {"fields": ("valid_until", ("withdrawn_on", "withdrawal_reason"), "withdrawal_remark")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [fieldsets[0], (_("Criteria as they stood"), {"fields": ["checklist_shown"]}), *fieldsets[1:]]

    def save_model(self, request: HttpRequest, obj: DemonstrationAward, form: Any, change: bool) -> None:
        """People decide; what the criteria said on that day stays with the award."""
        if not change:
            lines = checklist(obj.enterprise, obj.sector_id, obj.awarded_on, user=request.user)
            obj.checklist = [line.kept() for line in lines]
        super().save_model(request, obj, form, change)
        unmet = [line["label"] for line in obj.checklist if line["verdict"] == Verdict.NOT_MET]
        if unmet and not change:
            messages.warning(request, _("Criteria not met: %(criteria)s.") % {"criteria": _(", ").join(unmet)})

    @display(description=_("criteria"))
    def checklist_shown(self, award: DemonstrationAward) -> SafeString:
        lines = [{**line, "verdict_label": Verdict(line["verdict"]).label} for line in award.checklist]
        return render_to_string("enterprises/includes/checklist.html", {"lines": lines})
