"""Verifications: what is refused, what follows from piece, catalogue and paper, their sheet and their page."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bureau import records
from bureau.exchange import effects
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import open_table
from bureau.exchange.outcome import Outcome
from bureau.exchange.sheets import get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from inspections import ledger, succession
from inspections.models import CatalogueEntry, UsePeriod, Verification
from tests.contracts import page, posted
from tests.importing import imported, received, undone
from tests.institutions import make_institution
from tests.ledger_makers import make_instrument, make_verification
from tests.standard_files import happen

pytestmark = pytest.mark.django_db
HEADER = ("检定机构", "证书编号", "证书类型", "检定类别", "检定日期", "送检单位", "器具种别", "出厂编号", "台账编号",
          "数量", "用途", "是否强检", "检定结论", "有效期至", "下次检定日期", "所用计量标准", "检定费", "减免费用",
          "免费检定", "应急检定", "应急申请时间", "收样日期", "行政区划")  # fmt: skip
SCALE = "非自动衡器（电子计价秤、台秤、汽车衡等）"


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
    return lambda **values: make_verification(cast, make_enterprise, **values)


@pytest.fixture
def house(cast):
    return make_institution(cast, name="市计量测试所")


def line(number, **changes):
    usual = {
        "检定机构": "市计量测试所",
        "证书编号": f"LX2016-{number:05}",
        "检定类别": "后续检定",
        "检定日期": "2016-05-10",
        "器具种别": SCALE,
        "检定结论": "合格",
    }
    assert changes.keys() <= set(HEADER)
    return {**usual, **changes}


def of(piece, number=1, **changes):
    return line(number, **{"送检单位": piece.holder.credit_code, "出厂编号": piece.serial_no, **changes})


def batch(holder, number=1, **changes):
    new = {"器具种别": "水表（DN≤25）", "检定类别": "首次检定", "用途": "贸易结算", "数量": "500只"}
    return line(number, 送检单位=holder.credit_code, **{**new, **changes})


def written(path, lines, header=HEADER):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(lines)
    return path


@pytest.fixture
def take(cast, house, tmp_path):
    """Import lines as clerk A without a job; returns the outcome."""
    numbers = count(7)

    def take(*lines, by=cast.clerk_a, dry_run=False, header=HEADER):
        sheet, total = get_sheet("verifications"), Outcome()
        with open_table(written(tmp_path / "made.csv", lines, header), sheet) as table:
            importer = Importer(sheet, office=by.office, by=by, import_id=next(numbers))
            for chunk in in_chunks(table.rows()):
                total.add(importer.look(chunk).outcome if dry_run else importer.take(chunk))
        return total

    return take


def reasons(outcome):
    return " ".join(problem.reason for problem in outcome.errors)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": 0}, "at least 1"),
        ({"fee": Decimal(100), "fee_waived": Decimal(101)}, "between nothing and the fee"),
        ({"fee": Decimal(-1), "fee_waived": Decimal(-1)}, "between nothing and the fee"),
        ({"valid_until": date(2016, 5, 9)}, "cannot run out before"),
        ({"next_due_on": date(2016, 5, 10)}, "due after this one"),
        ({"paper": "rejection"}, "A certificate says that the piece passed"),
        ({"paper": "rejection", "conclusion": "failed"}, "sets no validity"),
        ({"kind": "calibration", "paper": "calibration", "conclusion": "none"}, "never mandatory"),
        ({"received_on": date(2016, 5, 11)}, "before it was received"),
    ],
)
def test_it_rejects_a_verification(cast, verify, values, sentence):
    row = verify()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=cast.clerk_a)


def test_it_is_not_finished_before_it_was_requested(cast, verify):
    row, now = verify(is_emergency=True), timezone.now()
    row.requested_at, row.finished_at = now, now - timedelta(minutes=1)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=cast.clerk_a)


def test_a_number_is_used_once_by_an_institution_in_a_year(cast, verify, house):
    first = verify(institution=house, certificate_no="A-1", verified_on=date(2016, 5, 10))
    with pytest.raises(ValidationError) as error:
        verify(institution=house, certificate_no="A-1", verified_on=date(2016, 12, 31))
    assert "already issued a paper with this number" in str(error.value)
    again = verify(institution=house, certificate_no="A-1", verified_on=date(2017, 1, 1))
    again.verified_on = date(2016, 6, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(again, by=cast.clerk_a)
    assert verify(certificate_no="A-1").pk  # of another institution
    records.void(first, by=cast.clerk_a, reason="误录")
    assert verify(institution=house, certificate_no="A-1", verified_on=date(2016, 5, 10)).pk


def test_a_certificate_dated_tomorrow_is_refused(verify):
    with time_machine.travel("2026-06-15 10:00+08:00"):
        assert verify(verified_on=date(2026, 6, 15)).pk
        with pytest.raises(ValidationError) as error:
            verify(verified_on=date(2026, 6, 16))
    assert list(error.value.message_dict) == ["verified_on"]


def test_a_kind_outside_the_edition_of_its_day_is_refused(verify):
    CatalogueEntry.objects.update(effective_to=date(2019, 12, 31))
    new = {"edition": "2020年第42号", "effective_from": date(2020, 1, 1), "control": "V", "mode": "periodic"}
    CatalogueEntry.objects.create(kind_id="fuel_dispenser", period_months=6, **new)
    loose = {"instrument": None, "instrument_kind_id": "taximeter", "legal_kind": "mandatory", "received_on": None}
    assert verify(verified_on=date(2019, 12, 31), **loose).pk  # judged by the edition of its day
    with pytest.raises(ValidationError) as error:
        verify(verified_on=date(2020, 1, 1), **loose)
    assert "2020年第42号" in str(error.value.message_dict["instrument_kind"])


@pytest.mark.parametrize("name", ["holder", "instrument_kind", "serial_no"])
def test_it_may_not_contradict_its_piece(verify, instrument, make_enterprise, name):
    piece = instrument()
    other = {"holder": {"holder_id": make_enterprise().pk}, "instrument_kind": {"instrument_kind_id": "taximeter"},
             "serial_no": {"serial_no": "another"}}[name]  # fmt: skip
    row = verify(instrument=piece)
    for attribute, value in other.items():
        setattr(row, attribute, value)
    with pytest.raises(ValidationError) as error:
        row.clean()
    assert list(error.value.message_dict) == [name]


def test_a_piece_that_changed_since_contradicts_nothing(cast, verify, make_enterprise):
    row = verify()
    records.bulk_change([_moved(row.instrument, make_enterprise())], ["holder"], by=cast.clerk_a, reason="过户")
    row = Verification.objects.get(pk=row.pk)
    row.remark = "更正"
    row.full_clean()
    row.serial_no = "another"
    with pytest.raises(ValidationError):
        row.full_clean()


def _moved(piece, holder):
    piece.holder = holder
    return piece


# What follows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "valid_until", "next_due_on"),
    [
        ({}, date(2017, 5, 9), date(2017, 5, 10)),
        ({"verified_on": date(2024, 2, 29)}, date(2025, 2, 27), date(2025, 2, 28)),
        ({"valid_until": date(2016, 12, 31)}, date(2016, 12, 31), date(2017, 1, 1)),  # the printed day wins
        ({"next_due_on": date(2017, 1, 1)}, date(2016, 12, 31), date(2017, 1, 1)),
        ({"conclusion": "failed"}, None, None),
        ({"kind": "in_service"}, None, None),
        ({"kind": "calibration", "conclusion": ""}, None, None),
    ],
)
def test_validity(verify, values, valid_until, next_due_on):
    row = verify(received_on=None, **values)
    assert (row.valid_until, row.next_due_on) == (valid_until, next_due_on)


def test_the_period_of_the_piece_goes_before_the_catalogue(verify, instrument):
    assert verify(instrument=instrument(period_months=6)).valid_until == date(2016, 11, 9)


def test_a_meter_is_valid_to_the_end_of_its_time_in_use(verify, instrument):
    loose = verify(instrument=None, instrument_kind_id="water_meter_25")
    assert (loose.valid_until, loose.next_due_on) == (date(2022, 5, 9), None)
    meter = instrument(kind_id="water_meter_25", first_verified_on=date(2015, 5, 1))
    assert verify(instrument=meter).valid_until == date(2021, 4, 30)


def test_without_a_period_the_certificate_must_say(verify):
    tank = {"instrument": None, "instrument_kind_id": "ship_tank"}
    with pytest.raises(ValidationError) as error:
        verify(**tank)
    assert list(error.value.message_dict) == ["valid_until"]
    assert verify(**tank, valid_until=date(2018, 5, 9)).next_due_on == date(2018, 5, 10)
    thermometer = verify(instrument=None, instrument_kind_id="glass_thermometer", purpose="medical")
    assert (thermometer.legal_kind, thermometer.valid_until) == ("mandatory", None)


@pytest.mark.parametrize(
    ("values", "paper", "conclusion", "legal_kind"),
    [
        ({"conclusion": "passed"}, "certificate", "passed", "mandatory"),
        ({"conclusion": "failed"}, "rejection", "failed", "mandatory"),
        ({"conclusion": "", "paper": "rejection"}, "rejection", "failed", "mandatory"),
        ({"conclusion": "", "kind": "", "paper": "calibration"}, "calibration", "none", "voluntary"),
        ({"purpose": "other"}, "certificate", "passed", "voluntary"),
    ],
)
def test_paper_conclusion_and_legal_kind_follow_from_each_other(verify, values, paper, conclusion, legal_kind):
    row = verify(**values)
    assert (row.paper, row.conclusion, row.legal_kind) == (paper, conclusion, legal_kind)


def test_a_voluntary_piece_stays_voluntary(verify, instrument):
    assert verify(instrument=instrument(legal_kind="voluntary")).legal_kind == "voluntary"


def test_days_from_receipt_to_result(verify):
    assert verify(received_on=date(2016, 5, 1)).days_taken == 9
    assert verify(received_on=None).days_taken is None


def test_the_piece_follows_its_verifications(cast, verify, instrument):
    piece = instrument()
    first = verify(instrument=piece)
    piece.refresh_from_db()
    assert (piece.last_verified_on, piece.valid_until, piece.next_due_on) == (
        date(2016, 5, 10), date(2017, 5, 9), date(2017, 5, 10),
    )  # fmt: skip
    second = verify(instrument=piece, verified_on=date(2017, 6, 1), received_on=None, conclusion="failed")
    first.refresh_from_db()
    piece.refresh_from_db()
    assert (first.due_on, first.met_on) == (date(2017, 5, 10), date(2017, 6, 1))
    assert (piece.last_verified_on, piece.valid_until, piece.next_due_on) == (date(2017, 6, 1), None, None)
    records.void(second, by=cast.clerk_a, reason="误录")
    ledger.verifications_written([], [second])
    first.refresh_from_db()
    piece.refresh_from_db()
    assert (first.met_on, piece.last_verified_on) == (None, date(2016, 5, 10))


def test_a_verification_that_leaves_its_piece_owes_nothing(cast, verify):
    row = verify()
    piece = row.instrument
    row.instrument = None
    records.save(row, by=cast.clerk_a)
    ledger.verifications_written([], [row])
    row.refresh_from_db()
    piece.refresh_from_db()
    assert (row.due_on, piece.last_verified_on) == (None, None)


def test_saving_an_older_reading_leaves_what_was_derived(cast, verify):
    row = verify()
    stale = Verification.objects.get(pk=row.pk)
    verify(instrument=row.instrument, verified_on=date(2017, 5, 1), received_on=None)
    stale.remark = "更正"
    records.save(stale, by=cast.clerk_a)
    row.refresh_from_db()
    assert (row.remark, row.met_on) == ("更正", date(2017, 5, 1))


# The sheet ---------------------------------------------------------------------------------------


class TestSheet:
    def test_the_piece_is_found_by_holder_kind_and_serial_no(self, cast, instrument, take):
        piece = instrument(region_id="210102")
        outcome = take(of(piece))
        assert outcome.created == 1, outcome.errors
        row = Verification.objects.get()
        assert (row.instrument, row.purpose, row.legal_kind, row.paper) == (piece, "trade", "mandatory", "certificate")
        assert (row.region_id, row.valid_until, row.quantity) == ("210102", date(2017, 5, 9), 1)
        piece.refresh_from_db()
        assert piece.last_verified_on == date(2016, 5, 10)
        assert UsePeriod.objects.filter(is_dropped=False, is_verified=True).count() == 1
        assert take(of(piece)).unchanged == 1

    def test_a_batch_counts_where_its_client_is(self, make_enterprise, take):
        here, beyond = make_enterprise(region_id="210102"), make_enterprise(region_id="210202")
        outcome = take(batch(here), batch(beyond, 2), batch(here, 3, 行政区划="210103"))
        assert outcome.created == 3, outcome.errors
        made = Verification.objects.order_by("certificate_no").values_list("region", "quantity", "instrument")
        assert list(made) == [("210102", 500, None), ("210100", 500, None), ("210103", 500, None)]

    def test_a_piece_without_serial_no_is_named_by_its_number(self, cast, instrument, make_enterprise, take):
        holder = make_enterprise()
        piece = instrument(holder=holder, serial_no="", quantity=12, holder_no="甲-1")
        instrument(holder_no="甲-1", serial_no="")  # another holder's
        named = line(1, 送检单位=holder.credit_code, 台账编号="甲-1", 数量="12")
        assert take(named).created == 1
        assert Verification.objects.get().instrument == piece
        assert take(named).unchanged == 1
        refused = take(line(2, 送检单位=holder.credit_code, 台账编号="甲-9"))
        assert refused.failed == 1 and "no instrument with this number" in reasons(refused)
        other_kind = take(line(3, 送检单位=holder.credit_code, 台账编号="甲-1", 器具种别="燃油加油机"))
        assert other_kind.failed == 1 and "has another one" in reasons(other_kind)

    def test_of_two_that_bore_the_number_the_one_in_use_that_day_is_meant(self, instrument, make_enterprise, take):
        holder = make_enterprise()
        scrapped = {"state": "scrapped", "state_since": date(2016, 6, 1)}
        old = instrument(holder=holder, serial_no="7", in_use_from=date(2010, 1, 1), **scrapped)
        new = instrument(holder=holder, serial_no="7", in_use_from=date(2016, 6, 1))
        assert take(of(new), of(new, 2, 检定日期="2016-07-01")).created == 2
        assert [row.instrument for row in Verification.objects.order_by("verified_on")] == [old, new]

    def test_a_correction_of_few_columns_needs_no_query_a_row(self, cast, instrument, take):
        pieces = [instrument() for _ in range(3)]
        made = [of(piece, number) for number, piece in enumerate(pieces)]
        assert take(*made).created == 3
        few = ("检定机构", "证书编号", "检定日期", "送检单位", "器具种别", "检定费")
        lines = [{name: each.get(name, "30") for name in few} for each in made]
        with CaptureQueriesContext(connection) as queries:
            assert take(*lines, header=few).updated == 3
        asked = [each["sql"] for each in queries if 'FROM "inspections_instrument" WHERE' in each["sql"]]
        assert len(asked) <= 4, asked
        assert set(Verification.objects.values_list("fee", flat=True)) == {Decimal(30)}

    def test_a_corrected_serial_no_moves_the_paper_to_the_other_piece(self, instrument, make_enterprise, take):
        holder = make_enterprise()
        first, second = instrument(holder=holder), instrument(holder=holder)
        take(of(first))
        assert take(of(second)).updated == 1
        for piece, on in ((first, None), (second, date(2016, 5, 10))):
            piece.refresh_from_db()
            assert piece.last_verified_on == on

    def test_a_serial_no_that_the_ledger_does_not_know_contradicts_the_piece(self, instrument, take):
        piece = instrument()
        take(of(piece))
        outcome = take(of(piece, 出厂编号="other"))
        assert outcome.failed == 1 and "has another one" in reasons(outcome)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"数量": "0"}, "less than 1"),
            ({"数量": "2"}, "names one piece"),
            ({"检定费": "100", "减免费用": "101"}, "between nothing and the fee"),
            ({"有效期至": "2016-05-09"}, "cannot run out before"),
            ({"检定日期": "2126-05-10"}, "in the future"),
            ({"检定结论": ""}, "must not be empty"),
            ({"检定类别": ""}, "must not be empty"),
            ({"检定结论": "不合格", "有效期至": "2017-05-09"}, "sets no validity"),
            ({"收样日期": "2016-05-11"}, "before it was received"),
            ({"应急申请时间": "昨天"}, "not a day with a time"),
            ({"用途": "其他", "是否强检": "强检"}, "not under mandatory verification"),
        ],
    )
    def test_it_rejects_a_row(self, instrument, take, changes, sentence):
        outcome = take(of(instrument(), **changes))
        assert (outcome.failed, Verification.objects.count()) == (1, 0)
        assert sentence in reasons(outcome)

    def test_a_number_used_twice_in_a_year_is_refused(self, instrument, take):
        piece = instrument()
        take(of(piece))
        outcome = take(of(piece, 检定日期="2016-06-01"), of(piece, 2))
        assert (outcome.created, outcome.failed) == (1, 1)
        assert "already issued a paper with this number" in reasons(outcome)

    def test_a_standard_is_known_by_its_former_number(self, cast, instrument, make_standard, take):
        standard = make_standard(issued_on=date(2011, 5, 10), valid_until=date(2016, 5, 9), certificate_no="旧号")
        happen(
            standard, cast.clerk_a, "reexamined", date(2016, 4, 1), valid_until=date(2021, 5, 9), certificate_no="新号"
        )
        piece = instrument()
        outcome = take(of(piece, 所用计量标准="旧号"), of(piece, 2, 所用计量标准="新号", 检定日期="2016-11-10"))
        assert outcome.created == 2, outcome.errors
        assert set(Verification.objects.values_list("standard", flat=True)) == {standard.pk}

    def test_an_urgent_request_with_its_time(self, make_enterprise, take):
        line_ = batch(make_enterprise(), 应急检定="是", 应急申请时间="2016-05-09 08:30", 数量="54")
        assert take(line_).created == 1
        row = Verification.objects.get()
        assert f"{timezone.localtime(row.requested_at):%Y-%m-%d %H:%M}" == "2016-05-09 08:30"
        assert take(line_).unchanged == 1

    def test_preview_and_effects_write_nothing(self, cast, instrument, house, take, tmp_path):
        piece = instrument()
        assert take(of(piece), dry_run=True).created == 1
        run = received(written(tmp_path / "e.csv", [of(piece)]), cast.clerk_a, "verifications")
        assert not Verification.objects.exists()
        assert not UsePeriod.objects.filter(is_verified=True).exists()
        assert run.expected_rows == 1

    def test_what_follows_stands_on_the_rows_when_they_are_written(self, cast, instrument, verify, house, take):
        """Two papers of one piece in one file, between them one that the database refuses, after one on record."""
        piece = instrument()
        before = verify(instrument=piece, verified_on=date(2015, 6, 1), received_on=None)
        verify(institution=house, certificate_no="LX2016-00002", verified_on=date(2016, 1, 5), received_on=None)
        lines = [
            of(piece, 1, 检定日期="2016-05-10"),
            of(piece, 2, 检定日期="2016-08-01"),
            of(piece, 3, 检定日期="2016-11-20"),
        ]
        assert (outcome := take(*lines)).created == 2, outcome.errors
        made = Verification.objects.filter(instrument=piece).order_by("verified_on")
        assert list(made.values_list("due_on", "met_on")) == [
            (date(2016, 6, 1), date(2016, 5, 10)),
            (date(2017, 5, 10), date(2016, 11, 20)),
            (date(2017, 11, 20), None),
        ]
        assert made[0] == before
        periods = UsePeriod.objects.order_by("pk").values_list("begins_on", "ends_on", "is_verified", "is_dropped")
        stood = list(periods)
        succession.derive([piece.pk])
        assert list(periods) == stood

    def test_an_import_and_its_undo(self, cast, instrument, make_enterprise, house, verify, tmp_path):
        holder = make_enterprise()
        first, second = instrument(holder=holder), instrument(holder=holder)
        verify(instrument=first, institution=house, certificate_no="LX2016-00001")
        lines = [of(second), of(second, 2, 检定日期="2016-12-10")]
        run = imported(written(tmp_path / "u.csv", lines), cast.clerk_a, "verifications")
        assert (run.created, run.updated) == (1, 1)

        def days():
            for piece in (first, second):
                piece.refresh_from_db()
                yield piece.last_verified_on

        assert [*days()] == [None, date(2016, 12, 10)]
        assert undone(run, cast.clerk_a) == (1, 1, 0)
        assert [*days()] == [date(2016, 5, 10), None]

    def test_a_chunk_costs_a_few_queries(self, cast, house, make_enterprise, instrument, tmp_path):
        """As many for ten rows as for forty."""
        holder, counts = make_enterprise(), []
        for rows in (10, 40):
            pieces = [instrument(holder=holder) for _ in range(rows)]
            lines = [of(piece, rows * 100 + number) for number, piece in enumerate(pieces)]
            sheet = get_sheet("verifications")
            with open_table(written(tmp_path / "many.csv", lines), sheet) as table:
                importer = Importer(sheet, office=cast.clerk_a.office, by=cast.clerk_a, import_id=rows)
                [chunk] = in_chunks(table.rows())
                with CaptureQueriesContext(connection) as queries:
                    assert importer.take(chunk).created == rows
            counts.append(len(queries))
        assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_the_effects_of_a_file_are_worked_out(cast, make_enterprise, tmp_path):
    make_institution(cast, name="市计量测试所")
    piece = make_instrument(cast, make_enterprise)
    run = received(written(tmp_path / "e.csv", [of(piece), batch(piece.holder, 2)]), cast.clerk_a, "verifications")
    figures = {each["key"]: each for each in effects.work_out(run, user=cast.clerk_a)["figures"]}
    assert figures["verification.instruments"]["after"] == "501"
    assert not Verification.objects.exists()


# The page ----------------------------------------------------------------------------------------


class TestPage:
    @pytest.fixture(autouse=True)
    def log_in(self, client, cast):
        client.force_login(cast.clerk_a)

    def test_a_new_one_begins_with_what_the_piece_says(self, client, cast, instrument, house):
        piece = instrument(region_id="210102")
        url = reverse("admin:inspections_verification_add") + f"?instrument={piece.pk}"
        data = posted(client, url)
        assert (data["holder"], data["serial_no"], data["region"]) == (str(piece.holder_id), piece.serial_no, "210102")
        data |= {"institution": house.pk, "certificate_no": "A-1", "kind": "initial", "conclusion": "passed",
                 "verified_on": "2016-05-10", "paper": "", "fee": "0", "fee_waived": "0"}  # fmt: skip
        response = client.post(url, data)
        assert response.status_code == 302, response.context["adminform"].form.errors
        row = Verification.objects.get()
        assert (row.paper, row.valid_until, row.instrument) == ("certificate", date(2017, 5, 9), piece)
        piece.refresh_from_db()
        assert piece.next_due_on == date(2017, 5, 10)
        assert posted(client, url)["kind"] == "subsequent"

    def test_another_offices_piece_gives_nothing_away(self, client, cast, instrument):
        piece = instrument(by=cast.clerk_b)
        url = reverse("admin:inspections_verification_add") + f"?instrument={piece.pk}"
        assert "serial_no" not in {name for name, value in posted(client, url).items() if value == piece.serial_no}
        assert client.get(reverse("admin:inspections_verification_add") + "?instrument=x").status_code == 200

    def test_without_a_piece_the_form_asks(self, client, house):
        url = reverse("admin:inspections_verification_add")
        data = posted(client, url) | {"institution": house.pk, "certificate_no": "A-1", "kind": "initial"}
        response = client.post(url, data)
        assert response.status_code == 200
        errors = response.context["adminform"].form.errors
        assert {"holder", "instrument_kind", "purpose", "conclusion"} <= errors.keys()

    def test_it_shows_the_ones_before_and_after(self, client, verify, instrument):
        piece, days = instrument(), (date(2016, 5, 10), date(2017, 5, 1), date(2018, 4, 20))
        rows = [verify(instrument=piece, verified_on=day, received_on=None) for day in days]
        context = client.get(page(rows[1], "change")).context
        assert (context["earlier"], context["later"], context["piece"]) == (rows[0], rows[2], piece)

    def test_a_correction_keeps_the_original_and_moves_what_follows(self, client, verify):
        row = verify()
        data = posted(client, page(row, "change"))
        data |= {"verified_on": "2016-05-20", "valid_until": "", "next_due_on": "", "change_reason": "日期更正"}
        assert client.post(page(row, "change"), data).status_code == 302
        row.refresh_from_db()
        assert (row.valid_until, row.due_on) == (date(2017, 5, 19), date(2017, 5, 20))
        lines = row.history.order_by("history_id").values_list("verified_on", "history_change_reason")
        assert list(lines) == [(date(2016, 5, 10), ""), (date(2016, 5, 20), "日期更正")]

    def test_voiding_and_restoring(self, client, verify):
        row = verify()
        url = page(row, "change").replace("change/", "void/")
        client.post(url, {"reason": "重复"})
        row.instrument.refresh_from_db()
        assert row.instrument.last_verified_on is None
        client.post(url.replace("void/", "unvoid/"))
        row.instrument.refresh_from_db()
        assert row.instrument.last_verified_on == date(2016, 5, 10)


def test_the_figures_count_it(cast, verify):
    verify(quantity=1, is_free=True)
    verify(instrument=None, quantity=500)
    [figure] = compute([indicators.get("verification.instruments")], "210100", Period.year(2016))
    assert figure.value == 501


# Figures of a period that is not over ------------------------------------------------------------


def figures(*keys, on):
    """Of the year 2026 in the province, as asked on that day."""
    with time_machine.travel(f"{on} 10:00+08:00", tick=False):
        found = compute([indicators.get(f"verification.{key}") for key in keys], "210000", Period.year(2026))
    return [figure.value for figure in found]


def test_coverage_of_a_running_year_is_that_of_today(verify, instrument):
    """Valid until 31 August 2026, never verified, and valid into 2027: 2 of 3, and 1 of 3 on 1 September."""
    verify(verified_on=date(2025, 9, 1), received_on=None)
    instrument()
    verify(verified_on=date(2026, 5, 15), received_on=None)
    keys = ("mandatory_in_use", "mandatory_valid", "overdue")
    assert figures(*keys, on="2026-08-20") == [3, 2, 1]
    assert figures(*keys, on="2026-08-31") == [3, 2, 1]  # the last day of a month: from the tally alone
    assert figures(*keys, on="2026-09-01") == [3, 1, 2]
    assert figures("mandatory_coverage_rate", on="2026-09-01") == [pytest.approx(Decimal(100) / 3, abs=Decimal("0.01"))]
    assert figures(*keys, on="2027-02-10") == [3, 1, 2]  # the year is over: as on its last day


def test_what_is_due_after_today_is_neither_made_nor_missed(verify):
    """Due on 1 June (made on 20 May), 10 August (not made) and 1 December 2026."""
    first = verify(verified_on=date(2025, 6, 1), received_on=None)
    verify(instrument=first.instrument, verified_on=date(2026, 5, 20), received_on=None)
    verify(verified_on=date(2025, 8, 10), received_on=None)
    verify(verified_on=date(2025, 12, 1), received_on=None)
    keys = ("due", "due_met", "due_in_time")
    assert figures(*keys, on="2026-05-31") == [0, 0, 0]
    assert figures(*keys, on="2026-08-09") == [1, 1, 1]
    assert figures(*keys, on="2026-08-10") == [2, 1, 1]
    assert figures(*keys, on="2026-12-31") == [3, 1, 1]
