"""The records of a list as a person sees them on the screen: scope, search and filters of the list's own page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, ORDER_VAR, PAGE_VAR
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from bureau.exchange.sheets import Sheet
from bureau.models import Region, Staff

REGION = "region"
# What says how the list is looked at, not which records it has.
_OF_THE_PAGE = (PAGE_VAR, ORDER_VAR, ALL_VAR, ERROR_FLAG)


@dataclass(frozen=True)
class Listed:
    """``query``: the query string of the list; ``region=CODE`` narrows it to a region besides."""

    sheet: Sheet
    user: Staff
    query: str

    def rows(self) -> QuerySet:
        """In no order. Voided records stay out, though the list may show them: an import would bring them back.

        Raises ``BadRequest`` for a filter that does not exist, ``Region.DoesNotExist``.
        """
        return self.sheet.rows().filter(pk__in=self.shown().values("pk"))

    def shown(self) -> QuerySet:
        """All that the list shows, on all its pages."""
        given = self._given.copy()
        code = given.pop(REGION, [""])[-1]
        rows = self._of_page(given).order_by()
        return self.sheet.in_region(rows, Region.objects.get(pk=code).pk) if code else rows

    def _of_page(self, given: QueryDict) -> QuerySet:
        model_admin: Any = admin.site.get_model_admin(self.sheet.model)
        request = HttpRequest()
        request.method, request.GET, request.user = "GET", given, self.user  # type: ignore[assignment]
        try:
            return model_admin.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise BadRequest from None

    @cached_property
    def _given(self) -> QueryDict:
        given = QueryDict(self.query.replace("%00", ""), mutable=True)
        for name in _OF_THE_PAGE:
            given.pop(name, None)
        return given

    @property
    def is_narrowed(self) -> bool:
        return bool(self._given)

    @property
    def list_url(self) -> str:
        meta = self.sheet.model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        given = self._given.copy()
        given.pop(REGION, None)
        return f"{url}?{given.urlencode()}" if given else url
