from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import scoping
from bureau.models.region import region_tree
from bureau.reporting import digests, freezing, indicators, versions
from bureau.reporting.differences.causes import MEANING, Cause
from bureau.reporting.differences.explaining import Difference, Explanation
from bureau.reporting.differences.lines import SHOWN, label_of, lines_of, parts_of
from bureau.reporting.differences.note import Carried
from bureau.reporting.differences.records import Records
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import TOTAL, Slot, counted_from_rows
from bureau.reporting.figures import query_of
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.models import FrozenYear
from bureau.reporting.periods import Period
from bureau.reporting.regions import own_level_name
from bureau.reporting.views.base import FigureView
from bureau.views.base import Permission, ScopedView, with_records

PAGE_SIZE = 25


class FrozenYearsView(ScopedView):
    """The years that were frozen, the latest first."""

    permission: ClassVar[Permission | None] = with_records
    title = gettext_lazy("Frozen years")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.scoped(
            FrozenYear.objects.select_related("region", "frozen_by").defer("figures", "marks", "digests")
        )
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.shell(page=page, page_range=page.paginator.get_elided_page_range(page.number))
        return render(request, "reporting/frozen_years.html", context)


class OfFrozenYear(FigureView):
    """A page about one frozen year of the reader's scope."""

    def frozen(self, pk: int) -> FrozenYear:
        return get_object_or_404(self.scoped(FrozenYear.objects.select_related("region", "frozen_by")), pk=pk)

    def page(self, template: str, frozen: FrozenYear, **context: Any) -> HttpResponse:
        shown = self.shell(
            frozen=frozen,
            region=region_tree().places[frozen.region_id],
            causes=[(cause.label, MEANING[cause]) for cause in SHOWN],
            **context,
        )
        return render(self.request, template, shown)


class FrozenYearView(OfFrozenYear):
    """Of each figure: frozen, now, difference, and how much of it stands under each cause."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        frozen = self.frozen(pk)
        named = {"year": frozen.year, "region": frozen.region.name, "number": frozen.number}
        self.title = _("%(year)s of %(region)s, version %(number)s") % named
        shown = indicators.of_region(frozen.region_id)
        difference = Difference.of(frozen, shown)
        differing = [each for each in shown if each.key in frozen.figures and difference.differs(each.key)]
        explained = difference.explain(differing)
        return self.page(
            "reporting/frozen_year.html",
            frozen,
            is_intact=freezing.is_intact(frozen),
            lines=[line for each in differing for line in lines_of(difference, explained, each)],
            count=len(frozen.figures),
            gone=[figure for key, figure in frozen.figures.items() if key not in difference.now],
            carried=Carried.of(frozen).texts.values(),
            may_carry=bool(differing) and not frozen.is_open and self._may_decide(frozen),
            summary_query=urlencode(query_of(frozen.region_id, Period.year(frozen.year))),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry the differences forward to the following year."""
        frozen, reader = self.frozen(pk), request.user
        if not self._may_decide(frozen):
            raise PermissionDenied
        difference = Difference.of(frozen, indicators.of_region(frozen.region_id))
        try:
            freezing.carry_forward(
                frozen,
                difference.totals(),
                by=reader,  # type: ignore[arg-type]
                reason=request.POST.get("reason", ""),
            )
        except freezing.CannotFreeze as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("The differences are carried forward to the following year."))
        return HttpResponseRedirect(request.path)

    def _may_decide(self, frozen: FrozenYear) -> bool:
        """Managers of the office, or of one above."""
        reader: Any = self.request.user
        mine = scoping.editable_by(FrozenYear.objects.filter(pk=frozen.pk), reader)
        return "manager" in reader.role_keys and mine.exists()


class FrozenFigureView(OfFrozenYear):
    """Of one figure of a frozen year the records that make the difference, by cause."""

    def get(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        frozen, indicator = self.frozen(pk), self.indicator(key)
        if key not in frozen.figures:
            raise Http404
        self.title = str(indicator.label)
        difference, slot = Difference.of(frozen, [indicator]), self._slot(indicator)
        explained = difference.explain([indicator])
        return self.page(
            "reporting/frozen_figure.html",
            frozen,
            indicator=indicator,
            narrowed=label_of(indicator, slot, frozen.region_id) if slot != TOTAL else "",
            lines=list(lines_of(difference, explained, indicator, slot)),
            parts=parts_of(difference, indicator),
            former_definition=self._former_definition(frozen, indicator),
            **self._records(difference, explained, indicator, slot),
        )

    def _slot(self, indicator: BaseIndicator) -> Slot:
        """The part that the address names: a dimension with its value."""
        names, query = (*indicator.dimension_names, REGION), self.request.GET
        named = [(name, query[name]) for name in names if name in query]
        if len(named) > 1 or set(query) - {"cause", "of", "page", *names}:
            raise Http404
        return named[0] if named else TOTAL

    def _former_definition(self, frozen: FrozenYear, indicator: BaseIndicator) -> str:
        """Empty while the definition is what it was."""
        was = frozen.figures[indicator.key]
        return "" if was["version"] == versions.of(indicator) else was["definition"]

    def _records(
        self, difference: Difference, explained: dict[str, Explanation], indicator: BaseIndicator, slot: Slot
    ) -> dict[str, Any]:
        """A page of the records; of a rate those of its two figures one after the other."""
        query = self.request.GET.copy()
        query.pop("page", None)
        named = self.request.GET.get("cause", "")
        if named not in ("", *Cause.values):
            raise Http404
        cause = Cause(named) if named else None
        of = [each for each in counted_from_rows([indicator]) if query.get("of", each.key) == each.key]
        items = [(each, item) for each in of for item in explained[each.key].items_of(cause, slot)]
        page = Paginator(items, PAGE_SIZE).get_page(self.request.GET.get("page"))
        records = Records(list(page.object_list), difference, self.request.user)
        return {
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "query": query.urlencode(),
            "cause": cause.label if cause else "",
            "of": str(of[0].label) if query.get("of") and of else "",
            "rows": records.lines(slot),
        }


class FrozenRecordsView(OfFrozenYear):
    """Where records behind a frozen year are others now: by what is counted, part of the region and month."""

    title = gettext_lazy("Records behind the figures, by region and month")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        frozen = self.frozen(pk)
        counted = counted_from_rows(indicators.of_region(frozen.region_id))
        now = digests.of_rows(counted, frozen.region_id, Period.year(frozen.year))
        names = {digests.name_of(each): each.model._meta.verbose_name_plural for each in counted}
        lines = [
            {
                "name": names.get(name, name),
                "region": self._place(code, frozen.region_id),
                "months": months,
            }
            for name, by_region in digests.differing(frozen.digests, now).items()
            for code, months in by_region.items()
        ]
        return self.page("reporting/frozen_records.html", frozen, lines=lines)

    def _place(self, code: str, region: str) -> str:
        return own_level_name(region) if code == region else region_tree().places[code].name
