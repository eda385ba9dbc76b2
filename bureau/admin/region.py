from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from bureau.logged_admin import CheckedForm, ReferenceAdmin, offered
from bureau.models import Region

PARENT_LEVELS = (Region.Level.PREFECTURE, Region.Level.COUNTY)


class OwnAreaForm(CheckedForm):
    """An area of the administrator's own, such as a development zone; official regions come with the program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.level, self.instance.is_own = Region.Level.AREA, True


class StateFilter(DropdownFilter):
    title = _("in force")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("former", _("Former codes only")), ("own", _("Own areas only")), ("all", _("With former codes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.value() == "all":
            return queryset
        if self.value() == "own":
            return queryset.filter(is_own=True)
        if self.value() == "former":
            return queryset.filter(valid_to__lt=today)
        return queryset.in_force(today)  # type: ignore[attr-defined]


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    """The official regions to look up; the system administrator adds own areas under a prefecture or a county."""

    menu_area = "administration"
    menu_icon = "map"
    menu_order = 40

    form = OwnAreaForm
    list_display = ("code", "full_name", "level", "valid_from", "valid_to", "successor")
    list_filter = (("level", ChoicesDropdownFilter), StateFilter)
    list_select_related = ("successor",)
    search_fields = ("code__startswith", "full_name")
    search_help_text = _("Region code or name")
    autocomplete_fields = ("parent", "successor")
    fields = ("parent", "code", "name", "valid_from", "valid_to", "successor")
    ordering = ("code",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_own)

    def get_readonly_fields(self, request: HttpRequest, obj: Region | None = None) -> Any:
        # Records name the code, so it stays; a mistaken area is ended and a new one added.
        return ("parent", "code") if obj else ()

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet:
        choices = super().choices_for(db_field, request)
        return choices.filter(level__in=PARENT_LEVELS) if db_field.name == "parent" else choices

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.view_name == "admin:autocomplete":
            # A record of an earlier year may need a former code: those come after the codes in force.
            found = offered(request, found).order_by(F("valid_to").desc(nulls_first=True), "code")
        return found, may_have_duplicates
