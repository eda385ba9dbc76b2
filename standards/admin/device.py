from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from bureau import scoping
from bureau.models import Staff
from standards.admin.child import OfStandardAdmin
from standards.admin.dated import InForceFilter
from standards.admin.part import FIT, TraceInline
from standards.models import StandardDevice
from standards.models.trace import reused


@admin.register(StandardDevice)
class StandardDeviceAdmin(OfStandardAdmin):
    """A device with its certificates; which standard it belongs to is said once."""

    menu_icon = "precision_manufacturing"
    menu_order = 22
    list_display = ("name", "serial_no", "main_or_not", "of_standard", "model", "maker", "ends_on", "traced_until")
    list_filter = ("is_main", InForceFilter)
    search_fields = (
        "name",
        "serial_no",
        "model",
        "standard__name",
        "standard__certificate_no",
        "traces__certificate_no",
    )
    search_help_text = _("Name, serial no., standard or certificate no.")
    autocomplete_fields = ("standard", "replaces")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "standard",
                    ("name", "is_main"),
                    ("model", "serial_no"),
                    ("measuring_range", "uncertainty"),
                    ("maker", "interval_months"),
                    ("begins_on", "ends_on"),
                    "replaces",
                    "remark",
                )
            },
        ),
    )
    inlines = (TraceInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(_traced_until=Max("traces__valid_until", filter=FIT))

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        """What it replaces is among what the reader may change."""
        rows = super().choices_for(db_field, request)
        return scoping.editable_by(rows, request.user) if db_field.name == "replaces" else rows

    @display(description=_("device of the standard"), ordering="is_main", label={True: "info", False: "default"})
    def main_or_not(self, device: StandardDevice) -> tuple[bool, Any]:
        return device.is_main, _("Main device") if device.is_main else _("Auxiliary device")

    @display(description=_("traced until"), ordering="_traced_until")
    def traced_until(self, device: Any) -> Any:
        return device._traced_until

    def unvoid_row(self, obj: StandardDevice, *, by: Staff) -> None:
        """The numbers of its certificates may have been given to another piece meanwhile."""
        if found := [problem for problem in reused(list(obj.traces.not_voided())) if problem]:
            raise ValidationError(found[0])
        super().unvoid_row(obj, by=by)
