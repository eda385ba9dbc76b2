"""Service campaigns, the enterprises that joined them, and who has reported on them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import OnlyStanding, RecordAdmin, TrackedInline, staff_of
from enterprises.models import CampaignReport, CampaignVolunteer, ServiceCampaign, ServiceCampaignSector
from enterprises.models.campaign_report import ReportState
from enterprises.service_campaign import asking


class SectorInline(TrackedInline, TabularInline):
    model = ServiceCampaignSector
    fields = ("sector",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("sector")


class ReportInline(TrackedInline, TabularInline):
    """Only shown: each report is stated on its own page, by the office that owes it or the one above."""

    model = CampaignReport
    fields = ("agency", "reported_on", "remark")
    ordering = ("region", "pk")
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ServiceCampaign)
class ServiceCampaignAdmin(OnlyStanding, RecordAdmin):
    menu_area = "services"
    menu_icon = "volunteer_activism"
    menu_order = 10
    list_display = ("name", "agency", "begins_on", "ends_on", "report_due_on")
    list_filter = (("begins_on", RangeDateFilter), ("ends_on", RangeDateFilter), ("report_due_on", RangeDateFilter))
    search_fields = ("name", "agency", "document_no")
    search_help_text = _("Service campaign, authority or document no.")
    autocomplete_fields = ("office", "region")
    fieldsets = (
        (None, {"fields": ("name", ("agency", "document_no"), ("begins_on", "ends_on"), "plan")}),
        (
            _("Report and fees"),
            {
                "fields": (("report_due_on", "fees_charged"),),
                "description": _("With a day for the report, the offices directly below are asked to report."),
            },
        ),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (SectorInline, ReportInline)
    actions_detail = ("report_action", *RecordAdmin.actions_detail)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change and form.instance.report_due_on:
            asking.ask(form.instance, by=staff_of(request))

    def has_report_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """As the report's own page asks."""
        office = staff_of(request).office
        if office is None or not request.user.has_perm("enterprises.change_servicecampaign"):
            return False
        return ServiceCampaign.objects.concerning(office).filter(pk=object_id).exists()

    @action(description=_("Report of the campaign"), url_path="report", permissions=["report"], icon="summarize")
    def report_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("enterprises:campaign-report", pk=int(object_id))


class StateFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Not reported")), *ReportState.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "missing":
            return queryset.filter(reported_on__isnull=True)
        known = self.value() in ReportState.values
        return queryset.in_state(self.value(), timezone.localdate()) if known else queryset


@admin.register(CampaignReport)
class CampaignReportAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "outgoing_mail"
    menu_order = 25
    list_display = ("agency", "campaign", "due_on", "reported_on", "state_shown")
    list_select_related = ("campaign",)
    list_filter = (StateFilter, ("campaign", ScopedRelatedFilter), ("reported_on", RangeDateFilter))
    search_fields = ("agency", "campaign__name")
    search_help_text = _("Reporting office or campaign")
    autocomplete_fields = ("office", "region", "campaign")
    fieldsets = (
        (None, {"fields": ("campaign", ("agency", "reported_on"), "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(description=_("report due on"), ordering="campaign__report_due_on")
    def due_on(self, report: CampaignReport) -> Any:
        return report.campaign.report_due_on

    @display(
        description=_("state"),
        label={"overdue": "danger", "late": "warning", "in_time": "success", "open": "info"},
    )
    def state_shown(self, report: CampaignReport) -> tuple[str, Any]:
        state = report.state_on(timezone.localdate())
        return state.value, state.label


@admin.register(CampaignVolunteer)
class CampaignVolunteerAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "how_to_reg"
    menu_order = 20
    list_display = ("enterprise", "campaign", "joined_on", "wish")
    list_select_related = ("enterprise", "campaign")
    list_filter = (("campaign", ScopedRelatedFilter), ("joined_on", RangeDateFilter))
    search_fields = ("enterprise__name", "enterprise__credit_code", "campaign__name")
    search_help_text = _("Enterprise, unified social credit code or campaign")
    autocomplete_fields = ("office", "region", "campaign", "enterprise")
    fieldsets = (
        (None, {"fields": ("campaign", "enterprise", "joined_on", "wish")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
