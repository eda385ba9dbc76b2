"""The columns in which a drill-down shows rows of any model: those of the model's list in the admin."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.db.models import ForeignObject, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from bureau.reporting.lines import NOTHING


class Columns:
    """Headers, cells and link of a model's rows; a model without an admin page shows its rows by name."""

    def __init__(self, model: type[Model], request: HttpRequest) -> None:
        self.model, self.request = model, request
        self.admin = admin.site._registry.get(model)
        listed = self.admin.get_list_display(request) if self.admin else ("__str__",)
        self.names = [str(name) for name in listed if name != "action_checkbox"]
        self.related = self.admin.get_list_select_related(request) if self.admin else False

    @property
    def headers(self) -> list[str]:
        return [str(label_for_field(name, self.model, self.admin)) for name in self.names]

    def select_related(self, rows: QuerySet) -> QuerySet:
        """One query for the page, whatever the columns show."""
        if self.related is True:
            return rows.select_related()
        return rows.select_related(*self.related) if self.related else rows

    def lines(self, rows: Iterable[Model]) -> list[dict[str, Any]]:
        return [
            {"url": self._url(row), "cells": [self._cell(name, row) for name in self.names]}
            for row in self._as_listed(list(rows))
        ]

    def _as_listed(self, rows: Sequence[Model]) -> Sequence[Model]:
        """The rows with what the list's own query works out for each, if it does: one more query for the page."""
        listed = self.admin.get_queryset(self.request) if self.admin else None
        if listed is None or not listed.query.annotations:
            return rows
        found = self.select_related(listed).in_bulk([row.pk for row in rows])
        return [found.get(row.pk, row) for row in rows]

    def _url(self, row: Model) -> str:
        if self.admin is None:
            return ""
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

    def _cell(self, name: str, row: Model) -> Any:
        field, shown_by, value = lookup_field(name, row, self.admin)  # type: ignore[arg-type]
        if isinstance(field, ForeignObject):
            return getattr(row, field.name) or NOTHING
        if field is not None:
            return display_for_field(value, field, NOTHING)
        if isinstance(value, list | tuple):  # the skin's heading with lines below it, or a key with its label
            value = value[0] if getattr(shown_by, "header", False) else value[-1]
        return display_for_value(value, NOTHING, getattr(shown_by, "boolean", False))
