"""What is allowed but unlikely in the ledger, noted as questions to the clerk (``Doubt``); nothing is refused here.

Whoever writes instruments or verifications has them reviewed through ``inspections.ledger``. A review of any number of
rows asks a few queries: it notes what is new, closes what no longer holds, and leaves the rest with its answers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bureau import bulk
from bureau.dates import add_months
from bureau.texts import match_text
from inspections import entry as rules
from inspections.models.doubt import Doubt
from inspections.models.instrument import Instrument
from inspections.models.instrument_kind import Catalogue, CatalogueEntry
from inspections.models.verification import Verification
from inspections.periods import DAY, TOLERANCE
from inspections.succession import settling
from standards.models import InForceInterval

Kind, Conclusion, Mode = Doubt.Kind, Verification.Conclusion, CatalogueEntry.Mode
Facts = dict[str, Any]
EVERY = tuple(Kind.values)
# A validity that differs by more is not off by a slip.
FAR = timedelta(days=31)
# What is read of a record: many rows come as plain tuples, which cost a tenth of model instances.
OF_PIECE = ("pk", "office_id", "region_id", "holder_id", "kind_id", "serial_no", "maker", "state", "voided_at",
            "in_use_from", "first_verified_on", "replace_due_on", "period_months", "legal_kind", "purpose")  # fmt: skip
OF_SERIES = ("pk", "instrument_id", "office_id", "region_id", "verified_on", "conclusion", "kind")
CHANGING = ("facts", "noted_on", "answer", "answered_by_id", "answered_at", "closed_on", "office_id", "region_id")
OF_USE = ("pk", "office_id", "region_id", "verified_on")
CHUNK = 2000
FLIP = (Conclusion.FAILED, Conclusion.PASSED, Conclusion.FAILED)


class Noted(NamedTuple):
    """A question with the record that it is about."""

    row: Any
    facts: Facts


# Pure: what is doubtful in one record ------------------------------------------------------------


def in_validity(row: Any, piece: Any, catalogue: Catalogue) -> tuple[str, Facts] | None:
    """The stated validity against the period, or against the time in use of kinds that are replaced when due."""
    if row.valid_until is None or row.conclusion != Conclusion.PASSED or row.kind not in rules.GIVING_VALIDITY:
        return None
    entry = catalogue.entry(row.instrument_kind_id, row.verified_on)
    first, months = row.verified_on, rules.period_of(piece, entry)
    if entry is not None and entry.mode == Mode.REPLACED:
        first, months = (piece.first_verified_on if piece is not None else None) or first, entry.life_months
    if not months:
        return None
    usual = add_months(first, months) - DAY
    difference = abs(row.valid_until - usual)
    if difference <= TOLERANCE:
        return None
    facts = {"stated": row.valid_until.isoformat(), "usual": usual.isoformat(), "months": months}
    return (Kind.INTERVAL if difference > FAR else Kind.VALIDITY), facts


def before_use(row: Any, piece: Any) -> Facts | None:
    """An initial verification may well be made before."""
    if piece is None or row.kind == Verification.Kind.INITIAL or row.verified_on >= piece.in_use_from:
        return None
    return {"day": row.verified_on.isoformat(), "from": piece.in_use_from.isoformat()}


def in_life(piece: Any, catalogue: Catalogue) -> Facts | None:
    first, stated = piece.first_verified_on, piece.replace_due_on
    entry = catalogue.entry(piece.kind_id, first) if first and stated else None
    if entry is None or entry.mode != Mode.REPLACED or not entry.life_months:
        return None
    usual = add_months(first, entry.life_months)
    if abs(stated - usual) <= TOLERANCE:
        return None
    return {"stated": stated.isoformat(), "usual": usual.isoformat(), "months": entry.life_months}


def flips(series: Sequence[Any]) -> Iterator[tuple[Any, Facts]]:
    """Verifications with which a piece failed, passed and failed again; ``series`` in order of their days."""
    made = settling(series)
    for three in zip(made, made[1:], made[2:], strict=False):
        if tuple(each.conclusion for each in three) == FLIP:
            days = [each.verified_on.isoformat() for each in three]
            yield three[2], dict(zip(("first", "second", "third"), days, strict=True))


def same_serial(pieces: Iterable[Any]) -> Iterator[Any]:
    """Pieces of which another holder has one of the same kind and make with the same serial no."""
    alike: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for piece in pieces:
        if _bears_a_number(piece):
            alike[piece.kind_id, match_text(piece.serial_no), match_text(piece.maker)].append(piece)
    for group in alike.values():
        if len({piece.holder_id for piece in group}) > 1:
            yield from group


def _bears_a_number(piece: Any) -> bool:
    return bool(piece.serial_no) and piece.voided_at is None and piece.state != Instrument.State.SCRAPPED


# Reviewing ---------------------------------------------------------------------------------------


def review_verifications(rows: Collection[Verification], pieces: Collection[int]) -> None:
    """Verifications that were written, voided ones among them; ``pieces``: all whose series they changed."""
    on_record = _pieces(pieces)
    series: dict[int, list[Any]] = defaultdict(list)
    made = Verification.objects.not_voided().filter(instrument__among=pieces).order_by("verified_on", "pk")
    for each in made.values_list(*OF_SERIES, named=True):
        series[each.instrument_id].append(each)
    found: dict[tuple[int, str], Noted] = {}
    standing = [row for row in rows if row.voided_at is None]
    for row, kind, facts in _of_each(standing, on_record):
        found[row.pk, kind] = Noted(row, facts)
    for of_piece in series.values():
        for row, facts in flips(of_piece):
            found[row.pk, Kind.FLIPS] = Noted(row, facts)
    scope = {row.pk: (Kind.FLIPS.value,) for of_piece in series.values() for row in of_piece}
    _reconcile("verification", found, scope | {row.pk: EVERY for row in rows})


def review_instruments(pieces: Collection[int]) -> None:
    """Instruments that were written, and those that have or had a serial no. in common with them."""
    catalogue, written = Catalogue(), _pieces(pieces)
    alike = _alike(written)
    known = {**alike, **written}
    found: dict[tuple[int, str], Noted] = {}
    for piece in written.values():
        facts = in_life(piece, catalogue) if piece.voided_at is None else None
        if facts:
            found[piece.pk, Kind.LIFE] = Noted(piece, facts)
    for piece in same_serial(known.values()):
        found[piece.pk, Kind.SERIAL] = Noted(piece, {"serial_no": piece.serial_no})
    scope = dict.fromkeys(alike, (Kind.SERIAL.value,))
    _reconcile("instrument", found, scope | dict.fromkeys(written, EVERY))


def review_standards(standards: Collection[int]) -> None:
    """Standards that are in force on other days than before, or were voided or restored: whatever used them."""
    held = InForceInterval.objects.filter(
        standard=OuterRef("standard"),
        standard__voided_at__isnull=True,
        begins_on__lte=OuterRef("verified_on"),
        ends_on__gte=OuterRef("verified_on"),
    )
    used = Verification.objects.filter(standard__among=standards)
    outside = used.not_voided().filter(~Exists(held)).order_by()
    asked = Doubt.objects.filter(kind=Kind.STANDARD, closed_on__isnull=True, verification__in=used)
    keys = sorted({*outside.values_list("pk", flat=True), *asked.values_list("verification", flat=True)})
    for start in range(0, len(keys), CHUNK):
        scope = dict.fromkeys(keys[start : start + CHUNK], (Kind.STANDARD.value,))
        rows = outside.filter(pk__among=scope.keys()).values_list(*OF_USE, named=True)
        found = {(row.pk, Kind.STANDARD.value): Noted(row, _not_in_force(row)) for row in rows}
        _reconcile("verification", found, scope)


def _not_in_force(row: Any) -> Facts:
    return {"day": row.verified_on.isoformat()}


def _pieces(keys: Collection[int]) -> dict[int, Any]:
    return _by_key(Instrument.objects.filter(pk__among=keys)) if keys else {}


def _by_key(rows: QuerySet) -> dict[int, Any]:
    return {piece.pk: piece for piece in rows.values_list(*OF_PIECE, named=True)}


def alike(piece: Instrument) -> QuerySet:
    """The other holders' pieces of its kind that bear its number, for whoever answers; makes may be spelt otherwise."""
    same = Instrument.objects.not_voided().filter(kind=piece.kind_id, serial_no=piece.serial_no)
    others = same.exclude(holder=piece.holder_id).exclude(state=Instrument.State.SCRAPPED)
    return others.select_related("holder", "region").order_by("pk")


def _alike(pieces: Mapping[int, Any]) -> dict[int, Any]:
    """All that bear the serial numbers of these, or those that an open question says they had."""
    had = Doubt.objects.filter(kind=Kind.SERIAL, closed_on__isnull=True, instrument__among=pieces.keys())
    numbers = {facts["serial_no"] for facts in had.values_list("facts", flat=True)}
    numbers |= {piece.serial_no for piece in pieces.values() if piece.serial_no}
    return _by_key(Instrument.objects.not_voided().filter(serial_no__among=numbers)) if numbers else {}


def _of_each(rows: Sequence[Any], pieces: Mapping[int, Any]) -> Iterator[tuple[Any, str, Facts]]:
    """The questions that a verification raises by itself."""
    catalogue, in_force = Catalogue(), _InForce(rows)
    for row in rows:
        piece = pieces.get(row.instrument_id)
        if off := in_validity(row, piece, catalogue):
            yield row, *off
        if facts := before_use(row, piece):
            yield row, Kind.BEFORE_USE, facts
        if not in_force.on(row.standard_id, row.verified_on):
            yield row, Kind.STANDARD, _not_in_force(row)


class _InForce:
    """The days on which the standards used were in force: one query for all. A voided one never was."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._days: dict[int, list[tuple[date, date]]] = defaultdict(list)
        if used := {row.standard_id for row in rows if row.standard_id}:
            intervals = InForceInterval.objects.filter(standard__among=used, standard__voided_at__isnull=True)
            for standard, begins_on, ends_on in intervals.values_list("standard", "begins_on", "ends_on"):
                self._days[standard].append((begins_on, ends_on))

    def on(self, standard: int | None, day: date) -> bool:
        return standard is None or any(first <= day <= last for first, last in self._days[standard])


def _reconcile(subject: str, found: Mapping[tuple[int, str], Noted], scope: Mapping[int, Collection[str]]) -> None:
    """Bring the questions about these records in step; ``scope``: which kinds were reviewed of which record."""
    today, changed, known = timezone.localdate(), [], set()
    for doubt in Doubt.objects.filter(**{f"{subject}__among": scope.keys()}) if scope else ():
        key = getattr(doubt, f"{subject}_id")
        if doubt.kind not in scope[key]:
            continue
        known.add((key, doubt.kind))
        if _follow(doubt, found.get((key, doubt.kind)), today):
            changed.append(doubt)
    bulk.update(changed, CHANGING)
    bulk.insert([_new(subject, kind, noted, today) for (key, kind), noted in found.items() if (key, kind) not in known])


def _follow(doubt: Doubt, noted: Noted | None, today: date) -> bool:
    """Whether the question changes: closed when it no longer holds, asked anew when its facts are others."""
    before = {name: getattr(doubt, name) for name in CHANGING}
    if noted is None:
        doubt.closed_on = doubt.closed_on or today
    else:
        if noted.facts != doubt.facts:
            doubt.facts, doubt.noted_on = noted.facts, today
            doubt.answer, doubt.answered_by_id, doubt.answered_at = "", None, None
        doubt.closed_on = None
        doubt.office_id, doubt.region_id = noted.row.office_id, noted.row.region_id
    return before != {name: getattr(doubt, name) for name in CHANGING}


def _new(subject: str, kind: str, noted: Noted, today: date) -> Doubt:
    place = {"office_id": noted.row.office_id, "region_id": noted.row.region_id}
    return Doubt(kind=kind, facts=noted.facts, noted_on=today, **{f"{subject}_id": noted.row.pk}, **place)
