from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau import menu
from bureau.filters import ScopedRelatedFilter
from bureau.logged_admin import ReferenceAdmin
from bureau.models import Office
from bureau.models.region import subtree_q
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from inspections import bookings
from inspections.models import Appointment, AppointmentItem, BookingRule, Capacity, Stage
from inspections.views.booking import DueHoldersView


def may_book(user: Any) -> bool:
    return user.has_perm("inspections.add_appointment")


menu.register(
    menu.MenuItem("verification", _("Book an appointment"), "event_available", "inspections:due-holders", may_book, 40)
)
menu.register(menu.MenuItem("verification", _("Spread what is due"), "date_range", "inspections:spread", may_book, 42))


@menu.register_list_links
def booking_links(model: Any, user: Any) -> list[menu.ListLink]:
    if model is not Appointment or not may_book(user):
        return []
    return [
        menu.ListLink(_("Book an appointment"), reverse("inspections:due-holders"), "event_available"),
        menu.ListLink(_("Spread what is due"), reverse("inspections:spread"), "date_range"),
    ]


class ItemInline(TrackedInline, TabularInline):
    """Which pieces come is settled by booking; a receipt that was noted wrongly is mended here."""

    model = AppointmentItem
    fields = ("instrument", "quantity", "received_on")
    readonly_fields = ("instrument", "quantity")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("instrument", "appointment")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StageFilter(DropdownFilter):
    title = _("state")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Stage.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.at_stage(self.value()) if self.value() in Stage.values else queryset


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin):
    menu_area = "verification"
    menu_icon = "event"
    menu_order = 41
    change_form_outer_before_template = "inspections/appointment_head.html"
    list_display = ("number", "day", "holder", "institution", "stage_shown", "override_reason")
    list_select_related = ("holder", "institution")
    list_filter = (StageFilter, ("institution", ScopedRelatedFilter), ("day", RangeDateFilter))
    search_fields = ("holder__name", "contact", "phone")
    search_help_text = _("Holder, contact person or telephone")
    fieldsets = (
        (None, {"fields": (("number", "state"), ("holder", "institution"), ("day", "override_reason"))}),
        (None, {"fields": (("contact", "phone"), "submission", "cancel_reason", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    # The steps of an appointment are taken on its own page, where room is counted.
    readonly_fields = ("number", "state", "holder", "institution", "day", "override_reason", "cancel_reason")
    inlines = (ItemInline,)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A booking begins with what is due."""
        return DueHoldersView.as_view()(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_progress()

    def unvoid_row(self, obj: Appointment, *, by: Any) -> None:
        bookings.restore(obj, by=by)

    @display(description=_("number"), ordering="pk")
    def number(self, appointment: Appointment) -> str:
        return appointment.number

    @display(
        description=_("state"),
        label={
            Stage.REQUESTED: "warning",
            Stage.BOOKED: "info",
            Stage.RECEIVED: "primary",
            Stage.DONE: "success",
            Stage.CANCELLED: "default",
        },
    )
    def stage_shown(self, appointment: Appointment) -> tuple[str, Any]:
        return appointment.stage, appointment.stage.label


@admin.register(Capacity)
class CapacityAdmin(RecordAdmin):
    menu_area = "verification"
    menu_icon = "calendar_month"
    menu_order = 45
    list_display = ("institution", "days", "pieces", "begins_on", "ends_on", "remark")
    list_select_related = ("institution",)
    list_filter = (("institution", ScopedRelatedFilter), "days")
    search_fields = ("institution__name", "remark")
    search_help_text = _("Institution or remark")
    autocomplete_fields = ("office", "region", "institution")
    fieldsets = (
        (None, {"fields": ("institution", ("days", "pieces"), ("begins_on", "ends_on"), "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    def choices_for(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        """How much an institution takes is said by itself and by the offices of its region, not by others."""
        rows, office = super().choices_for(db_field, request), staff_of(request).office
        if db_field.name != "institution" or office is None:
            return rows
        return rows.filter(subtree_q(office.region_id, "region") | Q(login_office__in=Office.objects.below(office)))


@admin.register(BookingRule)
class BookingRuleAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "event_upcoming"
    menu_order = 74
    list_display = (
        "edition",
        "working_days_ahead",
        "weeks_offered",
        "effective_from",
        "effective_to",
        "is_verified",
    )
