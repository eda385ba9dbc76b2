"""Imports without a page: the command, and what it leaves when it is killed."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from bureau import records
from bureau.exchange import jobs, undo
from bureau.exchange.files.safety import BadFile
from bureau.exchange.models import Import, ImportProblem
from bureau.jobs import sweep
from bureau.jobs.models import Job
from bureau.models import Operation
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.importing import imported, line, row, undone, workbook, write_csv
from tests.test_import_kill import check_nothing_is_half, refreshed, still_works
from tests.test_jobs_kill import WORKER, bureau, database, wait_until  # noqa: F401 (fixtures)


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
        code, printed = run([row(1), row(2)], user="clerk_a")
        assert (code, printed) == (0, {"rows": 2, "created": 2, "updated": 0, "unchanged": 0, "failed": 0})
        run = Import.objects.get()
        assert (run.created, run.started_by, run.state) == (2, cast.clerk_a, "done")
        assert MeasurementStandard.objects.filter(import_id=run.pk, created_by=cast.clerk_a).count() == 2
        assert Operation.objects.get(action="import").detail["created"] == 2

    def test_a_certificate_that_contradicts_the_events(self, run, cast):
        run([row(1)])
        sealed = MeasurementStandard.objects.get()
        records.save(StandardEvent(standard=sealed, kind="sealed", on=date(2018, 1, 1)), by=cast.clerk_a)
        lifecycle.derive([sealed], by=cast.clerk_a)
        later = {"发证日期": "2019-01-01", "建标日期": "2019-01-01", "有效期至": "2023-12-31"}
        code, printed = run([row(1, **later), row(2)])
        assert (code, printed["created"], printed["failed"]) == (1, 1, 1)
        problem = ImportProblem.objects.get()
        assert (problem.row, problem.column, problem.value) == (2, "issued_on", "2019-01-01")

    def test_failed_rows(self, run, tmp_path):
        errors = tmp_path / "errors.xlsx"
        code, printed = run([row(1), row(2, 发证日期="2016-02-30")], errors=errors)
        assert (code, printed["created"], printed["failed"]) == (1, 1, 1)
        assert ImportProblem.objects.get().row == 3
        sheet = load_workbook(errors).worksheets[1]
        assert sheet.max_row == 3
        [cell] = [cell for row in sheet for cell in row if cell.comment]
        assert cell.value == "2016-02-30"
        assert cell.fill.fgColor.rgb.endswith("F8B4B4")

    def test_all_or_nothing(self, run, settings):
        code, printed = run([row(1), row(2, 发证日期="2016-02-30")], all_or_nothing=True)
        assert (code, printed["created"], printed["failed"]) == (1, 0, 1)
        assert (Import.objects.get().state, MeasurementStandard.objects.count()) == ("refused", 0)
        assert run([row(1), row(2)], all_or_nothing=True)[1]["created"] == 2
        settings.IMPORT_WHOLE_MAX_ROWS = 1
        with pytest.raises(CommandError, match="1"):
            run([row(3), row(4)], all_or_nothing=True)
        assert MeasurementStandard.objects.count() == 2

    def test_the_error_workbook_imports_when_corrected(self, run, tmp_path, cast):
        errors = tmp_path / "errors.xlsx"
        run([row(1), row(2, 发证日期="2016-02-30")], errors=errors)
        book = load_workbook(errors)
        next(cell for cell in book.worksheets[1][3] if cell.comment).value = date(2016, 2, 29)
        book.save(errors)
        out = io.StringIO()
        call_command("import_sheet", "standards", str(errors), office="210100-01", stdout=out)
        printed = json.loads(out.getvalue())
        assert (printed["rows"], printed["created"]) == (1, 1)

    def test_dry_run(self, run):
        code, printed = run([row(1)], dry_run=True)
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
        path = workbook(tmp_path / "a.xlsx", [row(1)])
        given = {"kind": "standards", "file": str(path), "office": "210100-01", **changes}
        with pytest.raises(CommandError):
            call_command("import_sheet", given.pop("kind"), given.pop("file"), **given)


COMMAND = """
import django, sys
django.setup()
from django.core.management import call_command
call_command(*sys.argv[1:])
"""
# Comes to a stand before its sixth chunk.
HELD = (
    """
import django, time
django.setup()
from bureau.exchange import importing, undo
from bureau.jobs.progress import Progress

others = iter(range(5))
chunk = Progress.chunk

def held(*arguments, **options):
    if next(others, None) is None:
        time.sleep(600)
    return chunk(*arguments, **options)

importing.CHUNK = undo.CHUNK = 20
Progress.chunk = held
"""
    + COMMAND
)


@pytest.mark.django_db(transaction=True)
class TestKilled:
    """A real process. While it lives nobody else works on its import; when it is dead, everybody may."""

    @pytest.fixture
    def killed(self, bureau, cast, tmp_path):  # noqa: F811 (a fixture)
        """An import of which 100 of 200 rows were taken when its command was killed."""
        path = write_csv(tmp_path / "long.csv", [line(of) for of in range(200)])
        bureau.script = HELD
        process = bureau.worker("import_sheet", "standards", str(path), "--office", cast.clerk_a.office.code)
        wait_until(lambda: still_works(process) and Import.objects.filter(rows=100).exists())
        run = Import.objects.get()
        assert run.job.started_by is None
        assert not run.is_stopped
        assert jobs.go_on(run, by=cast.clerk_a) is None
        assert undo.problem(run)
        sweep()
        run = refreshed(run)
        assert not run.is_stopped
        process.kill()
        process.wait()
        return run

    def test_it_can_be_gone_on_with(self, killed, bureau, cast, client):  # noqa: F811 (a fixture)
        client.force_login(cast.clerk_a)
        page = client.get(killed.get_absolute_url())
        assert page.context["can_go_on"]
        assert page.context["can_be_undone"]
        assert Job.objects.get(pk=killed.job_id).error in page.content.decode()
        assert jobs.go_on(killed, by=cast.clerk_a) is not None
        assert jobs.go_on(killed, by=cast.clerk_a) is None
        bureau.script = WORKER
        bureau.finish()
        check_nothing_is_half(killed)
        assert (killed.state, killed.created, killed.failed) == ("done", 200, 0)

    def test_it_can_be_undone(self, killed, bureau, cast):  # noqa: F811 (a fixture)
        bureau.script = COMMAND
        process = bureau.worker("undo_import", str(killed.pk))
        assert process.wait(60) == 0, process.stderr.read()
        assert refreshed(killed).state == Import.State.UNDONE
        assert killed.undo_counts == {"voided": 100, "restored": 0, "kept": 0}

    def test_an_undo_that_was_killed_is_gone_on_with(self, bureau, cast, tmp_path):  # noqa: F811
        run = imported(write_csv(tmp_path / "long.csv", [line(of) for of in range(200)]), cast.clerk_a)
        bureau.script = HELD
        process = bureau.worker("undo_import", str(run.pk))
        wait_until(lambda: still_works(process) and undo.counts_of(refreshed(run))["voided"] == 100)
        with pytest.raises(CommandError):
            call_command("undo_import", run.pk)
        process.kill()
        process.wait()
        out = io.StringIO()
        call_command("undo_import", run.pk, stdout=out)
        assert json.loads(out.getvalue()) == {"voided": 200, "restored": 0, "kept": 0}
        check_nothing_is_half(run)


def test_a_row_of_before_without_a_job_can_be_undone(cast, tmp_path):
    """Commands that were killed before they left a job behind."""
    run = imported(write_csv(tmp_path / "a.csv", [line(1)]), cast.clerk_a)
    Import.objects.filter(pk=run.pk).update(state="running")
    assert undone(Import.objects.get(), cast.clerk_a) == (1, 0, 0)


def test_a_broken_off_command_leaves_a_stopped_import(cast, tmp_path, monkeypatch):
    """As by Ctrl-C."""

    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("bureau.exchange.importing.Importer.take", stop)
    path = write_csv(tmp_path / "a.csv", [line(1)])
    with pytest.raises(KeyboardInterrupt):
        call_command("import_sheet", "standards", str(path), office="210100-01")
    run = Import.objects.get()
    assert run.is_stopped
    assert run.job.error


def test_a_file_that_breaks_off_is_told(cast, tmp_path, monkeypatch):
    def broken(*arguments):
        raise BadFile("Row 7 is damaged.")

    monkeypatch.setattr("bureau.exchange.importing.Importer.take", broken)
    path = write_csv(tmp_path / "a.csv", [line(1)])
    with pytest.raises(CommandError, match="Row 7 is damaged"):
        call_command("import_sheet", "standards", str(path), office="210100-01")
    run = Import.objects.get()
    assert (run.state, run.why_unreadable) == ("unreadable", "Row 7 is damaged.")
