from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from bureau.reporting import indicators, regions
from bureau.reporting.charts import broken_down, course
from bureau.reporting.columns import Columns
from bureau.reporting.differences.note import carried_to, note_of
from bureau.reporting.engine import compute, counted_from_rows
from bureau.reporting.figures import Figure, query_of
from bureau.reporting.goals import with_goals
from bureau.reporting.indicators import BaseIndicator, Indicator, On, Rate
from bureau.reporting.lines import Line
from bureau.reporting.record_counts import RecordCounts
from bureau.reporting.views.base import FigureView

PAGE_SIZE = 25


class Counted(Paginator):
    """Pages of rows of which is known how many they are: counting millions anew takes longer than all else."""

    def __init__(self, rows: QuerySet, count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.count = count


class DrillDownView(FigureView):
    """A figure and exactly the rows that it counts; a rate shows the two figures that it is made of."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        indicator = self.indicator(key)
        period = self.period(counted_from_rows([indicator]))
        narrowing: dict[str, Any] = {"values": self._values(indicator), "own_level": self._is_own_level()}
        [figure] = compute([indicator], self.region(), period, user=request.user, **narrowing)
        if not (figure.values or figure.own_level):
            [figure] = with_goals([figure], request.user)
        self.title = str(indicator.label)
        context = self.shell(
            figure=figure,
            line=Line(figure),
            region=regions.place(figure.region),
            narrowed=self._narrowed(figure),
            breakdowns=broken_down(figure),
            course=course(figure, request.user),
            frozen_note=note_of([figure]),
            carried=carried_to([figure]),
            summary_query=urlencode(query_of(figure.region, figure.period)),
        )
        if isinstance(indicator, Rate):
            parts = compute(indicator.parts, self.region(), period, user=request.user, breakdowns=False, **narrowing)
            context["parts"] = [Line(part) for part in parts]
        else:
            context.update(self._rows(figure))
            self._check_values(figure, context["page"].paginator.count)
        return render(request, "reporting/drilldown.html", context)

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
        count = RecordCounts([figure], self.request.user).of(indicator)
        page = Counted(rows.order_by(*latest_first, "-pk"), count).get_page(self.request.GET.get("page"))
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
