"""What an address may ask of an admin page. The library takes any column and any lookup; here only what is offered."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

# How a filter of ours compares; a pattern or a range typed into the address could try out columns letter by letter.
COMPARISONS = {"exact", "in", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day"}
# Each word is a condition on every searched column, and a database takes only so many.
MOST_WORDS = 20


class CheckedChangeList(ChangeList):
    def get_filters(self, request: HttpRequest) -> Any:
        """The library steps over the end of the calendar."""
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error


class ClosedAddresses(ModelAdmin):
    """``lookup_fields`` names columns that links of ours filter by, beyond the list's own filters."""

    lookup_fields: ClassVar[tuple[str, ...]] = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return CheckedChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        if request is None or not super().lookup_allowed(lookup, value, request):
            return False
        name, *path = lookup.split("__")
        try:
            field = self.opts.pk if name == "pk" else self.opts.get_field(name)
        except FieldDoesNotExist:
            return True  # a filter's own parameter; any other is refused when the list is made
        assert field is not None
        return field.name in self._offered(request) and (not path or path[-1] in COMPARISONS)

    def _offered(self, request: HttpRequest) -> set[str]:
        paths = [entry[0] if isinstance(entry, tuple | list) else entry for entry in self.get_list_filter(request)]
        names = [*paths, *self.lookup_fields, self.date_hierarchy]
        return {name.split("__")[0] for name in names if isinstance(name, str)}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Foreign keys of ours point to primary keys."""
        return bool(self.opts.pk) and to_field == self.opts.pk.name

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = search_term.split()
        if len(words) > MOST_WORDS:
            search_term = " ".join(words[:MOST_WORDS])
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address proposes for a new form, as far as the fields would take it."""
        proposed = super().get_changeform_initial_data(request)
        return {name: value for name, value in proposed.items() if self._is_taken(name, value, request)}

    def _is_taken(self, name: str, value: Any, request: HttpRequest) -> bool:
        try:
            formfield: forms.Field | None = self.formfield_for_dbfield(self.opts.get_field(name), request)
            if formfield is None:
                return False
            formfield.clean(value)
        except (FieldDoesNotExist, ValidationError):
            return False
        return True
