import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import records, scoping
from bureau.reporting import indicators
from bureau.reporting.figures import query_of
from bureau.reporting.forms import ReportForm
from bureau.reporting.models import SummaryText
from bureau.reporting.models.summary_text import LONGEST_BODY
from bureau.reporting.views.base import FigureView
from bureau.reporting.year_text.reading import Kind, Paragraph, cleaned, problems_of
from bureau.reporting.year_text.texts import YearText

_HEADING = re.compile(r"^(?=## )", re.MULTILINE)


class YearTextView(FigureView):
    """The summary as a text: its wording by section, beside it what comes out with the figures of today."""

    title = gettext_lazy("Summary as a text")

    def get(self, request: HttpRequest) -> HttpResponse:
        text = self._text()
        return self._page(text, text.body)

    def post(self, request: HttpRequest) -> HttpResponse:
        text = self._text()
        self._must_be_allowed(text)
        if "seen" in request.POST:
            text.note_shown()
            return self._back(text)
        body = "" if "ship" in request.POST else cleaned("\n".join(request.POST.getlist("part")))
        problems = [str(problem) for problem in problems_of(body, text.place.code)]
        if len(body) > LONGEST_BODY:
            problems.append(_("The text has more than %(limit)s characters.") % {"limit": LONGEST_BODY})
        if problems or request.POST.get("version") != self._version(text):
            return self._page(text, body, problems or [self._outdated(text)])
        return self._keep(text, body)

    def _keep(self, text: YearText, body: str) -> HttpResponse:
        by: Any = self.request.user
        text.bind(body or text.shipped)
        try:
            with transaction.atomic():
                text.keep(body, by=by)
        except (records.Outdated, IntegrityError):  # somebody else was quicker
            return self._page(text, body, [self._outdated(text)])
        messages.success(self.request, _("The wording was kept. Its figures stay those of the records."))
        return self._back(text)

    def _text(self) -> YearText:
        user: Any = self.request.user
        return YearText(self.region(), self.period(indicators.every()), user=user)

    def _must_be_allowed(self, text: YearText) -> None:
        right = "change" if text.row else "add"
        if not self.request.user.has_perm(f"reporting.{right}_summarytext"):
            raise PermissionDenied

    def _version(self, text: YearText) -> str:
        return str(text.row.version) if text.row else "0"

    def _outdated(self, text: YearText) -> str:
        return _("Somebody changed the wording while you had it open. Yours stands here: saving again replaces theirs.")

    def _back(self, text: YearText) -> HttpResponse:
        return HttpResponseRedirect(f"?{urlencode(query_of(text.place.code, text.period))}")

    def _page(self, text: YearText, body: str, problems: list[str] | None = None) -> HttpResponse:
        """With problems, as it was posted: beside it the figures that could be bound in."""
        if problems:
            text.bind(body)
        user, right = self.request.user, "change" if text.row else "add"
        context = self.shell(
            text=text,
            form=ReportForm(text.place.code, text.period.first, text.period.last, user=user),
            sections=_sections(body, text.bound.paragraphs),
            problems=problems or [],
            changed=[] if problems else text.bound.changed,
            may_edit=user.has_perm(f"reporting.{right}_summarytext"),
            is_edited=text.row is not None and bool(text.row.body),
            version=self._version(text),
            query=urlencode(query_of(text.place.code, text.period)),
        )
        return render(self.request, "reporting/year_text.html", context)


def _sections(body: str, paragraphs: list[Paragraph]) -> list[dict[str, Any]]:
    """The wording divided at its headings, each part with its paragraphs, so that both stand side by side."""
    found, first = [], 1
    for wording in filter(None, _HEADING.split(body)):
        last = first + len(wording.splitlines())
        alike = [paragraph for paragraph in paragraphs if first <= paragraph.line.number < last]
        name = next((each.text for each in alike if each.kind in (Kind.HEADING, Kind.TITLE)), "")
        found.append({"name": name, "wording": wording.strip("\n"), "paragraphs": alike, "rows": _height(wording)})
        first = last
    return found


def _height(wording: str) -> int:
    """Lines of a field in which a text has some thirty Chinese signs a line."""
    return min(40, sum(1 + len(line) // 46 for line in wording.splitlines()) + 1)


def may_note(text: YearText, user: Any) -> bool:
    """Whoever may change a wording: what others look at does not count as looked through."""
    row = text.row
    if row is None or not user.has_perm("reporting.change_summarytext"):
        return False
    return scoping.editable_by(SummaryText.objects.filter(pk=row.pk), user).exists()
