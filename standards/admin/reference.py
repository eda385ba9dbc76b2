from django.contrib import admin

from bureau.logged_admin import ReferenceAdmin
from standards.models import LifecycleRule, MeasurementField


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
    list_display = ("event", "from_state", "to_state", "from_expired", "edition", "is_verified")
    list_filter = ("edition", "event", "from_state")
