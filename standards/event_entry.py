"""Events that come in by themselves, not on the page of their standard: judged together with those on record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bureau.models import Staff
from standards import lifecycle, reexamination
from standards.models import MeasurementStandard, StandardEvent
from standards.replay import Rulebook, certifying, in_order


def foresee(rows: Sequence[StandardEvent]) -> list[str | None]:
    """For each event, saved or not, why its standard cannot have had it; None if it can. Writes nothing.

    The events of one standard are taken in the order of their days, each on top of those that are possible.
    """
    standards = MeasurementStandard.objects.in_bulk({row.standard_id for row in rows})
    known = _on_record(standards)
    problems: dict[int, str] = {}
    for pk, mine in _by_standard(rows).items():
        standing = [event for event in known[pk] if event.pk not in {row.pk for row in mine}]
        for row in in_order(mine):
            problem = lifecycle.impossible(standards[pk], [*standing, row])
            if problem:
                problems[id(row)] = problem
            else:
                standing.append(row)
    return [problems.get(id(row)) for row in rows]


@transaction.atomic
def take_in(rows: Sequence[StandardEvent], *, by: Staff | None, new: Sequence[StandardEvent] = ()) -> None:
    """Let standards follow from their events after these were written; ``new`` are those that were not there before.

    Raises ``ValidationError`` if a standard cannot have had the events that are on record now.
    """
    standards = MeasurementStandard.objects.select_for_update().in_bulk({row.standard_id for row in rows})
    known, book = _on_record(standards), Rulebook.load()
    for pk, standard in standards.items():
        if standard.issued_on and not certifying(known[pk]):
            raise ValidationError({"on": _("A standard keeps at least the event of its certificate.")})
        if problem := lifecycle.impossible(standard, known[pk]):
            raise ValidationError({"on": problem})
    for row in new:
        if problem := reexamination.refusal(standards[row.standard_id], known[row.standard_id], row, book):
            raise ValidationError({"on": problem})
    lifecycle.derive(list(standards.values()), by=by, events=known)
    # A certificate that kept its number was written once more.
    versions = {event.pk: event.version for events in known.values() for event in events}
    for row in rows:
        row.version = versions.get(row.pk, row.version)


def _on_record(standards: dict[int, MeasurementStandard]) -> dict[int, list[StandardEvent]]:
    known: dict[int, list[StandardEvent]] = {pk: [] for pk in standards}
    for event in StandardEvent.objects.not_voided().filter(standard__in=standards):
        known[event.standard_id].append(event)
    return known


def _by_standard(rows: Iterable[StandardEvent]) -> dict[int, list[StandardEvent]]:
    found: dict[int, list[StandardEvent]] = defaultdict(list)
    for row in rows:
        found[row.standard_id].append(row)
    return found
