"""Who has to work with a standard (JJF 1033, staff): so many qualified persons, and one who is responsible."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standards.models import MeasurementStandard, StandardPerson, Technician
from standards.models.requirement import Requirements
from standards.spans import Span, common, held_by_fewer, merged, span


def shortfall(standard: MeasurementStandard, on: date) -> list[str]:
    """What the staff of a standard lacks on a day, by the edition of that day; empty if it suffices.

    Qualified is who works with the standard, is on the staff, and has a qualification valid on that day.
    """
    requirement = Requirements.load().on(on)
    there = StandardPerson.objects.not_voided().in_force(on).filter(standard=standard)
    qualified = Technician.objects.not_voided().qualified(on)
    able = there.filter(role__in=StandardPerson.ABLE, technician__in=qualified.values("pk"))
    count = able.values("technician").distinct().count()
    lacking = []
    if count < requirement.persons:
        lacking.append(
            ngettext(
                "%(edition)s asks for %(needed)s qualified persons; there is %(count)s.",
                "%(edition)s asks for %(needed)s qualified persons; there are %(count)s.",
                count,
            )
            % {"edition": requirement.edition, "needed": requirement.persons, "count": count}
        )
    if not there.filter(role=StandardPerson.Role.RESPONSIBLE).exists():
        lacking.append(_("Nobody is responsible for the standard."))
    return lacking


def lapses(persons: Iterable[StandardPerson], among: Iterable[Span]) -> list[Span]:
    """The days of ``among`` on which fewer qualified persons than the edition of the day asks for were there.

    ``persons``: all rows of one standard, not voided, with technician and qualifications read ahead.
    """
    each: dict[int, list[Span]] = defaultdict(list)
    for person in persons:
        if person.role in StandardPerson.ABLE:
            each[person.technician_id] += common(
                [span(person.begins_on, person.ends_on)], _qualified(person.technician)
            )
    found: list[Span] = []
    for needed, days in _needed(among):
        found += held_by_fewer(needed, each.values(), [days])
    return merged(found)


def without_responsible(persons: Iterable[StandardPerson], among: Iterable[Span]) -> list[Span]:
    """The days of ``among`` on which nobody was responsible."""
    there = [span(each.begins_on, each.ends_on) for each in persons if each.role == StandardPerson.Role.RESPONSIBLE]
    return held_by_fewer(1, [there], among)


def _qualified(technician: Technician) -> list[Span]:
    proofs = [span(each.issued_on, each.valid_until) for each in technician.qualifications.all() if not each.is_voided]
    return common([span(technician.begins_on, technician.ends_on)], proofs)


def _needed(among: Iterable[Span]) -> Iterable[tuple[int, Span]]:
    """How many persons were asked for on which days: the days, cut where an edition begins."""
    requirements = Requirements.load()
    begins = sorted(row.effective_from for row in requirements.rows if row.effective_from)
    for first, last in among:
        edges = [first, *(day for day in begins if first < day <= last)]
        for begin, end in zip(edges, [*(day - timedelta(days=1) for day in edges[1:]), last], strict=True):
            yield requirements.on(begin).persons, (begin, end)
