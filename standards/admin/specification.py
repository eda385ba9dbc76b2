from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau import scoping
from bureau.models import Staff
from bureau.part_admin import PartAdmin
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from standards import specification_life
from standards.models import Specification, SpecificationReview
from standards.models.specification import SpecificationState


class StateFilter(DropdownFilter):
    """The state of today, which follows from the days."""

    title = _("state today")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(SpecificationState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> Any:
        if not self.value():
            return queryset
        return queryset.in_state(self.value(), timezone.localdate())  # type: ignore[attr-defined]


class ReviewInline(TrackedInline, TabularInline):
    model = SpecificationReview
    fields = ("on", "conclusion", "remark")
    verbose_name_plural = _("reviews")


@admin.register(Specification)
class SpecificationAdmin(RecordAdmin):
    menu_area = "standards"
    menu_icon = "menu_book"
    menu_order = 50
    list_display = ("number_shown", "name", "kind", "is_joint", "in_force_on", "ended_on", "review_due_on", "state_now")
    list_select_related = ("region",)
    list_filter = (
        StateFilter,
        ("kind", ChoicesDropdownFilter),
        ("making", ChoicesDropdownFilter),
        "is_joint",
        ("planned_on", RangeDateFilter),
        ("issued_on", RangeDateFilter),
        ("review_due_on", RangeDateFilter),
    )
    search_fields = ("number", "name", "organisation", "drafting_units")
    search_help_text = _("Number, title, unit in charge or drafting unit")
    autocomplete_fields = ("office", "region", "replaces")
    fieldsets = (
        (None, {"fields": ("number", "name", "name_en", ("kind", "making"), "joint_provinces", "replaces")}),
        (
            _("Dates"),
            {
                "fields": (
                    ("planned_on", "due_on"),
                    ("drafted_on", "issued_on"),
                    ("in_force_on", "revision_begun_on"),
                    ("ended_on", "ending"),
                    "review_due_on",
                ),
                "description": _(
                    "The state on any day follows from these. A text that another one replaces ends by itself on the "
                    "day on which that one comes into force."
                ),
            },
        ),
        (_("Who wrote it"), {"fields": ("organisation", "drafting_units", "drafters")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    readonly_fields = ("review_due_on",)
    inlines = (ReviewInline,)

    @display(description=_("specification number"), ordering="number")
    def number_shown(self, specification: Specification) -> str:
        return specification.number or "—"

    @display(
        description=_("state"),
        label={
            SpecificationState.PLANNED.value: "info",
            SpecificationState.DRAFTED.value: "info",
            SpecificationState.ISSUED.value: "info",
            SpecificationState.IN_FORCE.value: "success",
            SpecificationState.UNDER_REVISION.value: "warning",
            SpecificationState.REPLACED.value: "default",
            SpecificationState.ABOLISHED.value: "default",
            SpecificationState.DROPPED.value: "default",
        },
    )
    def state_now(self, specification: Specification) -> Any:
        state = specification.state_on(timezone.localdate())
        return (state.value, state.label) if state else ("", "—")

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        """Only a text of the own office or one below is ended by another."""
        if db_field.name == "replaces":
            return scoping.editable_by(Specification.objects.filter(in_force_on__isnull=False), request.user)
        return super().choices_for(db_field, request)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        specification_life.follow([form.instance], by=staff_of(request))

    def unvoid_row(self, obj: Specification, *, by: Staff) -> None:
        super().unvoid_row(obj, by=by)
        specification_life.follow([obj], by=by)


@admin.register(SpecificationReview)
class SpecificationReviewAdmin(PartAdmin):
    menu_area = "standards"
    menu_icon = "rate_review"
    menu_order = 52
    list_display = ("of_specification", "on", "conclusion", "remark")
    list_select_related = ("specification",)
    list_filter = (("conclusion", ChoicesDropdownFilter), ("on", RangeDateFilter))
    search_fields = ("specification__number", "specification__name")

    @display(description=_("local specification"), ordering="specification__number")
    def of_specification(self, review: SpecificationReview) -> str:
        return str(review.specification)
