"""Plans of energy-metering audits, the audits themselves, and what was found."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from bureau import menu, scoping
from bureau.filters import ScopedRelatedFilter
from bureau.logged_admin import ReferenceAdmin
from bureau.models import Office, Staff
from bureau.part_admin import PartAdmin
from bureau.record_admin import OnlyStanding, RecordAdmin, TrackedInline, staff_of
from bureau.texts import whole_number
from inspections import audit_documents  # noqa: F401 (tells the kinds of papers)
from inspections.models import (
    AuditFinding,
    AuditItem,
    AuditMember,
    AuditPlan,
    AuditRule,
    AuditState,
    EnergyAudit,
    ExaminedMeter,
    Nonconformity,
    PlannedAudit,
)
from inspections.models.energy_audit import DAY_OF

menu.register(
    menu.MenuItem(
        "energy",
        _("Round of energy-metering audits"),
        "donut_large",
        "inspections:audit-round",
        lambda user: bool(user.office_id) and user.has_perm("inspections.view_energyaudit"),
        order=49,
    )
)


class ShownInline(TrackedInline, TabularInline):
    """Only shown: the rows are written elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Plans -------------------------------------------------------------------------------------------


class PlannedInline(TrackedInline, TabularInline):
    model = PlannedAudit
    fields = ("unit", "body", "on_site_by", "remark")
    autocomplete_fields = ("unit",)
    per_page = 25

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("unit__enterprise")


@admin.register(AuditPlan)
class AuditPlanAdmin(OnlyStanding, RecordAdmin):
    menu_area = "energy"
    menu_icon = "event_note"
    menu_order = 50
    change_form_outer_before_template = "inspections/audit_plan_head.html"
    list_display = ("name", "agency", "year", "self_check_due_on", "on_site_from", "on_site_until")
    list_filter = (("on_site_from", RangeDateFilter), ("on_site_until", RangeDateFilter))
    search_fields = ("name", "agency", "document_no")
    search_help_text = _("Plan, authority or document no.")
    autocomplete_fields = ("office", "region")
    fieldsets = (
        (None, {"fields": ("name", ("agency", "document_no"), "year")}),
        (None, {"fields": ("self_check_due_on", ("on_site_from", "on_site_until"), "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    inlines = (PlannedInline,)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        plan = context["original"]
        if plan is not None and self.has_change_permission(request, plan):
            may = request.user.has_perm("inspections.add_energyaudit")  # type: ignore[union-attr]
            context["not_opened"] = self._not_opened(request, plan) if may else 0
        return super().render_change_form(request, context, *args, **kwargs)

    def _not_opened(self, request: HttpRequest, plan: AuditPlan) -> int:
        return scoping.visible_to(PlannedAudit.objects.without_audit(), request.user).filter(plan=plan).count()


@admin.register(PlannedAudit)
class PlannedAuditAdmin(PartAdmin):
    menu_area = "energy"
    menu_icon = "playlist_add_check"
    menu_order = 52
    list_display = ("of_unit", "plan", "body", "on_site_by")
    list_select_related = ("unit__enterprise", "plan")
    list_filter = (("plan", ScopedRelatedFilter), ("on_site_by", RangeDateFilter))
    search_fields = ("unit__enterprise__name", "plan__name")
    search_help_text = _("Enterprise or plan")

    @display(description=_("energy-using unit"), ordering="unit__enterprise__name")
    def of_unit(self, row: PlannedAudit) -> str:
        return row.unit.enterprise.name


# Audits ------------------------------------------------------------------------------------------


class MemberInline(TrackedInline, TabularInline):
    model = AuditMember
    fields = ("name", "is_leader", "duty", "organisation", "person")

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet:
        """People who may go: those of the own office and the ones below."""
        office = staff_of(request).office
        if db_field.name == "person" and office:
            below = Staff.objects.filter(office__in=Office.objects.below(office), is_active=True)
            return below.filter(groups__name__in=("inspector", "clerk")).distinct()
        return super().choices_for(db_field, request)


class FindingInline(ShownInline):
    model = AuditFinding
    fields = ("item", "result", "finding", "clause")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item")


class NonconformityInline(ShownInline):
    model = Nonconformity
    fields = ("number", "clause", "facts", "due_on", "outcome", "closed_on")
    ordering = ("number",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("audit")


@admin.register(EnergyAudit)
class EnergyAuditAdmin(OnlyStanding, RecordAdmin):
    menu_area = "energy"
    menu_icon = "assignment_turned_in"
    menu_order = 54
    change_form_outer_before_template = "inspections/audit_head.html"
    list_display = ("number", "of_unit", "agency", "planned_on", "on_site_on", "concluded_on", "shown_conclusion",
                    "shown_state")  # fmt: skip
    list_select_related = ("unit__enterprise",)
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("conclusion", ChoicesDropdownFilter),
        ("unit__sector", ChoicesDropdownFilter),
        ("plan", ScopedRelatedFilter),
        ("planned_on", RangeDateFilter),
        ("concluded_on", RangeDateFilter),
    )
    search_fields = ("number", "report_no", "agency", "unit__enterprise__name")
    search_help_text = _("Audit no., report no., auditing body or enterprise")
    autocomplete_fields = ("office", "region", "unit", "plan", "institution")
    # The steps are taken on the audit's own page, where it is said what they ask for.
    readonly_fields = ("state", "edition", *DAY_OF.values(), "conclusion", "report_no")
    fieldsets = (
        (
            None,
            {"fields": ("unit", ("agency", "number"), ("plan", "institution"), ("planned_on", "self_check_due_on"))},
        ),
        (
            _("Course"),
            {
                "fields": (
                    ("state", "edition"),
                    ("self_check_on", "review_on"),
                    ("on_site_on", "on_site_until"),
                    ("concluded_on", "reported_on", "archived_on"),
                )
            },
        ),
        (_("Conclusion"), {"fields": (("conclusion", "report_no"), "opinion", "judged_by", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    inlines = (MemberInline, FindingInline, NonconformityInline)

    class Media:
        css: ClassVar[Any] = {"all": ("bureau/energy.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which unit is audited is settled once the audit has begun."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "unit", "plan") if obj is not None and obj.state != AuditState.PLANNED else fields

    @display(description=_("energy-using unit"), ordering="unit__enterprise__name")
    def of_unit(self, audit: EnergyAudit) -> str:
        return audit.unit.enterprise.name

    @display(
        description=_("conclusion of the audit"),
        ordering="conclusion",
        label={"conforming": "success", "after_rectification": "info", "not_conforming": "danger", "": "default"},
    )
    def shown_conclusion(self, audit: EnergyAudit) -> tuple[str, Any]:
        return audit.conclusion, audit.get_conclusion_display() or "—"

    @display(
        description=_("state of the audit"),
        ordering="state",
        label={
            "planned": "default",
            "self_check": "info",
            "document_review": "info",
            "on_site": "primary",
            "rectification": "warning",
            "concluded": "success",
            "reported": "success",
            "archived": "default",
        },
    )
    def shown_state(self, audit: EnergyAudit) -> tuple[str, Any]:
        return audit.state, audit.get_state_display()


class OfAudit(PartAdmin):
    menu_area = "energy"

    @display(description=_("energy-metering audit"), ordering="audit")
    def of_audit(self, row: Any) -> str:
        return str(row.audit)


@admin.register(AuditFinding)
class AuditFindingAdmin(OfAudit):
    menu_icon = "checklist"
    menu_order = 56
    list_display = ("of_audit", "item", "result", "finding", "clause")
    list_select_related = ("audit__unit__enterprise", "item")
    list_filter = (("result", ChoicesDropdownFilter), ("item__chapter", ChoicesDropdownFilter))
    search_fields = ("audit__number", "audit__unit__enterprise__name", "finding")
    search_help_text = _("Audit no., enterprise or what was found")


@admin.register(ExaminedMeter)
class ExaminedMeterAdmin(OfAudit):
    menu_icon = "speed"
    menu_order = 57
    list_display = ("of_audit", "meter", "result", "accuracy_class", "last_verified_on", "finding")
    list_select_related = ("audit__unit__enterprise", "meter")
    list_filter = (("result", ChoicesDropdownFilter), ("audit", ScopedRelatedFilter))
    search_fields = ("audit__number", "audit__unit__enterprise__name", "meter__own_no", "meter__serial_no", "finding")
    search_help_text = _("Audit no., enterprise, number of the meter or what was found")


# Nonconformities ---------------------------------------------------------------------------------


class DueFilter(DropdownFilter):
    title = _("rectification")
    parameter_name = "rectify"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To be rectified")), ("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "overdue":
            return queryset.overdue(timezone.localdate())
        return queryset.to_rectify() if self.value() == "open" else queryset


@admin.register(Nonconformity)
class NonconformityAdmin(RecordAdmin):
    menu_area = "energy"
    menu_icon = "report_problem"
    menu_order = 58
    list_display = ("shown", "of_unit", "clause", "found_on", "due_on", "closed_on", "outcome_shown")
    list_select_related = ("audit__unit__enterprise",)
    list_filter = (
        DueFilter,
        ("outcome", ChoicesDropdownFilter),
        ("found_on", RangeDateFilter),
        ("due_on", RangeDateFilter),
        ("closed_on", RangeDateFilter),
    )
    search_fields = ("audit__number", "audit__unit__enterprise__name", "clause", "facts")
    search_help_text = _("Audit no., enterprise, clause or facts")
    autocomplete_fields = ("office", "region", "audit")
    fieldsets = (
        (None, {"fields": (("audit", "number"), ("item", "clause"), "facts", ("found_on", "due_on"))}),
        (_("Rectification"), {"fields": ("measures", "evidence")}),
        (_("Verification and end"), {"fields": (("verified_by", "verified_on"), ("outcome", "closed_on"), "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    actions_detail = ("audit_action", *RecordAdmin.actions_detail)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From the page of an audit: its place, and the next number."""
        initial = {"found_on": timezone.localdate(), **super().get_changeform_initial_data(request)}
        key = whole_number(initial.get("audit"))
        audit = self._audits(request).filter(pk=key).first() if key else None
        if audit is not None:
            numbers = audit.nonconformities.not_voided().values_list("number", flat=True)
            initial |= {"office": audit.office_id, "region": audit.region_id, "number": max(numbers, default=0) + 1}
        return initial

    def _audits(self, request: HttpRequest) -> QuerySet:
        field: Any = Nonconformity._meta.get_field("audit")
        return self.choices_for(field, request).filter(voided_at__isnull=True)

    def choices_for(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        rows = super().choices_for(db_field, request)
        return rows.order_by("edition", "position") if db_field.name == "item" else rows

    @display(description=_("nonconformity"), ordering="pk")
    def shown(self, row: Nonconformity) -> str:
        return str(row)

    @display(description=_("energy-using unit"), ordering="audit__unit__enterprise__name")
    def of_unit(self, row: Nonconformity) -> str:
        return row.audit.unit.enterprise.name

    @display(
        description=_("rectification"),
        label={"overdue": "danger", "open": "info", "rectified": "success", "not_rectified": "warning"},
    )
    def outcome_shown(self, row: Nonconformity) -> tuple[str, Any]:
        if row.outcome:
            return row.outcome, row.get_outcome_display()
        is_overdue = row.is_overdue_on(timezone.localdate())
        return ("overdue", _("Overdue")) if is_overdue else ("open", _("To be rectified"))

    @action(description=_("The audit"), url_path="audit", icon="assignment_turned_in")
    def audit_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        return redirect("inspections:audit", row.audit_id) if row else redirect(self._page("changelist"))


# Reference ---------------------------------------------------------------------------------------


@admin.register(AuditItem)
class AuditItemAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "fact_check"
    menu_order = 90
    list_display = ("code", "chapter", "text", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = ("edition", ("chapter", ChoicesDropdownFilter))
    search_fields = ("code", "text", "text_en")


@admin.register(AuditRule)
class AuditRuleAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "rule"
    menu_order = 91
    list_display = ("edition", "rectification_days", "round_begins", "round_years", "effective_from", "effective_to",
                    "is_verified")  # fmt: skip
