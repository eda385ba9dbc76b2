"""The only writers of appointments. What they refuse is a ``ValidationError`` with sentences for the clerk.

Whoever books at an institution waits for the others who do: its row is locked while room is counted and taken, so
that two clerks never share the last place.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Office, Staff
from enterprises.models import Enterprise
from inspections.models import Appointment, AppointmentItem, BookingRule, Instrument
from inspections.openings import Openings, earliest_day, last_offered
from standards.models import Institution

State = Appointment.State


@transaction.atomic
def book(
    *, holder: Enterprise, institution: Institution, day: date, pieces: Sequence[Instrument], by: Staff, **details: Any
) -> Appointment:
    """A new appointment of these pieces. ``details``: submission, contact, phone, override_reason, remark.

    What an enterprise enters by itself is a request; an office of the administration or an institution books.
    """
    if not pieces:
        raise ValidationError(_("Choose at least one piece."))
    if any(piece.holder_id != holder.pk for piece in pieces):
        raise ValidationError(_("All pieces of an appointment are of one holder."))
    _lock(institution)
    _must_be_free(pieces)
    appointment = _new(holder, institution, day, pieces[0].region_id, by, **details)
    _must_have_room(appointment, sum(piece.quantity for piece in pieces))
    appointment.full_clean(validate_unique=False)
    records.save(appointment, by=by)
    records.bulk_add([_item(appointment, piece) for piece in pieces], by=by)
    return appointment


@transaction.atomic
def book_all(days: Mapping[Instrument, date], *, institution: Institution, by: Staff) -> list[Appointment]:
    """Appointments as a spreading proposes them: one for each holder, place of use and day."""
    _lock(institution)
    _must_be_free(list(days))
    groups: dict[tuple[date, int, str], list[Instrument]] = {}
    for piece, day in days.items():
        groups.setdefault((day, piece.holder_id, piece.region_id), []).append(piece)
    if not groups:
        return []
    openings = Openings(institution, min(days.values()), max(days.values()))
    for day in set(days.values()):
        _must_fit(openings, day, sum(piece.quantity for piece, on in days.items() if on == day))
    made = [
        _new(pieces[0].holder, institution, day, region, by, submission=pieces[0].submission)
        for (day, _holder, region), pieces in sorted(groups.items())
    ]
    records.bulk_add(made, by=by)
    by_group = {(each.day, each.holder_id, each.region_id): each for each in made}
    records.bulk_add([_item(by_group[key], piece) for key, pieces in groups.items() for piece in pieces], by=by)
    return made


@transaction.atomic
def move(appointment: Appointment, *, day: date, by: Staff, override_reason: str = "") -> Appointment:
    """To another day of the same institution."""
    _must_stand(appointment)
    _may_override(by, override_reason)
    _lock(appointment.institution)
    appointment.day, appointment.override_reason = day, override_reason
    _must_have_room(appointment, _size(appointment))
    return records.save(appointment, by=by, reason=str(_("Moved to %(day)s") % {"day": day}))


def may_confirm(person: Staff) -> bool:
    """An enterprise requests, others book."""
    return person.office is not None and person.office.kind != Office.Kind.ENTERPRISE


def confirm(appointment: Appointment, *, by: Staff) -> Appointment:
    """What was requested is booked now; its place was kept all the time."""
    _must_stand(appointment)
    if not may_confirm(by):
        raise ValidationError(_("The bureau or the institution confirms what an enterprise requested."))
    appointment.state = State.BOOKED
    return records.save(appointment, by=by, reason=str(_("Confirmed")))


def cancel(appointment: Appointment, *, by: Staff, reason: str) -> Appointment:
    _must_stand(appointment)
    if not reason.strip():
        raise ValidationError(_("Say why the appointment is cancelled."))
    appointment.state, appointment.cancel_reason = State.CANCELLED, reason.strip()[:200]
    return records.save(appointment, by=by, reason=str(_("Cancelled")))


@transaction.atomic
def restore(appointment: Appointment, *, by: Staff) -> Appointment:
    """Take back a voiding, if the day still has the room."""
    if appointment.state != State.CANCELLED:
        _lock(appointment.institution)
        openings = Openings(appointment.institution, appointment.day, appointment.day, without=appointment)
        if not appointment.override_reason and appointment.day >= timezone.localdate():
            _must_fit(openings, appointment.day, _size(appointment))
    return records.unvoid(appointment, by=by)


@transaction.atomic
def receive(appointment: Appointment, items: Iterable[int], *, on: date, by: Staff) -> int:
    """The pieces (keys of items) are there: from this day on their result is waited for. Returns how many.

    One that was received before keeps its day: two people may press the same button.
    """
    _must_stand(appointment)
    if on > timezone.localdate():
        raise ValidationError(_("This day is in the future."))
    if on < timezone.localdate(appointment.created_at):
        raise ValidationError(_("The appointment was made after that day."))
    waiting = appointment.items.select_for_update(of=("self",)).filter(pk__in=items, received_on__isnull=True)
    received = list(waiting.coming().order_by("pk"))
    for item in received:
        item.received_on = on
        records.save(item, by=by, reason=str(_("Received")))
    return len(received)


def keeper_for(institution: Institution, by: Staff) -> Office:
    """The office that keeps the appointment: that of the institution, where it logs in below the one that books."""
    own: Any = by.office
    theirs = institution.login_office
    return theirs if theirs is not None and theirs.path.startswith(own.path) else own


# What is refused ---------------------------------------------------------------------------------


def _lock(institution: Institution) -> None:
    """Against other bookings only: rows that point to the institution are entered meanwhile."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _must_stand(appointment: Appointment) -> None:
    if appointment.is_voided or appointment.state == State.CANCELLED:
        raise ValidationError(_("The appointment was cancelled."))


def _may_override(by: Staff, reason: str) -> None:
    if reason.strip() and not may_confirm(by):
        raise ValidationError(_("Only the bureau or the institution books beyond the rule."))


def _must_be_free(pieces: Sequence[Instrument]) -> None:
    unfit = next((piece for piece in pieces if piece.is_voided or piece.state != Instrument.State.IN_USE), None)
    if unfit is not None:
        raise ValidationError(_("%(piece)s is not in use.") % {"piece": unfit})
    taken = AppointmentItem.objects.open(timezone.localdate()).filter(instrument__in=pieces)
    other = taken.select_related("instrument", "appointment").first()
    if other is not None:
        said = _("%(piece)s already has an appointment on %(day)s.")
        raise ValidationError(said % {"piece": other.instrument, "day": other.appointment.day})


def _must_have_room(appointment: Appointment, pieces: int) -> None:
    today = timezone.localdate()
    if appointment.day < today:
        raise ValidationError(_("The day of an appointment is not in the past."))
    if appointment.override_reason.strip():
        return
    rule = BookingRule.on(today)
    last = last_offered(today, rule)
    without = appointment if appointment.pk else None
    openings = Openings(appointment.institution, today, last, without=without)
    first = earliest_day(today, rule.working_days_ahead, openings.stated)
    if appointment.day < first:
        said = _("An appointment is made %(days)s working days ahead: the first day is %(first)s.")
        raise ValidationError(said % {"days": rule.working_days_ahead, "first": first})
    if appointment.day > last:
        raise ValidationError(_("Days are offered until %(last)s.") % {"last": last})
    _must_fit(openings, appointment.day, pieces)


def _must_fit(openings: Openings, day: date, pieces: int) -> None:
    opening = openings.on(day)
    if not opening.pieces:
        raise ValidationError(_("The institution takes no pieces on %(day)s.") % {"day": day})
    if opening.free < pieces:
        said = _("%(day)s has room for %(free)s more pieces, %(pieces)s are to come.")
        raise ValidationError(said % {"day": day, "free": opening.free, "pieces": pieces})


# Rows --------------------------------------------------------------------------------------------


def _new(
    holder: Enterprise, institution: Institution, day: date, region: str, by: Staff, **details: Any
) -> Appointment:
    _may_override(by, details.get("override_reason", ""))
    return Appointment(
        office=keeper_for(institution, by),
        region_id=region,
        holder=holder,
        institution=institution,
        day=day,
        state=State.BOOKED if may_confirm(by) else State.REQUESTED,
        **details,
    )


def _item(appointment: Appointment, piece: Instrument) -> AppointmentItem:
    return AppointmentItem(appointment=appointment, instrument=piece, quantity=piece.quantity)


def _size(appointment: Appointment) -> int:
    items: Any = appointment.items
    return sum(items.coming().values_list("quantity", flat=True))
