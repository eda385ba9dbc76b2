"""The clerk's way through the pages: template, upload, result, failed rows, export; and what others see of it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bureau import menu
from bureau.exchange.models import Import
from bureau.jobs.models import Job
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.jobs_for_tests import work
from tests.test_import import line, workbook

UPLOAD = "/exchange/standards/upload/"


@pytest.fixture
def upload(client, cast, tmp_path):
    def upload(lines=None, *, by=None, content=None, office=None, button="import", name="2016年建标.xlsx"):
        by = by or cast.clerk_a
        client.force_login(by)
        if content is None:
            content = workbook(tmp_path / "in.xlsx", lines).read_bytes()
        file = SimpleUploadedFile(name, content)
        office = office or by.office
        return client.post(UPLOAD, {"office": office.pk, "file": file, button: "1"})

    return upload


@pytest.fixture
def imported(upload, client):
    """An import of one good and two bad rows, finished."""
    upload([line(1), line(2, 发证日期="2016-02-30"), line(3, 层级="火星级")])
    work()
    return Import.objects.get()


def content_of(response):
    return b"".join(response.streaming_content)


def test_it_works(upload, client, cast):
    client.force_login(cast.clerk_a)
    page = client.get(UPLOAD)
    assert page.status_code == 200

    response = upload([line(1), line(2)])
    job = Job.objects.get()
    assert response.url == reverse("jobs:detail", args=[job.pk])
    assert not MeasurementStandard.objects.exists()
    work()

    run = Import.objects.get()
    assert (run.created, run.failed, run.started_by, run.file_name) == (2, 0, cast.clerk_a, "2016年建标.xlsx")
    job.refresh_from_db()
    assert (job.state, job.result_url) == (Job.State.DONE, run.get_absolute_url())
    assert (job.progress_done, job.progress_total) == (2, 2)
    page = client.get(run.get_absolute_url())
    assert b'data-count="created">2<' in page.content
    assert f"?import_id={run.pk}" in page.content.decode()
    [entry] = Operation.objects.filter(action="import")
    assert (entry.actor, entry.detail["created"]) == (cast.clerk_a, 2)
    records = client.get(f"/standards/measurementstandard/?import_id={run.pk}")
    assert "砝码标准装置1" in records.content.decode()


def test_check_only_writes_nothing(upload, client):
    upload([line(1), line(2, 发证日期="?")], button="check")
    work()
    run = Import.objects.get()
    assert (run.is_check_only, run.created, run.failed) == (True, 1, 1)
    assert not MeasurementStandard.objects.exists()
    assert not Operation.objects.filter(action="import").exists()
    assert client.get(run.get_absolute_url()).status_code == 200


def test_the_result_names_row_column_value_and_reason(imported, client):
    page = client.get(imported.get_absolute_url()).content.decode()
    assert page.count("data-problem") == 2
    for text in ("2016-02-30", "火星级", imported.sheet.by_name["issued_on"].label):
        assert str(text) in page


def test_the_failed_rows_come_back(imported, client, upload):
    response = client.get(reverse("exchange:errors", args=[imported.pk]))
    content = content_of(response)
    page = load_workbook(io.BytesIO(content)).active
    assert page.max_row == 3
    assert sum(cell.comment is not None for row in page.iter_rows(min_row=2) for cell in row) == 2
    assert Operation.objects.filter(action="download").count() == 1

    upload(content=content)
    work()
    again = Import.objects.first()
    assert (again.rows, again.failed) == (2, 2)


def test_the_uploaded_file_comes_back_as_it_was(imported, client, tmp_path):
    response = client.get(reverse("exchange:file", args=[imported.pk]))
    assert content_of(response) == (tmp_path / "in.xlsx").read_bytes()
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("content", [b"", b"no workbook at all", b"PK\x03\x04" + b"\0" * 99])
def test_it_rejects_what_is_no_workbook_on_the_same_page(upload, content, cast):
    response = upload(content=content)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert response.context["form"]["office"].value() == str(cast.clerk_a.office.pk)
    assert not Import.objects.exists()
    assert not Job.objects.exists()


def test_it_rejects_an_office_that_is_not_below(upload, cast):
    response = upload([line(1)], office=cast.clerk_b.office)
    assert response.status_code == 422
    assert "office" in response.context["form"].errors
    assert not Import.objects.exists()


def test_it_works_for_an_office_below(upload, cast):
    upload([line(1, 行政区划="")], office=cast.clerk_county.office)
    work()
    standard = MeasurementStandard.objects.get()
    assert (standard.office, standard.region_id) == (cast.clerk_county.office, "210102")


PAGES = ["import-detail", "errors", "file"]


@pytest.mark.parametrize("name", PAGES)
def test_other_office_gets_404(imported, client, cast, name):
    client.force_login(cast.clerk_b)
    assert client.get(reverse(f"exchange:{name}", args=[imported.pk])).status_code == 404
    assert "2016年建标" not in client.get("/exchange/").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_office_above_sees_it(imported, client, cast, name):
    client.force_login(cast.manager_province)
    assert client.get(reverse(f"exchange:{name}", args=[imported.pk])).status_code == 200
    assert "2016年建标" in client.get("/exchange/").content.decode()


@pytest.mark.parametrize("person", ["inspector_a", "system_admin", "security_admin", "auditor"])
def test_imports_need_a_role(imported, client, cast, person):
    client.force_login(getattr(cast, person))
    for url in ["/exchange/", *(reverse(f"exchange:{name}", args=[imported.pk]) for name in PAGES)]:
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("person", ["inspector_a", "manager_a", "system_admin", "security_admin", "auditor"])
def test_upload_needs_clerk(client, cast, person):
    client.force_login(getattr(cast, person))
    for url in (UPLOAD, "/exchange/standards/template/"):
        assert client.get(url).status_code == 403
    assert client.post(UPLOAD).status_code == 403


def test_without_login(client, cast):
    for url in ("/exchange/", UPLOAD, "/exchange/standards/template/", "/exchange/standards/export/"):
        response = client.get(url)
        assert response.status_code == 302
        assert "login" in response.url


def test_an_unknown_sheet_is_404(client, cast):
    client.force_login(cast.clerk_a)
    for page in ("upload", "template", "export"):
        assert client.get(f"/exchange/none/{page}/").status_code == 404


def test_the_template_is_a_workbook(client, cast):
    client.force_login(cast.clerk_a)
    response = client.get("/exchange/standards/template/")
    assert len(load_workbook(io.BytesIO(content_of(response))).worksheets) == 3


def test_an_export_holds_what_the_user_sees(client, cast, make_standard):
    make_standard(name="甲市的")
    make_standard(by=cast.clerk_b, name="乙市的")
    make_standard(by=cast.clerk_county, name="县里的")

    def names(person, query=""):
        client.force_login(person)
        page = load_workbook(io.BytesIO(content_of(client.get(f"/exchange/standards/export/{query}")))).active
        return {row[0].value for row in page.iter_rows(min_row=2)}

    assert names(cast.inspector_a) == {"甲市的", "县里的"}
    assert names(cast.clerk_b) == {"乙市的"}
    assert names(cast.manager_province) == {"甲市的", "乙市的", "县里的"}
    assert names(cast.manager_province, "?region=210102") == {"县里的"}
    assert names(cast.clerk_b, "?region=210100") == set()
    assert client.get("/exchange/standards/export/?region=x").status_code == 404
    assert Operation.objects.filter(action="export").count() == 5


@pytest.mark.parametrize("person", ["system_admin", "security_admin", "auditor"])
def test_export_needs_a_role(client, cast, person):
    client.force_login(getattr(cast, person))
    assert client.get("/exchange/standards/export/").status_code == 403


def test_links_above_the_list(cast):
    def icons(person):
        return [link.icon for link in menu.list_links(MeasurementStandard, person)]

    assert icons(cast.clerk_a) == ["upload_file", "table_view", "download"]
    assert icons(cast.inspector_a) == ["download"]
    assert icons(cast.auditor) == []
    assert menu.list_links(Operation, cast.clerk_a) == []


def test_pages_load_nothing_from_inline_scripts(imported, client):
    for url in (UPLOAD, "/exchange/", imported.get_absolute_url()):
        content = client.get(url).content.decode()
        main = content[content.find("<main") :] if "<main" in content else content
        assert "onclick=" not in main
        assert "http://" not in main.replace("http://www.w3.org", "")


def test_a_long_list_of_errors_has_pages(upload, client):
    upload([line(number, 层级="?") for number in range(1, 152)])
    work()
    url = Import.objects.get().get_absolute_url()
    assert client.get(url).content.decode().count("data-problem") == 100
    assert client.get(f"{url}?page=2").content.decode().count("data-problem") == 51
