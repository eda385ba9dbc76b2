from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.exchange.models import Import
from bureau.exchange.sheets import all_sheets
from bureau.exchange.views.base import ImportView

PAGE_SIZE = 25


class ListView(ImportView):
    """Imports, the latest first; simple links narrow them by kind and state."""

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = self._chosen()
        runs = self.rows().select_related("office", "started_by")
        if chosen["sheet"]:
            runs = runs.filter(sheet_key=chosen["sheet"])
        if chosen["state"]:
            runs = runs.filter(state=chosen["state"])
        page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            query=urlencode({name: value for name, value in chosen.items() if value}),
            filters=self._filters(chosen),
            is_narrowed=any(chosen.values()),
            uploads=self._uploads(),
        )
        return render(request, "exchange/list.html", context)

    def _uploads(self) -> list[tuple[Any, str]]:
        kinds = self._kinds("import") if self.user.office_id else []
        return [(sheet, reverse("exchange:upload", args=[sheet.key])) for sheet in kinds]

    def _kinds(self, action: str) -> list[Any]:
        return [sheet for sheet in all_sheets() if self.user.has_perm(sheet.permission(action))]

    def _chosen(self) -> dict[str, str]:
        """What the address narrows the list by; anything unknown is left out."""
        sheet, state = self.request.GET.get("sheet", ""), self.request.GET.get("state", "")
        return {
            "sheet": sheet if sheet in {kind.key for kind in all_sheets()} else "",
            "state": state if state in Import.State.values else "",
        }

    def _filters(self, chosen: dict[str, str]) -> list[dict[str, Any]]:
        kinds = [(sheet.key, str(sheet.label)) for sheet in self._kinds("view")]
        filters = [("state", _("State"), [(value, str(label)) for value, label in Import.State.choices])]
        if len(kinds) > 1:
            filters.insert(0, ("sheet", _("Kind of sheet"), kinds))
        return [
            {"label": label, "links": [_link(chosen, name, value, text) for value, text in [("", _("all")), *choices]]}
            for name, label, choices in filters
        ]


def _link(chosen: dict[str, str], name: str, value: str, text: str) -> dict[str, Any]:
    query = {key: kept for key, kept in {**chosen, name: value}.items() if kept}
    return {"text": text, "url": f"?{urlencode(query)}", "is_chosen": chosen[name] == value}
