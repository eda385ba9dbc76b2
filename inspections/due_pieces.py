"""Pieces that have to be verified next, as a holder's list and a city's spreading take them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bureau.models.record import NOT_VOIDED
from inspections.models import AppointmentItem, Instrument, LegalKind

# Of the soonest pieces the holders are told; who has none among them is found by name.
LOOKED_AT = 2000


@dataclass(frozen=True)
class HolderDue:
    """A holder with pieces that are due: how many pieces, and the first day."""

    holder_id: int
    pieces: int
    first: date


def due(rows: QuerySet, until: date, today: date) -> QuerySet:
    """In use under mandatory verification, owed until that day and without an appointment; the soonest first.

    Of a voided holder nothing can be booked: its pieces come back with it, or with the one that it is merged into.
    """
    booked = AppointmentItem.objects.open(today).filter(instrument=OuterRef("pk"))
    rows = _mandatory(rows).filter(~Exists(booked), next_due_on__lte=until, holder__voided_at__isnull=True)
    return rows.order_by("next_due_on", "pk")


def to_choose_from(rows: Any, until: date | None, today: date) -> QuerySet:
    """A holder's pieces for an appointment: those due until that day and those without a valid paper, or all in use.

    ``is_booked`` says that a piece has an appointment already.
    """
    if until is not None:
        without = Q(next_due_on__isnull=True, is_valid=False)
        rows = _mandatory(rows).with_validity(today).filter(Q(next_due_on__lte=until) | without)
    else:
        rows = rows.filter(NOT_VOIDED, state=Instrument.State.IN_USE)
    booked = AppointmentItem.objects.open(today).filter(instrument=OuterRef("pk"))
    return rows.annotate(is_booked=Exists(booked)).order_by(F("next_due_on").asc(nulls_first=True), "pk")


def holders_due(rows: QuerySet, until: date, today: date) -> list[HolderDue]:
    """The holders of the soonest pieces, whose first piece is due first."""
    return _by_holder(due(rows, until, today).values_list("holder_id", "quantity", "next_due_on")[:LOOKED_AT])


def _mandatory(rows: Any) -> Any:
    return rows.filter(NOT_VOIDED, state=Instrument.State.IN_USE, legal_kind=LegalKind.MANDATORY)


def _by_holder(pieces: Iterable[tuple[int, int, date]]) -> list[HolderDue]:
    found: dict[int, HolderDue] = {}
    for holder, quantity, due_on in pieces:
        known = found.get(holder, HolderDue(holder, 0, due_on))
        found[holder] = HolderDue(holder, known.pieces + quantity, known.first)
    return list(found.values())
