from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bureau.models.record import NOT_VOIDED
from bureau.models.region import bucket_of, final_code, region_tree, subtree_q
from bureau.reporting import asked, indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute_each
from bureau.reporting.figures import Figure
from bureau.reporting.goals import goal_of
from bureau.reporting.lines import Line, short_of
from bureau.reporting.models import Target
from bureau.reporting.views.base import FigureView


@dataclass(frozen=True)
class Course:
    """How far the target of a region, or of a part of it, is reached: ``line`` says it, ``place`` names the region."""

    target: Target
    place: str
    is_whole: bool
    line: Line

    @classmethod
    def of(cls, target: Target, figure: Figure, region: str) -> "Course":
        """``figure`` is that of ``region`` in the days of the target, with its parts by region."""
        code = final_code(target.region_id)
        is_whole, goal = code == region, goal_of(target)
        line = Line(figure, own_goal=goal) if is_whole else Line(figure, REGION, code, own_goal=goal)
        return cls(target, region_tree().places[code].name, is_whole, line)


class TargetsView(FigureView):
    """The targets of a region and of its parts in a year: how much is done, and whether the pace will do."""

    title = gettext_lazy("Targets and how far they are reached")

    def get(self, request: HttpRequest) -> HttpResponse:
        region = self.region()
        named = asked.period(request.GET)
        year = (named.last if named else timezone.localdate()).year
        groups = self._groups(region, year)
        context = self.shell(
            region=region_tree().places[region],
            regions=asked.region_choices(region, request.user),
            year=year,
            years=self._years(region),
            groups=groups,
            may_add=request.user.has_perm("reporting.add_target"),
        )
        return render(request, "reporting/targets.html", context)

    def _targets(self, region: str) -> Any:
        return self.scoped(Target.objects.filter(NOT_VOIDED, subtree_q(region, "region")))

    def _years(self, region: str) -> list[int]:
        years = self._targets(region).order_by().values_list("ends_on__year", flat=True).distinct()
        return sorted({*years, timezone.localdate().year}, reverse=True)[:8]

    def _groups(self, region: str, year: int) -> list[dict[str, Any]]:
        """By figure and period; the region's own target first, then its parts'. Those that run in the year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        runs = Q(ends_on__range=(first, last)) | Q(begins_on__lte=last, ends_on__gte=first)
        rows = [
            target
            for target in self._targets(region).filter(runs).order_by("ends_on", "begins_on", "indicator", "region")
            if bucket_of(target.region_id, region) in (region, final_code(target.region_id))
        ]
        figures = self._figures(region, rows)
        groups: dict[tuple[Any, ...], dict[str, Any]] = {}
        for target in rows:
            figure = figures.get((target.indicator, target.begins_on, target.ends_on))
            if figure is None:  # the figure is gone
                continue
            key = (target.indicator, target.begins_on, target.ends_on)
            group = groups.setdefault(key, {"figure": figure, "own": None, "parts": []})
            course = Course.of(target, figure, region)
            if course.is_whole:
                group["own"] = course
            else:
                group["parts"].append(course)
        return [{**group, "sum": _sum_of_parts(group)} for group in groups.values()]

    def _figures(self, region: str, targets: Iterable[Target]) -> dict[tuple[Any, ...], Figure]:
        """By key, first and last day: each figure of the targets in each period that they have."""
        rows = list(targets)
        keys, periods = {target.indicator for target in rows}, [target.period for target in rows]
        known = [indicator for indicator in indicators.of_region(region) if indicator.key in keys]
        return {
            (figure.indicator.key, figure.period.first, figure.period.last): figure
            for figure in compute_each(known, region, periods, user=self.request.user)
        }


def _sum_of_parts(group: dict[str, Any]) -> str:
    """A sentence where the targets of the parts do not come to that of the region."""
    figure, own, parts = group["figure"], group["own"], group["parts"]
    if own is None or not parts or not figure.indicator.is_additive:
        return ""
    total = sum(part.line.own_goal.value for part in parts)
    return short_of(own.line.own_goal, total, figure.indicator.decimals)
