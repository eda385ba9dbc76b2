import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from bureau.operations import Action, log
from bureau.reporting import indicators
from bureau.reporting.charts import heat
from bureau.reporting.differences.note import carried_to, note_of
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import nothing_of
from bureau.reporting.figures import query_of
from bureau.reporting.forms import ReportForm, periods_near
from bureau.reporting.lines import Line, lines, number_text
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.views.base import FigureView
from bureau.reporting.views.year_text import may_note
from bureau.reporting.workbook import build
from bureau.reporting.year_text.texts import YearText
from bureau.word import CONTENT_TYPE as DOCX
from bureau.workbooks import CONTENT_TYPE as XLSX


class SummaryView(FigureView):
    title = gettext_lazy("Summary of figures")

    def get(self, request: HttpRequest) -> HttpResponse:
        summary = self.summary()
        form = ReportForm(summary.region.code, summary.period.first, summary.period.last, user=request.user)
        context = self.shell(
            summary=summary,
            form=form,
            periods=[self._links(group, summary) for group in periods_near(summary.period, timezone.localdate())],
            sections=[(section.label, list(lines(figures))) for section, figures in summary.sections],
            region_table=region_table(summary, request.GET.getlist("part")),
            query=urlencode(query_of(summary.region.code, summary.period)),
            frozen_note=note_of(summary.figures),
            carried=carried_to(summary.figures),
        )
        return render(request, "reporting/summary.html", context)

    def refuse(self, problem: str) -> HttpResponse:
        """With the form as it was filled, to be mended."""
        query = self.request.GET
        form = ReportForm(self.region(), query.get("from", ""), query.get("to", ""), user=self.request.user)
        return render(self.request, "reporting/problem.html", self.shell(problem=problem, form=form), status=400)

    def summary(self) -> Summary:
        return Summary.make(self.region(), self.period(indicators.every()), user=self.request.user)

    def _links(self, periods: list[Period], summary: Summary) -> list[dict[str, Any]]:
        return [
            {
                "label": period.label,
                "is_current": period == summary.period,
                "query": urlencode(query_of(summary.region.code, period)),
            }
            for period in periods
        ]


class DownloadView(SummaryView):
    def get(self, request: HttpRequest, format: str) -> FileResponse:  # type: ignore[override]
        if format == "docx":
            return self.text()
        if format not in ("xlsx", "json"):
            raise Http404
        summary = self.summary()
        content = BytesIO()
        if format == "xlsx":
            build(summary, address=request.build_absolute_uri("/")).save(content)
        else:
            content.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=2).encode())
        content.seek(0)
        name = f"{summary.region.name} {summary.period.label}.{format}"
        asked_for: dict[str, Any] = dict(query_of(summary.region.code, summary.period))
        log(Action.EXPORT, request=request, target=f"{self.title}: {name}", **asked_for)
        kind = XLSX if format == "xlsx" else "application/json"
        return FileResponse(content, as_attachment=True, filename=name, content_type=kind)

    def text(self) -> FileResponse:
        """The summary as a Word text; whoever may edit its wording has seen its numbers then."""
        user: Any = self.request.user
        text = YearText(self.region(), self.period(indicators.every()), user=user)
        content = text.paper()
        if may_note(text, user):
            text.note_shown()
        asked_for: dict[str, Any] = dict(query_of(text.place.code, text.period))
        log(Action.EXPORT, request=self.request, target=f"{self.title}: {text.file_name}", **asked_for)
        return FileResponse(content, as_attachment=True, filename=text.file_name, content_type=DOCX)


def region_table(summary: Summary, chosen: Sequence[str] = ()) -> dict[str, Any]:
    """Headers (each a link to that region's summary) and one row a figure; ``chosen``: only these parts, if any."""
    shown = {code: name for code, name in summary.parts.items() if code in chosen} or summary.parts
    rows = []
    for figure in summary.figures:
        decimals, broken = figure.indicator.decimals, figure.breakdowns[REGION]
        nothing = nothing_of(figure.indicator)
        values = [broken.get(code, nothing) for code in shown]
        texts = [number_text(value, decimals) for value in values]
        urls = [figure.url(REGION, code) for code in shown]
        rows.append({"line": Line(figure), "cells": list(zip(texts, urls, heat(values), strict=True))})
    return {"parts": shown.items(), "rows": rows, "choices": summary.parts.items(), "chosen": chosen}
