from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from bureau.reporting import indicators
from bureau.reporting.dimensions import NOT_STATED
from bureau.reporting.figures import Figure, query_of
from bureau.reporting.lines import Line
from bureau.reporting.marks import IN_A_UNIT, IN_WORDS, OF_LAST_YEAR, Fact, Known, Mark, Word
from bureau.reporting.summary import Summary
from bureau.reporting.views.base import FigureView

# Longer lists are shown by their first values.
VALUES_SHOWN = 40


class MarksView(FigureView):
    """Every mark that a form or a text of the region may hold, with what stands for it at present."""

    title = gettext_lazy("All marks")

    def get(self, request: HttpRequest) -> HttpResponse:
        summary = Summary.of_totals(self.region(), self.period(indicators.every()), user=request.user)
        known = Known(summary.region.code)
        context = self.shell(
            summary=summary,
            sections=[
                (section.label, [_entry(figure, known) for figure in figures]) for section, figures in summary.sections
            ],
            facts=[Mark(fact) for fact in Fact],
            facts_of_last_year=[Mark(fact, Word.PREVIOUS) for fact in OF_LAST_YEAR],
            words=[*Word, IN_WORDS],
            words_in_a_unit=IN_A_UNIT,
            query=urlencode(query_of(summary.region.code, summary.period)),
        )
        return render(request, "reporting/marks.html", context)


def _entry(figure: Figure, known: Known) -> dict[str, Any]:
    indicator = figure.indicator
    dimensions = []
    for name in indicator.dimension_names:
        values = [(value, label) for value, label in known.values(indicator, name).items() if value != NOT_STATED]
        marks = [(Mark(indicator.key, values=((name, value),)), label) for value, label in values[:VALUES_SHOWN]]
        dimensions.append(
            {"name": name, "label": indicator.dimension(name).label, "marks": marks, "more": len(values) - len(marks)}
        )
    return {"line": Line(figure), "mark": Mark(indicator.key), "dimensions": dimensions}
