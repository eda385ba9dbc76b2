"""Spot checks of a demo province, each year a few standards, and examinations that are under way."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import Demo
from standards import lifecycle
from standards.models import (
    ChecklistItem,
    EventPaper,
    Examination,
    ExaminationFinding,
    ExaminationMember,
    MeasurementStandard,
    SpotCheck,
    StandardEvent,
)
from standards.models.paper import rules_for
from standards.models.rule import EventKind

EVERY = 23  # of the standards in force, one in so many is checked in a year
UNDER_EXAMINATION = 3


def fill(demo: Demo, made: Sequence[MeasurementStandard], last_day: date) -> None:
    by = demo.by
    checks = [check for year in range(2016, last_day.year + 1) for check in _checks(made, date(year, 6, 15), last_day)]
    records.bulk_add(checks, by=by)
    _examine(demo, made, last_day)


def _checks(made: Sequence[MeasurementStandard], on: date, last_day: date) -> Iterator[SpotCheck]:
    if on > last_day:
        return
    there = [standard for standard in made if standard.established_on < on]
    for number, standard in enumerate(there[on.year % EVERY :: EVERY]):
        day = on + timedelta(days=number % 30)
        outcome = {1: "problems", 4: "stopped"}.get(number % 8, "conforming")
        is_open = day > last_day - timedelta(days=200)
        yield SpotCheck(
            standard=standard,
            office=standard.office,
            region_id=standard.region_id,
            on=day,
            plan="yearly",
            outcome=outcome,
            problems="" if outcome == "conforming" else "配套设备溯源证书超过有效期",
            rectify_by=None if outcome == "conforming" else day + timedelta(days=30),
            rectified_on=None if outcome == "conforming" or is_open else day + timedelta(days=25),
        )


def _examine(demo: Demo, made: Sequence[MeasurementStandard], last_day: date) -> None:
    """A few whose certificate runs out within half a year: applied for, accepted, being examined."""
    by = demo.by
    due = [
        standard
        for standard in made
        if standard.state == "valid" and last_day < standard.valid_until <= add_months(last_day, 6)
    ][:UNDER_EXAMINATION]
    begun_on = last_day - timedelta(days=10)
    steps = ((EventKind.APPLIED, 40), (EventKind.ACCEPTED, 33), (EventKind.REEXAMINATION_BEGUN, 10))
    events = [
        StandardEvent(standard=standard, kind=kind, on=last_day - timedelta(days=days))
        for standard in due
        for kind, days in steps
    ]
    records.bulk_add(events, by=by)
    lifecycle.derive(due, by=by)
    records.bulk_add([paper for event in events for paper in _papers(event)], by=by)
    examinations = records.bulk_add([_examination(standard, begun_on) for standard in due], by=by)
    records.bulk_add([_leader(examination) for examination in examinations], by=by)
    records.bulk_add([finding for examination in examinations for finding in _findings(examination)], by=by)


def _papers(event: StandardEvent) -> list[EventPaper]:
    """All but the last of those required."""
    codes = [rule.document for rule in rules_for(event) if rule.is_required][:-1]
    return [EventPaper(event=event, document=code, handed_in_on=event.on) for code in codes]


def _examination(standard: MeasurementStandard, begun_on: date) -> Examination:
    return Examination(
        standard=standard,
        kind=Examination.Kind.REEXAMINATION,
        begun_on=begun_on,
        authority=standard.issuing_authority,
    )


def _leader(examination: Examination) -> ExaminationMember:
    return ExaminationMember(examination=examination, name="考评组长", is_leader=True, unit="省计量科学研究院")


def _findings(examination: Examination) -> list[ExaminationFinding]:
    """The first lines of the checklist; the second has a defect."""
    items = ChecklistItem.objects.in_force(examination.begun_on).order_by("pk")[:5]
    findings = []
    for number, item in enumerate(items):
        has_defect = number == 1
        finding = ExaminationFinding(
            examination=examination,
            item=item,
            result="defect" if has_defect else "conforms",
            problem="配套设备型号与申请书不一致" if has_defect else "",
        )
        finding.clean()
        findings.append(finding)
    return findings
