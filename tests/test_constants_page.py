"""What no column of a file holds is given once, on the page of its columns, and stands in all rows from there on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bureau.exchange import drafts, preview
from bureau.exchange.layouts.constants import with_mark
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.models import Import, RememberedColumns
from standards.models import MeasurementStandard
from tests.importing import HEADER
from tests.importing import row as line
from tests.layouts import csv_file
from tests.returned import comments_of, list_of, red_cells
from tests.test_columns_page import choices
from tests.uploading import page_of

LACKING = ("标准类别", "层级", "专业", "发证机关", "有效期至")
SHORT = [heading for heading in HEADER if heading not in LACKING]
GIVEN = {
    "kind": "社会公用计量标准",
    "tier": "市级",
    "field": "电磁学",
    "issuing_authority": "省市场监督管理局",
    "valid_until": "2021年5月",
}
OPTIONAL = {"former_certificate_no", "remark", "classification_code", "institution", "original_value"}
OPTIONAL |= {"environment", "temperature_needed", "humidity_needed"}


def short(number, **changes):
    """A row without the columns that the file lacks."""
    return [cell for heading, cell in zip(HEADER, line(number, **changes), strict=True) if heading in SHORT]


@pytest.fixture
def short_file(upload):
    """``short_file(lines)`` uploads a file that lacks five required columns, and gives the import."""

    def short_file(lines=None, **options):
        upload(lines or [short(1), short(2)], header=SHORT, **options)
        return Import.objects.first()

    return short_file


@pytest.fixture
def given(short_file, client):
    """``given(lines, **constants)``: the same with the values for all rows, as it waits to be confirmed."""

    def given(lines=None, **constants):
        run = short_file(lines)
        url = page_of("columns", run)
        assert client.post(url, choices(client.get(url), {**GIVEN, **constants})).url == page_of("preview", run)
        run.refresh_from_db()
        return run

    return given


def rows_of(page):
    return {row.column.name: row for row in page.context["form"].constant_rows()}


def test_it_works(given, confirm, client, cast):
    run = given()
    assert run.layout["constants"] == GIVEN
    assert run.preview["counts"]["created"] == 2
    confirm(run)
    assert (run.created, run.failed) == (2, 0)
    for standard in MeasurementStandard.objects.all():
        assert (standard.kind, standard.tier, standard.field_id) == ("public", "municipal", "15")
        assert (standard.issuing_authority, standard.valid_until) == ("省市场监督管理局", date(2021, 5, 31))
    page = client.get(run.get_absolute_url()).content.decode()
    assert "2021年5月" in page


def test_the_file_can_go_on_in_no_other_way(short_file, client):
    run = short_file()
    page = client.get(page_of("columns", run))
    form, text = page.context["form"], page.content.decode()
    assert run.state == "columns"
    assert form.missing() == GIVEN.keys()
    assert form.shows_constants()
    for name in GIVEN:
        assert f'href="#id_constant-{name}"' in text
        assert f'id="id_constant-{name}"' in text


def test_every_column_that_is_not_read_is_offered(short_file, client):
    rows = rows_of(client.get(page_of("columns", short_file())))
    read = {"name", "grade", "holder", "measuring_range", "uncertainty", "certificate_no", "issued_on"}
    read |= {"established_on", "place", "region"}
    assert {name for name, row in rows.items() if row.is_read} == read
    assert rows.keys() - read == GIVEN.keys() | OPTIONAL


def test_choices_are_a_list(short_file, client):
    rows = rows_of(client.get(page_of("columns", short_file())))
    tiers, fields = ([text for text, _label in rows[name].field.field.choices] for name in ("tier", "field"))
    assert tiers == ["", "大区级", "省级", "市级", "县级"]
    assert len(fields) == 19
    assert not hasattr(rows["valid_until"].field.field, "choices")


def test_what_is_still_missing_is_named(short_file, client):
    url = page_of("columns", short_file())
    page = client.post(url, choices(client.get(url), {"kind": "社会公用计量标准", "tier": "市级"}))
    assert page.status_code == 422
    assert page.context["form"].missing() == {"field", "issuing_authority", "valid_until"}
    [sentence] = page.context["form"].non_field_errors()
    assert all(label in sentence for label in ("计量领域", "发证机关", "有效期至"))
    assert "社会公用" not in sentence
    assert rows_of(page)["kind"].field.value() == "社会公用计量标准"  # nothing of what was given is lost


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("valid_until", "2021-02-30"),
        ("valid_until", "明年"),
        ("issuing_authority", "长" * 201),
        ("issuing_authority", "=1+1"),
        ("issuing_authority", "a\0b"),
        ("remark", "x" * 1001),
        ("kind", "火星级"),
        ("field", "火星学"),
    ],
)
def test_it_rejects_what_no_cell_could_hold(short_file, client, name, text):
    run = short_file()
    url = page_of("columns", run)
    page = client.post(url, choices(client.get(url), {**GIVEN, name: text}))
    assert page.status_code == 422
    [error] = rows_of(page)[name].field.errors
    assert error in page.content.decode()
    assert [place for place, _label in page.context["form"].wrong_fields()] == [f"id_constant-{name}"]
    run.refresh_from_db()
    assert (run.state, run.layout["constants"]) == ("columns", {})
    assert not RememberedColumns.objects.exists()


def test_it_rejects_a_region_of_others(short_file, client):
    lines = [short(1, 行政区划="")]
    url = page_of("columns", short_file(lines))
    data = {**choices(client.get(url), GIVEN), "constant-region": "大连市"}
    row = next(row for row in client.get(url).context["form"].rows() if row.column.heading == "行政区划")
    page = client.post(url, {**data, row.choice.html_name: ""})
    assert page.status_code == 422
    assert rows_of(page)["region"].field.errors
    assert client.post(url, {**data, row.choice.html_name: "", "constant-region": "和平区"}).status_code == 302


def test_it_rejects_a_value_beside_a_column(short_file, client):
    url = page_of("columns", short_file())
    page = client.post(url, {**choices(client.get(url), GIVEN), "constant-holder": "甲所"})
    assert page.status_code == 422
    assert rows_of(page)["holder"].field.errors
    assert "甲所" in page.content.decode()


def test_a_column_may_be_given_up_for_a_value(short_file, client, confirm):
    run = short_file([short(1, 建标单位="甲所"), short(2, 建标单位="乙所")])
    url = page_of("columns", run)
    data = {**choices(client.get(url), GIVEN, 建标单位=""), "constant-holder": "丙所"}
    client.post(url, data)
    confirm(run)
    assert set(MeasurementStandard.objects.values_list("holder", flat=True)) == {"丙所"}


def test_the_preview_shows_them_as_they_were_understood(given, client):
    run = given()
    assert ["计量领域", "电磁学", "电磁学"] in run.preview["constants"]
    assert ["有效期至", "2021年5月", "2021-05-31"] in run.preview["constants"]
    page = client.get(page_of("preview", run))
    tab = next(tab for tab in page.context["foresight"].tabs if tab.key == "interpreted")
    assert [row[0] for row in tab.rows].count("计量领域") == 1
    assert ["有效期至", "2021-05-31"] in [[row[0], row[2]] for row in tab.rows if "2021年5月" in row[1]]
    text = page.content.decode()
    assert "data-for-all" in text
    assert text.count("电磁学") >= 3  # as it was understood, and in each of the new rows


def test_a_region_is_understood_by_the_day_of_each_row(upload, client, cast, confirm):
    """盘锦's 大洼 was a county (211121) and is a district (211104)."""
    days = {"建标日期": None, "有效期至": date(2023, 5, 31)}
    lines = [line(1, 发证日期=date(2010, 6, 1), **days), line(2, 发证日期=date(2020, 6, 1), **days)]
    upload([cells[:-1] for cells in lines], header=HEADER[:-1], by=cast.clerk_province)
    run = Import.objects.get()
    url = page_of("columns", run)
    client.post(url, choices(client.get(url), {"region": "大洼"}))
    run.refresh_from_db()
    assert run.preview["constants"] == [["地区", "大洼", "211121 大洼县、211104 大洼区"]]
    confirm(run)
    assert set(MeasurementStandard.objects.values_list("region_id", flat=True)) == {"211121", "211104"}


def test_records_are_updated_by_them(given, confirm):
    confirm(given())
    run = given(field="光学")
    assert run.preview["counts"]["updated"] == 2
    confirm(run)
    assert run.updated == 2
    assert set(MeasurementStandard.objects.values_list("field_id", flat=True)) == {"28"}
    assert given(field="光学").preview["counts"]["unchanged"] == 2


def test_they_are_remembered_for_the_next_file(given, short_file, client, cast):
    given()
    assert RememberedColumns.objects.get().constants == GIVEN
    run = short_file([short(3)])
    assert (run.state, run.layout["constants"]) == ("preview", GIVEN)
    page = client.get(page_of("columns", run))
    assert {name: row.field.value() for name, row in rows_of(page).items() if row.field.value()} == GIVEN
    # Another office has its own files.
    assert short_file([short(4)], by=cast.clerk_b).state == "columns"


def test_what_is_taken_back_is_forgotten(given, client):
    run = given(remark="第一批")
    url = page_of("columns", run)
    client.post(url, choices(client.get(url), {"remark": ""}))
    assert RememberedColumns.objects.get().constants == GIVEN


def test_a_choice_is_offered_in_the_other_language(given, client):
    run = given()
    client.cookies["django_language"] = "en"
    page = client.get(page_of("columns", run))
    tier = rows_of(page)["tier"].field
    assert tier.value() == "Municipal" and "Municipal" in [text for text, _label in tier.field.choices]
    assert client.post(page_of("columns", run), choices(page)).url == page_of("preview", run)
    run.refresh_from_db()
    assert run.preview["counts"]["created"] == 2


def test_choices_survive_an_expired_session(short_file, client):
    url = page_of("columns", short_file())
    page = client.post(url, {**choices(client.get(url), GIVEN), "_kept": "1"})
    assert page.status_code == 422
    assert {name: row.field.value() for name, row in rows_of(page).items() if row.field.value()} == GIVEN
    assert not RememberedColumns.objects.exists()


def test_a_value_that_is_wrong_beside_others_is_told_without_a_cell(given, confirm, client):
    """The certificate of the second row is issued after the end of all: the value is no cell of the file."""
    run = given([short(1), short(2, 发证日期=date(2022, 6, 1))])
    page = client.get(page_of("preview", run))
    [problem] = page.context["foresight"].problems
    assert (problem["place"], problem["column"], problem["is_for_all"]) == ("3", "有效期至", True)
    confirm(run)
    assert (run.created, run.failed) == (1, 1)
    front, sheet = load_workbook(run.error_workbook.path).worksheets[:2]
    [comment], [entry] = comments_of(sheet).values(), list_of(front)
    assert red_cells(sheet) == {"A3"}
    assert with_mark("有效期至") in comment and run.problems.get().reason in comment
    assert entry[3] == with_mark("有效期至")


def test_a_value_that_fails_in_every_row(given, confirm, client):
    """What was allowed when it was given is not for ever: the message names it, in the file and on the page."""
    run = given()
    layout = {**run.layout, "constants": {**GIVEN, "valid_until": "昨天"}}
    Import.objects.filter(pk=run.pk).update(layout=layout)
    run.refresh_from_db()
    preview.refresh(run)
    assert "有效期至" not in [label for label, *_rest in run.preview["constants"]]
    assert all(problem["is_for_all"] for row in run.preview["failed"] for problem in row["problems"])
    confirm(run)
    assert run.failed == 2
    front, sheet = load_workbook(run.error_workbook.path).worksheets[:2]
    assert red_cells(sheet) == {"A2", "A3"}
    assert all(with_mark("有效期至") in comment for comment in comments_of(sheet).values())
    assert [entry[3:5] for entry in list_of(front)] == [(with_mark("有效期至"), "昨天")] * 2
    assert "昨天" in client.get(run.get_absolute_url()).content.decode()


def test_the_marked_file_comes_back_with_them(given, confirm, upload, client, tmp_path):
    run = given([short(1), short(2, 发证日期="2016-02-30")])
    confirm(run)
    book = load_workbook(run.error_workbook.path)
    [cell] = [cell for row in book.worksheets[1] for cell in row if cell.comment]
    cell.value = date(2016, 2, 29)
    book.save(tmp_path / "corrected.xlsx")
    upload(content=(tmp_path / "corrected.xlsx").read_bytes())
    again = Import.objects.first()
    assert (again.corrects, again.state, again.layout["constants"]) == (run, "preview", GIVEN)
    assert (again.preview["passed_over"], again.preview["counts"]["created"]) == (1, 1)
    # With another value the row that was taken is another row.
    url = page_of("columns", again)
    client.post(url, choices(client.get(url), {"field": "光学"}))
    again.refresh_from_db()
    assert (again.preview["passed_over"], again.preview["counts"]["updated"]) == (0, 1)


def test_a_file_that_cannot_be_marked_comes_back_with_columns_for_them(confirm, client, tmp_path, upload):
    csv_file(tmp_path, [SHORT, short(1, 发证日期="?")])
    upload(content=(tmp_path / "file.csv").read_bytes(), name="short.csv")
    run = Import.objects.get()
    url = page_of("columns", run)
    client.post(url, choices(client.get(url), GIVEN))
    confirm(run)
    sheet = load_workbook(run.error_workbook.path).worksheets[1]
    assert {*GIVEN.values()} <= {cell.value for cell in sheet[2]}
    with run.error_workbook.open() as content:
        upload(content=content.read())
    again = Import.objects.first()
    assert (again.state, again.layout["constants"], again.ignored_headings) == ("preview", {}, [])


def test_assigning_without_a_word_of_them_keeps_them(given):
    run = given()
    layout = Layout.from_json(run.layout)
    drafts.assign(run, layout.places, [part.name for part in layout.parts], by=None)
    run.refresh_from_db()
    assert run.layout["constants"] == GIVEN


def test_the_page_asks_no_more_for_many_rows(short_file, client):
    counts = []
    for number in (1, 30):
        url = page_of("columns", short_file([short(n) for n in range(number)]))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
