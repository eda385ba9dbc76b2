"""Whether a re-examination may be completed (JJF 1033): continuous records, a passed examination, enough persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bureau.dates import add_months
from standards import staffing
from standards.models import Examination, MeasurementStandard, RepeatabilityTest, StabilityCheck, StandardEvent
from standards.models.characteristic import Verdict
from standards.models.requirement import Requirements
from standards.models.rule import EventKind, State
from standards.replay import Rulebook, certifying, in_order, replay
from standards.spans import Span, common


@dataclass(frozen=True)
class Validity:
    """The certificate that a re-examination renews, as far as it ran; both days included."""

    begins_on: date
    ends_on: date
    in_force: tuple[Span, ...]


def years_of(begins_on: date, ends_on: date) -> list[Span]:
    """The years of a validity, and its last twelve months where these are no whole year; days included.

    10 May 2020 to 20 April 2025 gives four years from 10 May, and 21 April 2024 to 20 April 2025.
    """
    years: list[Span] = []
    while (last := add_months(begins_on, 12 * (len(years) + 1)) - timedelta(days=1)) <= ends_on:
        years.append((add_months(begins_on, 12 * len(years)), last))
    if not years or years[-1][1] < ends_on:
        years.append((max(begins_on, add_months(ends_on, -12) + timedelta(days=1)), ends_on))
    return years


def lacking(validity: Validity, days: Iterable[date]) -> list[Span]:
    """The years of the validity in which the standard was in force on some day, and of which no record is."""
    recorded = sorted(days)
    return [
        (first, last)
        for first, last in years_of(validity.begins_on, validity.ends_on)
        if not any(first <= day <= last for day in recorded) and common([(first, last)], validity.in_force)
    ]


def renewed(events: Sequence[StandardEvent], on: date, book: Rulebook) -> Validity | None:
    """What a re-examination on the day renews; None if there is no certificate before, or only its day is known."""
    before = [event for event in in_order(events) if event.on < on]
    certificates = certifying(before)
    if not certificates or certificates[-1].valid_until is None:
        return None
    last = certificates[-1]
    return Validity(last.on, max(last.on, min(on, last.valid_until)), tuple(replay(before, book).intervals))


def missing_records(standard: MeasurementStandard, validity: Validity) -> list[str]:
    """A sentence for each kind of record that a year of the validity lacks."""
    kinds: tuple[tuple[Any, str], ...] = (
        (RepeatabilityTest, _("There is no repeatability test of the year %(years)s.")),
        (StabilityCheck, _("There is no stability check of the year %(years)s.")),
    )
    problems = []
    for model, sentence in kinds:
        days = model.objects.not_voided().filter(standard=standard).values_list("on", flat=True)
        if years := lacking(validity, days):
            problems.append(sentence % {"years": ", ".join(f"{first} – {last}" for first, last in years)})
    return problems


def failed_records(standard: MeasurementStandard) -> list[str]:
    """A sentence for each point whose latest record says that the standard does not meet the requirement."""
    kinds: tuple[tuple[Any, str], ...] = (
        (RepeatabilityTest, _("The repeatability test of %(on)s does not meet the requirement.")),
        (StabilityCheck, _("The stability check of %(on)s does not meet the requirement.")),
    )
    problems = []
    for model, sentence in kinds:
        rows = model.objects.not_voided().filter(standard=standard).order_by("on", "pk")
        latest = {row.point: row for row in rows}
        problems += [sentence % {"on": row.on} for row in latest.values() if row.verdict == Verdict.FAILED]
    return problems


def obstacles(standard: MeasurementStandard, on: date, events: Sequence[StandardEvent], book: Rulebook) -> list[str]:
    """Why a re-examination of the standard cannot be completed on the day; each sentence names the clause."""
    asked = Requirements.load().on(on)
    validity = renewed(events, on, book)
    if not asked.has_yearly_records or validity is None:
        return []
    found = [
        *missing_records(standard, validity),
        *failed_records(standard),
        *staffing.shortfall(standard, on),
    ]
    clause = asked.named(asked.reexamination_clause)
    return [f"{sentence} ({clause})" for sentence in found]


def refusal(
    standard: MeasurementStandard, events: Sequence[StandardEvent], event: StandardEvent, book: Rulebook
) -> str | None:
    """Why this event, new among ``events``, cannot complete a re-examination; None if it can, or is none.

    One that is under way here has its records and its passed examination. One that was completed elsewhere, and is
    entered by its certificate, says so by a reason.
    """
    if event.kind != EventKind.REEXAMINED or standard.pk is None:
        return None
    others = [each for each in in_order(events) if not _is(each, event) and each.on <= event.on]
    is_under_way = replay(others, book).state == State.REEXAMINATION
    if not is_under_way and event.reason:
        return None
    problems = obstacles(standard, event.on, others, book)
    if is_under_way:
        problems += _unfinished_examination(standard, others)
    elif problems:
        problems.append(_("If it was completed elsewhere, give that as the reason."))
    return " ".join(problems) or None


def _is(one: StandardEvent, other: StandardEvent) -> bool:
    return one is other or (one.pk is not None and one.pk == other.pk)


def _unfinished_examination(standard: Any, events: Sequence[StandardEvent]) -> list[str]:
    """Of the examinations on record since the last certificate the latest has to be passed."""
    certificates = certifying(events)
    since = standard.examinations.not_voided().filter(kind=Examination.Kind.REEXAMINATION)
    latest = since.filter(begun_on__gt=certificates[-1].on).order_by("begun_on", "pk").last() if certificates else None
    if latest is None or latest.outcome == Examination.Outcome.PASSED:
        return []
    return [_("The examination begun on %(on)s is not concluded as passed.") % {"on": latest.begun_on}]


def conclusion_problems(examination: Examination) -> list[str]:
    """Why the examination cannot be concluded as it says; empty if it can, or is not."""
    if examination.outcome != Examination.Outcome.PASSED or examination.concluded_on is None:
        return []
    if examination.kind != Examination.Kind.REEXAMINATION:
        return []
    events = list(StandardEvent.objects.not_voided().filter(standard=examination.standard_id))
    return obstacles(examination.standard, examination.concluded_on, events, Rulebook.load())
