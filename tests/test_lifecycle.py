"""The life of a standard: worked sequences by hand, and random ones against a plain day-by-day replay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from standards import lifecycle
from standards.models import InForceInterval, LifecycleRule, MeasurementStandard, StandardEvent
from standards.models.rule import CERTIFYING, EventKind, State
from standards.replay import Rulebook, in_order, replay

pytestmark = pytest.mark.django_db
D = date
YEAR = timedelta(days=365)


@pytest.fixture
def book(reference):
    return Rulebook.load()


def event(kind, on, valid_until=None):
    return StandardEvent(kind=kind, on=on, valid_until=valid_until)


class TestWorkedSequences:
    def test_set_up(self, book):
        life = replay([event("established", D(2016, 5, 10), D(2021, 5, 9))], book)
        assert (life.state, life.established_on) == (State.VALID, D(2016, 5, 10))
        assert life.intervals == [(D(2016, 5, 10), D(2021, 5, 9))]

    def test_reexamined_in_time_is_one_interval(self, book):
        life = replay(
            [event("established", D(2016, 5, 10), D(2021, 5, 9)), event("reexamined", D(2021, 4, 20), D(2026, 4, 19))],
            book,
        )
        assert life.intervals == [(D(2016, 5, 10), D(2026, 4, 19))]
        assert life.established_on == D(2016, 5, 10)

    def test_reexamined_late_leaves_a_gap(self, book):
        life = replay(
            [event("established", D(2016, 5, 10), D(2021, 5, 9)), event("reexamined", D(2021, 8, 1), D(2026, 7, 31))],
            book,
        )
        assert life.intervals == [(D(2016, 5, 10), D(2021, 5, 9)), (D(2021, 8, 1), D(2026, 7, 31))]

    def test_sealed_and_restored(self, book):
        life = replay(
            [
                event("established", D(2016, 5, 10), D(2021, 5, 9)),
                event("sealed", D(2018, 1, 1)),
                event("restored", D(2019, 3, 1)),
            ],
            book,
        )
        assert life.intervals == [(D(2016, 5, 10), D(2017, 12, 31)), (D(2019, 3, 1), D(2021, 5, 9))]
        assert life.state == State.VALID

    def test_under_reexamination_it_counts_until_its_certificate_ends(self, book):
        life = replay(
            [event("established", D(2016, 5, 10), D(2021, 5, 9)), event("review_begun", D(2021, 1, 1))],
            book,
        )
        assert life.state == State.REEXAMINATION
        assert life.intervals == [(D(2016, 5, 10), D(2021, 5, 9))]

    def test_failed_reexamination_returns_to_the_state_before(self, book):
        life = replay(
            [
                event("established", D(2016, 5, 10), D(2021, 5, 9)),
                event("review_begun", D(2021, 1, 1)),
                event("exam_failed", D(2021, 3, 1)),
            ],
            book,
        )
        assert life.state == State.VALID
        assert life.intervals == [(D(2016, 5, 10), D(2021, 5, 9))]

    def test_failed_first_examination_is_not_established(self, book):
        life = replay(
            [event("applied", D(2016, 1, 4)), event("exam_begun", D(2016, 2, 1)), event("exam_failed", D(2016, 3, 1))],
            book,
        )
        assert (life.state, life.established_on, life.intervals) == (State.DRAFT, None, [])

    def test_withdrawn_ends_the_day_before(self, book):
        life = replay(
            [event("established", D(2016, 5, 10), D(2021, 5, 9)), event("withdrawn", D(2020, 2, 29))],
            book,
        )
        assert life.intervals == [(D(2016, 5, 10), D(2020, 2, 28))]


class TestItRejects:
    @pytest.mark.parametrize(
        "events",
        [
            [("restored", D(2017, 1, 1))],
            [("sealed", D(2018, 1, 1)), ("sealed", D(2018, 2, 1))],
            [("withdrawn", D(2018, 1, 1)), ("reexamined", D(2018, 5, 1))],
            [("sealed", D(2018, 1, 1)), ("restored", D(2022, 1, 1))],  # after the certificate ran out
            [("cancelled", D(2018, 1, 1)), ("restored", D(2019, 1, 1))],
        ],
    )
    def test_an_impossible_order(self, book, events):
        first = event("established", D(2016, 5, 10), D(2021, 5, 9))
        later = [event(kind, on, D(2026, 1, 1) if kind in CERTIFYING else None) for kind, on in events]
        life = replay([first, *later], book)
        assert life.problem
        assert str(later[-1].on) in life.problem

    def test_a_certificate_without_validity(self, cast, make_standard):
        standard = make_standard()
        bad = StandardEvent(standard=standard, kind="reexamined", on=D(2020, 1, 1))
        with pytest.raises(ValidationError):
            bad.full_clean(exclude=["created_at", "updated_at"])


def test_the_rules_are_editable_rows(book):
    """An administrator's row opens a move that the shipped table does not know."""
    life = [event("established", D(2016, 5, 10), D(2021, 5, 9)), event("restored", D(2020, 1, 1))]
    assert replay(life, book).problem
    LifecycleRule.objects.create(edition="local", event="restored", from_state="valid", to_state="valid")
    assert replay(life, Rulebook.load()).problem is None


class TestFollow:
    def test_a_certificate_becomes_an_event(self, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10))
        assert [(e.kind, e.on) for e in standard.events.all()] == [("established", D(2016, 5, 10))]

    def test_a_corrected_certificate_corrects_its_event(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10))
        standard.issued_on = standard.established_on = D(2016, 6, 1)
        records.save(standard, by=cast.clerk_a)
        lifecycle.follow([standard], by=cast.clerk_a)
        assert [(e.kind, e.on) for e in standard.events.all()] == [("established", D(2016, 6, 1))]
        assert [i.begins_on for i in standard.in_force_intervals.all()] == [D(2016, 6, 1)]

    def test_an_older_standard_has_two_certificates(self, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10), established_on=D(2011, 5, 10))
        assert [e.kind for e in standard.events.all()] == ["established", "reexamined"]
        intervals = standard.in_force_intervals.values_list("begins_on", "ends_on")
        assert list(intervals) == [(D(2011, 5, 10), standard.valid_until)]

    def test_setting_up_found_later_moves_the_first_certificate(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10))
        standard.established_on = D(2012, 1, 1)
        records.save(standard, by=cast.clerk_a)
        lifecycle.follow([standard], by=cast.clerk_a)
        standard.refresh_from_db()
        assert [(e.kind, e.on.year) for e in standard.events.all()] == [("established", 2012), ("reexamined", 2016)]
        assert standard.established_on == D(2012, 1, 1)

    def test_a_later_certificate_moves_the_standard(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10))
        later = StandardEvent(
            standard=standard, kind="reexamined", on=D(2021, 4, 1), valid_until=D(2026, 3, 31), certificate_no="新号"
        )
        records.save(later, by=cast.clerk_a)
        lifecycle.derive([standard], by=cast.clerk_a)
        standard.refresh_from_db()
        assert (standard.issued_on, standard.valid_until, standard.certificate_no) == (
            D(2021, 4, 1),
            D(2026, 3, 31),
            "新号",
        )
        assert standard.established_on == D(2016, 5, 10)


MOVES = st.lists(
    st.tuples(st.sampled_from(EventKind.values), st.integers(0, 4000), st.integers(0, 2200)), min_size=1, max_size=12
)
FIRST = D(2010, 1, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_intervals_equal_a_replay_of_each_day(cast, make_standard, moves):
    """As on any day: the interval query equals a walk through the events day by day, for every legal history."""
    book = Rulebook.load()
    events: list[StandardEvent] = []
    for kind, day, validity in moves:
        on = FIRST + timedelta(days=day)
        candidate = event(kind, on, on + timedelta(days=validity) if kind in CERTIFYING else None)
        if any((known.kind, known.on) == (kind, on) for known in events):
            continue
        if replay([*events, candidate], book).problem is None:
            events.append(candidate)
    life = replay(events, book)
    assert life.problem is None
    ordered = in_order(events)
    for day in {e.on + timedelta(days=shift) for e in events for shift in (-1, 0, 1)} | {FIRST, D(2022, 6, 30)}:
        held = any(begins <= day <= ends for begins, ends in life.intervals)
        assert held == in_force_by_hand(ordered, day, book), (day, [str(e.on) + e.kind for e in ordered])
    assert sum(1 for a, b in life.intervals if a > b) == 0
    assert all(first[1] < second[0] for first, second in zip(life.intervals, life.intervals[1:], strict=False))


def in_force_by_hand(ordered, day, book):
    """What the events up to a day say of that day: in a state that counts, with a certificate that has not run out."""
    until_then = [e for e in ordered if e.on <= day]
    certificates = [e for e in until_then if e.kind in CERTIFYING]
    state = replay(until_then, book).state
    return bool(certificates) and state in ("valid", "review") and certificates[-1].valid_until >= day


def test_in_force_query(make_standard, cast):
    standard = make_standard(issued_on=D(2016, 5, 10))
    records.save(StandardEvent(standard=standard, kind="sealed", on=D(2018, 1, 1)), by=cast.clerk_a)
    lifecycle.derive([standard], by=cast.clerk_a)
    on = MeasurementStandard.objects.in_force
    assert [on(day).exists() for day in (D(2016, 5, 9), D(2016, 5, 10), D(2017, 12, 31), D(2018, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert InForceInterval.objects.count() == 1


def test_a_certificate_dated_after_the_sealing_is_refused_in_the_form(client, cast, make_standard):
    from tests.contracts import page, posted

    standard = make_standard(issued_on=D(2016, 5, 10))
    records.save(StandardEvent(standard=standard, kind="sealed", on=D(2018, 1, 1)), by=cast.clerk_a)
    lifecycle.derive([standard], by=cast.clerk_a)
    client.force_login(cast.clerk_a)
    data = posted(client, page(standard, "change"))
    response = client.post(
        page(standard, "change"), {**data, "issued_on": "2019-01-01", "established_on": "2019-01-01"}
    )
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["issued_on"]
    standard.refresh_from_db()
    assert standard.issued_on == D(2016, 5, 10)


def test_events_are_entered_on_the_page_of_the_standard(client, cast, make_standard):
    from tests.contracts import page, posted

    standard = make_standard(issued_on=D(2016, 5, 10))
    client.force_login(cast.clerk_a)
    data = posted(client, page(standard, "change"))
    sealing = {"events-TOTAL_FORMS": "2", "events-1-on": "2018-01-01", "events-1-kind": "sealed"}
    assert client.post(page(standard, "change"), {**data, **sealing}).status_code == 302
    standard.refresh_from_db()
    assert standard.state == "sealed"
    data = posted(client, page(standard, "change"))
    impossible = {"events-TOTAL_FORMS": "3", "events-2-on": "2017-01-01", "events-2-kind": "restored"}
    response = client.post(page(standard, "change"), {**data, **impossible})
    assert response.status_code == 200
    assert standard.events.count() == 2
