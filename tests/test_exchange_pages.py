"""The clerk's way through the pages: template, upload, result, failed rows, undo, export; and what others see of it."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bureau import menu
from bureau.exchange.models import Import
from bureau.jobs.models import Job
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.importing import row as line
from tests.jobs_for_tests import work
from tests.uploading import UPLOAD, content_of, page_of


def test_it_works(upload, confirm, client, cast):
    client.force_login(cast.clerk_a)
    assert client.get(UPLOAD).status_code == 200

    response = upload([line(1), line(2)])
    run = Import.objects.get()
    assert (run.state, run.started_by, run.file_name) == ("preview", cast.clerk_a, "2016年建标.xlsx")
    assert response.url == page_of("preview", run)
    assert not MeasurementStandard.objects.exists()

    response = confirm(run)
    job = run.job
    assert response.url == reverse("jobs:detail", args=[job.pk])
    assert (run.state, run.created, run.failed) == ("done", 2, 0)
    assert (job.state, job.result_url) == (Job.State.DONE, run.get_absolute_url())
    page = client.get(run.get_absolute_url())
    assert b'data-count="created">2<' in page.content
    assert f"?import_id={run.pk}" in page.content.decode()
    [entry] = Operation.objects.filter(action="import")
    assert (entry.actor, entry.detail["created"]) == (cast.clerk_a, 2)
    records = client.get(f"/standards/measurementstandard/?import_id={run.pk}")
    assert "砝码标准装置1" in records.content.decode()


def test_the_result_names_row_column_value_and_reason(imported, client):
    page = client.get(imported.get_absolute_url()).content.decode()
    assert page.count("data-problem") == 2
    for text in ("2016-02-30", "火星级", imported.sheet.by_name["issued_on"].label):
        assert str(text) in page


def test_the_failed_rows_come_back(imported, client):
    content = content_of(client.get(page_of("errors", imported)))
    assert Operation.objects.filter(action="download").count() == 1
    page = load_workbook(io.BytesIO(content))
    marked = [cell for sheet in page for row in sheet.iter_rows() for cell in row if cell.comment]
    assert {str(cell.value) for cell in marked} == {"2016-02-30", "火星级"}


def test_a_corrected_file_takes_only_the_failed_rows(imported, client, upload, confirm):
    page = load_workbook(io.BytesIO(content_of(client.get(page_of("errors", imported)))))
    for cell in [cell for sheet in page for row in sheet.iter_rows() for cell in row if cell.comment]:
        cell.value = "2016-03-01" if cell.value == "2016-02-30" else "市级"
    corrected = io.BytesIO()
    page.save(corrected)

    upload(content=corrected.getvalue())
    run = Import.objects.first()
    assert run.corrects == imported
    assert run.preview["passed_over"] == 1
    assert "data-corrects" in client.get(page_of("preview", run)).content.decode()
    confirm(run)
    assert (run.rows, run.created, run.failed) == (2, 2, 0)
    assert MeasurementStandard.objects.count() == 3
    assert "data-correction" in client.get(imported.get_absolute_url()).content.decode()


def test_all_or_nothing_writes_nothing_and_marks_the_rows(upload, confirm, client):
    upload([line(1), line(2, 发证日期="?")])
    confirm(mode="all_or_nothing")
    run = Import.objects.get()
    assert (run.state, run.created, run.failed) == ("refused", 0, 1)
    assert not MeasurementStandard.objects.exists()
    page = client.get(run.get_absolute_url()).content.decode()
    assert page_of("errors", run) in page
    assert page_of("undo", run) not in page


def test_the_uploaded_file_comes_back_as_it_was(imported, client, tmp_path):
    response = client.get(page_of("file", imported))
    assert content_of(response) == (tmp_path / "in.xlsx").read_bytes()
    assert "attachment" in response["Content-Disposition"]


def test_a_file_that_was_imported_before_says_so(upload, confirm, client, tmp_path):
    upload([line(1)])
    confirm()
    first = Import.objects.get()
    upload(content=(tmp_path / "in.xlsx").read_bytes(), name="再来一次.xlsx")
    page = client.get(page_of("preview", Import.objects.first()))
    assert page.context["earlier"] == first
    assert first.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"no workbook at all", b"PK\x03\x04" + b"\0" * 99])
def test_it_rejects_what_is_no_workbook_on_the_same_page(upload, content, cast):
    response = upload(content=content)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert response.context["form"]["office"].value() == str(cast.clerk_a.office.pk)
    assert not Import.objects.exists()
    assert not Job.objects.exists()


def test_it_rejects_a_file_that_is_too_large(upload, settings):
    settings.IMPORT_MAX_BYTES = 100
    response = upload([line(1)])
    assert response.status_code == 422
    assert "100" in response.context["form"].errors["file"][0]


def test_it_rejects_an_office_that_is_not_below(upload, cast):
    response = upload([line(1)], office=cast.clerk_b.office)
    assert response.status_code == 422
    assert "office" in response.context["form"].errors
    assert not Import.objects.exists()


def test_it_works_for_an_office_below(upload, confirm, client, cast):
    page = client
    page.force_login(cast.clerk_a)
    form = page.get(f"{UPLOAD}?office={cast.clerk_county.office.pk}").context["form"]
    assert form["office"].value() == str(cast.clerk_county.office.pk)
    upload([line(1, 行政区划="")], office=cast.clerk_county.office)
    confirm()
    standard = MeasurementStandard.objects.get()
    assert (standard.office, standard.region_id) == (cast.clerk_county.office, "210102")


# Undo ------------------------------------------------------------------------------------------------------------


def test_undo_shows_what_it_would_do_and_does_it(imported, client, cast):
    page = client.get(page_of("undo", imported))
    assert (page.context["forecast"].voided, page.context["forecast"].kept) == (1, 0)
    response = client.post(page_of("undo", imported))
    imported.refresh_from_db()
    assert response.url == reverse("jobs:detail", args=[imported.undo_job.pk])
    work()
    imported.refresh_from_db()
    assert (imported.state, imported.undone_by, imported.undo_counts["voided"]) == ("undone", cast.clerk_a, 1)
    assert not MeasurementStandard.objects.filter(voided_at=None).exists()
    page = client.get(imported.get_absolute_url()).content.decode()
    assert 'data-count="voided">1<' in page
    assert page_of("undo", imported) not in page


def test_undo_names_the_records_that_it_keeps(imported, client, cast):
    from bureau import records

    standard = MeasurementStandard.objects.get()
    standard.place = "三号楼"
    records.save(standard, by=cast.clerk_a)
    link = reverse("admin:standards_measurementstandard_change", args=[standard.pk])

    page = client.get(page_of("undo", imported))
    assert page.context["forecast"].kept == 1
    assert link in page.content.decode()
    client.post(page_of("undo", imported))
    work()
    page = client.get(imported.get_absolute_url()).content.decode()
    assert 'data-count="kept">1<' in page
    assert link in page


def test_undoing_twice_starts_one_job(imported, client):
    first = client.post(page_of("undo", imported))
    second = client.post(page_of("undo", imported))
    assert "/jobs/" in first.url
    assert second.url == imported.get_absolute_url()
    assert Job.objects.filter(key="exchange.undo").count() == 1


def test_what_wrote_nothing_cannot_be_undone(upload, confirm, client):
    upload([line(1, 层级="?")])
    assert client.get(page_of("undo", Import.objects.get())).status_code == 302
    confirm()
    run = Import.objects.get()
    assert (run.state, run.failed) == ("done", 1)
    assert client.get(page_of("undo", run)).url == run.get_absolute_url()


# The list --------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_links(imported, upload, client):
    upload([line(7)], name="未确认.xlsx")

    def names(query):
        return [run.file_name for run in client.get(f"/exchange/{query}").context["page"].object_list]

    assert names("") == ["未确认.xlsx", "2016年建标.xlsx"]
    assert names("?state=done") == ["2016年建标.xlsx"]
    assert names("?state=preview&sheet=standards") == ["未确认.xlsx"]
    assert names("?state=undone") == []
    assert names("?state=nonsense&sheet=nonsense&page=99") == ["未确认.xlsx", "2016年建标.xlsx"]


def test_a_draft_leads_to_where_it_stands(upload, client):
    upload([line(1)])
    run = Import.objects.get()
    assert run.get_absolute_url() in client.get("/exchange/").content.decode()
    assert client.get(run.get_absolute_url()).url == page_of("preview", run)
    assert client.get(page_of("columns", run)).status_code == 200


# Who may ---------------------------------------------------------------------------------------------------------

SEEN = ["import-detail", "errors", "file"]
WRITERS = ["columns", "preview", "effects", "undo"]


@pytest.mark.parametrize("name", SEEN + WRITERS)
def test_other_office_gets_404(imported, client, cast, name):
    client.force_login(cast.clerk_b)
    assert client.get(page_of(name, imported)).status_code == 404
    assert "2016年建标" not in client.get("/exchange/").content.decode()


@pytest.mark.parametrize("name", ["columns", "preview", "undo"])
def test_other_office_cannot_post(upload, imported, client, cast, name):
    upload([line(9)])
    client.force_login(cast.clerk_b)
    for run in Import.objects.all():
        assert client.post(page_of(name, run), {"mode": "keep_good", "import": "1"}).status_code == 404
    assert set(Import.objects.values_list("state", flat=True)) == {"done", "preview"}


@pytest.mark.parametrize("name", SEEN)
def test_the_office_above_sees_it(imported, client, cast, name):
    client.force_login(cast.manager_province)
    assert client.get(page_of(name, imported)).status_code == 200
    assert "2016年建标" in client.get("/exchange/").content.decode()


def test_who_may_only_look_gets_no_button(imported, upload, client, cast):
    upload([line(5)], name="未确认.xlsx")
    draft = Import.objects.first()
    client.force_login(cast.manager_a)
    page = client.get(imported.get_absolute_url()).content.decode()
    assert page_of("undo", imported) not in page
    assert UPLOAD not in page
    assert client.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("person", ["inspector_a", "system_admin", "security_admin", "auditor"])
def test_imports_need_a_role(imported, client, cast, person):
    client.force_login(getattr(cast, person))
    for url in ["/exchange/", *(page_of(name, imported) for name in SEEN + WRITERS)]:
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("name", WRITERS)
def test_it_needs_clerk(imported, client, cast, name):
    client.force_login(cast.manager_a)
    assert client.get(page_of(name, imported)).status_code == 403
    if name != "effects":
        assert client.post(page_of(name, imported)).status_code == 403


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


def test_an_import_of_a_kind_that_no_longer_exists(imported, client):
    Import.objects.update(sheet_key="gone")
    assert client.get("/exchange/").status_code == 200
    assert client.get(imported.get_absolute_url()).status_code == 200
    for name in WRITERS:
        assert client.get(page_of(name, imported)).status_code == 404


# Template and export ---------------------------------------------------------------------------------------------


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
        response = client.post(f"/exchange/standards/export/{query}", {"format": "xlsx"})
        page = load_workbook(io.BytesIO(content_of(response))).active
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


def test_pages_load_nothing_from_inline_scripts(imported, upload, client):
    upload([line(5)])
    draft = Import.objects.first()
    pages = [UPLOAD, "/exchange/", imported.get_absolute_url(), page_of("undo", imported)]
    for url in [*pages, page_of("preview", draft), page_of("columns", draft)]:
        content = client.get(url).content.decode()
        main = content[content.find('id="content"') : content.rfind("<script")]
        assert "onclick=" not in main
        assert "http://" not in main.replace("http://www.w3.org", "")


def test_a_long_list_of_errors_has_pages(upload, confirm, client):
    upload([line(number, 层级="?") for number in range(1, 152)])
    confirm()
    url = Import.objects.get().get_absolute_url()
    assert client.get(url).content.decode().count("data-problem") == 100
    assert client.get(f"{url}?page=2").content.decode().count("data-problem") == 51
