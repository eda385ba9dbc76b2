from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from bureau import menu
from bureau.filters import ScopedRelatedFilter
from bureau.models import Staff
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from bureau.texts import whole_number
from standards import comparisons
from standards.models import (
    Comparison,
    ComparisonFollowUp,
    ComparisonParticipant,
    ComparisonPoint,
    ComparisonResult,
)

menu.register_area("comparisons", _("Comparisons"), 22)


class PartInline(TrackedInline, TabularInline):
    """Rows of a comparison; what they point to is chosen among the rows of the same comparison."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.model.SIBLINGS:
            field.choices = list(field.choices)  # asked once, not once a row
        return field

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        rows = super().choices_for(db_field, request)
        if db_field.name not in self.model.SIBLINGS:
            return rows
        comparison = whole_number(request.resolver_match.kwargs.get("object_id"))  # type: ignore[union-attr]
        return rows.none() if comparison is None else rows.filter(comparison=comparison, voided_at__isnull=True)


class PointInline(PartInline):
    model = ComparisonPoint
    fields = (
        "name",
        "unit",
        "reference_kind",
        "reference_value",
        "reference_uncertainty",
        "reference_factor",
        "instability",
    )
    verbose_name_plural = _("points")


class ParticipantInline(PartInline):
    model = ComparisonParticipant
    fields = ("lab_code", "name", "institution", "role", "is_in_reference", "verdict")
    readonly_fields = ("verdict",)
    autocomplete_fields = ("institution",)
    verbose_name_plural = _("laboratories")


class ResultInline(PartInline):
    """Results are only added: what was handed in stands. A slip of the entry is removed, which voids it."""

    model = ComparisonResult
    fields = ("participant", "point", "submission", "submitted_on", "value", "uncertainty", "factor", "reason")
    verbose_name_plural = _("results")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("participant", "point")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj)


class FollowUpInline(PartInline):
    model = ComparisonFollowUp
    fields = ("participant", "ordered_on", "due_on", "measures", "settled_on", "outcome")
    verbose_name_plural = _("follow-up")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("participant")


@admin.register(Comparison)
class ComparisonAdmin(RecordAdmin):
    menu_area = "comparisons"
    menu_icon = "balance"
    menu_order = 10
    list_display = ("number", "name", "level", "field", "organiser", "begins_on", "reported_on", "state_shown")
    list_select_related = ("field",)
    list_filter = (
        ("level", ChoicesDropdownFilter),
        ("field", ScopedRelatedFilter),
        ("begins_on", RangeDateFilter),
        ("reported_on", RangeDateFilter),
    )
    search_fields = ("number", "name", "organiser", "participants__name")
    search_help_text = _("Number, name, organiser or laboratory")
    date_hierarchy = "begins_on"
    fieldsets = (
        (None, {"fields": (("number", "level"), "name", ("field", "organiser"), "basis", "transfer_standard")}),
        (
            _("Dates"),
            {"fields": (("begins_on", "results_due_on"), ("disclosed_on", "reported_on"))},
        ),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (PointInline, ParticipantInline, ResultInline, FollowUpInline)
    actions_detail = ("evaluation_action", *RecordAdmin.actions_detail)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        # Points and laboratories come first: results and follow-ups point to them.
        inlines = super().get_inlines(request, obj)
        return inlines if obj else [each for each in inlines if each not in (ResultInline, FollowUpInline)]

    @display(
        description=_("state"),
        label={
            Comparison.State.PLANNED.value: "default",
            Comparison.State.RUNNING.value: "info",
            Comparison.State.CLOSED.value: "warning",
            Comparison.State.REPORTED.value: "success",
        },
    )
    def state_shown(self, comparison: Comparison) -> tuple[str, Any]:
        return comparison.state.value, comparison.state.label

    @action(description=_("Evaluation"), url_path="evaluation", icon="query_stats")
    def evaluation_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        comparison = self.get_object(request, unquote(object_id))
        if comparison is None:
            raise Http404
        return HttpResponseRedirect(reverse("standards:comparison", args=[comparison.pk]))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        comparisons.settle([form.instance], by=staff_of(request))

    def unvoid_row(self, obj: Comparison, *, by: Staff) -> None:
        super().unvoid_row(obj, by=by)
        comparisons.settle([obj], by=by)
