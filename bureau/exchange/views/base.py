"""The bases of the exchange's pages: about a kind of sheet, about an import, about one that somebody goes on with."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from bureau import scoping
from bureau.exchange import effects, jobs, preview
from bureau.exchange.models import Import
from bureau.exchange.sheets import Sheet, all_sheets, find_sheet
from bureau.models import Staff
from bureau.views.base import ScopedView

WITH_ALL = ("office", "started_by", "job", "effects_job", "undo_job", "undone_by", "corrects")
STEPS = {Import.State.COLUMNS: "columns", Import.State.PREVIEW: "preview"}


def may(action: str) -> Callable[[Any], bool]:
    """Whether the user may do this with any sheet at all; the view then asks for the sheet of its address."""

    def allowed(user: Any) -> bool:
        return bool(user.office_id) and any(user.has_perm(sheet.permission(action)) for sheet in all_sheets())

    return allowed


class SheetView(ScopedView):
    """A page about one kind of sheet, named in the address."""

    action = ""

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def sheet(self) -> Sheet:
        sheet = find_sheet(self.kwargs["key"])
        if sheet is None:
            raise Http404
        if not self.request.user.has_perm(sheet.permission(self.action)):
            raise PermissionDenied
        return sheet


class ImportView(ScopedView):
    """A page about one import, for whoever sees it."""

    permission = "exchange.view_import"
    title = gettext_lazy("Imports")

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def rows(self) -> QuerySet[Import]:
        return self.scoped(Import.objects.all())

    def run(self, pk: int) -> Import:
        return get_object_or_404(self.rows().select_related(*WITH_ALL), pk=pk)

    def earlier(self, run: Import) -> Import | None:
        """The last import that was carried out with a file of the same content, for the same kind of sheet."""
        same = self.scoped(Import.objects.filter(sheet_key=run.sheet_key, sha256=run.sha256))
        return same.exclude(pk=run.pk).exclude(state__in=Import.NEVER_CONFIRMED).select_related("started_by").first()

    def may_change(self, run: Import) -> bool:
        """Whether the user may go on with this import, or undo it."""
        return self.may_import(run) and scoping.editable_by(Import.objects.filter(pk=run.pk), self.user).exists()

    def may_import(self, run: Import) -> bool:
        sheet, user = find_sheet(run.sheet_key), self.user
        if sheet is None or not user.office_id:
            return False
        return user.has_perm("exchange.change_import") and user.has_perm(sheet.permission("import"))


class WriterView(ImportView):
    """A page from which an import is carried on: only for those who may import this sheet for this office."""

    permission = "exchange.change_import"

    def rows(self) -> QuerySet[Import]:
        return scoping.editable_by(Import.objects.all(), self.user)

    def run(self, pk: int) -> Import:
        run = super().run(pk)
        if find_sheet(run.sheet_key) is None:
            raise Http404
        if not self.may_import(run):
            raise PermissionDenied
        return run


def url_of(run: Import) -> str:
    """Where the import stands: to be assigned, to be confirmed, or its result."""
    return reverse(f"exchange:{STEPS.get(Import.State(run.state), 'import-detail')}", args=[run.pk])


def upload_url(run: Import) -> str:
    """Where another file of this kind, for the same office, is chosen."""
    return f"{reverse('exchange:upload', args=[run.sheet_key])}?office={run.office_id}"


def to_preview(run: Import, request: HttpRequest) -> HttpResponse:
    """Have the rows looked through, at once or by a worker, and lead to where the clerk sees what came of it.

    The effects on the figures follow by a job. Raises ``BadFile``.
    """
    user = cast(Staff, request.user)
    answer = redirect("exchange:preview", run.pk)
    if (run.expected_rows or 0) > settings.IMPORT_PREVIEW_AT_ONCE:
        job = jobs.start_preview(run, by=user, request=request)
        if job is None:
            return redirect(run)
        answer = redirect("jobs:detail", job.pk)
    else:
        preview.refresh(run)
    effects.start(run, by=user, request=request)
    return answer


def go_on(run: Import, request: HttpRequest) -> HttpResponse:
    """From a file that was just received, or whose columns were just assigned, to the next step."""
    return to_preview(run, request) if run.state == Import.State.PREVIEW else redirect(url_of(run))
