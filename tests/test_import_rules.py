"""What the model, the database and the life cycle say to the rows of a file."""

from datetime import date

from bureau import records
from bureau.exchange.sheets import get_sheet
from standards import lifecycle
from standards.models import InForceInterval, MeasurementStandard, StandardEvent
from tests.importing import counts, row


def test_the_model_s_constraints_speak(take):
    outcome = take([row(1, 有效期至="2015-01-01"), row(2, 建标日期="2017-01-01"), row(3)])
    assert counts(outcome) == (1, 0, 0, 2)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "valid_until"), (3, "established_on")]


def test_what_only_the_database_knows_fails_its_row_alone(take, monkeypatch):
    sheet = get_sheet("standards")
    monkeypatch.setattr(sheet, "_rules", [])
    lines = [row(number, 有效期至="2015-01-01" if number in (3, 8) else date(2021, 5, 31)) for number in range(1, 11)]
    outcome = take(lines)
    assert counts(outcome) == (8, 0, 0, 2)
    assert [error.row for error in outcome.errors] == [4, 9]
    assert MeasurementStandard.objects.count() == InForceInterval.objects.count() == 8


def test_a_certificate_that_contradicts_the_events_fails_its_row_alone(take, cast):
    take([row(1), row(2)])
    sealed = MeasurementStandard.objects.order_by("pk").first()
    records.save(StandardEvent(standard=sealed, kind="sealed", on=date(2018, 1, 1)), by=cast.clerk_a)
    lifecycle.derive([sealed], by=cast.clerk_a)
    later = {"发证日期": "2019-01-01", "建标日期": "2019-01-01", "有效期至": "2023-12-31"}
    outcome = take([row(1, **later), row(2, 建标单位="新单位"), row(3)])

    assert counts(outcome) == (1, 1, 0, 1)
    [error] = outcome.errors
    assert (error.row, error.column, error.value) == (2, "issued_on", "2019-01-01")
    assert "2018-01-01" in error.reason
    sealed.refresh_from_db()
    assert (sealed.issued_on, sealed.state, sealed.version) == (date(2016, 6, 1), "sealed", 2)


def test_an_old_file_makes_no_second_standard_of_a_renewed_one(take, cast):
    take([row(1)])
    standard = MeasurementStandard.objects.get()
    renewal = StandardEvent(
        standard=standard, kind="reexamined", on=date(2021, 4, 1), valid_until=date(2026, 3, 31), certificate_no="新号"
    )
    records.save(renewal, by=cast.clerk_a)
    lifecycle.derive([standard], by=cast.clerk_a)
    outcome = take([row(1), row(2)])
    assert counts(outcome) == (1, 0, 0, 1)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "certificate_no")]


def test_a_corrected_certificate_says_which_import_corrected_its_event(take):
    take([row(1)])
    take([row(5), row(1, 有效期至="2020-12-31")])
    standard = MeasurementStandard.objects.get(valid_until=date(2020, 12, 31))
    event = standard.events.get()
    assert (event.import_id, event.import_row, event.version) == (8, 3, 2)
    before, after = event.history.order_by("history_id")
    assert (before.valid_until, before.import_id, after.import_id) == (date(2021, 5, 31), 7, 8)
