"""From the events of a standard to its state and its days in force (JJF 1033; the moves are editable reference rows).

A pure function over events and rules: nothing is read or written, ``Rulebook.load`` apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from standards.models import LifecycleRule, StandardEvent
from standards.models.rule import CERTIFYING, EventKind, State

IN_FORCE = (State.VALID, State.REEXAMINATION)
EXAMINATIONS = (State.NEW_EXAMINATION, State.REEXAMINATION)
BEFORE_ALL = ""
# A first certificate of which only the day is known held until the next one.
UNTIL_THE_NEXT = date.max

# Events of one day in the order in which they can only have happened.
ORDER = {kind: number for number, kind in enumerate(EventKind.values)}


@dataclass(frozen=True)
class Rulebook:
    """All editions of the moves; an event is judged by the edition of its day."""

    rules: tuple[LifecycleRule, ...]

    @classmethod
    def load(cls) -> "Rulebook":
        return cls(tuple(LifecycleRule.objects.newest_first()))

    def move(self, event: str, state: str, on: date) -> LifecycleRule | None:
        for rule in self.rules:
            if rule.event == event and rule.from_state == state and rule.holds(on):
                return rule
        return None

    def clause(self, event: str, on: date) -> str:
        """The edition of the day with the clause on such an event, for a refusal."""
        named = [rule for rule in self.rules if rule.event == event and rule.holds(on)]
        best = next((rule for rule in named if rule.clause), named[0] if named else None)
        return f"{best.edition} {best.clause}".strip() if best else "JJF 1033"


@dataclass(frozen=True)
class Service:
    """Days in service under one certificate, run out or not; ``ends_on`` None: still so. Days are included."""

    begins_on: date
    ends_on: date | None
    valid_until: date

    @property
    def expired_from(self) -> date | None:
        first = max(self.begins_on, self.valid_until + timedelta(days=1))
        return first if self.ends_on is None or first <= self.ends_on else None


@dataclass
class Life:
    """What follows from a sequence of events. Dates are inclusive; ``problem`` is the first impossible step."""

    state: str = BEFORE_ALL
    established_on: date | None = None
    intervals: list[tuple[date, date]] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    problem: str | None = None


def in_order(events: Iterable[StandardEvent]) -> list[StandardEvent]:
    return sorted(events, key=lambda event: (event.on, ORDER.get(event.kind, 99), event.pk or 0))


def certifying(events: Iterable[StandardEvent]) -> list[StandardEvent]:
    """The events that issued a certificate, in order."""
    return in_order(event for event in events if event.kind in CERTIFYING)


def replay(events: Iterable[StandardEvent], book: Rulebook) -> Life:
    """Walk through the events. Stops at the first that the rules do not allow and says why."""
    life = Life()
    before_examination = State.DRAFT.value
    valid_until: date | None = None
    previous: StandardEvent | None = None
    for event in in_order(events):
        life.problem = _flaw(event, previous)
        if life.problem:
            return life
        after = _next_state(life.state, event, valid_until, book)
        if after is None:
            life.problem = _refusal(life.state, event, valid_until, book)
            return life
        if event.kind in CERTIFYING:
            life.established_on = life.established_on or event.on
            valid_until = event.valid_until or UNTIL_THE_NEXT
        if after in EXAMINATIONS and life.state not in EXAMINATIONS:
            before_examination = life.state or State.DRAFT.value
        state = after or before_examination
        _continue_interval(life, event, state, valid_until)
        _continue_service(life, event, state, valid_until)
        life.state = state
        previous = event
    if valid_until == UNTIL_THE_NEXT:
        life.problem = _no_validity()
    return life


def _flaw(event: StandardEvent, previous: StandardEvent | None) -> str | None:
    """What is wrong with the event itself, whatever the state; the database would refuse it without a word of use."""
    if previous is not None and (previous.kind, previous.on) == (event.kind, event.on):
        return _("This event is already recorded for that day.")
    if event.kind not in CERTIFYING or (event.valid_until is None and event.kind == EventKind.ESTABLISHED):
        return None
    return _no_validity() if event.valid_until is None or event.valid_until < event.on else None


def _no_validity() -> str:
    return _("A certificate needs a day until which it is valid, not before its date.")


def _next_state(state: str, event: StandardEvent, valid_until: date | None, book: Rulebook) -> str | None:
    rule = book.move(event.kind, state, event.on)
    if rule is None:
        return None
    is_expired = valid_until is not None and state in (*IN_FORCE, State.SEALED) and event.on > valid_until
    return None if is_expired and not rule.from_expired else rule.to_state


def _refusal(state: str, event: StandardEvent, valid_until: date | None, book: Rulebook) -> str:
    known = {"event": event.get_kind_display(), "on": event.on, "clause": book.clause(event.kind, event.on)}
    if valid_until is not None and event.on > valid_until:
        return _("“%(event)s” on %(on)s is not possible: the certificate ran out on %(until)s (%(clause)s).") % {
            **known,
            "until": valid_until,
        }
    return _("“%(event)s” on %(on)s is not possible: the standard is in the state “%(state)s” then (%(clause)s).") % {
        **known,
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


def _continue_service(life: Life, event: StandardEvent, state: str, valid_until: date | None) -> None:
    """End the open period where the event takes the standard out of service or gives it another certificate."""
    is_in_service = state in IN_FORCE and valid_until is not None
    last = life.services[-1] if life.services else None
    if last is not None and last.ends_on is None:
        if is_in_service and last.valid_until == valid_until and event.kind not in CERTIFYING:
            return
        life.services.pop()
        if last.begins_on < event.on:
            before = event.on - timedelta(days=1)
            # Of an old certificate of which only the day is known, the next one tells how long it held.
            until = before if last.valid_until == UNTIL_THE_NEXT else last.valid_until
            life.services.append(Service(last.begins_on, before, until))
    if is_in_service and valid_until is not None:
        life.services.append(Service(event.on, None, valid_until))
