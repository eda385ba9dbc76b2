"""As on 31 December of any year: what queries and figures say equals a plain replay of the events."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from bureau.dates import add_months
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from standards.models.rule import CERTIFYING, EventKind
from standards.replay import Rulebook, in_order, replay

pytestmark = pytest.mark.django_db
FIRST = date(2008, 1, 1)
YEARS = range(2007, 2026)
KEYS = ("standards.in_force", "standards.expired", "standards.expiring")

MOVES = st.lists(
    st.tuples(st.sampled_from(EventKind.values), st.integers(0, 6000), st.integers(0, 2200)), min_size=2, max_size=14
)


def legal(moves, book):
    """The events of a drawn history, each kept only if the rules allow it on top of those before."""
    events = []
    for kind, day, validity in moves:
        on = FIRST + timedelta(days=day)
        until = on + timedelta(days=validity) if kind in CERTIFYING else None
        event = StandardEvent(kind=kind, on=on, valid_until=until)
        if replay([*events, event], book).problem is None:
            events.append(event)
    return events


def stored(standard, events, by):
    """The history in the place of the one with which the standard was made."""
    records.bulk_void(list(standard.events.not_voided()), by=by, reason="另录")
    for number, event in enumerate(events):
        event.standard = standard
        event.certificate_no = f"{standard.pk}-{number}" if event.kind in CERTIFYING else ""
    records.bulk_add(events, by=by)
    lifecycle.derive([MeasurementStandard.objects.get(pk=standard.pk)], by=by)


def said_by_hand(events, day, book):
    """(in force, expired, expiring) of one standard on a day, from nothing but the events up to it."""
    until_then = [event for event in in_order(events) if event.on <= day]
    certificates = [event for event in until_then if event.kind in CERTIFYING]
    if not certificates or replay(until_then, book).state not in ("valid", "review"):
        return False, False, False
    valid_until = certificates[-1].valid_until
    return valid_until >= day, valid_until < day, day <= valid_until <= add_months(day, 6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(MOVES, min_size=1, max_size=3))
def test_31_december_of_any_year(cast, make_standard, histories):
    book = Rulebook.load()
    made = []
    for moves in histories:
        if events := legal(moves, book):
            standard = make_standard()
            stored(standard, events, cast.clerk_a)
            made.append((standard, events))
    for year in YEARS:
        day = date(year, 12, 31)
        said = [said_by_hand(events, day, book) for _standard, events in made]
        query = MeasurementStandard.objects.in_force(day).filter(pk__in=[standard.pk for standard, _events in made])
        held = {standard.pk for (standard, _events), (is_held, *_) in zip(made, said, strict=True) if is_held}
        assert set(query.values_list("pk", flat=True)) == held
        figures = compute([indicators.get(key) for key in KEYS], "210100", Period.year(year), breakdowns=False)
        assert [figure.value for figure in figures] == [sum(each[place] for each in said) for place in range(3)]
    for standard, _events in made:
        records.void(MeasurementStandard.objects.get(pk=standard.pk), by=cast.clerk_a, reason="下一例")


class TestWorkedExample:
    """Set up 10 May 2016 for five years, sealed in 2018, resumed in 2019, re-examined only after it had run out."""

    @pytest.fixture
    def standard(self, cast, make_standard):
        standard = make_standard(issued_on=date(2016, 5, 10), valid_until=date(2021, 5, 9))
        events = [
            StandardEvent(standard=standard, kind="sealed", on=date(2018, 1, 1)),
            StandardEvent(standard=standard, kind="restored", on=date(2019, 3, 1)),
            StandardEvent(
                standard=standard, kind="reexamined", on=date(2022, 3, 1), valid_until=date(2027, 2, 28),
                certificate_no="新",
            ),
        ]  # fmt: skip
        records.bulk_add(events, by=cast.clerk_a)
        lifecycle.derive([standard], by=cast.clerk_a)
        return standard

    @pytest.mark.parametrize(
        ("year", "in_force", "expired", "expiring"),
        [
            (2015, 0, 0, 0),
            (2016, 1, 0, 0),
            (2018, 0, 0, 0),
            (2019, 1, 0, 0),
            (2020, 1, 0, 1),  # runs out on 9 May 2021, within six months; that it was renewed in 2022 changes nothing
            (2021, 0, 1, 0),
            (2022, 1, 0, 0),
            (2026, 1, 0, 1),
        ],
    )
    def test_figures(self, standard, year, in_force, expired, expiring):
        figures = compute([indicators.get(key) for key in KEYS], "210000", Period.year(year))
        assert [figure.value for figure in figures] == [in_force, expired, expiring]

    def test_how_far_it_looks_is_a_setting(self, standard, settings):
        settings.EXPIRING_MONTHS = 4
        [figure] = compute([indicators.get("standards.expiring")], "210000", Period.year(2020))
        assert figure.value == 0

    def test_periods_of_service(self, standard):
        rows = standard.service_periods.values_list("begins_on", "ends_on", "valid_until", "expired_from")
        assert list(rows) == [
            (date(2016, 5, 10), date(2017, 12, 31), date(2021, 5, 9), None),
            (date(2019, 3, 1), date(2022, 2, 28), date(2021, 5, 9), date(2021, 5, 10)),
            (date(2022, 3, 1), None, date(2027, 2, 28), date(2027, 3, 1)),
        ]


def test_an_old_certificate_held_until_the_next(cast, make_standard):
    """Of the first only the day is known: it neither runs out nor has run out before the next was issued."""
    standard = make_standard(issued_on=date(2016, 5, 10), established_on=date(2009, 5, 10))
    [first, second] = standard.service_periods.all()
    assert (first.ends_on, first.valid_until, first.expired_from) == (date(2016, 5, 9), date(2016, 5, 9), None)
    assert second.begins_on == date(2016, 5, 10)
