"""Exporting a list as it stands on the screen: at once, or by a job."""

import csv
import io

import pytest
from openpyxl import load_workbook

from bureau import records, scoping
from bureau.exchange.writing import export_jobs
from bureau.jobs.models import Job
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.jobs_for_tests import work

URL = "/exchange/standards/export/"
LIST = "/standards/measurementstandard/"


def content_of(response):
    return b"".join(response.streaming_content)


def names_in(content):
    page = load_workbook(io.BytesIO(content)).active
    return {row[0].value for row in page.iter_rows(min_row=2)}


@pytest.fixture
def names(client):
    """The names in the file that a person gets of a list."""

    def names(person, query=""):
        client.force_login(person)
        response = client.post(f"{URL}{query}", {"format": "xlsx"})
        assert response.status_code == 200
        return names_in(content_of(response))

    return names


@pytest.fixture
def three(make_standard, cast):
    make_standard(name="甲市的", tier="municipal")
    make_standard(name="乙市的", by=cast.clerk_b, tier="provincial")
    make_standard(name="县里的", by=cast.clerk_county, tier="county")


def test_it_holds_what_the_person_sees(names, three, cast):
    assert names(cast.inspector_a) == {"甲市的", "县里的"}
    assert names(cast.clerk_b) == {"乙市的"}
    assert names(cast.manager_province) == {"甲市的", "乙市的", "县里的"}
    entry = Operation.objects.filter(action="export").latest("pk")
    assert (entry.actor, entry.detail["rows"]) == (cast.manager_province, 3)


def test_it_is_the_list_of_the_screen(client, names, three, cast):
    person = cast.manager_province
    for query, expected in [
        ("?q=市的", {"甲市的", "乙市的"}),
        ("?tier__exact=county", {"县里的"}),
        ("?in_region=210100", {"甲市的", "县里的"}),
        ("?in_region=210100&q=县里&o=-2&p=1", {"县里的"}),
        ("?kind__exact=authorised", set()),
        ("?region=210102", {"县里的"}),
        ("?region=210100&q=甲", {"甲市的"}),
    ]:
        assert names(person, query) == expected, query
        if "region=" not in query.replace("in_region", ""):
            shown = client.get(f"{LIST}{query}").context["cl"].queryset
            assert set(shown.values_list("name", flat=True)) == expected, query
    assert Operation.objects.filter(action="export").latest("pk").detail["filter"] == "region=210100&q=%E7%94%B2"


def test_a_region_of_others_is_empty(names, three, cast):
    assert names(cast.clerk_b, "?region=210100") == set()


def test_the_button_takes_search_and_filters_along(client, three, cast):
    client.force_login(cast.clerk_a)
    page = client.get(LIST, {"q": "市的", "tier__exact": "municipal"})
    assert f'href="{URL}?q=%E5%B8%82%E7%9A%84&amp;tier__exact=municipal"' in page.content.decode()
    assert f'href="{URL}"' in client.get(LIST).content.decode()


def test_the_page_counts_and_leads_back(client, three, cast):
    client.force_login(cast.clerk_a)
    page = client.get(f"{URL}?q=市的").content.decode()
    assert 'data-count="1"' in page
    assert f'href="{LIST}?q=%E5%B8%82%E7%9A%84"' in page
    assert 'data-count="2"' in client.get(URL).content.decode()


def test_voided_records_stay_out_and_are_counted(client, names, make_standard, cast):
    make_standard(name="留下的")
    records.void(make_standard(name="作废的"), by=cast.clerk_a, reason="twice")
    assert names(cast.clerk_a, "?voided=all") == {"留下的"}
    page = client.get(f"{URL}?voided=all")
    assert (page.context["count"], page.context["voided"]) == (1, 1)
    assert client.get(URL).context["voided"] == 0


def test_csv(client, three, cast):
    client.force_login(cast.clerk_a)
    response = client.post(URL, {"format": "csv"})
    assert response["Content-Type"].startswith("text/csv")
    assert ".csv" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(content_of(response).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"甲市的", "县里的"}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_long_list_is_a_job(client, three, cast, settings, suffix):
    settings.EXPORT_AT_ONCE_ROWS = 1
    client.force_login(cast.clerk_a)
    assert client.get(URL).context["is_long"]
    response = client.post(f"{URL}?q=的", {"format": suffix})
    job = Job.objects.get()
    assert response.url == f"/jobs/{job.pk}/"
    work()
    job.refresh_from_db()
    assert (job.state, job.result, job.progress_total) == (Job.State.DONE, {"rows": 2}, 2)
    assert job.result_name.endswith(f".{suffix}")
    [entry] = Operation.objects.filter(action="export")
    assert (entry.actor, entry.detail["rows"], entry.detail["job"]) == (cast.clerk_a, 2, job.pk)

    content = content_of(client.get(f"/jobs/{job.pk}/download/"))
    assert "县里的" in content.decode() if suffix == "csv" else names_in(content) == {"甲市的", "县里的"}
    client.force_login(cast.manager_a)
    assert client.get(f"/jobs/{job.pk}/download/").status_code == 404


def test_a_job_gives_what_its_starter_may_see_when_it_runs(client, three, cast, settings):
    settings.EXPORT_AT_ONCE_ROWS = 0
    client.force_login(cast.clerk_a)
    for _ in range(2):
        client.post(URL, {"format": "xlsx"})
    first, second = Job.objects.order_by("pk")
    cast.clerk_a.office = cast.clerk_county.office
    cast.clerk_a.save()
    Job.objects.filter(pk=second.pk).update(started_by=cast.auditor)
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.result) == (Job.State.DONE, {"rows": 1})
    assert (second.state, bool(second.result_file)) == (Job.State.FAILED, False)


def test_a_job_that_is_run_again_after_its_end_is_logged_once(three, cast):
    from tests.jobs_for_tests import beginner, starter

    begin = beginner(starter(cast.clerk_a))
    _job, progress = begin(export_jobs.KEY, sheet="standards", query="", name="a.xlsx")
    assert export_jobs.run(progress, sheet="standards", query="", name="a.xlsx") == {"rows": 2}
    assert export_jobs.run(progress, sheet="standards", query="", name="a.xlsx") == {"rows": 2}
    assert Operation.objects.filter(action="export").count() == 1


def test_a_cancelled_job_stops(three, cast, monkeypatch):
    from bureau.jobs.progress import Cancelled
    from tests.jobs_for_tests import beginner, starter

    class AtOnce:
        """The thread's first look, without the thread."""

        def __init__(self, seconds, tell):
            self.tell = tell

        def __enter__(self):
            Job.objects.update(cancel_requested_at="2016-06-01T00:00Z")
            self.tell()

        def __exit__(self, *error):
            return False

    monkeypatch.setattr(export_jobs, "ticking", AtOnce)
    begin = beginner(starter(cast.clerk_a))
    _job, progress = begin(export_jobs.KEY, sheet="standards", query="", name="a.xlsx")
    with pytest.raises(Cancelled):
        export_jobs.run(progress, sheet="standards", query="", name="a.xlsx")
    assert not Operation.objects.filter(action="export").exists()


@pytest.mark.parametrize("person", ["system_admin", "security_admin", "auditor"])
def test_it_needs_a_role(client, cast, person):
    client.force_login(getattr(cast, person))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"format": "xlsx"}).status_code == 403


def test_without_login(client, cast):
    assert "login" in client.get(URL).url


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?zzz=1", 400),
        ("?issued_on__year=99999", 400),
        ("?office__password=x", 400),
        ("?region=x", 404),
        ("?q=%00", 200),
        ("?p=7", 200),
    ],
)
def test_odd_addresses(client, cast, query, status):
    client.force_login(cast.clerk_a)
    client.raise_request_exception = False
    assert client.get(f"{URL}{query}").status_code == status
    assert client.post(f"{URL}{query}", {"format": "xlsx"}).status_code == status


def test_it_rejects_other_formats(client, cast):
    client.force_login(cast.clerk_a)
    for data in ({}, {"format": "docx"}, {"format": ""}):
        assert client.post(URL, data).status_code == 400


def test_another_s_rows_cannot_be_found_out_by_a_filter(names, three, cast):
    theirs = MeasurementStandard.objects.get(name="乙市的")
    assert not scoping.visible_to(MeasurementStandard.objects.filter(pk=theirs.pk), cast.clerk_a).exists()
    assert names(cast.clerk_a, f"?import_id__isnull=1&q={theirs.certificate_no}") == set()
