"""The ledger of instruments: what is refused, what follows from the catalogue, its sheet, its page and its lists."""

import csv
from datetime import date
from itertools import count

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bureau import records
from bureau.due import kinds as due_kinds
from bureau.exchange import effects
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import open_table
from bureau.exchange.outcome import Outcome
from bureau.exchange.sheets import get_sheet
from enterprises.criteria import checklist
from inspections import ledger
from inspections.models import CatalogueEntry, Instrument, InstrumentStop, UsePeriod
from tests.contracts import page, posted
from tests.importing import imported, received, undone
from tests.ledger_makers import make_instrument, make_verification

pytestmark = pytest.mark.django_db
HEADER = ("使用单位", "器具名称", "器具种别", "型号规格", "测量范围", "准确度等级", "出厂编号", "生产厂家", "器具产地",
          "安装/使用地点", "使用地点行政区划", "数量", "用途", "送检方式",
          "启用日期", "状态", "强检系统编号")  # fmt: skip


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
def edition(reference):
    """``edition(name, from_, **values)``: an edition that has one kind; what was in force before ends."""

    def make(name, effective_from, kind="fuel_dispenser", **values):
        CatalogueEntry.objects.filter(effective_to=None).update(effective_to=effective_from.replace(day=1))
        defaults = {"control": "P+V", "mode": "periodic", "period_months": 6, "is_for_trade": True}
        return CatalogueEntry.objects.create(
            edition=name, kind_id=kind, effective_from=effective_from, **{**defaults, **values}
        )

    return make


def line(holder, **changes):
    usual = {
        "使用单位": holder.credit_code,
        "器具名称": "电子计价秤",
        "器具种别": "非自动衡器（电子计价秤、台秤、汽车衡等）",
        "型号规格": "ACS-30",
        "出厂编号": "2015001",
        "生产厂家": "某某衡器有限公司",
        "用途": "贸易结算",
        "启用日期": "2015-05-01",
    }
    assert changes.keys() <= set(HEADER)
    return {**usual, **changes}


def written(path, lines):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(lines)
    return path


@pytest.fixture
def take(cast, tmp_path):
    """Import lines as clerk A without a job; returns the outcome."""

    numbers = count(7)

    def take(*lines, by=cast.clerk_a, dry_run=False):
        sheet, total = get_sheet("instruments"), Outcome()
        with open_table(written(tmp_path / "ledger.csv", lines), sheet) as table:
            importer = Importer(sheet, office=by.office, by=by, import_id=next(numbers))
            for chunk in in_chunks(table.rows()):
                total.add(importer.look(chunk).outcome if dry_run else importer.take(chunk))
        return total

    return take


def reasons(outcome):
    return " ".join(problem.reason for problem in outcome.errors)


# What is refused, and what follows ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": 0}, "at least 1"),
        ({"quantity": 2, "serial_no": "77"}, "names one piece"),
        ({"state": "stopped"}, "states from which day"),
        ({"state": "scrapped", "state_since": date(2014, 1, 1)}, "not before it came into use"),
        ({"end_reason": "replaced"}, "scrapped instruments alone"),
    ],
)
def test_it_rejects_an_instrument(cast, instrument, values, sentence):
    row = instrument()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=cast.clerk_a)


@pytest.mark.parametrize("name", ["in_use_from", "state_since", "first_verified_on"])
def test_it_rejects_a_day_to_come(instrument, name):
    row = instrument(kind_id="water_meter_25", state="stopped", state_since=date(2016, 1, 1))
    setattr(row, name, date(2026, 6, 16))
    with time_machine.travel("2026-06-15 10:00+08:00"), pytest.raises(ValidationError) as error:
        row.full_clean()
    assert list(error.value.message_dict) == [name]


@pytest.mark.parametrize(
    ("kind", "purpose", "legal_kind"),
    [
        ("nonautomatic_scale", "trade", "mandatory"),
        ("nonautomatic_scale", "other", "voluntary"),
        ("load_cell", "trade", "voluntary"),  # under type approval alone
        ("length_instrument", "safety", "voluntary"),
        ("length_instrument", "standard", "mandatory"),
    ],
)
def test_the_legal_kind_follows_from_the_catalogue(instrument, kind, purpose, legal_kind):
    assert instrument(kind_id=kind, purpose=purpose).legal_kind == legal_kind


def test_a_kind_outside_the_edition_in_force_is_refused_by_its_name(instrument, edition):
    edition("2030年第1号", date(2026, 1, 1))
    with time_machine.travel("2026-06-15 10:00+08:00"), pytest.raises(ValidationError) as error:
        instrument(legal_kind="mandatory")
    assert "2030年第1号" in str(error.value.message_dict["kind"])
    with time_machine.travel("2026-06-15 10:00+08:00"), pytest.raises(ValidationError) as error:
        instrument(kind_id="fuel_dispenser", legal_kind="mandatory", purpose="other")
    assert list(error.value.message_dict) == ["purpose"]


def test_the_day_of_replacement_follows_from_the_first_verification(instrument):
    meter = instrument(kind_id="water_meter_25", first_verified_on=date(2016, 2, 29))
    assert meter.replace_due_on == date(2022, 2, 28)
    stated = instrument(kind_id="water_meter_25", first_verified_on=date(2016, 2, 29), replace_due_on=date(2021, 1, 1))
    assert stated.replace_due_on == date(2021, 1, 1)
    assert instrument(first_verified_on=date(2016, 2, 29)).replace_due_on is None


# The sheet ---------------------------------------------------------------------------------------


class TestSheet:
    def test_the_columns_of_the_national_platform_are_read(self, cast, make_enterprise, take):
        holder = make_enterprise(name="沈阳第一菜市场")
        outcome = take(
            line(holder, 使用单位="沈阳第一菜市场", 测量范围="(0～30) kg", 准确度等级="Ⅲ级", 器具产地="常州",
                 **{"安装/使用地点": "3号摊位"}, 使用地点行政区划="沈阳市和平区", 数量="1台", 送检方式="现场检定")
        )  # fmt: skip
        assert outcome.created == 1, outcome.errors
        piece = Instrument.objects.get()
        assert (piece.holder, piece.kind_id, piece.legal_kind) == (holder, "nonautomatic_scale", "mandatory")
        assert (piece.place, piece.region_id, piece.submission, piece.state) == (
            "3号摊位",
            "210102",
            "on_site",
            "in_use",
        )
        period = UsePeriod.objects.get()
        assert (period.begins_on, period.ends_on, period.is_verified) == (date(2015, 5, 1), None, False)

    def test_pieces_without_serial_no_are_found_by_their_number(self, make_enterprise, take):
        holder = make_enterprise()
        batch = line(holder, 出厂编号="", 数量="12", 强检系统编号="QJ-1")
        assert take(batch, line(holder)).created == 2
        again = take(batch | {"型号规格": "ACS-15"}, line(holder))
        assert (again.created, again.updated, again.unchanged) == (0, 1, 1)
        assert Instrument.objects.get(ecqs_no="QJ-1").model == "ACS-15"
        refused = take(line(holder, 出厂编号=""))
        assert refused.failed == 1 and "must not be empty" in reasons(refused)

    def test_a_blank_cell_leaves_state_and_legal_kind(self, cast, make_enterprise, take):
        holder = make_enterprise()
        make_instrument(
            cast, make_enterprise, holder=holder, serial_no="2015001", legal_kind="voluntary", state="stopped",
            state_since=date(2016, 1, 1), name="旧名",
        )  # fmt: skip
        assert take(line(holder, 状态="")).updated == 1
        piece = Instrument.objects.get()
        assert (piece.name, piece.state, piece.legal_kind) == ("电子计价秤", "stopped", "voluntary")

    def test_a_scrapped_piece_makes_room_for_its_number(self, instrument, make_enterprise, take):
        holder = make_enterprise()
        old = instrument(holder=holder, serial_no="2015001", state="scrapped", state_since=date(2016, 1, 1))
        new = instrument(holder=holder, serial_no="2015001")
        assert take(line(holder, 型号规格="ACS-60")).updated == 1
        new.refresh_from_db()
        old.refresh_from_db()
        assert (old.model, new.model) == ("AC-30", "ACS-60")

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"数量": "0"}, "less than 1"),
            ({"数量": "2"}, "names one piece"),
            ({"启用日期": "2126-01-01"}, "in the future"),
            ({"状态": "停用"}, "states from which day"),
            ({"器具种别": "飞碟"}, "Not found"),
        ],
    )
    def test_it_rejects_a_row(self, make_enterprise, take, changes, sentence):
        outcome = take(line(make_enterprise(), **changes))
        assert (outcome.failed, Instrument.objects.count()) == (1, 0)
        assert sentence in reasons(outcome)

    def test_preview_and_effects_write_nothing(self, cast, make_enterprise, take, tmp_path):
        holder = make_enterprise()
        assert take(line(holder), dry_run=True).created == 1
        effects.work_out(received(written(tmp_path / "e.csv", [line(holder)]), cast.clerk_a, "instruments"), user=None)
        assert not Instrument.objects.exists() and not UsePeriod.objects.exists()

    def test_an_import_and_its_undo(self, cast, instrument, make_enterprise, tmp_path):
        holder = make_enterprise()
        mine = instrument(holder=holder, serial_no="2015001", in_use_from=date(2015, 1, 1))
        lines = [line(holder, 启用日期="2015-03-01"), line(holder, 出厂编号="2015002")]
        run = imported(written(tmp_path / "u.csv", lines), cast.clerk_a, "instruments")
        assert (run.created, run.updated) == (1, 1)
        begun = UsePeriod.objects.filter(is_dropped=False).order_by("begins_on").values_list("begins_on", flat=True)
        assert list(begun.all()) == [date(2015, 3, 1), date(2015, 5, 1)]
        assert undone(run, cast.clerk_a) == (1, 1, 0)
        assert list(begun.all()) == [date(2015, 1, 1)]
        mine.refresh_from_db()
        assert mine.in_use_from == date(2015, 1, 1)

    def test_a_chunk_costs_a_few_queries(self, cast, make_enterprise, tmp_path):
        """As many for twenty rows as for two hundred."""
        from django.db import connection

        holder, counts = make_enterprise(), []
        for rows in (20, 200):
            lines = [line(holder, 出厂编号=f"{rows}-{number}") for number in range(rows)]
            sheet = get_sheet("instruments")
            with open_table(written(tmp_path / "many.csv", lines), sheet) as table:
                importer = Importer(sheet, office=cast.clerk_a.office, by=cast.clerk_a, import_id=rows)
                [chunk] = in_chunks(table.rows())
                with CaptureQueriesContext(connection) as queries:
                    assert importer.take(chunk).created == rows
            counts.append(sum("INSERT INTO" not in each["sql"] for each in queries))
        assert counts[0] == counts[1]


# The page ----------------------------------------------------------------------------------------


class TestPage:
    @pytest.fixture(autouse=True)
    def log_in(self, client, cast):
        client.force_login(cast.clerk_a)

    def test_entering_one_derives_what_follows(self, client, cast, make_enterprise):
        url = reverse("admin:inspections_instrument_add")
        data = posted(client, url) | {
            "holder": make_enterprise().pk, "name": "电子秤", "kind": "nonautomatic_scale", "purpose": "trade",
            "serial_no": "1", "in_use_from": "2016-01-01", "legal_kind": "",
        }  # fmt: skip
        assert client.post(url, data).status_code == 302
        piece = Instrument.objects.get()
        assert piece.legal_kind == "mandatory"
        assert UsePeriod.objects.get(instrument=piece).begins_on == date(2016, 1, 1)

    def test_its_verifications_stand_there_newest_first(self, client, instrument, verify):
        piece = instrument()
        first, second = (
            verify(instrument=piece, verified_on=date(year, 5, 10), received_on=None) for year in (2016, 2017)
        )
        response = client.get(page(piece, "change"))
        assert response.context["made"] == [second, first]
        assert f"?instrument={piece.pk}" in response.content.decode()
        assert reverse("inspections:label", args=[piece.pk]) in response.content.decode()

    def test_another_offices_verifications_do_not_stand_there(self, client, cast, instrument, verify):
        piece = instrument()
        theirs = {"office": cast.clerk_b.office, "region_id": cast.clerk_b.office.region_id}
        verify(instrument=piece, **theirs)
        assert client.get(page(piece, "change")).context["made"] == []

    def test_stopping_and_using_it_again(self, client, instrument):
        piece = instrument()
        for state, since in (("stopped", "2016-03-01"), ("in_use", "2016-06-01")):
            data = posted(client, page(piece, "change")) | {"state": state, "state_since": since}
            assert client.post(page(piece, "change"), data).status_code == 302
        stop = InstrumentStop.objects.get()
        assert (stop.begins_on, stop.ends_on) == (date(2016, 3, 1), date(2016, 5, 31))
        assert "2016-03-01 – 2016-05-31" in client.get(page(piece, "change")).content.decode()

    def test_voiding_it_takes_it_out_of_use(self, client, instrument):
        piece = instrument()
        url = page(piece, "change").replace("change/", "void/")
        assert client.post(url, {"reason": "重复"}).status_code == 302
        assert not UsePeriod.objects.filter(is_dropped=False).exists()
        assert client.post(url.replace("void/", "unvoid/")).status_code == 302
        assert UsePeriod.objects.filter(is_dropped=False).count() == 1

    def test_the_filter_of_validity(self, client, instrument, verify):
        with time_machine.travel("2026-06-15 10:00+08:00", tick=False):
            pieces = {
                "valid": verify(verified_on=date(2026, 1, 10), received_on=None).instrument,
                "soon": verify(verified_on=date(2025, 7, 1), received_on=None).instrument,
                "overdue": verify(verified_on=date(2025, 6, 15), received_on=None).instrument,
                "never": instrument(),
                "failed": verify(verified_on=date(2026, 6, 1), received_on=None, conclusion="failed").instrument,
                "replace": instrument(kind_id="water_meter_25", first_verified_on=date(2020, 6, 15)),
                "other": instrument(purpose="other"),
                "stopped": instrument(state="stopped", state_since=date(2026, 1, 1)),
            }
            shown = {
                "valid": {"valid", "soon"},
                "soon": {"soon"},
                "overdue": {"overdue"},
                "without": {"never", "failed", "replace"},
                "replace": {"replace"},
            }
            for value, expected in shown.items():
                response = client.get(page(pieces["valid"], "changelist") + f"?verification={value}")
                found = {row.pk for row in response.context["cl"].result_list}
                assert found == {pieces[name].pk for name in expected}, value


# Due, criteria, catalogue ------------------------------------------------------------------------


def test_due_lists(cast, verify, instrument):
    scale = verify(verified_on=date(2016, 5, 10)).instrument
    meter = instrument(kind_id="water_meter_25", first_verified_on=date(2016, 5, 10))
    verify(verified_on=date(2016, 5, 10), legal_kind="voluntary", instrument=instrument(purpose="other"))
    due = {key: due_kinds.find(key).rows(cast.clerk_a) for key in ("verification.due", "verification.replacement")}
    assert {key: list(rows) for key, rows in due.items()} == {
        "verification.due": [scale],
        "verification.replacement": [meter],
    }
    assert due_kinds.find("verification.due").holder(scale) == scale.holder.name
    scale.state, scale.state_since = "stopped", date(2017, 1, 1)
    records.save(scale, by=cast.clerk_a)
    ledger.instruments_written([], [scale])
    assert not due["verification.due"].all().exists()


class TestCriterion:
    def answer(self, holder, on, user):
        lines = {each.key: each.answer for each in checklist(holder, "market", on, user=user)}
        return lines["instruments_valid"].verdict.value

    def test_all_must_be_valid_on_the_day(self, cast, make_enterprise, instrument, verify):
        holder = make_enterprise()
        assert self.answer(holder, date(2016, 6, 1), cast.clerk_a) == "unknown"
        piece = verify(instrument=instrument(holder=holder), verified_on=date(2016, 5, 10)).instrument
        days = (date(2016, 5, 9), date(2016, 5, 10), date(2017, 5, 9), date(2017, 5, 10))
        answers = [self.answer(holder, day, cast.clerk_a) for day in days]
        assert answers == ["not_met", "met", "met", "not_met"]
        instrument(holder=holder, purpose="other")  # not mandatory
        assert self.answer(holder, date(2016, 6, 1), cast.clerk_a) == "met"
        assert self.answer(holder, date(2016, 6, 1), cast.clerk_b) == "unknown"
        assert piece.holder == holder


class TestCatalogueImport:
    url = "/inspections/catalogue/import/"

    def send(self, client, tmp_path, rows, **values):
        path = tmp_path / "annex.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("二级目录", "监管方式", "强检方式", "强检范围及说明", "检定周期"), *rows])
        data = {"edition": "2030年第1号", "effective_from": "2030-01-01", **values}
        with path.open("rb") as file:
            return client.post(self.url, {**data, "file": file})

    def test_an_edition_takes_the_place_of_the_draft(self, client, cast, tmp_path):
        client.force_login(cast.system_admin)
        rows = [
            ("燃油加油机", "型式批准、强制检定", "周期检定", "用于贸易结算", "6"),
            ("称重传感器", "型式批准", "", "", ""),
        ]
        assert self.send(client, tmp_path, rows).status_code == 302
        new = CatalogueEntry.objects.get(edition="2030年第1号", kind="fuel_dispenser")
        assert (new.control, new.mode, new.period_months, new.is_for_trade) == ("P+V", "periodic", 6, True)
        assert (new.is_for_safety, new.is_verified, new.effective_to) == (False, True, None)
        draft = CatalogueEntry.objects.exclude(edition="2030年第1号")
        assert set(draft.values_list("effective_to", flat=True)) == {date(2029, 12, 31)}
        assert self.send(client, tmp_path, rows, edition="2025年第9号", effective_from="2025-07-01").status_code == 302
        assert set(draft.filter(effective_from=None).values_list("effective_to", flat=True)) == {date(2025, 6, 30)}
        older = CatalogueEntry.objects.filter(edition="2025年第9号")
        assert set(older.values_list("effective_to", flat=True)) == {date(2029, 12, 31)}

    def test_one_bad_row_refuses_all(self, client, cast, tmp_path):
        client.force_login(cast.system_admin)
        before = CatalogueEntry.objects.count()
        rows = [
            ("燃油加油机", "V", "周期检定", "", "6"),
            ("飞碟", "V", "周期检定", "", ""),
            ("水表（DN≤25）", "V", "", "", ""),
            ("燃油加油机", "V", "周期检定", "", "12"),
        ]
        response = self.send(client, tmp_path, rows)
        assert response.status_code == 422
        assert [fault.row for fault in response.context["faults"]] == ["3", "4", "5"]
        assert CatalogueEntry.objects.count() == before

    def test_it_needs_the_system_administrator(self, client, cast):
        for person in (cast.clerk_a, cast.manager_province, cast.auditor):
            client.force_login(person)
            assert client.get(self.url).status_code == 403
        client.force_login(cast.system_admin)
        assert client.get(self.url).status_code == 200
