from django.contrib import admin

from bureau.logged_admin import ReferenceAdmin
from standards.models import (
    ChecklistItem,
    ComparisonRule,
    DocumentKind,
    LifecycleRule,
    MeasurementField,
    PaperRule,
    StandardRequirement,
)


@admin.register(MeasurementField)
class MeasurementFieldAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "category"
    menu_order = 60
    list_display = ("code", "name", "name_en", "group", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = ("group", "edition")
    search_fields = ("code", "name", "name_en")


@admin.register(LifecycleRule)
class LifecycleRuleAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "rule"
    menu_order = 61
    list_display = ("event", "from_state", "to_state", "from_expired", "clause", "edition", "is_verified")
    list_filter = ("edition", "event", "from_state")


@admin.register(DocumentKind)
class DocumentKindAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "folder_open"
    menu_order = 62
    list_display = (
        "name",
        "code",
        "is_needed_at_set_up",
        "is_needed_at_reexamination",
        "edition",
        "effective_from",
        "effective_to",
        "is_verified",
    )
    list_filter = ("edition",)
    search_fields = ("code", "name", "name_en")


@admin.register(ComparisonRule)
class ComparisonRuleAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "balance"
    menu_order = 69
    list_display = ("edition", "clause", "factor", "limit", "with_instability", "with_correlation", "is_verified")
    list_filter = ("edition",)


@admin.register(StandardRequirement)
class StandardRequirementAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "straighten"
    menu_order = 63
    list_display = (
        "edition",
        "effective_from",
        "effective_to",
        "repeatability_readings",
        "stability_groups",
        "has_yearly_records",
        "persons",
        "is_verified",
    )


@admin.register(PaperRule)
class PaperRuleAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "description"
    menu_order = 64
    list_display = ("event", "renews", "document", "is_required", "note", "edition", "is_verified")
    list_filter = ("edition", "event", "renews")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "checklist"
    menu_order = 65
    list_display = ("number", "part", "text", "is_key", "edition", "is_verified")
    list_filter = ("edition", "part")
    search_fields = ("number", "text")
