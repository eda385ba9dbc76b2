"""Appointments on their pages: booking, receipt, moving, spreading a city, and who may do what."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from bureau import records
from inspections.models import Appointment, AppointmentItem, Instrument
from tests.booking_makers import FIRST, NO_FEE, TODAY, book, booked_on
from tests.contracts import posted
from tests.ledger_makers import make_instrument, make_verification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_a_holder_is_booked_on_the_pages(client, house, pieces, cast):
    made = pieces(3)
    client.force_login(cast.clerk_a)
    listed = client.get(reverse("inspections:due-holders"))
    url = reverse("inspections:book", args=[made[0].holder_id])
    assert url in listed.content.decode()
    shown = client.get(url)
    assert shown.context["chosen_pieces"] == {str(piece.pk) for piece in made}
    assert shown.context["institution"] == house
    data = {"pieces": [made[0].pk, made[1].pk], "submission": "sent_in", "contact": "联系人"}
    assert "Choose a day." in client.post(url, data).content.decode()
    assert "takes no pieces" in client.post(url, {**data, "day": "2016-07-02"}).content.decode()
    answer = client.post(f"{url}?institution={house.pk}", {**data, "day": FIRST.isoformat()})
    appointment = Appointment.objects.get()
    assert answer.url == reverse("inspections:appointment", args=[appointment.pk])
    assert (appointment.contact, appointment.items.count()) == ("联系人", 2)
    again = client.get(url)
    assert again.context["chosen_pieces"] == {str(made[2].pk)}
    paper = client.get(reverse("inspections:submission-form", args=[appointment.pk])).content.decode()
    assert all(text in paper for text in (appointment.number, made[0].serial_no, "2016-06-27", house.name))
    assert made[2].serial_no not in paper


def test_a_voided_piece_stands_there_and_is_not_waited_for(client, house, pieces, cast):
    one, two = pieces(2)
    made = book(house, [one, two], cast)
    records.void(one, by=cast.clerk_a, reason="重复建档")
    client.force_login(cast.clerk_a)
    shown = client.get(reverse("inspections:appointment", args=[made.pk]))
    assert [item.instrument_id for item in shown.context["to_receive"]] == [two.pk]
    assert {item.instrument_id: bool(item.new_url) for item in shown.context["items"]} == {one.pk: False, two.pk: True}
    paper = client.get(reverse("inspections:submission-form", args=[made.pk]))
    assert (one.serial_no in paper.content.decode(), paper.context["pieces"]) == (False, 1)


def test_what_is_due_later_is_not_offered_yet(client, pieces, cast):
    """Three months are about as far as days are offered; the rest is there on demand."""
    soon, later = pieces(2)
    Instrument.objects.filter(pk=soon.pk).update(next_due_on=date(2016, 9, 6))
    Instrument.objects.filter(pk=later.pk).update(next_due_on=date(2016, 9, 7))
    client.force_login(cast.clerk_a)
    url = reverse("inspections:book", args=[soon.holder_id])
    assert [piece.pk for piece in client.get(url).context["pieces"]] == [soon.pk]
    assert {piece.pk for piece in client.get(f"{url}?show=all").context["pieces"]} == {soon.pk, later.pk}


def test_nothing_is_proposed_of_a_voided_holder(client, house, pieces, cast):
    (piece,) = pieces(1)
    records.void(piece.holder, by=cast.clerk_a, reason="误录")
    client.force_login(cast.clerk_a)
    assert client.get(reverse("inspections:due-holders")).context["lines"] == []
    assert not client.get(reverse("inspections:spread")).context["proposal"].days


def test_receipt_and_results_on_the_page(client, house, pieces, cast):
    one, two = pieces(2)
    made = book(house, [one, two], cast)
    url = reverse("inspections:appointment", args=[made.pk])
    with time_machine.travel("2016-06-27T10:00:00+08:00", tick=False):
        client.force_login(cast.clerk_a)
        receive = reverse("inspections:receive-appointment", args=[made.pk])
        assert "at least one piece" in client.post(receive, {"on": "2016-06-27"}, follow=True).content.decode()
        item = made.items.get(instrument=one)
        client.post(receive, {"on": "2016-06-27", "items": [item.pk, "x", "9" * 30]})
        item.refresh_from_db()
        assert item.received_on == FIRST
        page = client.get(url)
        assert [row.pk for row in page.context["to_receive"]] == [made.items.get(instrument=two).pk]
        new = next(row.new_url for row in page.context["items"] if row.instrument_id == one.pk)
        form = client.get(new).context["adminform"].form
        assert str(form["instrument"].value()) == str(one.pk)
        assert str(form["received_on"].value()) == "2016-06-27"
        assert str(form["institution"].value()) == str(house.pk)


def test_moving_confirming_and_cancelling_on_the_page(client, house, pieces, cast):
    made = book(house, pieces(1), cast)
    client.force_login(cast.clerk_a)
    move = reverse("inspections:move-appointment", args=[made.pk])
    assert client.get(move).status_code == 200
    assert "first day is" in client.post(move, {"day": "2016-06-08"}).content.decode()
    assert client.post(move, {"other_day": "2016-06-08", "override_reason": "加急"}).status_code == 302
    made.refresh_from_db()
    assert (made.day, made.override_reason) == (date(2016, 6, 8), "加急")
    client.post(reverse("inspections:cancel-appointment", args=[made.pk]), {"reason": "停业"})
    made.refresh_from_db()
    assert (made.state, made.cancel_reason) == ("cancelled", "停业")
    assert client.get(move).status_code == 404
    answer = client.post(reverse("inspections:confirm-appointment", args=[made.pk]), follow=True)
    assert "was cancelled" in answer.content.decode()


def test_a_city_is_spread_and_booked_as_seen(client, house, pieces, cast):
    first, second = pieces(4), pieces(3)
    client.force_login(cast.clerk_a)
    url = reverse("inspections:spread")
    shown = client.get(url)
    proposal = shown.context["proposal"]
    assert (proposal.pieces, len(shown.context["lines"]), proposal.left) == (7, 3, [])
    seen = proposal.digest
    book(house, first[:1], cast)  # somebody was quicker
    client.post(url, {"seen": seen})
    assert Appointment.objects.count() == 1
    proposal = client.get(url).context["proposal"]
    client.post(url, {"seen": proposal.digest})
    days = {item.instrument_id: item.appointment.day for item in AppointmentItem.objects.all()}
    assert set(days) == {piece.pk for piece in (*first, *second)}
    assert {day: booked_on(house, day) for day in days.values()} == {
        FIRST: 3, date(2016, 6, 28): 3, date(2016, 6, 29): 1
    }  # fmt: skip
    assert not client.get(url).context["proposal"].days


def test_late_pieces_and_those_without_room_are_said(client, house, pieces, cast, make_enterprise):
    holder = pieces(5)[0].holder  # due from 20 June, before the first open day
    batch = make_instrument(cast, make_enterprise, holder=holder, quantity=9)
    make_verification(
        cast, make_enterprise, instrument=batch, verified_on=date(2015, 7, 1), received_on=None, quantity=9, **NO_FEE
    )
    client.force_login(cast.clerk_a)
    answer = client.get(reverse("inspections:spread"))
    proposal = answer.context["proposal"]
    assert (proposal.pieces, proposal.late, [piece.pk for piece in proposal.left]) == (5, 5, [batch.pk])
    assert "there is no earlier room" in answer.content.decode()


def test_another_place_is_not_there(client, house, pieces, cast):
    one = pieces(1)
    made = book(house, one, cast)
    client.force_login(cast.clerk_b)
    names = ("appointment", "submission-form", "move-appointment")
    assert [client.get(reverse(f"inspections:{name}", args=[made.pk])).status_code for name in names] == [404] * 3
    for step in ("confirm", "receive", "cancel"):
        url = reverse(f"inspections:{step}-appointment", args=[made.pk])
        assert client.post(url, {"reason": "x", "on": "2016-06-06"}).status_code == 404
    assert client.get(reverse("inspections:book", args=[one[0].holder_id])).context["pieces"] == []
    assert client.get(reverse("inspections:due-holders")).context["lines"] == []
    assert "proposal" in client.get(reverse("inspections:spread")).context
    assert client.get(reverse("inspections:spread") + "?region=210100").context["proposal"] is None


def test_pages_need_their_right(client, house, pieces, cast):
    one = pieces(1)
    made = book(house, one, cast)
    for person in (cast.inspector_a, cast.manager_a):
        client.force_login(person)
        for name, args in (("due-holders", []), ("spread", []), ("book", [one[0].holder_id])):
            assert client.get(reverse(f"inspections:{name}", args=args)).status_code == 403
        assert client.get(reverse("inspections:appointment", args=[made.pk])).status_code == 200
    client.force_login(cast.inspector_a)
    assert client.post(reverse("inspections:cancel-appointment", args=[made.pk]), {"reason": "x"}).status_code == 403
    for person in (cast.auditor, cast.system_admin, cast.security_admin):
        client.force_login(person)
        assert client.get(reverse("inspections:appointment", args=[made.pk])).status_code == 403


def test_a_receipt_is_mended_on_the_admin_page(client, house, pieces, cast):
    made = book(house, pieces(1), cast)
    item = made.items.get()
    item.received_on = TODAY
    records.save(item, by=cast.clerk_a)
    client.force_login(cast.clerk_a)
    url = reverse("admin:inspections_appointment_change", args=[made.pk])
    data = posted(client, url)
    name = next(key for key in data if key.endswith("received_on"))
    assert client.post(url, {**data, name: "2016-06-07"}).status_code == 200  # tomorrow
    assert client.post(url, {**data, name: ""}).status_code == 302
    item.refresh_from_db()
    assert item.received_on is None


def test_a_voided_appointment_comes_back_only_where_there_is_room(client, house, pieces, cast):
    made = book(house, pieces(2), cast)
    records.void(made, by=cast.clerk_a, reason="重复")
    book(house, pieces(2), cast)
    client.force_login(cast.clerk_a)
    unvoid = reverse("admin:inspections_appointment_change", args=[made.pk]).replace("change/", "unvoid/")
    assert "room for 1 more" in client.post(unvoid, follow=True).content.decode()
    made.refresh_from_db()
    assert made.is_voided


def test_a_list_cut_short_says_so(client, house, pieces, cast, monkeypatch):
    monkeypatch.setattr("inspections.views.booking.MOST_PIECES", 2)
    monkeypatch.setattr("inspections.views.spreading.MOST_PIECES", 2)
    made = pieces(3)
    client.force_login(cast.clerk_a)
    assert "2 soonest" in client.get(reverse("inspections:book", args=[made[0].holder_id])).content.decode()
    answer = client.get(reverse("inspections:spread"))
    assert answer.context["is_cut"] and answer.context["proposal"].pieces == 2


def test_without_a_stated_capacity_the_page_says_so(client, pieces, cast):
    one = pieces(1)
    client.force_login(cast.clerk_a)
    for url in (reverse("inspections:book", args=[one[0].holder_id]), reverse("inspections:spread")):
        assert "No institution has stated yet" in client.get(url).content.decode()
    assert client.post(reverse("inspections:book", args=[one[0].holder_id]), {"day": "2016-06-27"}).status_code == 200
    assert not Appointment.objects.exists()
