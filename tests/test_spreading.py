"""Spreading: no day gets more than its room, nobody comes later than needed, and the load is even."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspections.spreading import DuePiece, spread

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
ROOM = st.dictionaries(DAYS, st.integers(0, 6), max_size=12)


def due_pieces(quantity):
    return st.lists(st.tuples(DAYS, quantity, st.integers(1, 3)), max_size=25).map(
        lambda rows: [DuePiece(key, due_on, number, holder) for key, (due_on, number, holder) in enumerate(rows)]
    )


@given(due_pieces(st.integers(1, 4)), ROOM)
def test_spreading_never_overdraws_a_day(wanted, room):
    found = spread(wanted, room)
    used = {}
    for piece in wanted:
        if piece.key in found:
            used[found[piece.key]] = used.get(found[piece.key], 0) + piece.quantity
    assert all(used[day] <= room.get(day, 0) for day in used)
    left = {day: room[day] - used.get(day, 0) for day in room}
    assert all(piece.key in found or max(left.values(), default=0) < piece.quantity for piece in wanted)
    assert spread(list(reversed(wanted)), room) == found, "the order of entry plays no part"


@given(due_pieces(st.just(1)), ROOM)
def test_single_pieces_come_in_time_where_they_can(wanted, room):
    """Hall's condition: all can come in time if by each day there is room for all that are due by then."""
    found = spread(wanted, room)
    assert len(found) == min(len(wanted), sum(room.values()))
    can = all(
        sum(piece.due_on <= day for piece in wanted) <= sum(free for on, free in room.items() if on <= day)
        for day in {piece.due_on for piece in wanted}
    )
    assert can == all(piece.key in found and found[piece.key] <= piece.due_on for piece in wanted)


@given(due_pieces(st.just(1)), ROOM)
def test_who_is_due_earlier_comes_no_later(wanted, room):
    found = spread(wanted, room)
    in_order = sorted(wanted, key=lambda piece: piece.due_on)
    days = [
        max(found.get(p.key, date.max) for p in in_order if p.due_on == on) for on in {p.due_on: 0 for p in in_order}
    ]
    assert days == sorted(days)


def test_the_load_is_even_where_there_is_time():
    """Forty pieces due within 18 days of ten places: three tenths of each day do, and four days are left over."""
    days = [date(2026, 1, 5) + timedelta(days=number) for number in range(18)]
    wanted = [DuePiece(number, days[-1], 1) for number in range(40)]
    used = Counter(spread(wanted, dict.fromkeys(days, 10)).values())
    assert used == {**dict.fromkeys(days[:13], 3), days[13]: 1}


def test_late_pieces_are_not_put_off_for_evenness():
    first = date(2026, 1, 5)
    wanted = [DuePiece(number, date(2026, 1, 1), 1) for number in range(4)]
    assert set(spread(wanted, {first: 4, first + timedelta(days=1): 4}).values()) == {first}


def test_pieces_of_one_holder_stand_together():
    on = date(2026, 1, 10)
    wanted = [DuePiece(number, on, 1, holder=number % 2) for number in range(6)]
    found = spread(wanted, {date(2026, 1, 5): 3, date(2026, 1, 6): 3})
    assert {wanted[key].holder: day for key, day in found.items()} == {0: date(2026, 1, 5), 1: date(2026, 1, 6)}
