from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import RangeDateFilter

from bureau import scoping
from bureau.filters import RegionFilter, ScopedRelatedFilter, VoidedFilter
from bureau.record_admin import RecordAdmin, TrackedInline
from bureau.site import ScopedAdmin
from enterprises.models import OutreachAward, OutreachEvent


class AwardInline(TrackedInline, TabularInline):
    model = OutreachAward
    fields = ("grade", "awarded_on", "people", "remark")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("grade")


@admin.register(OutreachEvent)
class OutreachEventAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "campaign"
    menu_order = 70
    list_display = ("name", "topic", "organiser", "begins_on", "until_on", "registered", "participants")
    list_filter = (("begins_on", RangeDateFilter),)
    search_fields = ("name", "topic", "organiser", "place")
    search_help_text = _("Event, topic, organiser or place")
    date_hierarchy = "begins_on"
    fieldsets = (
        (None, {"fields": ("name", ("organiser", "topic"), ("begins_on", "until_on"), "place")}),
        (_("People"), {"fields": (("registered", "participants"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (AwardInline,)


class PlaceFilter(RegionFilter):
    path = "event__region"


@admin.register(OutreachAward)
class OutreachAwardAdmin(RecordAdmin):
    """All awards at once, to search, import and export; they are entered on the event or here."""

    menu_area = "services"
    menu_icon = "social_leaderboard"
    menu_order = 80
    with_attachments = False
    list_display = ("event", "grade", "awarded_on", "people")
    list_select_related = ("event", "grade")
    list_filter = (("grade", ScopedRelatedFilter), ("awarded_on", RangeDateFilter))
    search_fields = ("event__name", "event__organiser")
    search_help_text = _("Event or organiser")
    date_hierarchy = "awarded_on"
    autocomplete_fields = ("event",)
    fieldsets = ((None, {"fields": ("event", ("grade", "awarded_on"), "people", "remark")}),)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [PlaceFilter, *ScopedAdmin.get_list_filter(self, request), VoidedFilter]

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "event":
            return scoping.editable_by(OutreachEvent.objects.not_voided(), request.user)
        return super().choices_for(db_field, request)
