"""What the clerk is shown before anything is written: the same as the import then does, and nothing is written."""

import random
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bureau import records
from bureau.exchange import drafts, jobs, preview, runs
from bureau.exchange.layouts.layout import Layout, Place
from bureau.exchange.models import Import, ImportProblem
from bureau.exchange.sheets import get_sheet
from bureau.jobs import cancel
from bureau.operations import Operation
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.importing import HEADER, workbook
from tests.importing import row as line

pytestmark = pytest.mark.django_db
READING = ("SELECT", "DECLARE", "SAVEPOINT", "RELEASE")


@pytest.fixture
def receive(cast, tmp_path):
    def receive(lines, *, by=None, name="in.xlsx", **options):
        by = by or cast.clerk_a
        path = workbook(tmp_path / name, lines, **options)
        return drafts.receive(path, sheet=get_sheet("standards"), office=by.office, by=by, file_name=name)

    return receive


@contextmanager
def guard(done, last):
    with transaction.atomic():
        yield


def carried_out(run, **choices):
    assert runs.claim(run, **choices)
    runs.carry_out(run, guard)
    runs.keep_error_workbook(run)
    runs.finish(run)
    run.refresh_from_db()
    return run


def counts(run):
    return {name: getattr(run, name) for name in ("rows", "created", "updated", "unchanged", "failed")}


def test_it_works(receive, cast):
    carried_out(receive([line(1), line(2), line(3)]))
    run = receive(
        [line(1), line(2, 建标单位="另一单位", 发证日期="2016-03-01"), line(4), line(5, 发证日期="2016-02-30")]
    )
    preview.refresh(run)
    run.refresh_from_db()

    shown = run.preview
    assert shown["counts"] == {"rows": 4, "created": 1, "updated": 1, "unchanged": 1, "failed": 1}
    [created], [updated], [unchanged], [failed] = (
        shown[kind] for kind in ("created", "updated", "unchanged", "failed")
    )
    assert created["place"] == "4"
    assert dict(zip(shown["columns"], created["cells"], strict=True))["证书编号"] == line(4)[HEADER.index("证书编号")]
    assert updated["place"] == "3"
    assert {change["column"]: (change["old"], change["new"]) for change in updated["changes"]} == {
        "建标单位": (line(2)[HEADER.index("建标单位")], "另一单位"),
        "发证日期": (str(line(2)[HEADER.index("发证日期")])[:10], "2016-03-01"),
        "建标日期": (str(line(2)[HEADER.index("发证日期")])[:10], "2016-03-01"),
    }
    assert unchanged["place"] == "2"
    assert failed["place"] == "5"
    assert failed["problems"][0]["column"] == "发证日期"
    assert MeasurementStandard.objects.count() == 3
    assert not Import.objects.get(pk=run.pk).rows


def test_it_writes_nothing(receive):
    run = receive([line(1), line(2)])
    with CaptureQueriesContext(connection) as queries:
        preview.preview(run)
    written = [query["sql"] for query in queries if not query["sql"].startswith(READING)]
    assert written == []
    assert "FOR UPDATE" not in str(queries.captured_queries)


def test_it_foresees_a_certificate_that_contradicts_the_events(receive, cast):
    carried_out(receive([line(1)]))
    sealed = MeasurementStandard.objects.get()
    records.save(StandardEvent(standard=sealed, kind="sealed", on=date(2018, 1, 1)), by=cast.clerk_a)
    lifecycle.derive([sealed], by=cast.clerk_a)
    later = {"发证日期": "2019-01-01", "建标日期": "2019-01-01", "有效期至": "2023-12-31"}
    run = receive([line(1, **later), line(2)])
    shown = preview.preview(run)
    assert shown["counts"] == {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "failed": 1}


@pytest.mark.parametrize("seed", range(12))
def test_the_import_does_what_the_preview_says(receive, seed):
    chance = random.Random(seed)
    carried_out(receive([line(number) for number in range(1, 13)]))
    run = receive([random_line(chance, number) for number in chance.choices(range(1, 20), k=25)])
    shown = preview.preview(run)
    carried_out(run)
    assert counts(run) == shown["counts"]
    assert [entry["line"] for entry in shown["failed"]] == sorted(set(run.problems.values_list("row", flat=True)))
    again = preview.preview(receive([line(number) for number in range(1, 3)]))
    assert again["counts"]["created"] == 0


def random_line(chance, number):
    day = date(2016, 1, 1) + timedelta(days=chance.randrange(300))
    changes = [
        {},
        {"建标单位": f"单位{chance.randrange(3)}"},
        {"发证日期": day, "有效期至": day + timedelta(days=chance.choice([-1, 1000, 1825])), "建标日期": ""},
        {"层级": chance.choice(["省级", "市级", "县级", "星级"])},
        {"行政区划": chance.choice(["沈阳市和平区", "大连市", "210102"])},
    ]
    return line(number, **chance.choice(changes))


def test_the_first_hundred_of_each(receive):
    run = receive([line(number) for number in range(1, 131)])
    shown = preview.preview(run)
    assert (shown["counts"]["created"], len(shown["created"])) == (130, 100)


def test_a_preview_does_not_come_back_after_the_import(receive):
    run = receive([line(1)])
    other = Import.objects.get(pk=run.pk)
    carried_out(run)
    preview.refresh(other)
    run.refresh_from_db()
    assert run.preview is None


def test_a_record_that_somebody_changed_after_the_preview_is_not_overwritten(receive, cast):
    carried_out(receive([line(1), line(2)]))
    run = receive([line(1, 建标单位="另一单位"), line(2, 建标单位="另一单位")])
    preview.refresh(run)
    first = MeasurementStandard.objects.order_by("pk")[0]
    first.remark = "更正"
    records.save(first, by=cast.manager_a)
    carried_out(run)
    assert (run.updated, run.failed) == (1, 1)
    assert ImportProblem.objects.get(run=run).row == 2
    first.refresh_from_db()
    assert (first.holder, first.remark) == (line(1)[HEADER.index("建标单位")], "更正")


class TestAllOrNothing:
    CHOICE = {"mode": Import.Mode.ALL_OR_NOTHING}

    def test_it_works(self, receive):
        run = carried_out(receive([line(1), line(2)]), **self.CHOICE)
        assert run.state == Import.State.DONE
        assert counts(run) == {"rows": 2, "created": 2, "updated": 0, "unchanged": 0, "failed": 0}
        assert set(MeasurementStandard.objects.values_list("import_id", flat=True)) == {run.pk}

    def test_one_bad_row_and_nothing_is_written(self, receive):
        run = carried_out(receive([line(1), line(2, 发证日期="?")]), **self.CHOICE)
        assert run.state == Import.State.REFUSED
        assert counts(run) == {"rows": 2, "created": 0, "updated": 0, "unchanged": 0, "failed": 1}
        assert ImportProblem.objects.get().row == 3
        assert run.error_workbook
        assert not MeasurementStandard.objects.exists()
        assert Operation.objects.filter(action="import").count() == 1

    def test_a_row_that_only_the_write_refuses(self, receive, monkeypatch):
        """The look finds nothing; the database does, after earlier chunks were written: they are taken back."""
        monkeypatch.setattr("bureau.exchange.importing.CHUNK", 2)
        sheet = type(get_sheet("standards"))

        def refuse(self, added, changed, **options):
            from django.core.exceptions import ValidationError

            if any(row.certificate_no == last_number for row in added):
                raise ValidationError({"certificate_no": "refused"})

        last_number = MeasurementStandard._meta.get_field("certificate_no").to_python(line(5)[HEADER.index("证书编号")])
        monkeypatch.setattr(sheet, "after_write", refuse)
        run = carried_out(receive([line(number) for number in range(1, 6)]), **self.CHOICE)
        assert run.state == Import.State.REFUSED
        assert (run.created, run.failed) == (0, 1)
        assert not MeasurementStandard.objects.exists()

    def test_resumed_after_its_end_it_does_nothing_more(self, receive):
        run = receive([line(1)])
        assert runs.claim(run, **self.CHOICE)
        for _attempt in range(2):
            runs.carry_out(Import.objects.get(pk=run.pk), guard)
        run.refresh_from_db()
        assert counts(run)["rows"] == 1


class TestConfirming:
    def test_two_clicks_start_one_import(self, receive, cast):
        run = receive([line(1)])
        choices = {"mode": Import.Mode.KEEP_GOOD, "accepts_unverified": False, "by": cast.clerk_a}
        job = jobs.confirm(run, **choices)
        assert job is not None
        again = Import.objects.get(pk=run.pk)
        assert jobs.confirm(again, **choices) is None
        assert again.job == job
        assert again.started_by == cast.clerk_a

    def test_what_somebody_changed_meanwhile_is_not_imported(self, receive, cast):
        run = receive([line(1)])
        preview.refresh(run)
        seen, choices = Import.objects.get(), {"mode": Import.Mode.KEEP_GOOD, "accepts_unverified": False}
        layout = Layout.from_json(run.layout)
        places = {**layout.places, HEADER.index("保存地点"): Place()}
        drafts.assign(run, places, [part.name for part in layout.parts], by=cast.clerk_a)
        assert jobs.confirm(seen, **choices, by=cast.clerk_a) is None
        preview.refresh(Import.objects.get())
        assert jobs.confirm(run, **choices, by=cast.clerk_a) is None
        assert jobs.confirm(Import.objects.get(), **choices, by=cast.clerk_a) is not None

    def test_a_preview_of_an_earlier_choice_is_not_kept(self, receive, cast):
        run = receive([line(1)])
        earlier, layout = Import.objects.get(), Layout.from_json(run.layout)
        places = {**layout.places, HEADER.index("保存地点"): Place()}
        drafts.assign(run, places, [part.name for part in layout.parts], by=cast.clerk_a)
        preview.refresh(earlier)
        assert Import.objects.get().preview is None

    def test_choices_made_late_do_not_change_the_import(self, receive, cast):
        run = receive([line(1)])
        late = Import.objects.get()
        jobs.confirm(run, mode=Import.Mode.KEEP_GOOD, accepts_unverified=False, by=cast.clerk_a)
        late.accepts_unverified = True
        assert not drafts.keep_choices(late)
        assert not Import.objects.get().accepts_unverified

    def test_a_preview_begun_late_does_not_take_the_place_of_the_import(self, receive, cast):
        run = receive([line(1)])
        late = Import.objects.get()
        job = jobs.confirm(run, mode=Import.Mode.KEEP_GOOD, accepts_unverified=False, by=cast.clerk_a)
        assert jobs.start_preview(late, by=cast.clerk_a) is None
        assert Import.objects.get().job == job

    def test_the_colleague_who_confirms_is_who_imported(self, receive, cast):
        run = receive([line(1)])
        jobs.confirm(run, mode=Import.Mode.KEEP_GOOD, accepts_unverified=False, by=cast.clerk_province)
        assert Import.objects.get(pk=run.pk).started_by == cast.clerk_province


class TestGoingOn:
    @pytest.fixture
    def stopped(self, receive, cast):
        run = receive([line(1), line(2)])
        job = jobs.confirm(run, mode=Import.Mode.KEEP_GOOD, accepts_unverified=False, by=cast.clerk_a)
        cancel(job)
        return Import.objects.get(pk=run.pk)

    def test_it_works(self, client, cast, stopped):
        client.force_login(cast.clerk_a)
        assert client.get(stopped.get_absolute_url()).context["can_go_on"]
        response = client.post(reverse("exchange:resume", args=[stopped.pk]))
        again = Import.objects.get(pk=stopped.pk)
        assert again.job != stopped.job
        assert response.url == reverse("jobs:detail", args=[again.job.pk])

    def test_two_clicks_start_one_job(self, client, cast, stopped):
        assert jobs.go_on(stopped, by=cast.clerk_a) is not None
        assert jobs.go_on(stopped, by=cast.clerk_a) is None

    def test_it_needs_clerk(self, client, cast, stopped):
        client.force_login(cast.manager_a)
        assert client.post(reverse("exchange:resume", args=[stopped.pk])).status_code == 403

    def test_other_office_gets_404(self, client, cast, stopped):
        client.force_login(cast.clerk_b)
        assert client.post(reverse("exchange:resume", args=[stopped.pk])).status_code == 404
