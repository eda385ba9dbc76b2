"""Importing standards as a clerk does: by file, through the importer and the command."""

import io
import json
from datetime import date, datetime
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from bureau import records
from bureau.exchange import runs
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import open_table
from bureau.exchange.models import Import, ImportProblem
from bureau.exchange.sheets import get_sheet
from bureau.models import Operation
from standards import lifecycle
from standards.models import InForceInterval, MeasurementStandard, StandardEvent

HEADER = [
    "标准名称",
    "标准类别",
    "层级",
    "等级",
    "专业",
    "建标单位",
    "测量范围",
    "不确定度/准确度等级/最大允许误差",
    "发证机关",
    "证书编号",
    "发证日期",
    "有效期至",
    "建标日期",
    "保存地点",
    "行政区划",
]


def line(number=1, **changes):
    values = {
        "标准名称": f"砝码标准装置{number}",
        "标准类别": "社会公用计量标准",
        "层级": "市级",
        "等级": "次级",
        "专业": "力学",
        "建标单位": "市计量测试所",
        "测量范围": "(1～2000) kg",
        "不确定度/准确度等级/最大允许误差": "M1等级",
        "发证机关": "省市场监督管理局",
        "证书编号": f"[2016] 辽量标 证字第 {number:03} 号",
        "发证日期": date(2016, 6, 1),
        "有效期至": date(2021, 5, 31),
        "建标日期": None,
        "保存地点": "",
        "行政区划": "210100",
    }
    assert changes.keys() <= values.keys()
    return [*{**values, **changes}.values()]


def workbook(path, lines, header=None, above=()):
    book = Workbook()
    sheet = book.active
    for cells in (*above, header or HEADER, *lines):
        sheet.append(cells)
    book.save(path)
    return path


@pytest.fixture
def take(cast, tmp_path):
    """Import lines (or a file) as clerk A, as import 7 and so on; returns the outcome."""
    numbers = count(7)

    def take(lines, *, by=None, office=None, dry_run=False, **options):
        by = by or cast.clerk_a
        path = lines if hasattr(lines, "read_bytes") else workbook(tmp_path / "in.xlsx", lines, **options)
        importer = Importer(
            get_sheet("standards"),
            office=office or by.office,
            by=by,
            import_id=next(numbers),
            reason="import",
        )
        total = None
        with open_table(path, importer.sheet) as table:
            for chunk in in_chunks(table.rows()):
                outcome = importer.look(chunk).outcome if dry_run else importer.take(chunk)
                if total is None:
                    total = outcome
                else:
                    total.add(outcome)
        return total

    return take


def counts(outcome):
    return outcome.created, outcome.updated, outcome.unchanged, outcome.failed


def test_it_works(take, cast):
    outcome = take([line(1), line(2, 行政区划="沈阳市和平区", 建标日期="2011.3.4")])

    assert outcome.errors == []
    assert counts(outcome) == (2, 0, 0, 0)
    first, second = MeasurementStandard.objects.order_by("pk")
    assert (first.kind, first.tier, first.grade, first.field_id) == ("public", "municipal", "working", "12")
    assert (first.office, first.region_id, first.created_by) == (cast.clerk_a.office, "210100", cast.clerk_a)
    assert (first.import_id, first.import_row, second.import_row) == (7, 2, 3)
    assert first.established_on == first.issued_on == date(2016, 6, 1)
    assert (second.region_id, second.established_on) == ("210102", date(2011, 3, 4))
    assert StandardEvent.objects.filter(standard=first).count() == 1
    assert InForceInterval.objects.filter(standard=first).get().ends_on == date(2021, 5, 31)


def test_importing_twice_changes_nothing(take):
    lines = [line(1), line(2)]
    take(lines)
    before = list(MeasurementStandard.objects.order_by("pk").values())

    assert counts(take(lines)) == (0, 0, 2, 0)
    assert list(MeasurementStandard.objects.order_by("pk").values()) == before


def test_update_keeps_the_values_before(take):
    take([line(1)])
    outcome = take([line(1, 建标单位="省计量科学研究院")])

    assert counts(outcome) == (0, 1, 0, 0)
    standard = MeasurementStandard.objects.get()
    assert (standard.holder, standard.version) == ("省计量科学研究院", 2)
    holders = list(standard.history.order_by("history_id").values_list("holder", flat=True))
    assert (holders[0], holders[-1]) == ("市计量测试所", "省计量科学研究院")


def test_a_missing_column_leaves_the_value_and_an_empty_cell_empties_it(take):
    take([line(1, 保存地点="一号楼")])
    header, cells = [*HEADER], line(1, 建标单位="另一单位")
    at = header.index("保存地点")
    del header[at], cells[at]
    take([cells], header=header)
    assert MeasurementStandard.objects.get().place == "一号楼"

    take([line(1, 建标单位="另一单位")])
    assert MeasurementStandard.objects.get().place == ""


def test_good_rows_are_kept_and_bad_cells_named(take):
    outcome = take([line(1), line(2, 发证日期="2016-02-30", 专业="炼金术"), line(3, 标准名称=None), line(4)])

    assert counts(outcome) == (2, 0, 0, 2)
    assert [(error.row, error.column, error.value) for error in outcome.errors] == [
        (3, "field", "炼金术"),
        (3, "issued_on", "2016-02-30"),
        (4, "name", ""),
    ]
    assert all(error.reason for error in outcome.errors)


def test_the_header_may_stand_lower_in_another_order_with_unknown_columns(take):
    header = [*reversed(HEADER), "我们的备注栏"]
    outcome = take([[*reversed(line(1)), "x"], []], header=header, above=[["2016年建标情况"], []])
    assert counts(outcome) == (1, 0, 0, 0)
    assert MeasurementStandard.objects.get().import_row == 4


def test_same_key_twice_in_one_file(take):
    outcome = take([line(1), line(2), line(1, 标准名称="另一名称")])
    assert counts(outcome) == (2, 0, 0, 1)
    [error] = outcome.errors
    assert (error.row, error.column) == (4, "certificate_no")
    assert "2" in error.reason


def test_the_number_counts_as_the_same_in_full_width(take):
    take([line(1, 证书编号="(2016)量标证字001号")])
    assert counts(take([line(1, 证书编号="（２０１６）量标证字００１号")])) == (0, 0, 1, 0)


def test_other_office_gets_no_hint_of_the_record(take, cast, make_standard):
    theirs = make_standard(by=cast.clerk_b, certificate_no="B-1", issuing_authority="省市场监督管理局")
    outcome = take([line(1, 证书编号="B-1")])

    assert counts(outcome) == (0, 0, 0, 1)
    [error] = outcome.errors
    assert error.column == "certificate_no"
    assert not any(str(leak) in error.reason for leak in (theirs.name, theirs.office, theirs.holder, theirs.pk))
    theirs.refresh_from_db()
    assert theirs.version == 1


def test_a_record_in_sight_may_stand_in_the_file_unchanged_only(take, cast, make_standard):
    """The province keeps a standard that stands in city A: the city's export holds it, so its import takes it."""
    values = {"建标单位": "省计量科学研究院", "证书编号": "P-1"}
    take([line(1, **values)], by=cast.clerk_province)
    assert counts(take([line(1, **values)])) == (0, 0, 1, 0)
    assert counts(take([line(1, **{**values, "建标单位": "别的单位"})])) == (0, 0, 0, 1)
    assert counts(take([line(1, **values)], by=cast.clerk_b)) == (0, 0, 0, 1)


def test_a_higher_office_may_change_what_one_below_keeps(take, cast):
    take([line(1)])
    outcome = take([line(1, 建标单位="改正后的单位")], by=cast.clerk_province)
    assert counts(outcome) == (0, 1, 0, 0)
    assert MeasurementStandard.objects.get().office == cast.clerk_a.office


def test_a_region_outside_the_office_is_refused(take):
    outcome = take([line(1, 行政区划="210200"), line(2, 行政区划="大连市"), line(3, 行政区划="999999")])
    assert counts(outcome) == (0, 0, 0, 3)
    assert {error.column for error in outcome.errors} == {"region"}


def test_an_obsolete_region_names_its_successor(take, cast):
    outcome = take([line(1, 行政区划="210122", 发证日期="2019-06-01", 有效期至="2024-05-31")])
    [error] = outcome.errors
    assert error.column == "region"
    assert "210115" in error.reason
    assert counts(take([line(1, 行政区划="210122", 发证日期="2011-06-01", 有效期至="2016-05-31")])) == (1, 0, 0, 0)


def test_without_region_the_office_s_own(take, cast):
    take([line(1, 行政区划="")])
    assert MeasurementStandard.objects.get().region_id == cast.clerk_a.office.region_id


def test_the_model_s_constraints_speak(take):
    outcome = take([line(1, 有效期至="2015-01-01"), line(2, 建标日期="2017-01-01"), line(3)])
    assert counts(outcome) == (1, 0, 0, 2)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "valid_until"), (3, "established_on")]


def test_what_only_the_database_knows_fails_its_row_alone(take, monkeypatch):
    sheet = get_sheet("standards")
    monkeypatch.setattr(sheet, "_rules", [])
    lines = [line(number, 有效期至="2015-01-01" if number in (3, 8) else date(2021, 5, 31)) for number in range(1, 11)]
    outcome = take(lines)
    assert counts(outcome) == (8, 0, 0, 2)
    assert [error.row for error in outcome.errors] == [4, 9]
    assert MeasurementStandard.objects.count() == InForceInterval.objects.count() == 8


def test_a_certificate_that_contradicts_the_events_fails_its_row_alone(take, cast):
    take([line(1), line(2)])
    sealed = MeasurementStandard.objects.order_by("pk").first()
    records.save(StandardEvent(standard=sealed, kind="sealed", on=date(2018, 1, 1)), by=cast.clerk_a)
    lifecycle.derive([sealed], by=cast.clerk_a)
    later = {"发证日期": "2019-01-01", "建标日期": "2019-01-01", "有效期至": "2023-12-31"}
    outcome = take([line(1, **later), line(2, 建标单位="新单位"), line(3)])

    assert counts(outcome) == (1, 1, 0, 1)
    [error] = outcome.errors
    assert (error.row, error.column, error.value) == (2, "issued_on", "2019-01-01")
    assert "2018-01-01" in error.reason
    sealed.refresh_from_db()
    assert (sealed.issued_on, sealed.state, sealed.version) == (date(2016, 6, 1), "sealed", 2)


def test_an_old_file_makes_no_second_standard_of_a_renewed_one(take, cast):
    take([line(1)])
    standard = MeasurementStandard.objects.get()
    renewal = StandardEvent(
        standard=standard, kind="reexamined", on=date(2021, 4, 1), valid_until=date(2026, 3, 31), certificate_no="新号"
    )
    records.save(renewal, by=cast.clerk_a)
    lifecycle.derive([standard], by=cast.clerk_a)
    outcome = take([line(1), line(2)])
    assert counts(outcome) == (1, 0, 0, 1)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "certificate_no")]


def test_a_corrected_certificate_says_which_import_corrected_its_event(take):
    take([line(1)])
    take([line(5), line(1, 有效期至="2020-12-31")])
    standard = MeasurementStandard.objects.get(valid_until=date(2020, 12, 31))
    event = standard.events.get()
    assert (event.import_id, event.import_row, event.version) == (8, 3, 2)
    before, after = event.history.order_by("history_id")
    assert (before.valid_until, before.import_id, after.import_id) == (date(2021, 5, 31), 7, 8)


def test_dry_run_writes_nothing(take):
    take([line(1)])
    outcome = take([line(1, 建标单位="另一单位"), line(2), line(3, 发证日期="?")], dry_run=True)

    assert counts(outcome) == (1, 1, 0, 1)
    assert MeasurementStandard.objects.get().version == 1
    assert StandardEvent.objects.count() == 1


def test_queries_do_not_grow_with_the_rows(take, tmp_path):
    take([line(900)])
    with CaptureQueriesContext(connection) as few:
        take([line(number) for number in range(1, 11)])
    with CaptureQueriesContext(connection) as many:
        take([line(number) for number in range(101, 301)])
    # SQLite takes so many values a statement, so an insert of 200 rows is a few statements: not one a row.
    assert len(many) <= len(few) + 20


def test_dates_and_numbers_of_excel(take):
    at_midnight = datetime(2016, 6, 1)
    take([line(1, 发证日期=at_midnight, 有效期至=44347, 证书编号=2016001)])
    standard = MeasurementStandard.objects.get()
    assert (standard.issued_on, standard.valid_until) == (date(2016, 6, 1), date(2021, 5, 31))
    assert standard.certificate_no == "2016001"


class TestCommand:
    @pytest.fixture
    def run(self, cast, tmp_path):
        def run(lines, **options):
            path = workbook(tmp_path / "standards.xlsx", lines)
            out = io.StringIO()
            code = 0
            try:
                call_command("import_sheet", "standards", str(path), office="210100-01", stdout=out, **options)
            except SystemExit as stop:
                code = stop.code
            return code, json.loads(out.getvalue())

        return run

    def test_it_works(self, run, cast):
        code, printed = run([line(1), line(2)], user="clerk_a")
        assert (code, printed) == (0, {"rows": 2, "created": 2, "updated": 0, "unchanged": 0, "failed": 0})
        run = Import.objects.get()
        assert (run.created, run.started_by, run.state) == (2, cast.clerk_a, "done")
        assert MeasurementStandard.objects.filter(import_id=run.pk, created_by=cast.clerk_a).count() == 2
        assert Operation.objects.get(action="import").detail["created"] == 2

    def test_a_certificate_that_contradicts_the_events(self, run, cast):
        run([line(1)])
        sealed = MeasurementStandard.objects.get()
        records.save(StandardEvent(standard=sealed, kind="sealed", on=date(2018, 1, 1)), by=cast.clerk_a)
        lifecycle.derive([sealed], by=cast.clerk_a)
        later = {"发证日期": "2019-01-01", "建标日期": "2019-01-01", "有效期至": "2023-12-31"}
        code, printed = run([line(1, **later), line(2)])
        assert (code, printed["created"], printed["failed"]) == (1, 1, 1)
        problem = ImportProblem.objects.get()
        assert (problem.row, problem.column, problem.value) == (2, "issued_on", "2019-01-01")

    def test_failed_rows(self, run, tmp_path):
        errors = tmp_path / "errors.xlsx"
        code, printed = run([line(1), line(2, 发证日期="2016-02-30")], errors=errors)
        assert (code, printed["created"], printed["failed"]) == (1, 1, 1)
        assert ImportProblem.objects.get().row == 3
        sheet = load_workbook(errors).worksheets[1]
        assert sheet.max_row == 3
        [cell] = [cell for row in sheet for cell in row if cell.comment]
        assert cell.value == "2016-02-30"
        assert cell.fill.fgColor.rgb.endswith("F8B4B4")

    def test_all_or_nothing(self, run, settings):
        code, printed = run([line(1), line(2, 发证日期="2016-02-30")], all_or_nothing=True)
        assert (code, printed["created"], printed["failed"]) == (1, 0, 1)
        assert (Import.objects.get().state, MeasurementStandard.objects.count()) == ("refused", 0)
        assert run([line(1), line(2)], all_or_nothing=True)[1]["created"] == 2
        settings.IMPORT_WHOLE_MAX_ROWS = 1
        with pytest.raises(CommandError, match="1"):
            run([line(3), line(4)], all_or_nothing=True)
        assert MeasurementStandard.objects.count() == 2

    def test_the_error_workbook_imports_when_corrected(self, run, tmp_path, cast):
        errors = tmp_path / "errors.xlsx"
        run([line(1), line(2, 发证日期="2016-02-30")], errors=errors)
        book = load_workbook(errors)
        next(cell for cell in book.worksheets[1][3] if cell.comment).value = date(2016, 2, 29)
        book.save(errors)
        out = io.StringIO()
        call_command("import_sheet", "standards", str(errors), office="210100-01", stdout=out)
        printed = json.loads(out.getvalue())
        assert (printed["rows"], printed["created"]) == (1, 1)

    def test_dry_run(self, run):
        code, printed = run([line(1)], dry_run=True)
        assert (code, printed["created"]) == (0, 1)
        assert not Import.objects.exists()
        assert not MeasurementStandard.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": "no-such"},
            {"office": "999999-01"},
            {"user": "nobody"},
            {"user": "clerk_b"},
            {"file": "missing.xlsx"},
        ],
    )
    def test_it_rejects_unknown_names(self, cast, tmp_path, changes):
        path = workbook(tmp_path / "a.xlsx", [line(1)])
        given = {"kind": "standards", "file": str(path), "office": "210100-01", **changes}
        with pytest.raises(CommandError):
            call_command("import_sheet", given.pop("kind"), given.pop("file"), **given)


def test_an_interrupted_import_goes_on_without_loss_or_double(cast, tmp_path, monkeypatch):
    monkeypatch.setattr("bureau.exchange.importing.CHUNK", 5)
    lines = [line(number) for number in range(1, 23)] + [line(3)]
    path = workbook(tmp_path / "in.xlsx", lines)
    run = runs.receive(
        path, sheet=get_sheet("standards"), office=cast.clerk_a.office, by=cast.clerk_a, file_name="in.xlsx"
    )

    class Killed(Exception):
        pass

    attempts = 0

    def guard(done, last):
        nonlocal attempts
        attempts += 1
        context = transaction.atomic()

        class Guard:
            def __enter__(self):
                context.__enter__()

            def __exit__(self, *error):
                if error[0] is None and attempts in (2, 4, 6):
                    context.__exit__(Killed, Killed(), None)
                    raise Killed
                return context.__exit__(*error)

        return Guard()

    for _ in range(10):
        run = Import.objects.get(pk=run.pk)
        try:
            runs.carry_out(run, guard)
            break
        except Killed:
            continue
    runs.finish(run)

    run.refresh_from_db()
    assert attempts > 6
    assert (run.rows, run.created, run.failed) == (23, 22, 1)
    assert run.problems.get().row == 24
    assert MeasurementStandard.objects.count() == 22
