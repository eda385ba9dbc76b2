from django.contrib import admin

from bureau.filters import ScopedRelatedFilter
from bureau.logged_admin import ReferenceAdmin
from inspections.models import ChecklistItem, InspectionSubject, InstrumentCategory, ViolationCause

COLUMNS = ("code", "name", "name_en", "position", "edition", "effective_from", "effective_to", "is_verified")


@admin.register(ViolationCause)
class ViolationCauseAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "report"
    menu_order = 70
    list_display = COLUMNS
    search_fields = ("code", "name", "name_en")


@admin.register(InspectionSubject)
class InspectionSubjectAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "topic"
    menu_order = 71
    list_display = COLUMNS
    search_fields = ("code", "name", "name_en")


@admin.register(InstrumentCategory)
class InstrumentCategoryAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "scale"
    menu_order = 72
    list_display = COLUMNS
    search_fields = ("code", "name", "name_en")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "checklist"
    menu_order = 73
    list_display = ("code", "subject", "text", "basis", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = (("subject", ScopedRelatedFilter), "edition")
    list_select_related = ("subject",)
    search_fields = ("code", "text", "text_en")
