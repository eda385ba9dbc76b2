import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.operations import Action, log
from bureau.reporting import asked, indicators, regions
from bureau.reporting.columns import Columns
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute
from bureau.reporting.figures import Figure, query_of
from bureau.reporting.forms import ReportForm, periods_near
from bureau.reporting.indicators import BaseIndicator, Indicator, On, Rate
from bureau.reporting.lines import Line, lines, number_text
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary, latest_year
from bureau.reporting.workbook import build
from bureau.views.base import Permission, ScopedView, with_records

PAGE_SIZE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FigureView(ScopedView):
    """A page about a region and period; a question that nobody can answer gets a sentence, not a number."""

    permission: ClassVar[Permission | None] = with_records

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except asked.Unanswerable as problem:
            return self.refuse(str(problem))

    def refuse(self, problem: str) -> HttpResponse:
        return render(self.request, "reporting/problem.html", self.shell(problem=problem), status=400)

    def region(self) -> str:
        return asked.region(self.request.GET, self.request.user)

    def period(self, wanted: list[BaseIndicator]) -> Period:
        """The latest with records, unless the address names one."""
        named = asked.period(self.request.GET)
        return named or latest_year(wanted, self.region(), user=self.request.user)


# Summary -----------------------------------------------------------------------------------------


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
            region_table=region_table(summary),
            query=urlencode(query_of(summary.region.code, summary.period)),
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
        if format not in ("xlsx", "json"):
            raise Http404
        summary = self.summary()
        content = BytesIO()
        if format == "xlsx":
            build(summary).save(content)
        else:
            content.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=2).encode())
        content.seek(0)
        name = f"{summary.region.name} {summary.period.label}.{format}"
        asked_for: dict[str, Any] = dict(query_of(summary.region.code, summary.period))
        log(Action.EXPORT, request=request, target=f"{self.title}: {name}", **asked_for)
        kind = XLSX if format == "xlsx" else "application/json"
        return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


def region_table(summary: Summary) -> dict[str, Any]:
    """Headers (each a link to that region's summary) and one row a figure."""
    parts = summary.parts
    rows = []
    for figure in summary.figures:
        decimals, broken = figure.indicator.decimals, figure.breakdowns[REGION]
        cells = [(number_text(broken.get(code, 0), decimals), figure.url(REGION, code)) for code in parts]
        rows.append({"line": Line(figure), "cells": cells})
    return {"parts": parts.items(), "rows": rows}


# Drill-down --------------------------------------------------------------------------------------


class DrillDownView(FigureView):
    """A figure and exactly the rows that it counts; a rate shows the two figures that it is made of."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        indicator = self._indicator(key)
        period = self.period(self._counted(indicator))
        narrowing: dict[str, Any] = {"values": self._values(indicator), "own_level": self._is_own_level()}
        [figure] = compute([indicator], self.region(), period, user=request.user, **narrowing)
        self.title = str(indicator.label)
        context = self.shell(
            figure=figure,
            line=Line(figure),
            region=regions.place(figure.region),
            narrowed=self._narrowed(figure),
            breakdowns=breakdowns(figure),
            summary_query=urlencode(query_of(figure.region, figure.period)),
        )
        if isinstance(indicator, Rate):
            parts = compute(indicator.parts, self.region(), period, user=request.user, breakdowns=False, **narrowing)
            context["parts"] = [Line(part) for part in parts]
        else:
            context.update(self._rows(figure))
            self._check_values(figure, context["page"].paginator.count)
        return render(request, "reporting/drilldown.html", context)

    def _indicator(self, key: str) -> BaseIndicator:
        try:
            indicator = indicators.get(key)
        except indicators.UnknownIndicator:
            raise Http404 from None
        for counted in self._counted(indicator):
            opts = counted.model._meta
            if not self.request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
                raise PermissionDenied
        return indicator

    def _counted(self, indicator: BaseIndicator) -> list[Any]:
        return list(indicator.parts) if isinstance(indicator, Rate) else [indicator]

    def _values(self, indicator: BaseIndicator) -> dict[str, str]:
        """A word that the figure does not know is not passed over: the number would be another than was asked for."""
        names = set(indicator.dimension_names)
        if set(self.request.GET) - names - indicators.RESERVED:
            raise Http404
        return {name: self.request.GET[name] for name in indicator.dimension_names if name in self.request.GET}

    def _is_own_level(self) -> bool:
        level = self.request.GET.get("level", "")
        if level not in ("", "own"):
            raise Http404
        return level == "own"

    def _rows(self, figure: Figure) -> dict[str, Any]:
        indicator = figure.indicator
        assert isinstance(indicator, Indicator)
        columns = Columns(indicator.model, self.request)
        rows = columns.select_related(rows_of(figure, self.request.user))
        latest_first = [f"-{indicator.interval.path}"] if isinstance(indicator.interval, On) else []
        page = Paginator(rows.order_by(*latest_first, "-pk"), PAGE_SIZE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return {
            "headers": columns.headers,
            "rows": columns.lines(page.object_list),
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "query": query.urlencode(),
        }

    def _check_values(self, figure: Figure, count: int) -> None:
        """A value that is in no list and in no row does not exist."""
        for name, value in figure.values.items():
            if not count and value not in figure.indicator.dimension(name).known():
                raise Http404

    def _narrowed(self, figure: Figure) -> list[str]:
        """In words, by what the figure is narrowed."""
        stated = [
            f"{figure.indicator.dimension(name).label}: {figure.labels[name].get(value, value)}"
            for name, value in figure.values.items()
        ]
        return [*stated, regions.own_level_name(figure.region)] if figure.own_level else stated


def rows_of(figure: Figure, user: Any) -> QuerySet:
    """Exactly the rows that the figure counts."""
    indicator = figure.indicator
    assert isinstance(indicator, Indicator)
    return indicator.rows(figure.period, figure.region, user=user, own_level=figure.own_level, **figure.values)


def breakdowns(figure: Figure) -> list[dict[str, Any]]:
    """Each dimension by which the figure is not narrowed yet, with its lines."""
    names = [name for name in (*figure.indicator.dimension_names, REGION) if name not in figure.values]
    labels: Mapping[str, Any] = {name: figure.indicator.dimension(name).label for name in names if name != REGION}
    return [
        {
            "label": labels.get(name, _("Region")),
            "lines": [(figure.labels[name][part], Line(figure, name, part)) for part in figure.breakdowns[name]],
        }
        for name in names
        if not (name == REGION and (figure.own_level or len(figure.breakdowns[name]) < 2))
    ]
