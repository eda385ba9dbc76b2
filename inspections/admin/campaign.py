from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.models import Office, Staff
from bureau.record_admin import OnlyStanding, RecordAdmin, TrackedInline, staff_of
from bureau.record_forms import RecordForm
from inspections import draws
from inspections.models import Assignment, CampaignSector, Draw, InspectionCampaign


class SectorInline(TrackedInline, TabularInline):
    model = CampaignSector
    fields = ("sector", "planned_sites")


@admin.register(InspectionCampaign)
class InspectionCampaignAdmin(OnlyStanding, RecordAdmin):
    menu_area = "inspections"
    menu_icon = "campaign"
    menu_order = 20
    list_display = ("name", "agency", "subject", "begins_on", "ends_on", "planned_sites")
    list_select_related = ("subject",)
    list_filter = (("subject", ScopedRelatedFilter), ("begins_on", RangeDateFilter), ("ends_on", RangeDateFilter))
    search_fields = ("name", "agency", "document_no")
    search_help_text = _("Campaign, authority or document no.")
    fieldsets = (
        (None, {"fields": ("name", ("agency", "document_no"), ("subject", "checklist_edition"))}),
        (None, {"fields": (("begins_on", "ends_on"), "planned_sites", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    inlines = (SectorInline,)


class DrawForm(RecordForm):
    """Too small a pool is said before anything is drawn."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and self.instance.pk is None:
            try:
                draws.check_pool(self.instance)
            except ValidationError as error:
                self.add_error(None, error)


# What was drawn from and by: it stands once the draw was made.
FIXED = (
    "campaign",
    "site_kind",
    "not_inspected_since",
    "sites_wanted",
    "inspectors_per_site",
    "due_on",
    "seed",
    "region",
)


@admin.register(Draw)
class DrawAdmin(RecordAdmin):
    form = DrawForm
    menu_area = "inspections"
    menu_icon = "casino"
    menu_order = 30
    list_display = ("campaign", "drawn_at", "site_kind", "sites_wanted", "inspectors_per_site", "place_name")
    list_select_related = ("campaign", "site_kind", "region")
    list_filter = (("campaign", ScopedRelatedFilter), ("site_kind", ScopedRelatedFilter))
    search_fields = ("campaign__name", "seed")
    search_help_text = _("Campaign or seed")
    autocomplete_fields = ("office", "region", "campaign")
    fieldsets = (
        (None, {"fields": ("campaign", ("site_kind", "not_inspected_since"), "region")}),
        (None, {"fields": (("sites_wanted", "inspectors_per_site"), "due_on", "seed", "remark")}),
        (_("Kept by"), {"fields": ("office",)}),
    )
    with_attachments = True

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        shown = (_("What was drawn"), {"fields": (("drawn_at", "rule"), ("pool_shown", "is_repeated"), "drawn_shown")})
        return [*fieldsets[:2], shown, *fieldsets[2:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        computed = ("drawn_at", "rule", "pool_shown", "is_repeated", "drawn_shown")
        return (*super().get_readonly_fields(request, obj), *(() if obj is None else (*FIXED, *computed)))

    def save_model(self, request: HttpRequest, obj: Draw, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        draws.run(obj, by=staff_of(request))
        self._must_stay_editable(request, obj)

    @display(description=_("region"), ordering="region")
    def place_name(self, draw: Draw) -> str:
        return draw.region.name

    @display(description=_("drawn from"))
    def pool_shown(self, draw: Draw) -> str:
        return str(
            _("%(sites)s sites, %(inspectors)s inspectors")
            % {"sites": len(draw.pool["sites"]), "inspectors": len(draw.pool["inspectors"])}
        )

    @display(description=_("run again, the same comes out"), boolean=True)
    def is_repeated(self, draw: Draw) -> bool:
        return draws.holds(draw)

    @display(description=_("sites and inspectors"))
    def drawn_shown(self, draw: Draw) -> str:
        rows = draw.assignments.not_voided().select_related("enterprise", "lead", "companion").order_by("pk")
        return format_html_join(
            "",
            "<div>{}. {} – {} {}</div>",
            ((place, row.enterprise, row.lead, row.companion or "") for place, row in enumerate(rows, start=1)),
        )


class AssignmentFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Not inspected yet")), ("mine", _("Mine, not inspected yet"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "mine":
            return queryset.open().of(request.user)
        return queryset.open() if self.value() == "open" else queryset


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    menu_area = "inspections"
    menu_icon = "assignment_ind"
    menu_order = 40
    list_display = ("enterprise", "campaign", "lead", "companion", "due_on", "draw")
    list_select_related = ("enterprise", "campaign", "lead", "companion", "draw__campaign")
    list_filter = (AssignmentFilter, ("campaign", ScopedRelatedFilter), ("due_on", RangeDateFilter))
    search_fields = ("enterprise__name", "campaign__name")
    search_help_text = _("Site or campaign")
    autocomplete_fields = ("office", "region", "campaign", "enterprise")
    fieldsets = (
        (None, {"fields": ("campaign", "enterprise", ("lead", "companion"), "due_on", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    def choices_for(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        """People who may go: those of the own office and the ones below."""
        office = staff_of(request).office
        if db_field.name in ("lead", "companion") and office:
            below = Staff.objects.filter(office__in=Office.objects.below(office), is_active=True)
            return below.filter(groups__name__in=("inspector", "clerk")).distinct()
        return super().choices_for(db_field, request)
