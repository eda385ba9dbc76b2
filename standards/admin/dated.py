from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.forms import PaginationInlineFormSet

from bureau.models import Staff
from bureau.record_admin import RecordAdmin
from standards.models.dated import holds_on, overlaps


class InForceFilter(DropdownFilter):
    """Rows that hold today, or those that ended before or have not begun."""

    title = _("in force today")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("In force")), ("no", _("Not in force"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        condition = holds_on(timezone.localdate())
        if self.value() == "yes":
            return queryset.filter(condition)
        return queryset.exclude(condition) if self.value() == "no" else queryset


class CheckedTogether(PaginationInlineFormSet):
    """Rows of a page that must go together, as they would stand after the save."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.instance.is_checked_together = True
        return form

    def problems(self, rows: Sequence[Any]) -> list[str | None]:
        raise NotImplementedError(f"{type(self).__name__} checks nothing.")

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.has_changed():
            return
        found = [problem for problem in self.problems(self._after_save()) if problem]
        if found:
            raise ValidationError(list(dict.fromkeys(found)))

    def _after_save(self) -> list[Any]:
        posted = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [self._gone(form.instance) if form in self.deleted_forms else form.instance for form in posted]

    def _gone(self, row: Any) -> Any:
        """A row that the save takes out stands in nobody's way."""
        row = copy(row)
        row.voided_at = timezone.now()
        return row


class DatedFormSet(CheckedTogether):
    def problems(self, rows: Sequence[Any]) -> list[str | None]:
        return overlaps(rows)


class DatedAdmin(RecordAdmin):
    """Records that hold from a day to a day."""

    def unvoid_row(self, obj: Any, *, by: Staff) -> None:
        """Its days may have been given to another row meanwhile."""
        if problem := overlaps([obj])[0]:
            raise ValidationError(problem)
        super().unvoid_row(obj, by=by)
