"""What forms of visits have in common."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from unfold.widgets import UnfoldAdminSelectWidget

from bureau.models import Staff
from bureau.record_forms import CheckedForm


class VisitForm(CheckedForm):
    """A form of the visit: made for whoever is at the place."""

    def __init__(self, *args: Any, user: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


def choosing(field: forms.ModelChoiceField, rows: Any) -> None:
    """A short list to choose from, by the device's own control."""
    field.queryset = rows
    field.widget = UnfoldAdminSelectWidget(choices=field.choices)


def searching(model: Any, name: str) -> AutocompleteSelect:
    return AutocompleteSelect(model._meta.get_field(name), admin.site)
