from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bureau import scoping
from bureau.exchange import undo
from bureau.exchange.models import Import
from bureau.exchange.sheets import find_sheet
from bureau.exchange.views.base import WriterView


class Kept(NamedTuple):
    """A record that an undo leaves as it is, and where it is opened ("" for whoever may not)."""

    label: str
    reason: str
    url: str


@method_decorator(never_cache, name="dispatch")
class UndoView(WriterView):
    """What the undo of an import would do, and its start."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        if not can_be_undone(run):
            return redirect(run)
        forecast = undo.forecast(run, self.user)
        context = self.shell(
            title=_("Undo: %(file)s") % {"file": run.file_name},
            run=run,
            forecast=forecast,
            kept_rows=with_urls(run, forecast.kept_rows, self.user),
            is_kept_list_cut=forecast.kept > len(forecast.kept_rows),
        )
        return render(request, "exchange/undo.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        job = undo.start(run, by=self.user, request=request)
        if job is None:  # a second click, or a colleague was quicker
            run.refresh_from_db()
            messages.info(request, undo.problem(run))
            return redirect(run)
        return redirect("jobs:detail", job.pk)


def can_be_undone(run: Import) -> bool:
    """Also what broke off half way."""
    return bool(run.created or run.updated) and not undo.problem(run)


def with_urls(run: Import, rows: Iterable[Any], user: Any) -> list[Kept]:
    """Kept rows of a forecast or of an undo, for the page."""
    rows, sheet = list(rows), find_sheet(run.sheet_key)
    visible: set[int] = set()
    if rows and sheet is not None and user.has_perm(sheet.permission("view")):
        named = sheet.model._default_manager.filter(pk__in=[row.object_id for row in rows])
        visible = set(scoping.visible_to(named, user).values_list("pk", flat=True))
    return [
        Kept(row.label, row.reason, _url_of_record(sheet, row.object_id) if row.object_id in visible else "")
        for row in rows
    ]


def _url_of_record(sheet: Any, number: int) -> str:
    meta = sheet.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[number])
