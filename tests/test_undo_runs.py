"""Undo as something that is started, goes on and ends: its states, its job, its forecast, its command."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bureau import records
from bureau.exchange import undo
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from bureau.jobs.models import Job
from bureau.models import Operation
from standards.models import InForceInterval, MeasurementStandard
from tests import jobs_for_tests
from tests.importing import imported, line, received, standard, standing, undone, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(cast, tmp_path):
    """Import lines as clerk A."""

    def take(*lines):
        return imported(write_csv(tmp_path / "standards.csv", lines), cast.clerk_a)

    return take


class TestStates:
    @pytest.mark.parametrize("state", ["columns", "preview", "running", "refused", "unreadable", "undoing", "undone"])
    def test_it_rejects_what_is_not_done(self, take, cast, state):
        run = take(line(1))
        open_job = Job.objects.create(key="exchange.undo", title="x", started_by=cast.clerk_a)
        Import.objects.filter(pk=run.pk).update(state=state, job=open_job, undo_job=open_job)
        run = Import.objects.get()
        assert undo.problem(run)
        assert undo.claim(run) == undo.problem(run)
        assert undo.start(run, by=cast.clerk_a) is None
        run.refresh_from_db()
        assert run.state == state
        assert Job.objects.count() == 1

    def test_it_rejects_a_kind_that_is_no_more(self, take):
        run = take(line(1))
        run.sheet_key = "abacuses"
        assert undo.problem(run)

    def test_of_two_clicks_one_starts(self, take, cast):
        run = take(line(1))
        again = Import.objects.get()
        assert undo.start(run, by=cast.clerk_a).key == undo.KEY
        assert undo.start(again, by=cast.clerk_a) is None

    def test_with_kept_rows_it_is_not_undone_again(self, take, cast):
        run = take(line(1), line(2))
        records.save(standard(1), by=cast.clerk_a)
        undone(run, cast.clerk_a)
        assert undo.claim(run)

    def test_what_a_cancelled_import_wrote_can_be_undone(self, take, cast):
        run = take(line(1))
        job = Job.objects.create(
            key="exchange.import", title="x", started_by=cast.clerk_a, state="cancelled", finished_at=run.finished_at
        )
        Import.objects.filter(pk=run.pk).update(state="running", job=job)
        assert undone(Import.objects.get(), cast.clerk_a) == (1, 0, 0)

    def test_a_failed_undo_is_gone_on_with(self, take, cast):
        run = take(line(1))
        first = undo.start(run, by=cast.clerk_a)
        assert undo.problem(run)
        Job.objects.filter(pk=first.pk).update(state="cancelled", finished_at=run.finished_at)
        run = Import.objects.get()
        assert undo.problem(run) == ""
        assert undo.start(run, by=cast.clerk_a)
        jobs_for_tests.work()
        run.refresh_from_db()
        assert run.state == Import.State.UNDONE


class TestJob:
    def test_it_works(self, take, cast):
        take(line(2))
        run = take(line(1), line(2, 建标单位="另一单位"), line(3))
        records.save(standard(3), by=cast.manager_a)
        job = undo.start(run, by=cast.manager_a)
        run.refresh_from_db()
        assert (run.state, run.undo_job) == (Import.State.UNDOING, job)

        jobs_for_tests.work()

        job.refresh_from_db()
        run.refresh_from_db()
        assert (job.state, job.progress_done, job.progress_total) == (Job.State.DONE, 3, 3)
        assert job.result == run.undo_counts == {"voided": 1, "restored": 1, "kept": 1}
        assert (run.state, run.undone_by) == (Import.State.UNDONE, cast.manager_a)
        assert run.undone_at
        assert str(run.pk) in job.result_url
        entry = Operation.objects.get(action=Operation.Action.UNDO)
        assert (entry.actor, entry.detail["id"], entry.detail["restored"]) == (cast.manager_a, run.pk, 1)

    def test_interrupted_it_goes_on_without_loss_or_double(self, take, cast, monkeypatch):
        monkeypatch.setattr(undo, "CHUNK", 2)
        take(*(line(of) for of in range(1, 8)))
        before = standing()
        run = take(*(line(of, 建标单位="另一单位") for of in range(1, 12)))
        records.save(standard(4), by=cast.clerk_a)
        records.save(standard(11), by=cast.clerk_a)

        class Killed(Exception):
            pass

        def guard(done):
            context = transaction.atomic()

            class Guard:
                def __enter__(self):
                    context.__enter__()

                def __exit__(self, *error):
                    nonlocal chunks
                    chunks += 1
                    if error[0] is None and chunks in (1, 3, 6, 8):
                        context.__exit__(Killed, Killed(), None)
                        raise Killed
                    return context.__exit__(*error)

            return Guard()

        assert undo.claim(run) == ""
        chunks = deaths = 0
        while True:
            try:
                undo.carry_out(Import.objects.get(pk=run.pk), by=cast.clerk_a, guard=guard)
                break
            except Killed:
                deaths += 1
        undo.finish(run, by=cast.clerk_a)

        assert deaths == 4
        assert tuple(undo.counts_of(run).values()) == (3, 6, 2)
        kept = set(run.kept_rows.values_list("object_id", flat=True))
        assert kept == {standard(4).pk, standard(11).pk}
        after = standing()
        left = {pk: values for pk, values in after["standards"].items() if pk not in kept}
        assert left == {pk: values for pk, values in before["standards"].items() if pk not in kept}

    def test_the_undo_of_an_undone_import_changes_nothing(self, take, cast):
        run = take(line(1))
        undone(run, cast.clerk_a)
        before = MeasurementStandard.objects.values().get()
        undo.carry_out(run, by=cast.clerk_a, guard=lambda done: transaction.atomic())
        undo.finish(run, by=cast.manager_a)
        assert MeasurementStandard.objects.values().get() == before
        assert tuple(undo.counts_of(run).values()) == (1, 0, 0)
        assert Operation.objects.filter(action=Operation.Action.UNDO).count() == 1

    def test_queries_do_not_grow_with_the_rows(self, take, cast):
        take(*(line(of) for of in range(1, 60)))
        few = take(*(line(of, 建标单位="甲") for of in range(1, 4)), line(101))
        with CaptureQueriesContext(connection) as of_few:
            undone(few, cast.clerk_a)
        many = take(*(line(of, 建标单位="乙") for of in range(1, 60)), *(line(of) for of in range(102, 160)))
        with CaptureQueriesContext(connection) as of_many:
            undone(many, cast.clerk_a)
        # SQLite takes so many values a statement, so an update of 60 rows is a few statements: not one a row.
        assert len(of_many) <= len(of_few) + 20


class TestForecast:
    def test_it_says_what_the_undo_then_does(self, take, cast):
        take(line(2), line(3))
        run = take(line(1), line(2, 建标单位="另一单位"), line(3, 建标单位="另一单位"), line(4))
        other = take(line(4, 建标单位="另一单位"))
        records.save(standard(3), by=cast.clerk_a)
        before = list(MeasurementStandard.objects.order_by("pk").values())

        with CaptureQueriesContext(connection) as queries:
            forecast = undo.forecast(run, cast.clerk_a)
        assert not [query for query in queries if not query["sql"].startswith("SELECT")]
        assert list(MeasurementStandard.objects.order_by("pk").values()) == before
        assert (forecast.voided, forecast.restored, forecast.kept) == (1, 1, 2)
        assert {row.object_id: row.label for row in forecast.kept_rows} == {
            standard(of).pk: str(standard(of)) for of in (3, 4)
        }
        assert str(other.pk) in {row.object_id: row.reason for row in forecast.kept_rows}[standard(4).pk]

        assert undone(run, cast.clerk_a) == forecast[:3]
        assert {tuple(row) for row in run.kept_rows.values_list("object_id", "label", "reason")} == {
            *forecast.kept_rows
        }

    def test_it_names_a_hundred_at_most(self, take, cast, monkeypatch):
        monkeypatch.setattr(undo, "SHOWN", 2)
        run = take(*(line(of) for of in range(1, 6)))
        for of in range(1, 5):
            records.save(standard(of), by=cast.clerk_a)
        forecast = undo.forecast(run, cast.clerk_a)
        assert (forecast.voided, forecast.kept, len(forecast.kept_rows)) == (1, 4, 2)


class TestCommand:
    def call(self, *arguments, **options):
        out = io.StringIO()
        call_command("undo_import", *arguments, stdout=out, **options)
        return json.loads(out.getvalue())

    def test_it_works(self, take, cast):
        run = take(line(1), line(2))
        records.save(standard(2), by=cast.clerk_a)
        assert self.call(str(run.pk), user="clerk_a") == {"voided": 1, "restored": 0, "kept": 1}
        run.refresh_from_db()
        assert (run.state, run.undone_by) == (Import.State.UNDONE, cast.clerk_a)

    def test_it_rejects_unknown_names_and_states(self, take, cast, tmp_path):
        run = take(line(1))
        for which, options in ((0, {}), (run.pk, {"user": "nobody"}), (run.pk, {"user": "clerk_b"})):
            with pytest.raises(CommandError):
                self.call(str(which), **options)
        draft = received(write_csv(tmp_path / "b.csv", [line(2)]), cast.clerk_a)
        with pytest.raises(CommandError) as refusal:
            self.call(str(draft.pk))
        assert str(refusal.value) == undo.problem(draft)
        assert get_sheet(run.sheet_key).rows().count() == InForceInterval.objects.count() == 1
