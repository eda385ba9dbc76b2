"""What follows from the states and the verifications of a piece, kept in step with them.

``uses``, ``owed`` and ``periods`` are pure functions of one piece; ``derive`` writes what they say, for any number of
pieces in few queries. Whoever writes instruments or verifications calls ``derive`` in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from bureau import bulk
from inspections.models.instrument import Instrument, LegalKind
from inspections.models.use_period import InstrumentStop, UsePeriod
from inspections.models.verification import Verification

DAY = timedelta(days=1)
AT_ONCE = 2000
Conclusion, Kind, State = Verification.Conclusion, Verification.Kind, Instrument.State
OF_INSTRUMENT = ("last_verified_on", "valid_until", "next_due_on")
# What the periods repeat of the instrument.
PLACE = ("office_id", "region_id", "kind_id", "purpose", "legal_kind", "quantity")
# What is written of each; read as plain tuples, which cost a tenth of model instances.
WRITTEN: dict[Any, tuple[str, ...]] = {
    Instrument: OF_INSTRUMENT,
    Verification: ("due_on", "met_on"),
    UsePeriod: ("begins_on", "ends_on", "is_verified", "is_dropped", *PLACE),
}
READ: dict[Any, tuple[str, ...]] = {
    Instrument: ("pk", "in_use_from", "state", "state_since", "voided_at", *PLACE, *OF_INSTRUMENT),
    Verification: (
        *("pk", "instrument_id", "verified_on", "conclusion", "kind", "valid_until", "next_due_on", "legal_kind"),
        *WRITTEN[Verification],
    ),
    UsePeriod: ("pk", "instrument_id", *WRITTEN[UsePeriod]),
}
PRESENT = {model: attrgetter(*names) for model, names in WRITTEN.items()}
place_of = attrgetter(*PLACE)


@dataclass(frozen=True)
class Days:
    """From a day to a day, both included; without an end it goes on."""

    begins_on: date
    ends_on: date | None = None

    def up_to(self, last: date | None) -> date | None:
        """The earlier of this end and ``last``; None is no end."""
        return min((day for day in (self.ends_on, last) if day), default=None)


@dataclass(frozen=True)
class Period:
    begins_on: date
    ends_on: date | None
    is_verified: bool


class Stopping(NamedTuple):
    """What a state does to the days out of use: at most one of these."""

    added: InstrumentStop | None = None
    changed: InstrumentStop | None = None
    gone: InstrumentStop | None = None


def uses(in_use_from: date, stops: Sequence[Days], scrapped_from: date | None) -> list[Days]:
    """The days in use between the days out of use."""
    found, begins_on = [], in_use_from
    for stop in sorted(stops, key=lambda stop: stop.begins_on):
        if begins_on < stop.begins_on:
            found.append(Days(begins_on, stop.begins_on - DAY))
        if stop.ends_on is None:
            return _before(found, scrapped_from)
        begins_on = max(begins_on, stop.ends_on + DAY)
    return _before([*found, Days(begins_on)], scrapped_from)


def stops_of(states: Iterable[tuple[Any, ...]]) -> list[InstrumentStop]:
    """The days out of use that follow from the states of a piece and their days, the first one first; not saved."""
    stops: list[InstrumentStop] = []
    for state, since in states:
        follow_state(stops, state, since)
    return stops


def follow_state(stops: list[InstrumentStop], state: str, since: date | None, key: int | None = None) -> Stopping:
    """Bring the days out of use of a piece in step with its state; in place."""
    lasting = next((stop for stop in stops if stop.ends_on is None), None)
    if state == State.STOPPED and since is not None:
        known = lasting or next((stop for stop in stops if stop.begins_on == since), None)
        if known is None:
            added = InstrumentStop(instrument_id=key, begins_on=since)
            stops.append(added)
            return Stopping(added=added)
        return Stopping(changed=_set_stop(known, since, None))
    if lasting and state == State.IN_USE:
        if since is None or since <= lasting.begins_on:  # it was entered by mistake
            stops.remove(lasting)
            return Stopping(gone=lasting)
        return Stopping(changed=_set_stop(lasting, lasting.begins_on, since - DAY))
    return Stopping()


def _set_stop(stop: InstrumentStop, begins_on: date, ends_on: date | None) -> InstrumentStop | None:
    """None if it was so before."""
    if (stop.begins_on, stop.ends_on) == (begins_on, ends_on):
        return None
    stop.begins_on, stop.ends_on = begins_on, ends_on
    return stop


def _before(found: list[Days], end: date | None) -> list[Days]:
    if end is None:
        return found
    return [Days(use.begins_on, use.up_to(end - DAY)) for use in found if use.begins_on < end]


def settling(verifications: Iterable[Any]) -> list[Any]:
    """Those that decide whether the piece may be used. A calibration does not, nor an inspection in service that the
    piece passed: neither gives it a new validity."""
    return [
        each
        for each in verifications
        if each.kind != Kind.CALIBRATION and (each.kind != Kind.IN_SERVICE or each.conclusion == Conclusion.FAILED)
    ]


def owed(verifications: Sequence[Any], in_use: Sequence[Days]) -> list[tuple[date | None, date | None]]:
    """For each settling verification, in order of their days, the day on which the next one is owed and the day on
    which it was made. None is owed on a day on which the piece is out of use, unless it was made before it stopped."""
    met = [*(later.verified_on for _one, later in pairwise(verifications)), *([None] if verifications else [])]
    return [(_due(each, met_on, in_use), met_on) for each, met_on in zip(verifications, met, strict=True)]


def _due(verification: Any, met_on: date | None, in_use: Sequence[Days]) -> date | None:
    due = verification.next_due_on
    if due is None or verification.conclusion != Conclusion.PASSED or verification.legal_kind != LegalKind.MANDATORY:
        return None
    use = _use_of(verification, in_use)
    if use is None or due < use.begins_on:
        return None
    is_over = use.ends_on is not None and use.ends_on < due and (met_on is None or met_on > use.ends_on)
    return None if is_over else due


def _use_of(verification: Any, in_use: Sequence[Days]) -> Days | None:
    """The days in use that a paper is for: those of its day, or the next ones."""
    return next((use for use in in_use if use.ends_on is None or verification.verified_on <= use.ends_on), None)


def periods(verifications: Sequence[Any], in_use: Sequence[Days]) -> list[Period]:
    """The days in use with and without a valid paper, in order; ``verifications`` settle and are in order.

    A piece that was out of use has to be verified before it is used again: no paper holds beyond the stop.
    """
    covered: dict[Days, list[Days]] = defaultdict(list)
    for each, (_owed, met_on) in zip(verifications, owed(verifications, in_use), strict=True):
        use = _use_of(each, in_use)
        if use is None or each.conclusion != Conclusion.PASSED:
            continue
        ends = [day for day in (each.valid_until, use.ends_on, met_on - DAY if met_on else None) if day]
        begins_on, ends_on = max(each.verified_on, use.begins_on), min(ends, default=None)
        if ends_on is None or begins_on <= ends_on:
            covered[use].append(Days(begins_on, ends_on))
    return [period for use in in_use for period in _of_use(use, _joined(covered[use]))]


def _joined(spans: Iterable[Days]) -> list[Days]:
    """Spans in order, those without a day between them as one."""
    found: list[Days] = []
    for span in spans:
        if found and found[-1].ends_on and found[-1].ends_on + DAY == span.begins_on:
            span = Days(found.pop().begins_on, span.ends_on)
        found.append(span)
    return found


def _of_use(use: Days, covered: Iterable[Days]) -> list[Period]:
    found, day = [], use.begins_on
    for span in covered:
        if day < span.begins_on:
            found.append(Period(day, span.begins_on - DAY, False))
        found.append(Period(span.begins_on, span.ends_on, True))
        if span.ends_on is None:
            return found
        day = span.ends_on + DAY
    return found if use.ends_on and use.ends_on < day else [*found, Period(day, use.ends_on, False)]


# Writing -----------------------------------------------------------------------------------------


def derive(instruments: Iterable[int | None], coming: Iterable[Verification] = ()) -> None:
    """Bring all that follows up to date for these pieces; call it inside the transaction that wrote them.

    ``coming``: verifications of these that are about to be added; what follows of themselves is set on them.
    """
    keys = sorted({key for key in instruments if key is not None})
    added = _by_piece(coming)
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            _Chunk(keys[start : start + AT_ONCE], added).write()


class _Chunk:
    def __init__(self, keys: list[int], coming: Mapping[int, list[Verification]]) -> None:
        # Locked: of two who verify one piece at once, the later one sees what the other wrote.
        pieces = Instrument.objects.select_for_update().filter(pk__among=keys).order_by("pk")
        self.pieces = list(pieces.values_list(*READ[Instrument], named=True))
        self.stops = _by_piece(InstrumentStop.objects.filter(instrument__among=keys).order_by("begins_on"))
        self.periods = self._read(UsePeriod, UsePeriod.objects.filter(instrument__among=keys).order_by("pk"))
        made = Verification.objects.not_voided().filter(instrument__among=keys)
        self.made = self._read(Verification, made.order_by("verified_on", "pk"))
        for key in coming.keys() & set(keys):  # after those of the same day
            self.made[key] = sorted([*self.made[key], *coming[key]], key=attrgetter("verified_on"))
        self.changed: dict[Any, dict[int, tuple[Any, ...]]] = {model: {} for model in WRITTEN}
        self.changed_stops: list[InstrumentStop] = []
        self.added_stops: list[InstrumentStop] = []
        self.added_periods: list[tuple[Any, ...]] = []

    def _read(self, model: Any, rows: QuerySet) -> dict[int, list[Any]]:
        return _by_piece(rows.values_list(*READ[model], named=True))

    def write(self) -> None:
        gone = []
        for piece in self.pieces:
            gone += self._stops(piece)
            in_use = [] if piece.voided_at else _uses_of(piece, self.stops[piece.pk])
            made = self.made[piece.pk]
            verifications = settling(made)
            follows = dict(zip(map(id, verifications), owed(verifications, in_use), strict=True))
            for each in made:
                self._set(Verification, each, follows.get(id(each), (None, None)))
            self._set(Instrument, piece, _latest(verifications[-1] if verifications else None))
            self._periods(piece, periods(verifications, in_use))
        InstrumentStop.objects.filter(pk__in=gone).delete()
        bulk.update(self.changed_stops, ("begins_on", "ends_on"))
        bulk.insert(self.added_stops)
        for model, changed in self.changed.items():
            bulk.update_columns(model, list(changed), _columns(WRITTEN[model], list(changed.values())))
        names = ("instrument_id", *WRITTEN[UsePeriod])
        if self.added_periods:
            bulk.insert_columns(UsePeriod, _columns(names, self.added_periods))

    def _stops(self, piece: Any) -> list[int]:
        """Bring the days out of use in step with the state; gives the keys of those that were none."""
        did = follow_state(self.stops[piece.pk], piece.state, piece.state_since, piece.pk)
        if did.added:
            self.added_stops.append(did.added)
        if did.changed:
            self.changed_stops.append(did.changed)
        return [did.gone.pk] if did.gone else []

    def _periods(self, piece: Any, wanted: Sequence[Period]) -> None:
        known, place = self.periods[piece.pk], place_of(piece)
        found = [(each.begins_on, each.ends_on, each.is_verified, False, *place) for each in wanted]
        for row, values in zip(known, found, strict=False):
            self._set(UsePeriod, row, values)
        for row in known[len(found) :]:
            kept = PRESENT[UsePeriod](row)
            self._set(UsePeriod, row, (*kept[:3], True, *kept[4:]))
        self.added_periods += [(piece.pk, *values) for values in found[len(known) :]]

    def _set(self, model: Any, row: Any, values: tuple[Any, ...]) -> None:
        if PRESENT[model](row) == values:
            return
        if row.pk is None:
            for name, value in zip(WRITTEN[model], values, strict=True):
                setattr(row, name, value)
        else:
            self.changed[model][row.pk] = values


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}


def _by_piece(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.instrument_id].append(row)
    return found


def _uses_of(piece: Any, stops: Iterable[InstrumentStop]) -> list[Days]:
    scrapped_from = piece.state_since if piece.state == State.SCRAPPED else None
    return uses(piece.in_use_from, [Days(stop.begins_on, stop.ends_on) for stop in stops], scrapped_from)


def _latest(last: Any) -> tuple[date | None, date | None, date | None]:
    return (last.verified_on, last.valid_until, last.next_due_on) if last else (None, None, None)
