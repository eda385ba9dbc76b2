"""What is shown before anything is written, and what starts the import."""

from datetime import date

import pytest
from django.urls import reverse

from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from bureau.jobs.models import Job
from standards.models import MeasurementStandard
from tests.importing import row as line
from tests.jobs_for_tests import work
from tests.uploading import page_of


@pytest.fixture
def shown(upload, client):
    """``shown(lines)`` uploads and gives the preview page."""

    def shown(lines, **options):
        response = upload(lines, **options)
        assert response.url == page_of("preview", Import.objects.first())
        return client.get(response.url)

    return shown


def test_it_works(upload, confirm, shown):
    upload([line(1), line(2)])
    confirm()
    page = shown([line(1), line(2, 建标单位="省计量科学研究院"), line(3), line(4, 层级="?", 发证日期="2016-02-30")])
    text = page.content.decode()
    for name, count in {"rows": 4, "created": 1, "updated": 1, "unchanged": 1, "failed": 1}.items():
        assert f'data-count="{name}">{count}<' in text
    assert "<del>市计量测试所</del>" in text
    assert "<ins>省计量科学研究院</ins>" in text
    assert "砝码标准装置3" in text
    assert text.count("data-problem") == 2
    assert [tab.key for tab in page.context["foresight"].tabs][:4] == ["failed", "updated", "created", "unchanged"]
    assert MeasurementStandard.objects.count() == 2


def test_it_says_how_cells_were_understood(shown):
    page = shown([line(1, 标准类别="社公标")]).content.decode()
    assert "data-interpreted" in page
    assert "社公标" in page


@pytest.mark.django_db(transaction=True)
def test_the_effects_follow_by_a_job(shown, client):
    page = shown([line(1), line(2)])
    run = Import.objects.get()
    url = page_of("effects", run)
    assert page.context["is_reckoning"]
    assert url in page.content.decode()
    assert client.get(url).json()["is_over"] is False
    work()
    state = client.get(url).json()
    assert state["is_over"] is True
    assert 'data-effect="standards.established"' in state["html"]
    assert "+2" in state["html"]
    assert 'data-effect="standards.established"' in client.get(page_of("preview", run)).content.decode()


def test_effects_that_could_not_be_reckoned_say_so(shown, client):
    shown([line(1)])
    run = Import.objects.get()
    Job.objects.filter(pk=run.effects_job_id).update(
        state="failed", error="磁盘已满。", finished_at=run.created_at, worker=""
    )
    state = client.get(page_of("effects", run)).json()
    assert state["is_over"] is True
    assert "磁盘已满。" in state["html"]


def test_a_long_file_is_looked_through_by_a_job(upload, client, settings):
    settings.IMPORT_PREVIEW_AT_ONCE = 1
    response = upload([line(1), line(2)])
    run = Import.objects.get()
    assert response.url == reverse("jobs:detail", args=[run.job.pk])
    page = client.get(page_of("preview", run))
    assert page.context["foresight"] is None
    assert client.post(page_of("preview", run), {"mode": "keep_good", "import": "1"}).url == page_of("preview", run)
    work()
    assert run.job.result_url is None  # as it was loaded
    run.job.refresh_from_db()
    assert run.job.result_url == page_of("preview", run)
    assert 'data-count="created">2<' in client.get(page_of("preview", run)).content.decode()


def test_counting_can_be_begun_again(upload, client, settings):
    settings.IMPORT_PREVIEW_AT_ONCE = 1
    upload([line(1), line(2)])
    run = Import.objects.get()
    Job.objects.filter(pk=run.job_id).update(state="failed", error="磁盘已满。", finished_at=run.created_at)
    assert "磁盘已满。" in client.get(page_of("preview", run)).content.decode()
    assert "/jobs/" in client.post(page_of("preview", run), {"recount": "1"}).url
    work()
    run.refresh_from_db()
    assert run.preview["counts"]["created"] == 2


def test_confirming_twice_starts_one_import(shown, client, confirm):
    seen = shown([line(1)]).context["foresight"].stamp
    run = Import.objects.get()
    answers = [
        client.post(page_of("preview", run), {"mode": "keep_good", "seen": seen, "import": "1"}) for _ in range(3)
    ]
    run.refresh_from_db()
    assert {answer.url for answer in answers} == {reverse("jobs:detail", args=[run.job.pk])}
    assert Job.objects.filter(key="exchange.import").count() == 1
    work()
    again = client.post(page_of("preview", run), {"mode": "keep_good", "seen": seen, "import": "1"})
    assert again.url == run.get_absolute_url()
    assert client.get(page_of("preview", run)).url == run.get_absolute_url()
    assert MeasurementStandard.objects.count() == 1


def test_nobody_imports_what_was_not_shown(shown, client):
    """A colleague, or another window, has changed the columns meanwhile."""
    seen = shown([line(1), line(2)]).context["foresight"].stamp
    run = Import.objects.get()
    run.layout["places"].popitem()
    run.save()
    response = client.post(page_of("preview", run), {"mode": "keep_good", "seen": seen, "import": "1"}, follow=True)
    assert [str(message.level_tag) for message in response.context["messages"]] == ["warning"]
    run.refresh_from_db()
    assert run.state == "preview"


def test_nothing_to_write_is_no_import(upload, confirm, shown, client):
    upload([line(1)])
    confirm()
    page = shown([line(1)])
    assert page.context["foresight"].why_not
    assert "disabled" in page.content.decode()
    run = Import.objects.first()
    response = client.post(
        page_of("preview", run), {"mode": "keep_good", "seen": page.context["foresight"].stamp, "import": "1"}
    )
    assert response.url == page_of("preview", run)
    run.refresh_from_db()
    assert run.state == "preview"


def test_a_file_of_failed_rows_can_be_given_back_marked(shown, confirm, client):
    page = shown([line(1, 层级="?")])
    assert not page.context["foresight"].why_not
    confirm()
    run = Import.objects.get()
    assert (run.state, run.failed, bool(run.error_workbook)) == ("done", 1, True)


def test_it_rejects_an_unknown_mode(shown, client):
    seen = shown([line(1)]).context["foresight"].stamp
    run = Import.objects.get()
    response = client.post(page_of("preview", run), {"mode": "some", "seen": seen, "import": "1"})
    assert response.url == page_of("preview", run)
    assert not Job.objects.filter(key="exchange.import").exists()


def test_it_rejects_a_long_file_as_a_whole(shown, client, settings):
    settings.IMPORT_WHOLE_MAX_ROWS = 1
    seen = shown([line(1), line(2)]).context["foresight"].stamp
    run = Import.objects.get()
    client.post(page_of("preview", run), {"mode": "all_or_nothing", "seen": seen, "import": "1"})
    assert not Job.objects.filter(key="exchange.import").exists()
    client.post(page_of("preview", run), {"mode": "keep_good", "seen": seen, "import": "1"})
    assert Job.objects.filter(key="exchange.import").exists()


TRIAL = {
    "certificate_no": "LX2016-1", "kind": "首次检定", "instrument": "电子计价秤", "model": "ACS-30", "serial_no": "1",
    "measuring_range": "(0～30) kg", "accuracy": "Ⅲ级", "holder": "农贸市场", "credit_code": "91210100MA0000000A",
    "verified_on": date(2016, 6, 1), "valid_until": date(2017, 5, 31), "is_conforming": "合格", "quantity": 1,
    "fee": 20, "region": "210102",
}  # fmt: skip


def test_unverified_values_are_offered_and_counted_again(upload, client):
    """A credit code whose check digit is wrong, in a sheet that keeps such values marked."""
    labels = {name: str(column.label) for name, column in get_sheet("trial-verifications").by_name.items()}
    upload([list(TRIAL.values())], header=[labels[name] for name in TRIAL], key="trial-verifications")
    run = Import.objects.get()
    page = client.get(page_of("preview", run))
    assert run.preview["unverified"] == 1
    assert page.context["foresight"].offers_unverified

    choice = {"mode": "keep_good", "seen": page.context["foresight"].stamp, "accepts_unverified": "on", "import": "1"}
    assert client.post(page_of("preview", run), choice).url == page_of("preview", run)
    run.refresh_from_db()
    assert (run.state, run.accepts_unverified, run.preview["counts"]["created"]) == ("preview", True, 1)
    seen = client.get(page_of("preview", run)).context["foresight"].stamp
    client.post(page_of("preview", run), {**choice, "seen": seen})
    work()
    run.refresh_from_db()
    assert (run.state, run.created) == ("done", 1)
