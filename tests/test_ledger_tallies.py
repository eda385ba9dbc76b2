"""The tallies of the ledger: always equal to the rows, and figures from them are those counted from the rows."""

from datetime import date, timedelta
from itertools import count
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from bureau.reporting import engine, indicators, tallies
from bureau.reporting.indicators import Count, Indicator
from bureau.reporting.periods import Period
from bureau.reporting.questions import Frame, questions_for
from bureau.reporting.record_counts import by_rows
from inspections import rollups, succession
from inspections.models import Instrument, UseTally, Verification, VerificationTally
from inspections.tallies import Months
from tests.cast import CITY_A, COUNTY, PROVINCE
from tests.institutions import make_institution

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2015, 11, 15), date(2018, 2, 10)
days = st.dates(FIRST, LAST)
KINDS = ("fuel_dispenser", "water_meter_25", "pressure_gauge")
PLACES = (CITY_A, COUNTY, PROVINCE)
numbers = count(1)
COUNTED = [each for each in indicators.every() if isinstance(each, Indicator) and each.tally]
# The figures, and how many records stand behind those that count something else.
TALLIED = [*COUNTED, *(by_rows(each) for each in COUNTED if not isinstance(each.measure, Count))]


def verification(draw, world, **values):
    on = draw(days)
    calibrated, failed = draw(st.sampled_from([(False, False), (False, True), (True, False), (False, False)]))
    institution, office = draw(st.sampled_from(world["institutions"])), draw(st.sampled_from(world["offices"]))
    until = None if failed or draw(st.booleans()) else on + timedelta(days=draw(st.integers(0, 500)))
    fee = draw(st.integers(0, 99999))
    row = {
        "office": office,
        "region_id": draw(st.sampled_from(PLACES)),
        "institution": institution,
        "certificate_no": f"C{next(numbers)}",
        "paper": "calibration" if calibrated else "rejection" if failed else "certificate",
        "kind": "calibration" if calibrated else draw(st.sampled_from(["initial", "subsequent", "in_service"])),
        "conclusion": "none" if calibrated else "failed" if failed else "passed",
        "legal_kind": "voluntary" if calibrated else draw(st.sampled_from(["mandatory", "voluntary"])),
        "verified_on": on,
        "received_on": on - timedelta(days=draw(st.integers(0, 9))) if draw(st.booleans()) else None,
        "holder": world["holder"],
        "instrument_kind_id": draw(st.sampled_from(KINDS)),
        "purpose": draw(st.sampled_from(["trade", "safety"])),
        "quantity": draw(st.integers(1, 40)),
        "fee": f"{fee // 100}.{fee % 100:02}",
        "fee_waived": f"{fee // 200}.{fee // 2 % 100:02}" if fee % 2 else 0,
        "valid_until": until,
        "next_due_on": until + timedelta(days=1) if until else None,
        "is_free": draw(st.booleans()),
        "is_emergency": draw(st.booleans()),
        "instrument": draw(st.sampled_from([None, *world["pieces"]])),
    }
    return Verification(**{**row, **values})


def act(draw, world, by):
    """One change of the ledger, as forms, imports and undos make it."""
    standing = list(Verification.objects.not_voided())
    action = draw(st.sampled_from(["add", "import", "correct", "correct many", "void", "void many", "unvoid", "piece"]))
    touched = []
    if action == "add":
        touched = [records.save(verification(draw, world), by=by)]
    elif action == "import":
        touched = records.bulk_add([verification(draw, world) for _ in range(draw(st.integers(1, 5)))], by=by)
    elif action == "unvoid":
        touched = [records.unvoid(row, by=by) for row in Verification.objects.filter(voided_at__isnull=False)[:1]]
    elif action == "piece":
        piece = draw(st.sampled_from(world["pieces"]))
        piece.refresh_from_db()
        state = draw(st.sampled_from(Instrument.State.values))
        piece.state, piece.state_since = state, None if state == "in_use" else max(draw(days), piece.in_use_from)
        piece.region_id, piece.quantity = draw(st.sampled_from(PLACES)), draw(st.integers(1, 9))
        records.save(piece, by=by)
        succession.derive([piece.pk])
    elif standing:
        some = draw(st.lists(st.sampled_from(standing), min_size=1, max_size=4, unique_by=lambda row: row.pk))
        if action == "void":
            touched = [records.void(some[0], by=by, reason="误录")]
        elif action == "void many":
            records.bulk_void(some, by=by, reason="误录")
            touched = some
        else:
            for row in some:
                row.quantity, row.verified_on = draw(st.integers(1, 40)), draw(st.dates(FIRST, row.verified_on))
                row.valid_until = row.next_due_on = row.received_on = None
                row.is_free, row.region_id = draw(st.booleans()), draw(st.sampled_from(PLACES))
            changed = ("quantity", "verified_on", "valid_until", "next_due_on", "received_on", "is_free", "region_id")
            if action == "correct":
                records.save(some[0], by=by)
            else:
                records.bulk_change(some, (*changed, "days_taken"), by=by, reason="更正")
            touched = some
    succession.derive([row.instrument_id for row in touched])


def figures_of(region, periods, user, *, base_rows_only):
    frame = Frame(region, tuple(periods), user, base_rows_only=base_rows_only)
    return engine.add_up(TALLIED, frame)


@pytest.fixture
def world(cast, make_enterprise):
    holder = make_enterprise()
    pieces = [
        Instrument(
            office=cast.clerk_a.office,
            region_id=CITY_A,
            holder=holder,
            name=f"器具{number}",
            kind_id=KINDS[number % 3],
            purpose="trade",
            legal_kind="mandatory" if number < 3 else "voluntary",
            in_use_from=FIRST,
        )
        for number in range(4)
    ]
    for piece in pieces:
        records.save(piece, by=cast.clerk_a)
    succession.derive([piece.pk for piece in pieces])
    return {
        "holder": holder,
        "pieces": pieces,
        "institutions": [make_institution(cast), make_institution(cast)],
        "offices": [cast.clerk_a.office, cast.clerk_county.office, cast.clerk_province.office],
    }


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_it_is_the_rows_whatever_happens(cast, world, data):
    with transaction.atomic():
        for _ in range(data.draw(st.integers(1, 10))):
            act(data.draw, world, cast.clerk_a)
            if data.draw(st.integers(0, 4)) == 0:
                rollups.join_changes()
        assert {rollup.name: rollups.differences(rollup.tally) for rollup in rollups.ROLLUPS} == {
            rollup.name: [] for rollup in rollups.ROLLUPS
        }
        first = data.draw(st.sampled_from([date(2016, 1, 1), date(2015, 12, 1), data.draw(days)]))
        last = data.draw(st.sampled_from([date(2016, 12, 31), date(2017, 6, 30), data.draw(days)]))
        period = Period(min(first, last), max(first, last))
        region = data.draw(st.sampled_from([PROVINCE, CITY_A, COUNTY]))
        user = data.draw(st.sampled_from([None, cast.manager_a, cast.clerk_county]))
        periods = (period, period.previous)
        with patch("django.utils.timezone.localdate", return_value=data.draw(days)):  # in a running period or after it
            from_rows = figures_of(region, periods, user, base_rows_only=True)
            answered = figures_of(region, periods, user, base_rows_only=False)
        assert _without_zeros(answered) == _without_zeros(from_rows)
        transaction.set_rollback(True)


def _without_zeros(added):
    return {
        key: [{slot: amount for slot, amount in amounts.items() if amount} for amounts in by_period]
        for key, by_period in added.items()
    }


def test_every_figure_of_the_ledger_has_a_tally():
    assert {each.tally for each in COUNTED} == {"verifications", "in_use", "owed"}
    assert len(COUNTED) > 15


def test_records_behind_a_figure_are_told_by_its_tally(cast):
    """Counted from the rows, the pieces in use of a province would keep the database busy for hours."""
    in_use = [by_rows(each) for each in COUNTED if each.tally == "in_use"]
    [question] = questions_for(in_use, Frame(PROVINCE, (Period.year(2016),)))
    assert tallies.find("in_use").answer(question) is not None


@pytest.mark.parametrize(
    ("first", "last", "years", "months", "edges"),
    [
        ("2016-01-01", "2016-12-31", 1, 0, 0),
        ("2015-12-01", "2017-01-31", 1, 2, 0),
        ("2016-02-01", "2016-02-29", 0, 1, 0),
        ("2016-02-02", "2016-02-28", 0, 0, 1),
        ("2016-02-02", "2016-04-30", 0, 2, 1),
        ("2015-12-31", "2017-01-01", 1, 0, 2),
    ],
)
def test_a_period_is_cut_into_years_months_and_edges(first, last, years, months, edges):
    cut = Months.of(Period(date.fromisoformat(first), date.fromisoformat(last)))
    assert (len(cut.years), len(cut.months), len(cut.edges)) == (years, months, edges)


def test_a_difference_is_found_and_named(cast, world, capsys):
    call_command("check_tallies")
    VerificationTally.objects.create(
        region_id=CITY_A, office=cast.clerk_a.office, instrument_kind_id="weight", purpose="other", span="year",
        begins_on=date(2016, 1, 1), institution=world["institutions"][0], kind="initial", service="verification",
        legal_kind="voluntary", conclusion="passed", is_free=False, is_emergency=False, records=1, quantity=2, fee=0,
        fee_waived=0, timed=0, days_taken=0,
    )  # fmt: skip
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("check_tallies")
    assert "2016-01-01" in capsys.readouterr().out


def test_joined_changes_are_a_row_a_key(cast, world):
    piece = world["pieces"][0]
    for number in range(3):
        piece.quantity = number + 1
        records.save(piece, by=cast.clerk_a)
        succession.derive([piece.pk])
    before = figures_of(PROVINCE, [Period.year(2016)], None, base_rows_only=False)
    joined = rollups.join_changes()
    assert (joined > 0) == (connection.vendor == "postgresql")
    keys = UseTally.objects.exclude(quantity=0).values_list("begins_on", "region", "kind", "is_verified", "legal_kind")
    assert len(keys) == len(set(keys))
    assert figures_of(PROVINCE, [Period.year(2016)], None, base_rows_only=False) == before
    assert rollups.differences(UseTally) == []
