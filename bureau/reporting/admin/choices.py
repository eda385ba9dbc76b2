"""The choice of a figure in a form, and how a list shows it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2Widget

from bureau.record_forms import RecordForm
from bureau.reporting import indicators
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.models.of_days import OfDays, label_of

Choices = list[tuple[str, Any]]


def grouped(found: Iterable[BaseIndicator]) -> Choices:
    """By section; what a browser's search finds is label and unit."""
    return [
        (section.label, [(each.key, f"{each.label}（{each.unit}）") for each in alike])
        for section, alike in groupby(found, key=lambda indicator: indicator.section)
    ]


def figure_field(label: Any, found: Iterable[BaseIndicator], *, required: bool = True, **options: Any) -> Any:
    choices = [("", "---------"), *grouped(found)]
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=UnfoldAdminSelect2Widget(), **options
    )


class OfDaysForm(RecordForm):
    """``is_wanted`` says of which figures such a number can be stated."""

    is_wanted: Callable[[BaseIndicator], bool] = staticmethod(lambda indicator: True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            found = [each for each in indicators.known() if type(self).is_wanted(each)]
            self.fields["indicator"] = figure_field(self.fields["indicator"].label, found)


class FigureFilter(DropdownFilter):
    """Figures of which something is stated in the list."""

    title = _("figure")
    parameter_name = "figure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        keys = model_admin.get_queryset(request).order_by().values_list("indicator", flat=True).distinct()
        return sorted(((key, label_of(key)) for key in keys), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(indicator=self.value()) if self.value() else queryset


class ShownInWords:
    """Whoever may only look reads labels where a form has keys: ``IN_WORDS`` names what stands for a field."""

    IN_WORDS: ClassVar[Mapping[str, str]] = {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is None or self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        return [(name, {**options, "fields": self._in_words(options["fields"])}) for name, options in fieldsets]

    def _in_words(self, fields: Any) -> tuple[Any, ...]:
        return tuple(
            self.IN_WORDS.get(field, field) if isinstance(field, str) else self._in_words(field) for field in fields
        )


class OfDaysColumns(ShownInWords):
    """Columns of a list of such numbers."""

    IN_WORDS = {"indicator": "figure"}

    @display(description=_("figure"), ordering="indicator")
    def figure(self, row: OfDays) -> str:
        return label_of(row.indicator)

    @display(description=_("value"), ordering="value")
    def number(self, row: OfDays) -> str:
        return f"{row.value.normalize():,f}"
