"""Makers of appointments and capacities, kept by city A: ``(cast, make_enterprise, **values) -> saved row``."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from bureau import records
from inspections import bookings, openings
from inspections.models import Appointment, AppointmentItem, Capacity, Instrument
from tests.institutions import make_institution
from tests.ledger_makers import make_instrument, make_verification

TODAY = date(2016, 6, 6)  # a Monday
# 15 working days later.
FIRST = date(2016, 6, 27)
NO_FEE = {"fee": 0, "fee_waived": 0}


def make_capacity(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "institution": values.pop("institution", None) or make_institution(cast, by=by),
        "days": "workdays",
        "pieces": 10,
        "begins_on": date(2016, 1, 1),
    }
    return _saved(Capacity, {**defaults, **values}, by)


def make_appointment(cast, make_enterprise, *, by=None, pieces=None, **values):
    """Of a new piece, unless ``pieces`` are named; as it stands on record, without counting room."""
    by = by or cast.clerk_a
    holder = values.pop("holder", None) or (pieces[0].holder if pieces else make_enterprise(by=by))
    pieces = [make_instrument(cast, make_enterprise, by=by, holder=holder)] if pieces is None else pieces
    defaults = {
        "holder": holder,
        "institution": values.pop("institution", None) or make_institution(cast, by=by),
        "day": date(2016, 6, 1),
        "contact": "联系人",
        "phone": "024-00000000",
    }
    appointment = _saved(Appointment, {**defaults, **values}, by)
    for piece in pieces:
        records.save(AppointmentItem(appointment=appointment, instrument=piece, quantity=piece.quantity), by=by)
    return appointment


def _saved(model, values, by):
    office = values.pop("office", None) or by.office
    row = model(**{"office": office, "region_id": office.region_id, **values})
    row.clean()
    row.validate_constraints()
    return records.save(row, by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


BOOKING_MAKERS = {Capacity: _with_fixtures(make_capacity), Appointment: _with_fixtures(make_appointment)}


def plant_bookings(cast, make_enterprise, mark):
    """An appointment of city A that carries the mark; how many pieces a day an institution takes is everybody's."""
    piece = make_instrument(cast, make_enterprise, name=mark, model=mark, serial_no=f"{mark}约", place=mark)
    appointment = make_appointment(
        cast, make_enterprise, pieces=[piece], contact=mark, phone=mark, remark=mark, override_reason=mark
    )
    capacity = make_capacity(cast, make_enterprise, institution=appointment.institution)
    records.save(capacity, by=cast.clerk_a, reason=mark)
    return {"appointment": appointment, "booked_piece": piece}


# Of the tests about booking ----------------------------------------------------------------------


@pytest.fixture
def on_a_monday(client):
    """It is ``TODAY``, in English."""
    client.cookies.load({"django_language": "en"})
    with time_machine.travel("2016-06-06T10:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def house(cast, make_enterprise):
    """An institution that takes three pieces from Monday to Friday."""
    return make_capacity(cast, make_enterprise, pieces=3).institution


@pytest.fixture
def pieces(cast, make_enterprise):
    """``pieces(n)``: of one holder, due on 20 June 2016 and the days after it."""

    def make(count, holder=None):
        holder = holder or make_enterprise()
        made = []
        for number in range(count):
            piece = make_instrument(cast, make_enterprise, holder=holder)
            on = date(2015, 6, 20) + timedelta(days=number)
            make_verification(cast, make_enterprise, instrument=piece, verified_on=on, received_on=None, **NO_FEE)
            made.append(Instrument.objects.get(pk=piece.pk))
        return made

    return make


def book(house, pieces, cast, **values):
    values = {"day": FIRST, "by": cast.clerk_a, **values}
    return bookings.book(holder=pieces[0].holder, institution=house, pieces=pieces, **values)


def booked_on(house, day):
    return openings.Openings(house, day, day).on(day).booked
