"""A standard's certificate and its events are kept saying the same; state and days in force follow from the events.

What the events mean is said by ``standards.replay``. Everything here runs in the transaction of the change.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bureau import bulk, records
from bureau.models import Staff
from bureau.texts import match_text
from standards import chain, reexamination
from standards.models import InForceInterval, MeasurementStandard, ServicePeriod, StandardEvent
from standards.models.rule import EventKind, State
from standards.replay import Life, Rulebook, Service, certifying, replay

Pairs = Iterable[tuple[MeasurementStandard, Iterable[StandardEvent]]]


def contradiction(standard: MeasurementStandard, events: Iterable[StandardEvent] | None = None) -> dict[str, str]:
    """Why the certificate, as it stands in memory, does not go with the events (those on record unless given).

    A sentence by field of the standard; empty if ``follow`` would take it. Nothing is written or changed.
    """
    known = _copies(standard, events)
    after = _agreement(standard, known).applied_to(known)
    return _contradiction(standard, after, Rulebook.load()) or _reused_in([(standard, after)])


def contradictions(standards: Sequence[MeasurementStandard]) -> list[dict[str, str]]:
    """``contradiction`` for many standards, some of them not saved yet, at the cost of a few queries."""
    known, book = on_record_of([standard for standard in standards if standard.pk]), Rulebook.load()
    pairs = []
    for standard in standards:
        events = [copy(event) for event in known.get(standard.pk, ())]
        pairs.append((standard, _agreement(standard, events).applied_to(events)))
    reused = _reused(pairs)
    return [
        _contradiction(standard, events, book) or reused.get(place, {})
        for place, (standard, events) in enumerate(pairs)
    ]


def agrees(standard: MeasurementStandard, events: Iterable[StandardEvent] | None = None) -> bool:
    """Whether the certificate, as it stands in memory, says what the events (those on record unless given) say."""
    return _agreement(standard, _copies(standard, events)).is_empty


def impossible(standard: MeasurementStandard, events: Iterable[StandardEvent]) -> str | None:
    """Why the standard cannot have had these events; None if it can."""
    events = list(events)
    certificates = certifying(events)
    if certificates and not (certificates[-1].certificate_no or standard.certificate_no):
        return _("The first certificate needs its number.")
    book = Rulebook.load()
    problem = replay(events, book).problem or _incomplete(standard, events, book)
    return problem or _reused_in([(standard, events)]).get("certificate_no")


@transaction.atomic
def follow(standards: Sequence[MeasurementStandard], *, by: Staff | None, import_id: int | None = None) -> None:
    """Make the events agree with the certificates just written, then derive states and intervals from the events.

    A certificate entered or corrected on the standard becomes (or corrects) its certifying event. Raises
    ``ValidationError`` by field of the standard if a certificate contradicts the events.
    """
    known, book, whole = on_record_of(standards), Rulebook.load(), Agreement()
    for standard in standards:
        step = _agreement(standard, known[standard.pk])
        known[standard.pk] = step.applied_to(known[standard.pk])
        if found := _contradiction(standard, known[standard.pk], book):
            raise ValidationError(found)
        if import_id is not None:
            for event in (*step.added, *step.changed, *step.dropped):
                event.import_row = standard.import_row
        whole.add(step)
    if found := _reused_in((standard, known[standard.pk]) for standard in standards):
        raise ValidationError(found)
    whole.write(by=by, import_id=import_id)
    derive(standards, by=by, events=known)


def _contradiction(standard: MeasurementStandard, events: list[StandardEvent], book: Rulebook) -> dict[str, str]:
    """What the events say otherwise than the certificate that they were made to agree with."""
    life = replay(events, book)
    if life.problem:
        return {"issued_on": life.problem}
    certificates = certifying(events)
    if standard.issued_on is None and not certificates:
        return {}
    if standard.issued_on is None:
        return {"issued_on": _("The certificate of %(on)s is on record.") % {"on": certificates[-1].on}}
    latest = certificates[-1].on
    if latest != standard.issued_on:
        return {"issued_on": _("A later certificate, of %(on)s, is on record.") % {"on": latest}}
    if life.established_on != standard.established_on:
        return {
            "established_on": _("The first certificate on record is of %(on)s.") % {"on": life.established_on},
        }
    problem = _incomplete(standard, events, book)
    return {"issued_on": problem} if problem else {}


def _incomplete(standard: MeasurementStandard, events: list[StandardEvent], book: Rulebook) -> str | None:
    """Why one of the events that are not on record yet cannot complete a re-examination."""
    new = [event for event in events if event.pk is None]
    return next((problem for event in new if (problem := reexamination.refusal(standard, events, event, book))), None)


def _reused_in(pairs: Pairs) -> dict[str, str]:
    return next(iter(_reused(pairs).values()), {})


def _reused(pairs: Pairs) -> dict[int, dict[str, str]]:
    """A number is given once by an authority: not to a second standard, even if the first has a later one now.

    By the place of the pair.
    """
    owners: dict[tuple[str, str], dict[int, int | None]] = {}
    for place, (standard, events) in enumerate(pairs):
        for event in events:
            if event.certificate_no:
                owners.setdefault((standard.issuing_authority, event.certificate_no), {})[place] = standard.pk
    given = StandardEvent.objects.not_voided().filter(
        certificate_no__in={number for _authority, number in owners}, standard__voided_at__isnull=True
    )
    sentence = {"certificate_no": _("This authority already issued a certificate with this number.")}
    return {
        place: sentence
        for authority, number, pk in given.values_list("standard__issuing_authority", "certificate_no", "standard")
        for place, owner in owners.get((authority, number), {}).items()
        if owner != pk
    }


def on_record(standard: MeasurementStandard) -> list[StandardEvent]:
    return on_record_of([standard])[standard.pk]


def on_record_of(standards: Sequence[MeasurementStandard]) -> dict[int, list[StandardEvent]]:
    known: dict[int, list[StandardEvent]] = {standard.pk: [] for standard in standards}
    for event in StandardEvent.objects.not_voided().filter(standard__in=list(known)):
        known[event.standard_id].append(event)
    return known


def _copies(standard: MeasurementStandard, events: Iterable[StandardEvent] | None) -> list[StandardEvent]:
    if events is None:
        events = on_record(standard) if standard.pk else []
    return [copy(event) for event in events]


@dataclass
class Agreement:
    """What makes the events say the same as the certificate: those to add, to correct and to take out."""

    added: list[StandardEvent] = field(default_factory=list)
    changed: list[StandardEvent] = field(default_factory=list)
    dropped: list[StandardEvent] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.dropped)

    def applied_to(self, events: list[StandardEvent]) -> list[StandardEvent]:
        return [event for event in events if event not in self.dropped] + self.added

    def add(self, other: "Agreement") -> None:
        self.added += other.added
        self.changed += other.changed
        self.dropped += other.dropped

    def write(self, *, by: Staff | None, import_id: int | None) -> None:
        reason = _("Follows from the certificate")
        records.bulk_void(self.dropped, by=by, reason=reason, import_id=import_id)
        fields = ("kind", "on", "valid_until", "certificate_no")
        records.bulk_change(self.changed, fields, by=by, reason=reason, import_id=import_id)
        records.bulk_add(self.added, by=by, import_id=import_id)


def _agreement(standard: MeasurementStandard, events: list[StandardEvent]) -> Agreement:
    """Corrects events in memory; ``Agreement.write`` stores them."""
    if standard.issued_on is None:  # still being set up
        return Agreement()
    certificates = certifying(events)
    wanted = {
        "on": standard.issued_on,
        "valid_until": standard.valid_until,
        "certificate_no": standard.certificate_no,
    }
    if not certificates:
        return Agreement(added=_first_events(standard, wanted))
    first, last = certificates[0], certificates[-1]
    if _renews(standard, last):
        by_certificate = {"reason": _("Entered by its certificate"), **wanted}
        return Agreement(added=[StandardEvent(standard=standard, kind=EventKind.REEXAMINED, **by_certificate)])
    if first is last and standard.established_on < standard.issued_on and first.kind == EventKind.ESTABLISHED:
        # The one certificate known so far turns out to be a later one: the first precedes it.
        _set(last, kind=EventKind.REEXAMINED, **wanted)
        return Agreement(added=[_setting_up(standard)], changed=[last])
    if len(certificates) == 2 and first.valid_until is None and standard.established_on == standard.issued_on:
        # The earlier certificate, of which only the day was known, turns out never to have been.
        _set(last, kind=EventKind.ESTABLISHED, **wanted)
        return Agreement(changed=[last], dropped=[first])
    changed = [last] if _set(last, **wanted) else []
    if first is not last and _set(first, on=standard.established_on):
        changed.append(first)
    return Agreement(changed=changed)


def _renews(standard: MeasurementStandard, last: StandardEvent) -> bool:
    """A later certificate that names the last one as its forerunner; anything else corrects the last one."""
    former = match_text(standard.former_certificate_no)
    return (
        former == match_text(last.certificate_no) != match_text(standard.certificate_no)
        and standard.issued_on > last.on
    )


def _first_events(standard: MeasurementStandard, wanted: dict[str, object]) -> list[StandardEvent]:
    if standard.established_on == standard.issued_on:
        return [StandardEvent(standard=standard, kind=EventKind.ESTABLISHED, **wanted)]
    return [_setting_up(standard), StandardEvent(standard=standard, kind=EventKind.REEXAMINED, **wanted)]


def _setting_up(standard: MeasurementStandard) -> StandardEvent:
    """The first certificate of an older standard: only its day is known."""
    return StandardEvent(standard=standard, kind=EventKind.ESTABLISHED, on=standard.established_on)


def _set(event: StandardEvent, **values: object) -> bool:
    differing = {name: value for name, value in values.items() if getattr(event, name) != value}
    for name, value in differing.items():
        setattr(event, name, value)
    return bool(differing)


def derive(
    standards: Sequence[MeasurementStandard],
    *,
    by: Staff | None,
    events: dict[int, list[StandardEvent]] | None = None,
) -> None:
    """Write the state, the set-up day, the certificate in force and the intervals that follow from the events.

    What a floor above did on days that are in force no longer, or are again, is told to it.
    """
    events = events if events is not None else on_record_of(standards)
    book, before = Rulebook.load(), _days(standards)
    intervals: list[InForceInterval] = []
    periods: list[ServicePeriod] = []
    for standard in standards:
        life = replay(events[standard.pk], book)
        if life.problem:
            raise ValidationError(life.problem)
        _take_over(standard, life, certifying(events[standard.pk]), by=by)
        in_force, in_service = days_of(standard, life)
        intervals += in_force
        periods += in_service
    for model, rows in ((InForceInterval, intervals), (ServicePeriod, periods)):
        model.objects.filter(standard__in=standards).delete()
        bulk.insert(rows)
    after = _by_standard((row.standard_id, row.begins_on, row.ends_on) for row in intervals)
    chain.days_changed({pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)})


def days_of(standard: MeasurementStandard, life: Life) -> tuple[list[InForceInterval], list[ServicePeriod]]:
    """The rows that keep the days in force and in service of a standard with this life."""
    intervals = [InForceInterval(standard=standard, begins_on=a, ends_on=b) for a, b in life.intervals]
    return intervals, [_period(standard, service) for service in life.services]


def _days(standards: Sequence[MeasurementStandard]) -> dict[int, set[tuple[date, date]]]:
    rows = InForceInterval.objects.filter(standard__in=standards)
    return _by_standard(rows.values_list("standard", "begins_on", "ends_on"))


def _by_standard(rows: Iterable[tuple[int, date, date]]) -> dict[int, set[tuple[date, date]]]:
    days: dict[int, set[tuple[date, date]]] = {}
    for standard, begins_on, ends_on in rows:
        days.setdefault(standard, set()).add((begins_on, ends_on))
    return days


def _period(standard: MeasurementStandard, service: Service) -> ServicePeriod:
    return ServicePeriod(
        standard=standard,
        begins_on=service.begins_on,
        ends_on=service.ends_on,
        valid_until=service.valid_until,
        expired_from=service.expired_from,
    )


def _take_over(
    standard: MeasurementStandard, life: Life, certificates: list[StandardEvent], *, by: Staff | None
) -> None:
    values: dict[str, object] = {"state": life.state or State.DRAFT}
    reason = _("Follows from its events")
    if certificates:
        last = certificates[-1]
        if not last.certificate_no:  # the number was kept
            last.certificate_no = standard.certificate_no
            records.save(last, by=by, reason=reason)
        values |= {
            "established_on": life.established_on,
            "issued_on": last.on,
            "valid_until": last.valid_until,
            "certificate_no": last.certificate_no,
        }
    differing = {name: value for name, value in values.items() if getattr(standard, name) != value}
    if differing:
        for name, value in differing.items():
            setattr(standard, name, value)
        records.save(standard, by=by, reason=reason)
