from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from bureau.logged_admin import CheckedForm, ReferenceAdmin, offered
from bureau.models import Office, Region
from bureau.models.region import region_tree


class OfficeForm(CheckedForm):
    """An office is closed from below: no active office, and nobody who may log in, stays under a closed one."""

    def clean_parent(self) -> Office | None:
        parent = self.cleaned_data["parent"]
        if parent and not parent.is_active and "parent" in self.changed_data:
            raise ValidationError(_("The superior office is not active any more."))
        return parent

    def clean_is_active(self) -> bool:
        is_active = self.cleaned_data["is_active"]
        if self.instance.pk and not is_active and "is_active" in self.changed_data:
            self._refuse_while_in_use()
        return is_active

    def _refuse_while_in_use(self) -> None:
        below = [str(office) for office in self.instance.children.filter(is_active=True)[:5]]
        if below:
            raise ValidationError(_("Close the offices below it first: %(names)s.") % {"names": ", ".join(below)})
        people = self.instance.staff.filter(is_active=True).count()
        if people:
            sentence = ngettext(
                "%(count)d account of this office may still log in; the security administrator locks it first.",
                "%(count)d accounts of this office may still log in; the security administrator locks them first.",
                people,
            )
            raise ValidationError(sentence % {"count": people})


class ActiveFilter(DropdownFilter):
    title = _("active")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Closed only")), ("all", _("With closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() == "all" else queryset.filter(is_active=self.value() != "no")


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    """The tree of offices: opened and closed by the system administrator, never deleted."""

    menu_area = "administration"
    menu_icon = "account_balance"
    menu_order = 30

    form = OfficeForm
    list_display = ("code", "shown_name", "kind", "shown_region", "parent", "is_active")
    list_display_links = ("code", "shown_name")
    list_filter = (("kind", ChoicesDropdownFilter), ActiveFilter)
    list_select_related = ("region", "parent")
    search_fields = ("code__startswith", "name")
    search_help_text = _("Office code or name")
    autocomplete_fields = ("region", "parent")
    fields = ("code", "name", "kind", "region", "parent", "is_active")
    ordering = ("code",)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet:
        if db_field.name == "region":
            return Region.objects.in_force(timezone.localdate())
        return super().choices_for(db_field, request)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.view_name == "admin:autocomplete":
            found = offered(request, found.filter(is_active=True))
        return found, may_have_duplicates

    @display(description=_("office name"), ordering="code")
    def shown_name(self, office: Office) -> str:
        depth = office.path.count("/") - 1
        return "　" * depth + office.name

    @display(description=_("region"), ordering="region_id")
    def shown_region(self, office: Office) -> str:
        place = region_tree().places.get(office.region_id)
        return place.full_name if place else office.region_id
