from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import action

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin
from enterprises.admin.ending import ShowsState, StateFilter
from enterprises.models import Pledge
from enterprises.models.pledge_text import Texts


class SpotCheckFilter(DropdownFilter):
    title = _("yearly spot check")
    parameter_name = "spot_check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("In force, not yet this year"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.unchecked(timezone.localdate()) if self.value() == "open" else queryset


@admin.register(Pledge)
class PledgeAdmin(ShowsState, RecordAdmin):
    menu_area = "integrity"
    menu_icon = "handshake"
    menu_order = 10
    list_display = ("enterprise", "sector", "signed_on", "posted_on", "checked_on", "valid_until", "state_shown")
    list_select_related = ("enterprise", "sector")
    list_filter = (
        StateFilter,
        SpotCheckFilter,
        ("sector", ScopedRelatedFilter),
        ("check_result", ChoicesDropdownFilter),
        ("signed_on", RangeDateFilter),
        ("withdrawn_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code", "number")
    search_help_text = _("Enterprise, unified social credit code or pledge no.")
    date_hierarchy = "signed_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": (("enterprise", "sector"), ("signed_on", "number"), ("text", "complaint_phone"))}),
        (
            _("Posting, check and publication"),
            {"fields": ("posted_on", ("checked_on", "check_result"), "published_on")},
        ),
        (
            _("End"),
            {
                "fields": ("valid_until", ("withdrawn_on", "withdrawal_reason"), "withdrawal_remark"),
                "description": _("An empty “valid until” is filled in by the edition of the text."),
            },
        ),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    actions_detail = ("paper_action", "criteria_action", *RecordAdmin.actions_detail)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        text = Texts().of_day(timezone.localdate())
        return {**({"text": text.pk} if text else {}), **super().get_changeform_initial_data(request)}

    @action(description=_("Print the pledge (Word)"), url_path="paper", icon="print")
    def paper_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("enterprises:pledge-paper", pk=int(object_id))

    @action(description=_("Criteria of demonstration units"), url_path="criteria", icon="checklist")
    def criteria_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("enterprises:criteria", pk=int(object_id))
