"""Uploaded files that are not imported: those that turn out to be unreadable, those that nobody comes back to."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from bureau.exchange import drafts, undo
from bureau.exchange.files.safety import BadFile
from bureau.exchange.importing import Importer
from bureau.exchange.models import Import
from tests.importing import row
from tests.jobs_for_tests import work
from tests.uploading import page_of

SENTENCE = "第 7 行已损坏。"


@pytest.fixture
def broken(monkeypatch):
    """Files break off while their rows are read."""

    def look(self, chunk):
        raise BadFile(SENTENCE)

    monkeypatch.setattr(Importer, "look", look)


class TestUnreadable:
    def test_at_the_upload(self, broken, upload, client):
        response = upload([row(1)])
        assert response.status_code == 422
        assert SENTENCE in response.content.decode()
        run = Import.objects.get()
        assert (run.state, run.why_unreadable) == ("unreadable", SENTENCE)
        assert SENTENCE in client.get(run.get_absolute_url()).content.decode()
        assert client.get(page_of("preview", run)).url == run.get_absolute_url()
        assert client.get(page_of("columns", run)).url == run.get_absolute_url()
        assert undo.problem(run)

    def test_by_a_worker(self, broken, upload, settings):
        settings.IMPORT_PREVIEW_AT_ONCE = 1
        upload([row(1), row(2)])
        work()
        run = Import.objects.get()
        assert (run.state, run.why_unreadable) == ("unreadable", SENTENCE)
        assert (run.job.state, run.job.error) == ("failed", SENTENCE)

    def test_when_it_is_counted_again(self, upload, client, broken, monkeypatch):
        monkeypatch.undo()
        upload([row(1)])
        run = Import.objects.get()
        Path(run.file.path).unlink()
        seen = client.get(page_of("preview", run)).context["foresight"].stamp
        choices = {"mode": "keep_good", "seen": seen, "recount": "1"}
        page = client.post(page_of("preview", run), choices, follow=True)
        run.refresh_from_db()
        assert run.state == "unreadable"
        assert run.why_unreadable in page.content.decode()

    def test_after_the_preview(self, upload, confirm):
        upload([row(1)])
        Path(Import.objects.get().file.path).unlink()
        confirm()
        run = Import.objects.get()
        assert run.state == "unreadable"
        assert run.job.error == run.why_unreadable

    def test_what_was_taken_before_can_be_undone(self, upload, confirm, monkeypatch):
        monkeypatch.setattr("bureau.exchange.importing.CHUNK", 2)
        take = Importer.take

        def break_off(self, chunk):
            if chunk[0].number > 2:
                raise BadFile(SENTENCE)
            return take(self, chunk)

        upload([row(1), row(2), row(3)])
        monkeypatch.setattr(Importer, "take", break_off)
        confirm()
        run = Import.objects.get()
        assert (run.state, run.created, run.is_stopped) == ("running", 2, True)
        assert undo.problem(run) == ""

    def test_a_file_that_is_read_otherwise_by_now_stays(self, upload, client):
        upload([row(1)])
        run, now = Import.objects.get(), Import.objects.get()
        now.layout["places"].popitem()
        now.save()
        drafts.give_up(run, SENTENCE)
        assert Import.objects.get().state == "preview"

    def test_it_is_no_earlier_import_of_the_file(self, broken, upload, client, monkeypatch):
        upload([row(1)])
        monkeypatch.undo()
        page = client.get(upload([row(1)]).url)
        assert page.context["earlier"] is None


def test_a_choice_that_cannot_be_is_no_dead_end(upload, confirm, client, settings):
    """ "All or nothing" is refused for a long file before its rows are counted anew, and so never kept."""
    settings.IMPORT_WHOLE_MAX_ROWS = 1
    upload([row(1), row(2), row(3, 层级="?")])
    run = Import.objects.get()
    seen = client.get(page_of("preview", run)).context["foresight"].stamp
    page = client.post(page_of("preview", run), {"mode": "all_or_nothing", "seen": seen, "recount": "1"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    run.refresh_from_db()
    assert run.mode == "keep_good"
    confirm()
    run.refresh_from_db()
    assert (run.state, run.created) == ("done", 2)


class TestPruning:
    @pytest.fixture
    def of_age(self, upload, settings):
        """``of_age(days, **values)``: an uploaded file of that age."""

        def of_age(days, **values):
            upload([row(1)])
            run = Import.objects.first()
            Import.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=days), **values)
            return Import.objects.get(pk=run.pk)

        return of_age

    @pytest.mark.parametrize("state", Import.NEVER_CONFIRMED)
    def test_it_works(self, of_age, state, settings, capsys, django_capture_on_commit_callbacks):
        old, recent = of_age(settings.IMPORT_DRAFT_DAYS + 1, state=state), of_age(settings.IMPORT_DRAFT_DAYS - 1)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("prune_imports")
        assert capsys.readouterr().out == "1\n"
        assert list(Import.objects.all()) == [recent]
        assert not Path(old.file.path).exists()
        assert Path(recent.file.path).exists()

    def test_what_was_confirmed_stays(self, of_age):
        kept = [of_age(1000, state=state) for state in Import.State.values if state not in Import.NEVER_CONFIRMED]
        assert drafts.prune() == 0
        assert Import.objects.count() == len(kept) == 5
