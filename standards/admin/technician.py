from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.part_admin import PartAdmin
from bureau.record_admin import TrackedInline
from standards.admin.dated import DatedAdmin, InForceFilter
from standards.models import Qualification, Technician


class QualificationInline(TrackedInline, TabularInline):
    model = Qualification
    fields = ("kind", "certificate_no", "authority", "items", "issued_on", "valid_until")
    verbose_name_plural = _("qualifications")


@admin.register(Technician)
class TechnicianAdmin(DatedAdmin):
    menu_area = "institutions"
    menu_icon = "engineering"
    menu_order = 30
    list_display = ("name", "staff_no", "institution_name", "kind_of_institution", "post", "begins_on", "ends_on")
    list_select_related = ("institution", "region")
    list_filter = (("institution__kind", ChoicesDropdownFilter), InForceFilter, ("begins_on", RangeDateFilter))
    search_fields = ("name", "staff_no", "institution__name", "qualifications__certificate_no")
    search_help_text = _("Name, staff no., institution or certificate no.")
    autocomplete_fields = ("office", "region", "institution")
    fieldsets = (
        (None, {"fields": ("institution", ("name", "staff_no"), "post", ("begins_on", "ends_on"))}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )
    inlines = (QualificationInline,)

    @display(description=_("institution"), ordering="institution__name")
    def institution_name(self, technician: Technician) -> str:
        return technician.institution.name

    @display(description=_("kind of institution"), ordering="institution__kind")
    def kind_of_institution(self, technician: Technician) -> str:
        return technician.institution.get_kind_display()


@admin.register(Qualification)
class QualificationAdmin(PartAdmin):
    menu_area = "institutions"
    menu_icon = "license"
    menu_order = 32
    list_display = ("of_technician", "institution_name", "kind", "certificate_no", "items", "issued_on", "valid_until")
    list_select_related = ("technician", "technician__institution")
    list_filter = (("kind", ChoicesDropdownFilter), ("valid_until", RangeDateFilter))
    search_fields = ("certificate_no", "technician__name", "technician__institution__name")

    @display(description=_("technician"), ordering="technician__name")
    def of_technician(self, qualification: Qualification) -> str:
        return str(qualification.technician)

    @display(description=_("institution"), ordering="technician__institution__name")
    def institution_name(self, qualification: Qualification) -> str:
        return qualification.technician.institution.name
