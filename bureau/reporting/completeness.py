"""Who below has handed in the year and who is missing: a region's parts, and under each its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.models import Office
from bureau.models.region import children
from bureau.models.region_tree import Place
from bureau.reporting.models import YearReport, YearReportStep

State = YearReport.State
NOT_ASKED = "not_asked"
LABELS = {
    **{state.value: state.label for state in (State.ACCEPTED, State.SUBMITTED, State.RETURNED, State.DRAFT)},
    NOT_ASKED: _("not asked yet"),
}
# An area of one's own, such as a development zone, has nine digits and as a rule no office of its own.
OWN_AREA_DIGITS = 9


@dataclass
class Line:
    """A part of a region: its administration and the report of that, as far as there are any."""

    place: Place
    office: Office | None
    report: YearReport | None
    on: date
    last: YearReportStep | None = None
    below: list["Line"] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.report.state if self.report else NOT_ASKED

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def is_handed_in(self) -> bool:
        return self.report is not None and not self.report.is_waiting

    @property
    def is_accepted(self) -> bool:
        return self.state == State.ACCEPTED

    @property
    def days_late(self) -> int:
        return self.report.days_late(self.on) if self.report else 0

    @property
    def reporting(self) -> list["Line"]:
        return with_office(self.below)

    @property
    def without_office(self) -> list["Line"]:
        return [each for each in self.below if each.office is None]

    @property
    def handed_in(self) -> int:
        return sum(each.is_handed_in for each in self.below)


class Board:
    """The parts of a region in a year, as ``user`` may see them on the day ``on``."""

    def __init__(self, region: str, year: int, *, user: Any, on: date | None = None) -> None:
        self.region, self.year, self.user = region, year, user
        self.on = on or timezone.localdate()

    @cached_property
    def lines(self) -> list[Line]:
        parts = {place.code: self._children(place.code) for place in self._children(self.region)}
        codes = [*parts, *(place.code for below in parts.values() for place in below)]
        offices = administrations(codes)
        seen = scoping.visible_to(YearReport.objects.filter(year=self.year, office__in=offices.values()), self.user)
        reports = {report.office_id: report for report in seen}
        last = _last_steps(reports.values())

        def line(place: Place, below: Iterable[Place] = ()) -> Line:
            office = offices.get(place.code)
            report = reports.get(office.pk) if office else None
            step = last.get(report.pk) if report else None
            return Line(place, office, report, self.on, step, _shown(line(each) for each in below))

        return _shown(line(place, parts[place.code]) for place in self._children(self.region))

    @property
    def reporting(self) -> list[Line]:
        """Those that have an office to report."""
        return with_office(self.lines)

    @property
    def without_office(self) -> list[Line]:
        return [line for line in self.lines if line.office is None]

    @property
    def handed_in(self) -> int:
        return sum(line.is_handed_in for line in self.lines)

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.reporting if not line.is_handed_in]

    @property
    def counts(self) -> list[tuple[str, Any, int]]:
        """State, its label and how many of those that report have it; states of none are left out."""
        states = [line.state for line in self.reporting]
        return [(state, label, states.count(state)) for state, label in LABELS.items() if state in states]

    def _children(self, code: str) -> list[Place]:
        return children(code, date(self.year, 12, 31))


def administrations(codes: Iterable[str]) -> dict[str, Office]:
    """The active administration of each of these regions, by the region's code."""
    wanted = Office.objects.filter(code__in=[f"{code}-01" for code in codes], is_active=True)
    return {office.region_id: office for office in wanted}


def with_office(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.office is not None]


def _shown(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.office is not None or len(line.place.code) < OWN_AREA_DIGITS]


def _last_steps(reports: Iterable[YearReport]) -> dict[int, YearReportStep]:
    steps = YearReportStep.objects.filter(report__in=[report.pk for report in reports])
    return {step.report_id: step for step in steps.select_related("by").defer("findings").order_by("pk")}
