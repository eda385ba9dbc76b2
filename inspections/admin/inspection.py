from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin, TrackedInline
from inspections.models import CheckedItem, Finding, InspectedInstruments, NetContentLot, SiteInspection


class InstrumentInline(TrackedInline, TabularInline):
    model = InspectedInstruments
    fields = ("category", "checked", "failed")


class ItemInline(TrackedInline, TabularInline):
    model = CheckedItem
    fields = ("item", "answer", "remark")
    autocomplete_fields = ("item",)


class FindingInline(TrackedInline, TabularInline):
    """Only shown: a finding has a page of its own."""

    model = Finding
    fields = ("number", "cause", "facts", "measure", "due_on", "rechecked_on")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("inspection", "cause")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SiteInspection)
class SiteInspectionAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "fact_check"
    menu_order = 10
    list_display = ("number", "inspected_on", "enterprise", "sector", "subject", "campaign", "result_shown")
    list_select_related = ("enterprise", "sector", "subject", "campaign")
    list_filter = (
        ("result", ChoicesDropdownFilter),
        ("sector", ScopedRelatedFilter),
        ("subject", ScopedRelatedFilter),
        ("campaign", ScopedRelatedFilter),
        "is_double_random",
        ("inspected_on", RangeDateFilter),
    )
    search_fields = ("number", "enterprise__name", "inspectors")
    search_help_text = _("Inspection no., site or inspector")
    date_hierarchy = "inspected_on"
    autocomplete_fields = ("office", "region", "enterprise", "campaign", "assignment")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("agency", "number"),
                    "inspected_on",
                    "enterprise",
                    "place",
                    ("sector", "subject"),
                    "energy_kind",
                )
            },
        ),
        (None, {"fields": ("campaign", "assignment", "is_double_random", ("inspectors", "escort"))}),
        (_("Outcome"), {"fields": ("result", "opinion")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    inlines = (InstrumentInline, ItemInline, FindingInline)

    @display(
        description=_("inspection result"),
        ordering="result",
        label={"conforming": "success", "not_conforming": "danger"},
    )
    def result_shown(self, inspection: SiteInspection) -> tuple[str, Any]:
        return inspection.result, inspection.get_result_display()


class MeasureFilter(DropdownFilter):
    title = _("re-check")
    parameter_name = "recheck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To be re-checked")), ("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "overdue":
            return queryset.overdue(timezone.localdate())
        return queryset.to_recheck() if self.value() == "open" else queryset


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "flag"
    menu_order = 50
    change_form_outer_before_template = "inspections/finding_head.html"
    list_display = ("shown", "enterprise", "cause", "measure", "due_on", "rechecked_on", "recheck_shown")
    list_select_related = ("inspection__enterprise", "cause")
    list_filter = (
        MeasureFilter,
        ("measure", ChoicesDropdownFilter),
        ("cause", ScopedRelatedFilter),
        ("due_on", RangeDateFilter),
    )
    search_fields = ("inspection__number", "inspection__enterprise__name", "instruments")
    search_help_text = _("Inspection no., site or instruments")
    autocomplete_fields = ("office", "region", "inspection", "cause", "item")
    fieldsets = (
        (None, {"fields": ("inspection", "number", ("cause", "item"), "facts", "instruments")}),
        (_("Measure"), {"fields": (("measure", "due_on"),)}),
        (_("Re-check"), {"fields": (("rechecked_on", "is_corrected"), "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @display(description=_("finding"), ordering="pk")
    def shown(self, finding: Finding) -> str:
        return str(finding)

    @display(description=_("site"))
    def enterprise(self, finding: Finding) -> str:
        return str(finding.inspection.enterprise)

    @display(
        description=_("re-check"),
        label={"overdue": "danger", "open": "info", "corrected": "success", "not": "warning", "none": "default"},
    )
    def recheck_shown(self, finding: Finding) -> tuple[str, Any]:
        if finding.rechecked_on:
            return ("corrected", _("Corrected")) if finding.is_corrected else ("not", _("Not corrected"))
        if finding.due_on is None:
            return "none", _("None needed")
        return ("overdue", _("Overdue")) if finding.is_overdue else ("open", _("To be re-checked"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        finding = context["original"]
        if finding is not None:
            context["case"] = finding.cases.filter(voided_at__isnull=True).first()
            may = request.user.has_perm("inspections.add_violationcase")  # type: ignore[union-attr]
            context["may_file"] = may and self.has_change_permission(request, finding)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(NetContentLot)
class NetContentLotAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "inventory_2"
    menu_order = 60
    list_display = (
        "sample_no",
        "sampled_on",
        "product",
        "enterprise",
        "net_content",
        "sampled",
        "failed",
        "is_content_conforming",
        "is_marking_conforming",
    )
    list_select_related = ("enterprise",)
    list_filter = (
        "is_content_conforming",
        "is_marking_conforming",
        ("campaign", ScopedRelatedFilter),
        ("sampled_on", RangeDateFilter),
    )
    search_fields = ("sample_no", "report_no", "product", "brand", "enterprise__name")
    search_help_text = _("Sample no., report no., product, brand or producer")
    date_hierarchy = "sampled_on"
    autocomplete_fields = ("office", "region", "enterprise", "inspection", "campaign")
    fieldsets = (
        (None, {"fields": (("agency", "sample_no"), "sampled_on", "enterprise", ("inspection", "campaign"))}),
        (_("Goods"), {"fields": (("product", "brand"), ("net_content", "lot_no"), ("lot_size", "sampled"))}),
        (
            _("Outcome"),
            {
                "fields": (
                    "failed",
                    ("is_content_conforming", "is_marking_conforming"),
                    ("tester", "report_no"),
                    "remark",
                )
            },
        ),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
