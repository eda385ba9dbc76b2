from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import RangeDateFilter

from bureau.filters import ScopedRelatedFilter
from bureau.record_admin import RecordAdmin, TrackedInline
from enterprises.models import Training, TrainingEnterprise


class NamedSelect(AutocompleteSelect):
    """Of the rows of a page the names are known already: each would ask for its own otherwise."""

    names: dict[str, str]

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        if not value or any(key not in self.names for key in value):
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, key, self.names[key], True, place) for place, key in enumerate(value)]
        return [(None, options, 0)]


class EnterpriseInline(TrackedInline, TabularInline):
    model = TrainingEnterprise
    fields = ("enterprise",)
    autocomplete_fields = ("enterprise",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("enterprise")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if obj is not None and (field := formset.form.base_fields.get("enterprise")):
            rows = self.get_queryset(request).filter(training=obj)
            field.widget.widget.names = {str(row.enterprise_id): str(row.enterprise) for row in rows}
        return formset

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "enterprise":
            kwargs["widget"] = NamedSelect(db_field, self.admin_site)
            kwargs["widget"].names = {}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Training)
class TrainingAdmin(RecordAdmin):
    menu_area = "services"
    menu_icon = "school"
    menu_order = 50
    list_display = ("topic", "held_on", "agency", "hours", "people_trained", "campaign")
    list_select_related = ("campaign",)
    list_filter = (
        ("campaign", ScopedRelatedFilter),
        ("sector", ScopedRelatedFilter),
        ("held_on", RangeDateFilter),
    )
    search_fields = ("topic", "agency", "place")
    search_help_text = _("Topic, organiser or place")
    date_hierarchy = "held_on"
    autocomplete_fields = ("office", "region", "campaign")
    fieldsets = (
        (None, {"fields": ("topic", ("held_on", "hours"), ("agency", "place"), "people_trained")}),
        (None, {"fields": (("campaign", "sector"),)}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    inlines = (EnterpriseInline,)
