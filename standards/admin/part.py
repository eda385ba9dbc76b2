"""The rows that hang on a standard: their tabs on its page, and their lists over all standards."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.part_admin import PartAdmin
from bureau.record_admin import TrackedInline
from standards.admin.dated import CheckedTogether, InForceFilter
from standards.models import DeviceTrace, StandardDevice, StandardItem, StandardPerson
from standards.models.dated import overlaps
from standards.models.person import two_responsible
from standards.models.trace import reused

FIT = Q(traces__voided_at__isnull=True, traces__is_fit=True)


class PersonFormSet(CheckedTogether):
    def problems(self, rows: Sequence[StandardPerson]) -> list[str | None]:
        return [*overlaps(rows), *two_responsible(rows)]


class TraceFormSet(CheckedTogether):
    def problems(self, rows: Sequence[DeviceTrace]) -> list[str | None]:
        return reused(rows)


class ItemInline(TrackedInline, TabularInline):
    model = StandardItem
    fields = (
        "name",
        "kind",
        "measuring_range",
        "accuracy",
        "specification",
        "local_specification",
        "begins_on",
        "ends_on",
    )
    autocomplete_fields = ("local_specification",)
    verbose_name_plural = _("items verified or calibrated")
    per_page = 25

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("local_specification")


class DeviceInline(TrackedInline, TabularInline):
    """What is looked at most; the rest, and the certificates, stand on the device's own page."""

    model = StandardDevice
    fk_name = "standard"
    fields = ("name", "serial_no", "traced_until", "is_main", "model", "interval_months", "begins_on", "ends_on")
    readonly_fields = ("traced_until",)
    verbose_name_plural = _("devices")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(_traced_until=Max("traces__valid_until", filter=FIT))

    @display(description=_("traceability"))
    def traced_until(self, device: StandardDevice) -> str:
        if not device.pk:
            return "—"
        until = getattr(device, "_traced_until", None)
        url = reverse("admin:standards_standarddevice_change", args=[device.pk])
        text = _("valid until %(day)s") % {"day": until} if until else _("certificates")
        return format_html('<a class="text-link" href="{}">{}</a>', url, text)


class PersonInline(TrackedInline, TabularInline):
    model = StandardPerson
    formset = PersonFormSet
    fields = ("technician", "role", "begins_on", "ends_on")
    autocomplete_fields = ("technician",)
    verbose_name_plural = _("staff of the standard")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("technician")


class TraceInline(TrackedInline, TabularInline):
    model = DeviceTrace
    formset = TraceFormSet
    # First what is on every certificate; an institution or a standard on record is pointed to more seldom.
    fields = (
        "on",
        "valid_until",
        "certificate_no",
        "institution_name",
        "kind",
        "is_fit",
        "institution",
        "traced_to",
        "traced_to_no",
    )
    autocomplete_fields = ("institution", "traced_to")
    verbose_name_plural = _("traceability certificates")
    tab = False
    hide_title = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("institution", "traced_to")


class OfStandard(PartAdmin):
    menu_area = "standards"
    list_select_related = ("standard", "standard__region")
    search_fields = ("standard__name", "standard__certificate_no", "standard__holder")

    @display(description=_("measurement standard"), ordering="standard__name")
    def of_standard(self, row: Any) -> str:
        return str(row.standard)


@admin.register(StandardItem)
class StandardItemAdmin(OfStandard):
    menu_icon = "checklist"
    menu_order = 20
    list_display = (
        "name",
        "kind",
        "of_standard",
        "measuring_range",
        "accuracy",
        "specification",
        "begins_on",
        "ends_on",
    )
    list_filter = (("kind", ChoicesDropdownFilter), InForceFilter)
    search_fields = ("name", "specification", "standard__name", "standard__certificate_no")


@admin.register(StandardPerson)
class StandardPersonAdmin(OfStandard):
    menu_icon = "badge"
    menu_order = 26
    list_display = ("person", "role", "of_standard", "begins_on", "ends_on")
    list_select_related = ("standard", "standard__region", "technician")
    list_filter = (("role", ChoicesDropdownFilter), InForceFilter)
    search_fields = ("technician__name", "technician__staff_no", "standard__name", "standard__certificate_no")

    @display(description=_("technician"), ordering="technician__name")
    def person(self, row: StandardPerson) -> str:
        return str(row.technician)


@admin.register(DeviceTrace)
class DeviceTraceAdmin(PartAdmin):
    menu_area = "standards"
    menu_icon = "link"
    menu_order = 24
    list_display = (
        "certificate_no",
        "of_device",
        "of_standard",
        "kind",
        "institution_name",
        "on",
        "valid_until",
        "is_fit",
    )
    list_select_related = ("device", "device__standard")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        "is_fit",
        ("on", RangeDateFilter),
        ("valid_until", RangeDateFilter),
    )
    search_fields = (
        "certificate_no",
        "institution_name",
        "device__name",
        "device__serial_no",
        "device__standard__name",
    )

    @display(description=_("device"), ordering="device__name")
    def of_device(self, row: DeviceTrace) -> str:
        return str(row.device)

    @display(description=_("measurement standard"), ordering="device__standard__name")
    def of_standard(self, row: DeviceTrace) -> str:
        return str(row.device.standard)
