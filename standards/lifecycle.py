"""From the events of a standard to its state and its days in force (JJF 1033; the moves are editable reference rows).

``replay`` is a pure function over events and rules; ``follow`` writes what it says, inside the caller's transaction.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from standards.models import InForceInterval, LifecycleRule, MeasurementStandard, StandardEvent
from standards.models.rule import CERTIFYING, EventKind, State

IN_FORCE = (State.VALID, State.REEXAMINATION)
EXAMINATIONS = (State.NEW_EXAMINATION, State.REEXAMINATION)
BEFORE_ALL = ""

# Events of one day in the order in which they can only have happened.
ORDER = {kind: number for number, kind in enumerate(EventKind.values)}


@dataclass(frozen=True)
class Rulebook:
    """All editions of the moves; an event is judged by the edition of its day."""

    rules: tuple[LifecycleRule, ...]

    @classmethod
    def load(cls) -> "Rulebook":
        return cls(tuple(LifecycleRule.objects.order_by("effective_from")))

    def move(self, event: str, state: str, on: date) -> LifecycleRule | None:
        for rule in self.rules:
            if rule.event == event and rule.from_state == state and rule.holds(on):
                return rule
        return None


@dataclass
class Life:
    """What follows from a sequence of events. Dates are inclusive; ``problem`` is the first impossible step."""

    state: str = BEFORE_ALL
    established_on: date | None = None
    intervals: list[tuple[date, date]] = field(default_factory=list)
    problem: str | None = None


def in_order(events: Iterable[StandardEvent]) -> list[StandardEvent]:
    return sorted(events, key=lambda event: (event.on, ORDER.get(event.kind, 99), event.pk or 0))


def replay(events: Iterable[StandardEvent], book: Rulebook) -> Life:
    """Walk through the events. Stops at the first that the rules do not allow and says why."""
    life = Life()
    before_examination = State.DRAFT.value
    valid_until: date | None = None
    for event in in_order(events):
        after = _next_state(life.state, event, valid_until, book)
        if after is None:
            life.problem = _impossible(life.state, event, valid_until)
            return life
        if event.kind in CERTIFYING:
            life.established_on = life.established_on or event.on
            valid_until = event.valid_until
        if after in EXAMINATIONS and life.state not in EXAMINATIONS:
            before_examination = life.state or State.DRAFT.value
        state = after or before_examination
        _continue_interval(life, event, state, valid_until)
        life.state = state
    return life


def _next_state(state: str, event: StandardEvent, valid_until: date | None, book: Rulebook) -> str | None:
    rule = book.move(event.kind, state, event.on)
    if rule is None:
        return None
    is_expired = valid_until is not None and state in (*IN_FORCE, State.SEALED) and event.on > valid_until
    return None if is_expired and not rule.from_expired else rule.to_state


def _impossible(state: str, event: StandardEvent, valid_until: date | None) -> str:
    if valid_until is not None and event.on > valid_until:
        return _("“%(event)s” on %(on)s is not possible: the certificate ran out on %(until)s.") % {
            "event": event.get_kind_display(),
            "on": event.on,
            "until": valid_until,
        }
    return _("“%(event)s” on %(on)s is not possible: the standard is in the state “%(state)s” then.") % {
        "event": event.get_kind_display(),
        "on": event.on,
        "state": State(state).label if state else _("nothing recorded yet"),
    }


def _continue_interval(life: Life, event: StandardEvent, state: str, valid_until: date | None) -> None:
    """Close the open interval on the day before the event, and open the next on its day where the state is in force."""
    if life.intervals and life.intervals[-1][1] >= event.on:
        begins_on, _ends_on = life.intervals.pop()
        if begins_on < event.on:
            life.intervals.append((begins_on, event.on - timedelta(days=1)))
    if state not in IN_FORCE or valid_until is None or valid_until < event.on:
        return
    if life.intervals and life.intervals[-1][1] == event.on - timedelta(days=1):
        begins_on, _ends_on = life.intervals.pop()
        life.intervals.append((begins_on, valid_until))
    else:
        life.intervals.append((event.on, valid_until))


def check(events: Iterable[StandardEvent]) -> None:
    """Raise ``ValidationError`` with a clerk's sentence if the events cannot have happened in this order."""
    problem = replay(events, Rulebook.load()).problem
    if problem:
        raise ValidationError(problem)


def problems(standards: Sequence[MeasurementStandard]) -> list[str | None]:
    """What ``follow`` would have to refuse about each standard as it stands in memory; nothing is written."""
    known = _events_of([standard for standard in standards if standard.pk])
    book = Rulebook.load()
    found = []
    for standard in standards:
        events = [copy(event) for event in known.get(standard.pk, [])]
        new, _changed = _certificate_events(standard, events)
        found.append(replay([*events, *new], book).problem)
    return found


@transaction.atomic
def follow(standards: Sequence[MeasurementStandard], *, by: Staff | None, import_id: int | None = None) -> None:
    """Make the events agree with the certificates just written, then derive states and intervals from the events.

    A certificate entered or corrected on the standard becomes (or corrects) its certifying event.
    """
    known = _events_of(standards)
    added: list[StandardEvent] = []
    for standard in standards:
        events = known[standard.pk]
        new, changed = _certificate_events(standard, events)
        for event in changed:
            records.save(event, by=by)
        events.extend(new)
        added.extend(new)
    records.bulk_add(added, by=by, import_id=import_id)
    derive(standards, by=by, events=known)


def _events_of(standards: Sequence[MeasurementStandard]) -> dict[int, list[StandardEvent]]:
    known: dict[int, list[StandardEvent]] = {standard.pk: [] for standard in standards}
    for event in StandardEvent.objects.not_voided().filter(standard__in=list(known)):
        known[event.standard_id].append(event)
    return known


def _certificate_events(
    standard: MeasurementStandard, events: list[StandardEvent]
) -> tuple[list[StandardEvent], list[StandardEvent]]:
    """Which certifying events are missing or differ from what the standard says: (new, changed)."""
    certifying = in_order(event for event in events if event.kind in CERTIFYING)
    wanted = {
        "on": standard.issued_on,
        "valid_until": standard.valid_until,
        "certificate_no": standard.certificate_no,
    }
    if not certifying:
        return _first_events(standard, wanted), []
    changed = []
    first, last = certifying[0], certifying[-1]
    if _renews(standard, last):
        return [StandardEvent(standard=standard, kind=EventKind.REEXAMINED, **wanted)], []
    if _set(last, **wanted):
        changed.append(last)
    if first is not last and _set(first, on=standard.established_on):
        changed.append(first)
    if first is last and standard.established_on < standard.issued_on and first.kind == EventKind.ESTABLISHED:
        # The one certificate known so far turns out to be a later one: the first precedes it.
        _set(last, kind=EventKind.REEXAMINED)
        return [_setting_up(standard)], [last]
    return [], changed


def _renews(standard: MeasurementStandard, last: StandardEvent) -> bool:
    """A later certificate that names the last one as its forerunner; anything else corrects the last one."""
    return (
        standard.former_certificate_no == last.certificate_no != standard.certificate_no
        and standard.issued_on > last.on
    )


def _first_events(standard: MeasurementStandard, wanted: dict[str, object]) -> list[StandardEvent]:
    if standard.established_on == standard.issued_on:
        return [StandardEvent(standard=standard, kind=EventKind.ESTABLISHED, **wanted)]
    return [_setting_up(standard), StandardEvent(standard=standard, kind=EventKind.REEXAMINED, **wanted)]


def _setting_up(standard: MeasurementStandard) -> StandardEvent:
    """The first certificate of an older standard: only its date is known; it held until the present one."""
    return StandardEvent(
        standard=standard,
        kind=EventKind.ESTABLISHED,
        on=standard.established_on,
        valid_until=standard.issued_on - timedelta(days=1),
        remark=_("Validity taken up to the next certificate"),
    )


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
    """Write the state, the set-up day, the certificate in force and the intervals that follow from the events."""
    events = events if events is not None else _events_of(standards)
    book = Rulebook.load()
    intervals: list[InForceInterval] = []
    for standard in standards:
        life = replay(events[standard.pk], book)
        if life.problem:
            raise ValidationError(life.problem)
        _take_over(standard, life, events[standard.pk], by=by)
        intervals += [InForceInterval(standard=standard, begins_on=a, ends_on=b) for a, b in life.intervals]
    InForceInterval.objects.filter(standard__in=standards).delete()
    InForceInterval.objects.bulk_create(intervals, batch_size=500)


def _take_over(standard: MeasurementStandard, life: Life, events: list[StandardEvent], *, by: Staff | None) -> None:
    last = in_order(event for event in events if event.kind in CERTIFYING)[-1:]
    values: dict[str, object] = {"state": life.state}
    if last:
        values |= {
            "established_on": life.established_on,
            "issued_on": last[0].on,
            "valid_until": last[0].valid_until,
            "certificate_no": last[0].certificate_no or standard.certificate_no,
        }
    differing = {name: value for name, value in values.items() if getattr(standard, name) != value}
    if differing:
        for name, value in differing.items():
            setattr(standard, name, value)
        records.save(standard, by=by, reason=_("Follows from its events"))
