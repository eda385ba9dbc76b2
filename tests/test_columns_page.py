"""The page on which a clerk says what the columns of a file mean."""

import pytest
from openpyxl import Workbook

from bureau.exchange.models import Import, RememberedColumns
from standards.models import MeasurementStandard
from tests.importing import HEADER
from tests.importing import row as line
from tests.uploading import page_of

UNKNOWN = "准予字号"
STRANGE = [UNKNOWN if heading == "证书编号" else heading for heading in HEADER]


@pytest.fixture
def strange(upload, client):
    """A file whose column of certificate numbers bears a heading that nobody knows; gives the import."""
    response = upload([line(1), line(2)], header=STRANGE)
    run = Import.objects.first()
    assert response.url == page_of("columns", run)
    return run


def choices(page, constants=None, **changed):
    """What the browser would post: the form as it is shown, with other choices by heading, other values by column."""
    data = {}
    for row in page.context["form"].rows():
        data[row.choice.html_name] = changed.get(row.column.heading, row.choice.value() or "")
        if row.fill.value():
            data[row.fill.html_name] = "on"
    for part in page.context["form"].parts_of_file():
        if part.is_chosen:
            data.setdefault("parts", []).append(part.sheet.name)
    for row in page.context["form"].constant_rows():
        if not row.is_read:
            data[row.field.html_name] = (constants or {}).get(row.column.name, row.field.value() or "")
    return data


def errors_of(page):
    return [str(error) for errors in page.context["form"].errors.values() for error in errors]


def test_it_works(strange, client, confirm, cast):
    url = page_of("columns", strange)
    page = client.get(url)
    text = page.content.decode()
    assert strange.state == "columns"
    assert page.context["form"].missing() == {"certificate_no"}
    for shown in (UNKNOWN, "[2016] 辽量标 证字第 001 号", "砝码标准装置1"):
        assert shown in text

    response = client.post(url, choices(page, **{UNKNOWN: "certificate_no"}))
    assert response.url == page_of("preview", strange)
    confirm(strange)
    assert strange.created == 2
    assert MeasurementStandard.objects.filter(certificate_no="[2016] 辽量标 证字第 002 号").exists()
    remembered = RememberedColumns.objects.get()
    assert (remembered.office, remembered.updated_by) == (cast.clerk_a.office, cast.clerk_a)


def test_the_choice_is_offered_for_the_next_file(strange, upload, client, cast):
    url = page_of("columns", strange)
    client.post(url, choices(client.get(url), **{UNKNOWN: "certificate_no"}))
    assert upload([line(3)], header=STRANGE).url == page_of("preview", Import.objects.first())
    # Another office has its own files.
    assert "/columns/" in upload([line(3)], header=STRANGE, by=cast.clerk_b).url


def test_it_rejects_a_column_taken_twice(strange, client):
    page = client.post(
        page_of("columns", strange), choices(client.get(page_of("columns", strange)), **{UNKNOWN: "name"})
    )
    assert page.status_code == 422
    [error, *_more] = errors_of(page)
    assert "A" in error
    row = next(row for row in page.context["form"].rows() if row.column.heading == UNKNOWN)
    assert row.choice.value() == "name"
    assert row.choice.errors
    assert not RememberedColumns.objects.exists()


def test_it_rejects_a_required_column_that_is_missing(strange, client):
    url = page_of("columns", strange)
    page = client.post(url, choices(client.get(url), 保存地点=""))
    assert page.status_code == 422
    assert page.context["form"].missing() == {"certificate_no"}
    [sentence] = page.context["form"].non_field_errors()
    assert "证书编号" in sentence  # what is missing is named
    row = next(row for row in page.context["form"].rows() if row.column.heading == "保存地点")
    assert row.choice.value() == ""  # nothing of what was chosen is lost
    strange.refresh_from_db()
    assert strange.state == "columns"


@pytest.mark.parametrize("name", ["password", "<b>", "certificate_no\0", "x" * 5000])
def test_it_rejects_an_unknown_column(strange, client, name):
    url = page_of("columns", strange)
    page = client.post(url, choices(client.get(url), **{UNKNOWN: name}))
    assert page.status_code == 422
    assert errors_of(page)


def test_columns_can_be_changed_until_the_import_is_confirmed(upload, client, confirm):
    upload([line(1, 保存地点="一号楼")])
    run = Import.objects.get()
    url = page_of("columns", run)
    assert url in client.get(page_of("preview", run)).content.decode()
    client.post(url, choices(client.get(url), 保存地点=""))
    run.refresh_from_db()
    assert run.ignored_headings == ["保存地点"]
    assert "保存地点" in client.get(page_of("preview", run)).content.decode()
    confirm(run)
    assert MeasurementStandard.objects.get().place == ""
    assert client.get(url).url == run.get_absolute_url()
    assert client.post(url, {}).url == run.get_absolute_url()


def test_empty_cells_take_the_value_above(upload, client, confirm):
    upload([line(1, 建标单位="甲所"), line(2, 建标单位=None)])
    run = Import.objects.get()
    url = page_of("columns", run)
    page = client.get(url)
    row = next(row for row in page.context["form"].rows() if row.column.heading == "建标单位")
    client.post(url, {**choices(page), row.fill.html_name: "on"})
    confirm(run)
    assert set(MeasurementStandard.objects.values_list("holder", flat=True)) == {"甲所"}


def test_sheets_of_the_file_are_chosen(upload, client, confirm, tmp_path):
    book = Workbook()
    for number, title in enumerate(("市本级", "县区"), start=1):
        sheet = book.active if number == 1 else book.create_sheet()
        sheet.title = title
        for cells in (HEADER, line(number)):
            sheet.append(cells)
    book.create_sheet("说明").append(["本表每季度报送一次"])
    book.save(tmp_path / "two.xlsx")
    upload(content=(tmp_path / "two.xlsx").read_bytes())
    run = Import.objects.get()
    url = page_of("columns", run)
    page = client.get(url)
    parts = {part.sheet.name: part for part in page.context["form"].parts_of_file()}
    assert (parts["市本级"].is_chosen, parts["县区"].is_chosen, parts["说明"].is_chosen) == (True, True, False)
    assert parts["说明"].sheet.why

    assert client.post(url, {**choices(page), "parts": []}).status_code == 422
    assert client.post(url, {**choices(page), "parts": ["说明"]}).status_code == 422
    client.post(url, {**choices(page), "parts": ["县区"]})
    confirm(run)
    assert [standard.name for standard in MeasurementStandard.objects.all()] == ["砝码标准装置2"]


def test_choices_survive_an_expired_session(strange, client):
    """After the login the page is posted once more, marked: it is shown as it was filled, and saves nothing."""
    url = page_of("columns", strange)
    data = choices(client.get(url), **{UNKNOWN: "certificate_no"})
    page = client.post(url, {**data, "_kept": "1"})
    assert page.status_code == 422
    row = next(row for row in page.context["form"].rows() if row.column.heading == UNKNOWN)
    assert row.choice.value() == "certificate_no"
    strange.refresh_from_db()
    assert strange.state == "columns"


def test_a_file_that_is_gone(strange, client):
    strange.file.delete(save=False)
    assert "/upload/" in client.get(page_of("columns", strange)).url


class TestAnotherSheet:
    """A file with two tables: the one that is not read may be read instead."""

    @pytest.fixture
    def run(self, upload, tmp_path):
        book = Workbook()
        first, second = book.active, book.create_sheet("旧表")
        for cells in (HEADER, line(1), line(2)):
            first.append(cells)
        for cells in (STRANGE, line(3)):
            second.append(cells)
        book.save(tmp_path / "two.xlsx")
        upload(content=(tmp_path / "two.xlsx").read_bytes())
        return Import.objects.first()

    def test_it_works(self, run, client):
        url = page_of("columns", run)
        page = client.get(url)
        assert [sheet.is_instead for sheet in page.context["proposal"].sheets] == [False, True]
        response = client.post(url, {**choices(page), "instead": "旧表"})
        assert response.url == url
        page = client.get(url)
        assert page.context["form"].missing() == {"certificate_no"}
        assert client.post(url, choices(page, **{UNKNOWN: "certificate_no"})).url == page_of("preview", run)
        run.refresh_from_db()
        assert (run.sheet_name, run.preview["counts"]["created"]) == ("旧表", 1)

    def test_it_rejects_a_sheet_that_is_not_there(self, run, client):
        url = page_of("columns", run)
        response = client.post(url, {**choices(client.get(url)), "instead": "没有的表"})
        run.refresh_from_db()
        assert response.status_code != 500
        assert run.sheet_name != "没有的表"
