"""The round in which every key energy-using unit is audited once: who is due, by place, and the auditors' work."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models.region import children
from bureau.reporting import asked, regions
from bureau.reporting.views.base import FigureView
from bureau.texts import whole_number
from inspections.audit_round import plan_of, round_on
from inspections.models import AuditRule
from inspections.models.audit_plan import FIRST_YEAR, LAST_YEAR
from inspections.models.audit_rule import Round

PAGE_SIZE = 25


class RoundView(FigureView):
    permission = "inspections.view_energyaudit"
    title = _("Round of energy-metering audits")

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.office is None:  # type: ignore[union-attr]
            raise Http404
        try:
            today, code, of = timezone.localdate(), self.region(), self._round()
        except ValidationError as error:
            return self.refuse(" ".join(error.messages))
        place = regions.place(code)
        names = [(part.code, part.name) for part in children(code, min(today, of.ends_on))]
        plan = plan_of(of, code, names, on=min(today, of.ends_on), scoped=self.scoped)
        for progress in plan.places:
            progress.name = progress.name or regions.own_level_name(code)
            if progress.code != code:
                progress.url = f"?{urlencode({'region': progress.code, 'year': of.first_year})}"
        page = Paginator(plan.left, PAGE_SIZE).get_page(request.GET.get("page"))
        asked_for = {"region": code, "year": of.first_year}
        context = self.shell(
            subtitle=f"{place.name} {of}",
            plan=plan,
            round=of,
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            query=urlencode(asked_for),
            region=place,
            regions=asked.region_choices(code, request.user),
            rounds=self._rounds(of),
        )
        return render(request, "inspections/audit_round.html", context)

    def _round(self) -> Round:
        """That of the year in the address, else the running one."""
        text, today = self.request.GET.get("year", ""), timezone.localdate()
        if not text:
            return round_on(today)
        year = whole_number(text)
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        return AuditRule.on(today).round_of(year)

    def _rounds(self, shown: Round) -> list[Round]:
        """The one before, the one shown, the one after, and the running one."""
        rule = AuditRule.on(timezone.localdate())
        near = {rule.round_of(year) for year in (shown.first_year - 1, shown.first_year, shown.last_year + 1)}
        return sorted(near | {round_on(timezone.localdate())}, key=lambda each: each.first_year)
