"""Teams, visits and contact points."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import OnlyStanding, RecordAdmin, TrackedInline
from enterprises.models import ContactPoint, ServiceTeam, ServiceVisit, VisitActivity


class StandingFilter(DropdownFilter):
    """What begins on one day and ends on another: whether it stands today."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("Standing today")), ("ended", _("Ended"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "standing":
            return queryset.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), begins_on__lte=today)
        return queryset.filter(ends_on__lt=today) if self.value() == "ended" else queryset


@admin.register(ServiceTeam)
class ServiceTeamAdmin(OnlyStanding, RecordAdmin):
    menu_area = "services"
    menu_icon = "groups"
    menu_order = 40
    list_display = ("name", "agency", "members", "experts", "begins_on", "ends_on")
    list_filter = (StandingFilter, ("begins_on", RangeDateFilter))
    search_fields = ("name", "agency")
    search_help_text = _("Team or unit")
    fieldsets = (
        (None, {"fields": (("agency", "name"), ("begins_on", "ends_on"), ("members", "experts"), "roles")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )


class ActivityInline(TrackedInline, TabularInline):
    model = VisitActivity
    fields = ("activity", "count")
    tab = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("activity")


class SatisfactionFilter(DropdownFilter):
    title = _("satisfied")
    parameter_name = "satisfied"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No")), ("not_asked", _("Not asked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "not_asked":
            return queryset.filter(asked_on__isnull=True)
        return queryset.filter(is_satisfied=self.value() == "yes") if self.value() in ("yes", "no") else queryset


@admin.register(ServiceVisit)
class ServiceVisitAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "handyman"
    menu_order = 30
    list_display = (
        "enterprise",
        "visited_on",
        "agency",
        "campaign",
        "problems_found",
        "problems_solved",
        "is_satisfied",
        "benefit",
    )
    list_select_related = ("enterprise", "campaign")
    list_filter = (
        ("campaign", ScopedRelatedFilter),
        ("team", ScopedRelatedFilter),
        ("sector", ScopedRelatedFilter),
        SatisfactionFilter,
        ("visited_on", RangeDateFilter),
    )
    search_fields = ("enterprise__name", "enterprise__credit_code", "agency", "content")
    search_help_text = _("Enterprise, unified social credit code, serving unit or what was done")
    date_hierarchy = "visited_on"
    autocomplete_fields = ("office", "region", "enterprise", "campaign", "team")
    fieldsets = (
        (None, {"fields": ("enterprise", ("visited_on", "agency"), ("campaign", "team"), "sector")}),
        (_("What was done"), {"fields": ("content", ("people_reached", "fees_waived"))}),
        (
            _("Outcome of the visit"),
            {
                "fields": (
                    ("problems_found", "problems_solved"),
                    ("asked_on", "is_satisfied"),
                    ("benefit", "benefit_method"),
                )
            },
        ),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (ActivityInline,)


@admin.register(ContactPoint)
class ContactPointAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "hub"
    menu_order = 60
    list_display = ("enterprise", "agency", "begins_on", "ends_on", "task")
    list_select_related = ("enterprise",)
    list_filter = (StandingFilter, ("begins_on", RangeDateFilter), ("ends_on", RangeDateFilter))
    search_fields = ("enterprise__name", "enterprise__credit_code", "agency")
    search_help_text = _("Enterprise, unified social credit code or office")
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": ("enterprise", "agency", ("begins_on", "ends_on"), "task")}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
