from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.views.base import ScopedView
from standards import reexamination
from standards.charts import Chart, Point, chart
from standards.models import MeasurementStandard, RepeatabilityTest, StabilityCheck, StandardEvent
from standards.models.characteristic import Verdict
from standards.replay import Rulebook


@dataclass(frozen=True)
class Series:
    """The records of one point in the order of their days, with their chart."""

    key: str
    point: str
    unit: str
    rows: list[Any]
    chart: Chart | None


class CharacteristicsView(ScopedView):
    """Repeatability and stability of a standard over the years: charts, tables, and the years without a record."""

    permission = "standards.view_repeatabilitytest"
    title = gettext_lazy("Repeatability and stability")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        standard = get_object_or_404(self.scoped(MeasurementStandard.objects.not_voided()), pk=pk)
        of_it = {"standard": standard, "voided_at": None}
        tests = self.scoped(RepeatabilityTest.objects.filter(**of_it)).order_by("point", "on", "pk")
        checks = self.scoped(StabilityCheck.objects.filter(**of_it)).order_by("point", "on", "pk")
        context = self.shell(
            standard=standard,
            subtitle=str(standard),
            repeatability=_series(tests, "s", "accepted_s"),
            stability=_series(checks, "result", "limit"),
            missing=_missing(standard, list(self.scoped(StandardEvent.objects.filter(**of_it)))),
            query=f"?standard={standard.pk}",
            may_add=request.user.has_perm("standards.add_repeatabilitytest"),
        )
        return render(request, "standards/characteristics.html", context)


def _series(rows: Iterable[Any], value: str, limit: str) -> list[Series]:
    by_point: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        by_point.setdefault((row.point, row.unit), []).append(row)
    return [
        Series(f"{value}-{number}", point, unit, found, chart(_points(found, value, limit), unit))
        for number, ((point, unit), found) in enumerate(by_point.items())
    ]


def _points(rows: list[Any], value: str, limit: str) -> list[Point]:
    return [
        Point(row.on, getattr(row, value), getattr(row, limit), row.verdict == Verdict.FAILED)
        for row in rows
        if getattr(row, value) is not None
    ]


def _missing(standard: MeasurementStandard, events: list[StandardEvent]) -> list[str]:
    """What a re-examination today would lack of records, whatever the edition asks."""
    validity = reexamination.renewed(events, timezone.localdate(), Rulebook.load())
    if validity is None:
        return [_("There is no certificate whose years could be looked at.")]
    return reexamination.missing_records(standard, validity)
