import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from bureau import panels
from bureau.jobs.models import Job
from bureau.models import Operation
from tests import jobs_for_tests
from tests.jobs_for_tests import kill, work

State = Job.State
PAGES = ["detail", "state", "cancel", "download"]


@pytest.fixture
def start(cast):
    return jobs_for_tests.starter(cast.clerk_a)


@pytest.fixture
def begin(start):
    return jobs_for_tests.beginner(start)


@pytest.fixture
def page(client, cast):
    client.force_login(cast.clerk_a)
    client.cookies["django_language"] = "en"

    def page(name, job=None, method="get", **data):
        return getattr(client, method)(reverse(f"jobs:{name}", args=[job.pk] if job else []), data)

    return page


def test_list_shows_own_jobs_only(page, start, cast):
    start("tests.append")
    start("tests.report", by=cast.clerk_b)
    html = page("list").content.decode()
    assert "Test of tests.append" in html
    assert "Test of tests.report" not in html


def test_list_has_pages_of_25(page, start):
    for _number in range(26):
        start()
    assert len(page("list").context["page"].object_list) == 25
    assert len(page("list", page=2).context["page"].object_list) == 1


@pytest.mark.parametrize("name", PAGES)
def test_another_persons_job_gets_404(page, start, cast, name):
    job = start("tests.report", by=cast.manager_a)
    work()
    assert page(name, job, method="post" if name == "cancel" else "get").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_it_needs_a_role_with_jobs(client, start, cast, name):
    client.force_login(cast.auditor)
    method = client.post if name == "cancel" else client.get
    assert method(reverse(f"jobs:{name}", args=[start().pk])).status_code == 403


def test_it_needs_a_login(client, start):
    answer = client.get(reverse("jobs:detail", args=[start().pk]))
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_detail_follows_a_waiting_job(page, start):
    html = page("detail", start()).content.decode()
    assert "data-state-url" in html and "bureau/jobs.js" in html
    assert 'role="progressbar"' in html and 'aria-live="polite"' in html
    assert 'http-equiv="refresh"' in html


def test_detail_shows_the_result(page, start):
    job = start("tests.report", number=7)
    work()
    html = page("detail", job).content.decode()
    assert "data-state-url" not in html and 'http-equiv="refresh"' not in html
    assert reverse("jobs:download", args=[job.pk]) in html
    assert "/files/7/" in html


def test_detail_shows_the_error(page, start):
    job = start("tests.refuse", sentence="Row 3 <b>has</b> no date.")
    work()
    assert "Row 3 &lt;b&gt;has&lt;/b&gt; no date." in page("detail", job).content.decode()


def test_state_tells_how_far_it_is(page, begin):
    job, progress = begin()
    progress.total(8)
    with progress.chunk(done=2, message="Row 2"):
        pass
    assert page("state", job).json() == {
        "is_over": False,
        "label": "Running",
        "percent": 25,
        "count": "2 of 8",
        "message": "Row 2",
    }


def test_state_brings_the_result(page, start):
    job = start("tests.report")
    work()
    state = page("state", job).json()
    assert state["is_over"]
    assert reverse("jobs:download", args=[job.pk]) in state["html"]


def test_polling_does_not_put_off_the_idle_time_out(page, start, client):
    url = reverse("jobs:state", args=[start().pk])
    assert not client.get(url, headers={"x-poll": "1"}).cookies.get("sessionid")
    assert "X-Poll" in (settings.BASE_DIR / "static/bureau/poll.js").read_text()


def test_state_settles_a_dead_worker(page, begin):
    job, _progress = begin("tests.append_once")
    kill(job)
    assert page("state", job).json()["is_over"]


def test_cancel_works(page, start):
    job = start()
    assert page("cancel", job, method="post").status_code == 302
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert page("cancel", job).status_code == 405


def test_download_is_logged(page, start, cast):
    job = start("tests.report")
    assert page("download", job).status_code == 404
    work()
    answer = page("download", job)
    assert b"".join(answer.streaming_content).decode() == "合格"
    assert "attachment" in answer["Content-Disposition"]
    entry = Operation.objects.get(action=Operation.Action.DOWNLOAD)
    assert (entry.actor, entry.detail) == (cast.clerk_a, {"job": job.pk, "file": "报表.txt"})


def test_download_of_a_lost_file_gets_404(page, start):
    job = start("tests.report")
    work()
    job.refresh_from_db()
    default_storage.delete(job.result_file.name)
    assert page("download", job).status_code == 404


def test_panel_shows_unfinished_and_failed_jobs(rf, start, cast):
    request = rf.get("/")
    request.user = cast.clerk_a
    panel = panels._panels["jobs"]
    assert panel.context(request)["jobs"] == []
    start("tests.report")
    failed = start("tests.refuse")
    work()
    waiting = start()
    start(by=cast.clerk_b)
    assert panel.context(request)["jobs"] == [waiting, failed]
    assert panel.may_see(cast.clerk_a) and not panel.may_see(cast.auditor)
