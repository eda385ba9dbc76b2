"""Questions to the clerk: noted where something is unlikely, closed when it no longer holds, never in the way."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bureau import records, scoping
from inspections import doubts, ledger
from inspections.models import Doubt, Instrument
from standards import lifecycle
from tests.contracts import page, posted
from tests.ledger_makers import make_doubt, make_instrument, make_verification
from tests.standard_files import happen

pytestmark = pytest.mark.django_db
LIST = "/inspections/doubt/"


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def instrument(cast, make_enterprise):
    return lambda **values: make_instrument(cast, make_enterprise, **values)


@pytest.fixture
def verify(cast, make_enterprise):
    return lambda **values: make_verification(cast, make_enterprise, **{"received_on": None, **values})


@pytest.fixture
def change(cast):
    """``change(row, **values)``: as on the page of the record."""

    def change(row, **values):
        row = type(row).objects.get(pk=row.pk)
        for name, value in values.items():
            setattr(row, name, value)
        records.save(row, by=cast.clerk_a)
        is_piece = isinstance(row, Instrument)
        (ledger.instruments_written if is_piece else ledger.verifications_written)([], [row])
        return row

    return change


def open_kinds(row):
    return sorted(row.doubts.open().values_list("kind", flat=True))


# What is noted -----------------------------------------------------------------------------------


class TestSameSerialNo:
    def test_at_two_holders(self, instrument):
        first, second = instrument(serial_no="7"), instrument(serial_no="7")
        assert open_kinds(first) == open_kinds(second) == ["serial"]
        assert "stands with another holder" in first.doubts.get().sentence

    @pytest.mark.parametrize(
        "values",
        [
            {"serial_no": "8"},
            {"kind_id": "taximeter"},
            {"maker": "另一厂"},
            {"state": "scrapped", "state_since": date(2016, 1, 1)},
        ],
    )
    def test_other_pieces_raise_none(self, instrument, values):
        first, second = instrument(serial_no="7"), instrument(**{"serial_no": "7", **values})
        assert open_kinds(first) == open_kinds(second) == []

    def test_like_pieces_without_numbers_raise_none(self, instrument):
        assert open_kinds(instrument(serial_no="")) == open_kinds(instrument(serial_no="")) == []

    def test_it_closes_at_both_when_one_is_corrected(self, instrument, change):
        first, second = instrument(serial_no="7"), instrument(serial_no="7")
        change(second, serial_no="8")
        assert open_kinds(first) == open_kinds(second) == []
        assert {doubt.closed_on is None for doubt in Doubt.objects.all()} == {False}
        change(second, serial_no="7")
        assert open_kinds(first) == open_kinds(second) == ["serial"]
        assert Doubt.objects.count() == 2

    def test_voiding_one_closes_both(self, cast, instrument):
        first, second = instrument(serial_no="7"), instrument(serial_no="7")
        records.void(second, by=cast.clerk_a, reason="重复")
        ledger.instruments_written([], [second])
        assert not Doubt.objects.open().exists()
        records.unvoid(second, by=cast.clerk_a)
        ledger.instruments_written([], [second])
        assert Doubt.objects.open().count() == 2
        assert open_kinds(first) == ["serial"]


@pytest.mark.parametrize(
    ("valid_until", "kinds"),
    [
        (date(2017, 5, 8), []),
        (date(2017, 5, 9), []),
        (date(2017, 5, 10), []),
        (date(2017, 5, 11), ["validity"]),
        (date(2017, 5, 7), ["validity"]),
        (date(2017, 6, 9), ["validity"]),
        (date(2017, 6, 10), ["interval"]),
        (date(2018, 5, 9), ["interval"]),
        (date(2016, 5, 10), ["interval"]),
    ],
)
def test_a_printed_validity_that_is_not_that_of_the_period(verify, valid_until, kinds):
    row = verify(valid_until=valid_until)
    assert (row.valid_until, open_kinds(row)) == (valid_until, kinds)


def test_the_sentence_of_a_validity(verify):
    said = verify(valid_until=date(2018, 5, 9)).doubts.get().sentence
    assert said == "Valid until 2018-05-09; by the period of 12 months it would be 2017-05-09."


def test_a_meter_beyond_its_time_in_use(verify, instrument):
    meter = instrument(kind_id="water_meter_25", first_verified_on=date(2015, 5, 10))
    assert open_kinds(verify(instrument=meter, kind="initial", verified_on=date(2015, 5, 10))) == []
    assert open_kinds(verify(instrument=meter, valid_until=date(2031, 1, 1))) == ["interval"]
    assert open_kinds(instrument(kind_id="water_meter_25", first_verified_on=date(2015, 5, 10),
                                 replace_due_on=date(2025, 5, 10))) == ["life"]  # fmt: skip


def test_the_period_of_the_piece_is_asked_anew_when_it_changes(verify, change):
    row = verify()
    change(row.instrument, period_months=6)
    assert open_kinds(row) == ["interval"]
    change(row.instrument, period_months=None)
    assert open_kinds(row) == []


class TestFlips:
    def test_failed_passed_failed(self, verify, instrument):
        piece = instrument()
        conclusions = ("failed", "passed", "failed", "passed", "failed")
        rows = [
            verify(instrument=piece, verified_on=date(2016, month, 1), conclusion=conclusion)
            for month, conclusion in enumerate(conclusions, 1)
        ]
        assert [open_kinds(row) for row in rows] == [[], [], ["flips"], [], ["flips"]]
        assert "Failed on 2016-01-01, passed on 2016-02-01, failed again on 2016-03-01" in rows[2].doubts.get().sentence

    def test_a_repair_after_a_failure_is_no_flip(self, verify, instrument):
        piece = instrument()
        for month, conclusion in enumerate(("passed", "failed", "passed", "passed"), 1):
            verify(instrument=piece, verified_on=date(2016, month, 1), conclusion=conclusion)
        assert not Doubt.objects.exists()

    def test_it_closes_when_the_one_between_is_voided(self, cast, verify, instrument):
        piece = instrument()
        rows = [
            verify(instrument=piece, verified_on=date(2016, month, 1), conclusion=conclusion)
            for month, conclusion in enumerate(("failed", "passed", "failed"), 1)
        ]
        records.void(rows[1], by=cast.clerk_a, reason="误录")
        ledger.verifications_written([], [rows[1]])
        assert open_kinds(rows[2]) == []


class TestStandard:
    def test_sealed_that_day(self, cast, make_standard, verify):
        standard = make_standard(issued_on=date(2016, 1, 1), valid_until=date(2020, 12, 31))
        happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
        rows = [verify(standard=standard, verified_on=day) for day in (date(2016, 5, 31), date(2016, 6, 1))]
        assert [open_kinds(row) for row in rows] == [[], ["standard"]]
        assert "not in force on 2016-06-01" in rows[1].doubts.get().sentence

    def test_before_and_after_its_certificate(self, make_standard, verify):
        standard = make_standard(issued_on=date(2016, 1, 1), valid_until=date(2020, 12, 31))
        days = (date(2015, 12, 31), date(2016, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
        kinds = [open_kinds(verify(standard=standard, verified_on=day)) for day in days]
        assert kinds == [["standard"], [], [], ["standard"]]

    @pytest.fixture
    def standard(self, make_standard):
        return make_standard(issued_on=date(2016, 1, 1), valid_until=date(2020, 12, 31))

    @pytest.fixture
    def made(self, standard, verify):
        """Verifications of three days, by the day."""
        return {month: verify(standard=standard, verified_on=date(2016, month, 10)) for month in (5, 7, 9)}

    def asked(self, made):
        return [month for month, row in made.items() if open_kinds(row) == ["standard"]]

    def test_sealed_later_with_an_earlier_day(self, cast, standard, made):
        happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
        assert self.asked(made) == [7, 9]
        happen(standard, cast.clerk_a, "restored", date(2016, 8, 1))
        assert self.asked(made) == [7]

    def test_the_day_of_the_event_is_corrected(self, cast, standard, made):
        sealed = happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
        sealed.on = date(2016, 8, 1)
        records.save(sealed, by=cast.clerk_a)
        lifecycle.derive([standard], by=cast.clerk_a)
        assert self.asked(made) == [9]
        records.void(sealed, by=cast.clerk_a, reason="误录")
        lifecycle.derive([standard], by=cast.clerk_a)
        assert self.asked(made) == []

    def test_an_answer_stands_while_other_days_change(self, cast, standard, made):
        happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
        made[9].doubts.update(answer="封存前已受理", answered_by=cast.clerk_a, answered_at=timezone.now())
        happen(standard, cast.clerk_a, "restored", date(2016, 8, 20))
        assert made[9].doubts.get().closed_on is not None
        assert self.asked(made) == [7]
        assert made[9].doubts.get().answer == "封存前已受理"

    def test_a_voided_verification_is_not_asked_about(self, cast, standard, made):
        records.void(made[7], by=cast.clerk_a, reason="误录")
        happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
        assert self.asked(made) == [9]

    def test_a_standard_that_is_voided_and_restored(self, client, cast, standard, made):
        client.force_login(cast.clerk_a)
        url = page(standard, "change").replace("change/", "void/")
        assert client.post(url, {"reason": "误录"}).status_code == 302
        assert self.asked(made) == [5, 7, 9]
        assert client.post(url.replace("void/", "unvoid/")).status_code == 302
        assert self.asked(made) == []

    def test_many_verifications_ask_as_much_as_one(self, cast, make_standard, verify):
        counts = []
        for count in (1, 12):
            standard = make_standard(issued_on=date(2016, 1, 1), valid_until=date(2020, 12, 31))
            for _each in range(count):
                verify(standard=standard, verified_on=date(2016, 7, 10))
            with CaptureQueriesContext(connection) as queries:
                happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
            counts.append(len(queries))
        assert Doubt.objects.open().count() == 13
        assert counts[0] == counts[1]


@pytest.mark.parametrize(("kind", "kinds"), [("subsequent", ["before_use"]), ("initial", [])])
def test_verified_before_it_was_in_use(verify, instrument, kind, kinds):
    piece = instrument(in_use_from=date(2016, 5, 11))
    assert open_kinds(verify(instrument=piece, kind=kind)) == kinds


def test_a_voided_verification_raises_none(cast, verify):
    row = verify(valid_until=date(2018, 5, 9))
    records.void(row, by=cast.clerk_a, reason="误录")
    ledger.verifications_written([], [row])
    assert open_kinds(row) == []


# Answers -----------------------------------------------------------------------------------------


class TestAnswers:
    @pytest.fixture
    def doubt(self, cast, make_enterprise):
        return make_doubt(cast, make_enterprise)

    def test_a_clerk_answers(self, client, cast, doubt):
        client.force_login(cast.clerk_a)
        url = page(doubt, "change")
        assert client.post(url, posted(client, url) | {"answer": "证书如此印刷"}).status_code == 302
        doubt.refresh_from_db()
        assert (doubt.answer, doubt.answered_by, doubt.is_open) == ("证书如此印刷", cast.clerk_a, False)
        assert client.post(url, posted(client, url) | {"answer": ""}).status_code == 302
        doubt.refresh_from_db()
        assert (doubt.answered_by, doubt.is_open) == (None, True)

    def test_an_answer_holds_for_the_facts_that_it_was_given_to(self, client, cast, doubt, change):
        client.force_login(cast.clerk_a)
        url = page(doubt, "change")
        client.post(url, posted(client, url) | {"answer": "证书如此印刷"})
        change(doubt.verification, remark="无关的更正")
        doubt.refresh_from_db()
        assert not doubt.is_open
        change(doubt.verification, valid_until=date(2019, 5, 9))
        doubt.refresh_from_db()
        assert doubt.is_open and doubt.answer == "" and "2019-05-09" in doubt.sentence

    def test_the_list_shows_the_open_ones(self, client, cast, doubt, change):
        client.force_login(cast.clerk_a)

        def shown(query=""):
            return client.get(LIST + query).context["cl"].result_count

        assert (shown(), shown("?state=answered"), shown("?state=settled"), shown("?state=all")) == (1, 0, 0, 1)
        assert doubt.sentence in client.get(LIST).content.decode()
        change(doubt.verification, valid_until=date(2017, 5, 9))
        assert (shown(), shown("?state=settled"), shown("?kind__exact=interval&state=all")) == (0, 1, 1)

    def test_it_stands_on_the_page_of_the_record(self, client, cast, doubt):
        client.force_login(cast.clerk_a)
        assert doubt.sentence in client.get(page(doubt.verification, "change")).content.decode()

    def test_the_other_piece_of_the_number_is_named_within_the_scope(self, client, cast, instrument, make_enterprise):
        theirs = {"office": cast.clerk_b.office, "region_id": cast.clerk_b.office.region_id}
        far = instrument(serial_no="A-7", holder=make_enterprise(by=cast.clerk_b), **theirs)
        own, near = (instrument(serial_no="A-7", holder=make_enterprise()) for _each in range(2))
        ledger.instruments_written([own, near, far])
        client.force_login(cast.clerk_a)
        shown = client.get(page(own.doubts.get(), "change"))
        assert list(shown.context["alike"]) == [near]
        assert near.holder.name in shown.content.decode()
        assert far.holder.name not in shown.content.decode()
        records.void(near, by=cast.clerk_a, reason="重复建档")
        ledger.instruments_written([], [near])
        assert "do not see" in client.get(page(own.doubts.get(), "change")).content.decode()

    def test_scope(self, client, cast, doubt):
        for person, status in ((cast.clerk_b, 404), (cast.clerk_county, 404), (cast.auditor, 403), (cast.clerk_a, 200)):
            client.force_login(person)
            assert client.get(page(doubt, "change")).status_code == status
        assert not scoping.visible_to(Doubt.objects.all(), cast.clerk_b).exists()
        client.force_login(cast.inspector_a)
        assert client.post(page(doubt, "change"), {"answer": "?"}).status_code == 403
        client.force_login(cast.clerk_a)
        assert client.get(reverse("admin:inspections_doubt_add")).status_code == 403


def test_it_is_about_one_record_and_stands_once(cast, verify, instrument):
    row = verify(valid_until=date(2018, 5, 9))
    known = row.doubts.get()
    for values in ({"verification": row, "instrument": row.instrument}, {}, {"verification": row}):
        twin = Doubt(kind=known.kind, noted_on=known.noted_on, office=known.office, region=known.region, **values)
        with pytest.raises(ValidationError):
            twin.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def test_a_review_asks_as_much_for_many_rows_as_for_one(cast, make_standard, verify, instrument):
    standard, counts = make_standard(), []
    for count in (1, 12):
        rows = [verify(standard=standard, valid_until=date(2018, 5, 9)) for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            doubts.review_verifications(rows, {row.instrument_id for row in rows})
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            doubts.review_instruments({row.instrument_id for row in rows})
        counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 5
