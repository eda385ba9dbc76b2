"""Appointments: the days of an institution, room that is never overdrawn, receipt, and results."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from bureau import records, scoping
from bureau.models import Office
from inspections import bookings, openings
from inspections.due_pieces import due, holders_due, to_choose_from
from inspections.models import Appointment, AppointmentItem, BookingRule, Instrument, Stage
from tests.booking_makers import FIRST, TODAY, book, booked_on, make_appointment, make_capacity
from tests.cast import office, staff
from tests.institutions import make_institution
from tests.ledger_makers import make_instrument, make_verification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]

# The days ----------------------------------------------------------------------------------------


def said(days, pieces, begins_on=date(2016, 1, 1), ends_on=None):
    return SimpleNamespace(days=days, pieces=pieces, begins_on=begins_on, ends_on=ends_on)


def test_the_most_special_statement_holds():
    stated = openings.in_order(
        [said("workdays", 10), said("5", 4), said("6", 2), said("dates", 0, date(2016, 10, 1), date(2016, 10, 7)),
         said("dates", 9, date(2016, 10, 8), date(2016, 10, 8))]
    )  # fmt: skip
    days = {date(2016, 9, 29): 10, date(2016, 9, 30): 4, date(2016, 10, 1): 0, date(2016, 10, 3): 0,
            date(2016, 10, 7): 0, date(2016, 10, 8): 9, date(2016, 10, 9): 0, date(2016, 10, 15): 2,
            date(2015, 12, 31): 0}  # fmt: skip
    assert {day: openings.pieces_on(day, stated) for day in days} == days


def test_working_days_leave_out_holidays_and_count_weekends_worked():
    """National Day 2016: off from 1 to 7 October, worked on Saturday and Sunday, 8 and 9 October."""
    stated = openings.in_order(
        [said("dates", 0, date(2016, 10, 1), date(2016, 10, 7)), said("dates", 5, date(2016, 10, 8), date(2016, 10, 9))]
    )
    assert openings.earliest_day(date(2016, 9, 29), 1, stated) == date(2016, 9, 30)
    assert openings.earliest_day(date(2016, 9, 29), 2, stated) == date(2016, 10, 8)
    assert openings.earliest_day(date(2016, 9, 29), 4, stated) == date(2016, 10, 10)
    assert openings.earliest_day(date(2016, 9, 29), 0, stated) == date(2016, 9, 29)
    for_ever = [said("dates", 0, date(2016, 1, 1), date(9999, 12, 31))]
    assert openings.earliest_day(date(2016, 9, 29), 1, for_ever) == date(2017, 9, 30)


def test_days_begin_by_the_rule_of_the_day(house):
    shown = openings.offered(house, TODAY)
    assert (shown[0].on, shown[0].free) == (FIRST, 3)
    assert {opening.on.isoweekday() for opening in shown} == {1, 2, 3, 4, 5}
    assert len(shown) >= 8 * 5
    BookingRule.objects.create(edition="本市", effective_from=date(2016, 1, 1), working_days_ahead=2, weeks_offered=1)
    assert openings.offered(house, TODAY)[0].on == date(2016, 6, 8)


def test_capacities_of_one_day_never_contradict(cast, make_enterprise, house):
    with pytest.raises(ValidationError, match="overlap"):
        make_capacity(cast, make_enterprise, institution=house, begins_on=date(2016, 7, 1))
    with pytest.raises(ValidationError, match="first and a last day"):
        make_capacity(cast, make_enterprise, institution=house, days="dates", pieces=0)
    make_capacity(cast, make_enterprise, institution=house, days="dates", pieces=0, begins_on=FIRST, ends_on=FIRST)
    assert FIRST not in {opening.on for opening in openings.offered(house, TODAY)}


# Booking -----------------------------------------------------------------------------------------


def test_pieces_are_booked_and_take_their_room(house, pieces, cast):
    made = book(house, pieces(2), cast, contact="联系人", submission="on_site")
    assert (made.state, made.office, made.region_id) == ("booked", cast.clerk_a.office, "210100")
    assert made.items.count() == 2
    assert booked_on(house, FIRST) == 2
    assert [opening.free for opening in openings.offered(house, TODAY)[:2]] == [1, 3]


def test_a_batch_takes_as_much_room_as_it_has_pieces(house, cast, make_enterprise):
    batch = make_instrument(cast, make_enterprise, quantity=4)
    with pytest.raises(ValidationError, match="room for 3 more pieces, 4 are to come"):
        book(house, [batch], cast)
    book(house, [batch], cast, override_reason="成批送检")
    assert booked_on(house, FIRST) == 4


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2016, 6, 3), "not in the past"),
        (date(2016, 6, 24), "the first day is 2016-06-27"),
        (date(2016, 7, 2), "takes no pieces"),
        (date(2061, 6, 27), "offered until 2016-08-29"),
    ],
)
def test_days_that_are_refused(house, pieces, cast, day, sentence):
    with pytest.raises(ValidationError, match=sentence):
        book(house, pieces(1), cast, day=day)
    assert not Appointment.objects.exists()


def test_a_full_day_needs_a_reason(house, pieces, cast):
    book(house, pieces(2), cast)
    two = pieces(2)
    with pytest.raises(ValidationError, match="room for 1 more pieces, 2 are to come"):
        book(house, two, cast)
    assert booked_on(house, FIRST) == 2
    made = book(house, two, cast, override_reason="加急")
    assert (made.override_reason, booked_on(house, FIRST)) == ("加急", 4)


def test_a_piece_has_one_appointment_at_a_time(house, pieces, cast):
    one = pieces(1)
    first = book(house, one, cast)
    with pytest.raises(ValidationError, match="already has an appointment on 2016-06-27"):
        book(house, one, cast, day=date(2016, 7, 4))
    bookings.cancel(first, by=cast.clerk_a, reason="停业")
    book(house, one, cast, day=date(2016, 7, 4))


def test_what_is_not_in_use_is_not_booked(house, pieces, cast):
    (piece,) = pieces(1)
    piece.state, piece.state_since = "stopped", date(2016, 6, 1)
    records.save(piece, by=cast.clerk_a)
    with pytest.raises(ValidationError, match="not in use"):
        book(house, [piece], cast)
    with pytest.raises(ValidationError, match="at least one piece"):
        bookings.book(holder=piece.holder, institution=house, day=FIRST, pieces=[], by=cast.clerk_a)


def test_a_piece_that_is_voided_in_the_ledger_keeps_no_place(house, pieces, cast):
    one, two = pieces(2)
    made = book(house, [one, two], cast)
    records.void(one, by=cast.clerk_a, reason="重复建档")
    assert booked_on(house, FIRST) == 1
    with time_machine.travel("2016-06-27T10:00:00+08:00", tick=False):
        assert bookings.receive(made, made.items.values_list("pk", flat=True), on=FIRST, by=cast.clerk_a) == 1
    assert made.items.get(instrument=one).received_on is None
    records.void(two, by=cast.clerk_a, reason="重复建档")
    assert booked_on(house, FIRST) == 0


def test_pieces_of_two_holders_are_two_appointments(house, pieces, cast):
    with pytest.raises(ValidationError, match="one holder"):
        book(house, [*pieces(1), *pieces(1)], cast)


def test_cancelling_and_voiding_free_the_room(house, pieces, cast):
    made = book(house, pieces(3), cast)
    with pytest.raises(ValidationError, match="Say why"):
        bookings.cancel(made, by=cast.clerk_a, reason=" ")
    bookings.cancel(made, by=cast.clerk_a, reason="改期")
    assert booked_on(house, FIRST) == 0
    again = book(house, pieces(3), cast)
    records.void(again, by=cast.clerk_a, reason="重复")
    assert booked_on(house, FIRST) == 0
    book(house, pieces(2), cast)
    with pytest.raises(ValidationError, match="room for 1 more pieces, 3 are to come"):
        bookings.restore(again, by=cast.clerk_a)


def test_moving_counts_its_own_pieces_once(house, pieces, cast):
    made = book(house, pieces(3), cast)
    bookings.move(made, day=FIRST, by=cast.clerk_a)  # its own places are free for it
    other = book(house, pieces(1), cast, day=date(2016, 6, 28))
    with pytest.raises(ValidationError, match="room for 2 more pieces, 3 are to come"):
        bookings.move(made, day=other.day, by=cast.clerk_a)
    made.refresh_from_db()
    bookings.move(made, day=date(2016, 6, 29), by=cast.clerk_a)
    assert (booked_on(house, FIRST), booked_on(house, date(2016, 6, 29))) == (0, 3)


def test_an_enterprise_requests_and_the_bureau_confirms(house, cast, make_enterprise):
    unit = office("210100", cast.clerk_a.office, 50, kind=Office.Kind.ENTERPRISE, name="某企业")
    person = staff("unit", "clerk", unit)
    piece = make_instrument(cast, make_enterprise, by=person)
    with pytest.raises(ValidationError, match="beyond the rule"):
        book(house, [piece], cast, by=person, override_reason="加急")
    made = book(house, [piece], cast, by=person)
    assert (made.state, booked_on(house, FIRST)) == ("requested", 1)
    with pytest.raises(ValidationError, match="confirms"):
        bookings.confirm(made, by=person)
    bookings.confirm(made, by=cast.clerk_a)
    assert Appointment.objects.get().state == "booked"


def test_the_office_of_the_institution_keeps_what_is_booked_there(pieces, cast, make_enterprise):
    below = office("210100", cast.clerk_a.office, 2, kind=Office.Kind.LEGAL_INSTITUTION, name="市计量所")
    house = make_capacity(cast, make_enterprise, institution=make_institution(cast, login_office=below)).institution
    made = book(house, pieces(1), cast)
    assert made.office == below
    assert scoping.editable_by(Appointment.objects.all(), staff("verifier", "clerk", below)).get() == made
    elsewhere = book(house, [make_instrument(cast, make_enterprise, by=cast.clerk_b)], cast, by=cast.clerk_b)
    assert elsewhere.office == cast.clerk_b.office


@pytest.mark.django_db(transaction=True)
def test_the_row_of_the_institution_is_locked_while_room_is_counted(house, pieces, cast):
    """Two clerks cannot both be told of the last place: the second waits."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time anyhow")
    from threading import Event, Thread

    told, go_on, answers = Event(), Event(), []
    mine, theirs = pieces(3), pieces(1)

    def other():
        told.wait(10)
        try:
            answers.append(book(house, theirs, cast))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()
            go_on.set()

    waiting = Thread(target=other)
    waiting.start()
    with transaction.atomic():
        book(house, mine, cast)
        told.set()
        assert not go_on.wait(0.5), "the second did not wait"
    waiting.join(10)
    assert isinstance(answers[0], ValidationError)
    assert booked_on(house, FIRST) == 3


# Receipt and results -----------------------------------------------------------------------------


def stage(appointment):
    found = Appointment.objects.with_progress().get(pk=appointment.pk)
    filtered = [each for each in Stage.values if Appointment.objects.at_stage(each).filter(pk=found.pk).exists()]
    assert filtered == [found.stage], "the filter and the row say the same"
    return found.stage


def test_from_booking_to_the_last_result(house, pieces, cast, make_enterprise):
    one, two = pieces(2)
    made = book(house, [one, two], cast)
    assert stage(made) == "booked"
    keys = [item.pk for item in made.items.order_by("pk")]
    with time_machine.travel("2016-06-27T10:00:00+08:00"):
        with pytest.raises(ValidationError, match="in the future"):
            bookings.receive(made, keys, on=date(2016, 6, 28), by=cast.clerk_a)
        with pytest.raises(ValidationError, match="made after that day"):
            bookings.receive(made, keys, on=date(2016, 6, 1), by=cast.clerk_a)
        assert bookings.receive(made, keys, on=FIRST, by=cast.clerk_a) == 2
        assert bookings.receive(made, keys, on=FIRST, by=cast.clerk_a) == 0
        assert stage(made) == "received"
    with time_machine.travel("2016-07-04T10:00:00+08:00"):
        make_verification(cast, make_enterprise, instrument=one, verified_on=date(2016, 6, 30), received_on=FIRST)
        assert stage(made) == "received"
        paper = make_verification(cast, make_enterprise, instrument=two, verified_on=FIRST, received_on=FIRST)
        assert stage(made) == "done"
        records.void(paper, by=cast.clerk_a, reason="重复")
        assert stage(made) == "received"


def test_an_earlier_paper_is_not_the_result(house, pieces, cast):
    """All pieces have a paper of last year."""
    assert stage(book(house, pieces(1), cast)) == "booked"


def test_a_piece_that_did_not_come_may_be_booked_again(house, pieces, cast):
    one = pieces(1)
    book(house, one, cast)
    with time_machine.travel("2016-06-27T10:00:00+08:00"):
        assert AppointmentItem.objects.open(date(2016, 6, 27)).exists()
    with time_machine.travel("2016-06-28T10:00:00+08:00"):
        assert not AppointmentItem.objects.open(date(2016, 6, 28)).exists()
        assert book(house, one, cast, day=date(2016, 8, 1)).items.count() == 1


def test_a_cancelled_appointment_says_why(cast, make_enterprise):
    with pytest.raises(ValidationError, match="says why"):
        make_appointment(cast, make_enterprise, state="cancelled")
    assert stage(make_appointment(cast, make_enterprise, state="cancelled", cancel_reason="停业")) == "cancelled"


# What is due -------------------------------------------------------------------------------------


def test_due_are_mandatory_pieces_in_use_that_are_not_booked(house, pieces, cast, make_enterprise):
    soon = pieces(3)
    book(house, soon[:1], cast)
    free = make_instrument(cast, make_enterprise, holder=soon[0].holder, kind_id="nonautomatic_scale", purpose="other")
    never = make_instrument(cast, make_enterprise, holder=soon[0].holder)
    rows = Instrument.objects.all()
    assert list(due(rows, date(2016, 7, 31), TODAY)) == soon[1:]
    assert not due(rows, date(2016, 6, 1), TODAY).exists()
    chosen = to_choose_from(rows.filter(holder=soon[0].holder), date(2016, 7, 31), TODAY)
    assert [(piece, piece.is_booked) for piece in chosen] == [
        (never, False), (soon[0], True), (soon[1], False), (soon[2], False)
    ]  # fmt: skip
    assert free in to_choose_from(rows.filter(holder=soon[0].holder), None, TODAY)
    (line,) = holders_due(rows, date(2016, 7, 31), TODAY)
    assert (line.holder_id, line.pieces, line.first) == (soon[0].holder_id, 2, soon[1].next_due_on)
