from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bureau.reporting import asked, indicators
from bureau.reporting.engine import counted_from_rows
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.periods import Period
from bureau.reporting.summary import latest_year
from bureau.views.base import Permission, ScopedView, with_records


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

    def indicator(self, key: str) -> BaseIndicator:
        """By its key, for a reader who may look at the records that it counts."""
        try:
            indicator = indicators.get(key)
        except indicators.UnknownIndicator:
            raise Http404 from None
        for counted in counted_from_rows([indicator]):
            opts = counted.model._meta
            if not self.request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
                raise PermissionDenied
        return indicator

    def region(self) -> str:
        return asked.region(self.request.GET, self.request.user)

    def period(self, wanted: Sequence[BaseIndicator]) -> Period:
        """The latest with records, unless the address names one."""
        named = asked.period(self.request.GET)
        return named or latest_year(wanted, self.region(), user=self.request.user)
