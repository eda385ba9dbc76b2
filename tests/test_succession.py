"""What follows from states and verifications of a piece: against a walk day by day, and in the database."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from inspections import ledger, succession
from inspections.models import Instrument, InstrumentStop, UsePeriod, Verification
from inspections.periods import Validity, completed, default_validity, replacement_day, within_life
from inspections.succession import Days, Period, owed, periods, settling, uses
from tests.ledger_makers import make_instrument, make_verification

FIRST, DAYS = date(2016, 1, 1), 70
DAY = timedelta(days=1)


def on(number):
    return FIRST + number * DAY


# Pure, day by day --------------------------------------------------------------------------------

offsets = st.integers(0, DAYS)


@st.composite
def lives(draw):
    """When a piece came into use, its stops without a day in common, and when it was scrapped."""
    begins, cuts = draw(offsets), sorted(draw(st.sets(offsets, max_size=6)))
    stops = [Days(on(first), on(last - 1)) for first, last in zip(cuts[::2], cuts[1::2], strict=False)]
    if len(cuts) % 2:
        stops.append(Days(on(cuts[-1]), None))
    return on(begins), stops, draw(st.none() | st.integers(begins, DAYS).map(on))


@st.composite
def series(draw):
    """Verifications of a piece in order of their days; several may be of one day."""
    rows = []
    for pk, day in enumerate(sorted(draw(st.lists(offsets, max_size=6)))):
        kind = draw(st.sampled_from(["initial", "subsequent", "subsequent", "in_service", "calibration"]))
        conclusion = "none" if kind == "calibration" else draw(st.sampled_from(["passed", "passed", "failed"]))
        validity = draw(st.none() | st.integers(1, 40)) if conclusion == "passed" else None
        due = on(day + validity) if validity else None
        rows.append(
            SimpleNamespace(
                pk=pk,
                verified_on=on(day),
                kind=kind,
                conclusion=conclusion,
                valid_until=due and due - DAY,
                next_due_on=due,
                legal_kind=draw(st.sampled_from(["mandatory", "mandatory", "voluntary"])),
            )
        )
    return rows


def is_in_use(day, life):
    begins_on, stops, scrapped_from = life
    stopped = any(stop.begins_on <= day and (stop.ends_on is None or day <= stop.ends_on) for stop in stops)
    return begins_on <= day and not stopped and not (scrapped_from and scrapped_from <= day)


def is_valid(day, made, life):
    """The last one that decides says it passed, its paper has not run out, and since then no use was interrupted."""
    last = [each for each in made if each.verified_on <= day][-1:]
    if not last or last[0].conclusion != "passed" or (last[0].valid_until and last[0].valid_until < day):
        return False
    between = [last[0].verified_on + number * DAY for number in range((day - last[0].verified_on).days + 1)]
    states = [is_in_use(each, life) for each in between]
    return not any(one and not other for one, other in pairwise(states))


def deciding(rows):
    return [
        row
        for row in rows
        if row.kind in ("initial", "subsequent") or (row.kind, row.conclusion) == ("in_service", "failed")
    ]


@given(life=lives())
def test_uses_are_the_days_in_use(life):
    found = uses(*life)
    for number in range(DAYS + 10):
        day = on(number)
        held = [use for use in found if use.begins_on <= day and (use.ends_on is None or day <= use.ends_on)]
        assert len(held) == is_in_use(day, life)
    for one, other in pairwise(found):  # what lies between them is a stop, not a seam
        assert one.ends_on + DAY < other.begins_on


@settings(max_examples=300)
@given(life=lives(), rows=series())
def test_periods_are_the_days_with_and_without_a_valid_paper(life, rows):
    made = settling(rows)
    assert made == deciding(rows)
    found = periods(made, uses(*life))
    for number in range(DAYS + 50):
        day = on(number)
        held = [each for each in found if each.begins_on <= day and (each.ends_on is None or day <= each.ends_on)]
        assert len(held) == is_in_use(day, life), day
        if held:
            assert held[0].is_verified == is_valid(day, made, life), day
    for one, other in pairwise(found):  # as few as can be
        assert one.ends_on + DAY < other.begins_on or one.is_verified != other.is_verified


@settings(max_examples=300)
@given(life=lives(), rows=series())
def test_what_is_owed(life, rows):
    made = settling(rows)
    answers = owed(made, uses(*life))
    assert len(answers) == len(made)
    for place, (row, (due_on, met_on)) in enumerate(zip(made, answers, strict=True)):
        assert met_on == (made[place + 1].verified_on if place + 1 < len(made) else None)
        may_be = row.conclusion == "passed" and row.legal_kind == "mandatory" and row.next_due_on
        assert due_on in ((row.next_due_on, None) if may_be else (None,))
        if may_be and due_on is None:  # then the piece was out of use: on that day, or before it without being verified
            days = [row.verified_on + number * DAY for number in range((row.next_due_on - row.verified_on).days + 1)]
            states = [is_in_use(day, life) for day in days]
            assert not states[-1] or any(one and not other for one, other in pairwise(states))
        if due_on and not met_on:
            assert is_in_use(due_on, life)


# Examples to count by hand -----------------------------------------------------------------------


def made(day, **values):
    usual = {"kind": "subsequent", "conclusion": "passed", "legal_kind": "mandatory", "pk": 1}
    validity = default_validity(day, 12) if values.get("conclusion", "passed") == "passed" else Validity()
    return SimpleNamespace(verified_on=day, **{**usual, **validity._asdict(), **values})


YEAR_USE = [Days(date(2016, 1, 1), None)]


def test_a_gap_between_two_papers():
    rows = [made(date(2016, 5, 10)), made(date(2017, 6, 1))]
    assert periods(rows, YEAR_USE) == [
        Period(date(2016, 1, 1), date(2016, 5, 9), False),
        Period(date(2016, 5, 10), date(2017, 5, 9), True),
        Period(date(2017, 5, 10), date(2017, 5, 31), False),
        Period(date(2017, 6, 1), date(2018, 5, 31), True),
        Period(date(2018, 6, 1), None, False),
    ]
    assert owed(rows, YEAR_USE) == [(date(2017, 5, 10), date(2017, 6, 1)), (date(2018, 6, 1), None)]


def test_a_failure_ends_a_paper_before_its_day():
    rows = [made(date(2016, 5, 10)), made(date(2016, 9, 1), conclusion="failed", kind="in_service")]
    assert [(each.begins_on, each.is_verified) for each in periods(rows, YEAR_USE)] == [
        (date(2016, 1, 1), False), (date(2016, 5, 10), True), (date(2016, 9, 1), False),
    ]  # fmt: skip


def test_a_calibration_and_a_passed_inspection_change_nothing():
    rows = [
        made(date(2016, 5, 10)),
        made(date(2016, 6, 1), kind="in_service"),
        made(date(2016, 7, 1), kind="calibration", conclusion="none"),
    ]
    assert settling(rows) == rows[:1]


def test_a_paper_does_not_outlive_a_stop():
    in_use = [Days(date(2016, 1, 1), date(2016, 6, 30)), Days(date(2016, 9, 1), None)]
    rows = [made(date(2016, 5, 10))]
    assert [(each.begins_on, each.ends_on, each.is_verified) for each in periods(rows, in_use)] == [
        (date(2016, 1, 1), date(2016, 5, 9), False),
        (date(2016, 5, 10), date(2016, 6, 30), True),
        (date(2016, 9, 1), None, False),
    ]
    assert owed(rows, in_use) == [(None, None)]
    again = made(date(2016, 8, 1))  # while it was out of use: for the time after
    assert periods([again], in_use)[1] == Period(date(2016, 9, 1), date(2017, 7, 31), True)


def test_nothing_is_owed_on_a_day_out_of_use():
    """Verified while out of use, and run out before it was used again."""
    in_use = [Days(date(2016, 1, 1), date(2016, 6, 30)), Days(date(2018, 1, 1), None)]
    assert owed([made(date(2016, 8, 1))], in_use) == [(None, None)]


@pytest.mark.parametrize(
    ("given_dates", "expected"),
    [
        ((None, None, 12), (date(2025, 2, 27), date(2025, 2, 28))),
        ((date(2025, 1, 31), None, 12), (date(2025, 1, 31), date(2025, 2, 1))),
        ((None, date(2025, 2, 1), 12), (date(2025, 1, 31), date(2025, 2, 1))),
        ((date(2025, 1, 31), date(2025, 1, 31), 12), (date(2025, 1, 31), date(2025, 1, 31))),
        ((None, None, None), (None, None)),
    ],
)
def test_validity_by_the_period_or_the_paper(given_dates, expected):
    assert completed(date(2024, 2, 29), *given_dates) == expected


def test_validity_within_the_time_in_use():
    day = date(2016, 5, 10)
    assert within_life(day, None, None, None, 72) == (date(2022, 5, 9), None)
    assert within_life(day, None, None, date(2020, 1, 1), 72) == (date(2019, 12, 31), None)
    assert within_life(day, None, None, date(2016, 5, 10), 72) == (date(2022, 5, 9), None)
    assert within_life(day, date(2018, 1, 1), None, None, 72) == (date(2018, 1, 1), None)
    assert within_life(day, None, None, None, None) == (None, None)
    assert replacement_day(None, None) is None


# In the database ---------------------------------------------------------------------------------


def expected(piece):
    """The rows that should stand, from what was entered."""
    if piece.voided_at:
        return []
    stops = [Days(stop.begins_on, stop.ends_on) for stop in piece.stops.all()]
    scrapped_from = piece.state_since if piece.state == "scrapped" else None
    rows = piece.verifications.not_voided().order_by("verified_on", "pk")
    return periods(settling(rows), uses(piece.in_use_from, stops, scrapped_from))


def stored(piece):
    rows = UsePeriod.objects.filter(instrument=piece, is_dropped=False).order_by("begins_on")
    return [Period(*values) for values in rows.values_list("begins_on", "ends_on", "is_verified")]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["make", "make", "correct", "void", "restore", "stop", "resume", "move"]), st.integers(0, 99)
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_rows_keep_in_step_with_every_entry(cast, make_enterprise, steps):
    with transaction.atomic():
        holder = make_enterprise()
        piece, other = (make_instrument(cast, make_enterprise, holder=holder) for _ in range(2))
        for step, number in steps:
            _take(step, number, piece, other, cast, make_enterprise)
            for each in (piece, other):
                each.refresh_from_db()
                assert stored(each) == expected(each), (step, number)
                assert _repeated(each)
        before = [*UsePeriod.objects.order_by("pk").values(), *Verification.objects.order_by("pk").values()]
        succession.derive([piece.pk, other.pk])
        assert before == [*UsePeriod.objects.order_by("pk").values(), *Verification.objects.order_by("pk").values()]
        transaction.set_rollback(True)


def _repeated(piece):
    """What a piece says of its last verification that decides."""
    rows = settling(piece.verifications.not_voided().order_by("verified_on", "pk"))
    last = rows[-1] if rows else SimpleNamespace(verified_on=None, valid_until=None, next_due_on=None)
    said = (piece.last_verified_on, piece.valid_until, piece.next_due_on)
    return said == (last.verified_on, last.valid_until, last.next_due_on)


def _take(step, number, piece, other, cast, make_enterprise):
    by, rows = cast.clerk_a, list(Verification.objects.order_by("pk"))
    row = rows[number % len(rows)] if rows else None
    day = date(2016, 1, 1) + number * 30 * DAY
    if step == "make":
        conclusion = "failed" if number % 4 == 0 else "passed"
        values = {"instrument": piece, "verified_on": day, "conclusion": conclusion, "received_on": None}
        make_verification(cast, make_enterprise, **values)
    elif step in ("stop", "resume"):
        piece.refresh_from_db()
        piece.state = Instrument.State.STOPPED if step == "stop" else Instrument.State.IN_USE
        piece.state_since = max(day, piece.state_since or day)
        records.save(piece, by=by)
        ledger.instruments_written([], [piece])
    elif row is None:
        return
    elif step == "void" and not row.is_voided:
        records.void(row, by=by, reason="误录")
        ledger.verifications_written([], [row])
    elif step == "restore" and row.is_voided:
        records.unvoid(row, by=by)
        ledger.verifications_written([], [row])
    elif step in ("correct", "move"):
        if step == "move":
            row.instrument = other if row.instrument_id == piece.pk else piece
            row.serial_no = row.instrument.serial_no
        else:
            row.verified_on, row.valid_until, row.next_due_on = day, None, None
        records.save(row, by=by)
        ledger.verifications_written([], [row])


@pytest.mark.django_db
def test_a_stop_entered_by_mistake_leaves_no_trace(cast, make_enterprise):
    piece = make_instrument(cast, make_enterprise)
    for state, since in (("stopped", date(2016, 3, 1)), ("in_use", None)):
        piece.state, piece.state_since = state, since
        records.save(piece, by=cast.clerk_a)
        ledger.instruments_written([], [piece])
    assert not InstrumentStop.objects.exists()
    assert stored(piece) == [Period(date(2015, 5, 1), None, False)]


@pytest.mark.django_db
def test_moving_a_piece_moves_its_days(cast, make_enterprise):
    piece = make_instrument(cast, make_enterprise)
    piece.region_id, piece.purpose = "210102", "safety"
    records.save(piece, by=cast.clerk_a)
    ledger.instruments_written([], [piece])
    assert UsePeriod.objects.values_list("region", "purpose").get() == ("210102", "safety")
