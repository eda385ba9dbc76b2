"""Forms of an office's own: kept, seen and filled by whom they concern; the national table."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from bureau import records
from bureau.models import Operation
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.marks import Known, parse, places
from bureau.reporting.models import OfficeTemplate
from bureau.reporting.office_templates import national
from bureau.reporting.office_templates.container import XLSX
from bureau.reporting.office_templates.filling import OfficeForm
from tests.cast import CITY_A, CITY_B, PROVINCE, office, staff
from tests.figure_makers import make_defined, make_template
from tests.office_forms import MARK, YEAR, filled, rich_form, saved, workbook_with

pytestmark = pytest.mark.django_db


ADD = "/reporting/officetemplate/add/"


def post(client, cast, content, name="form.xlsx", **values):
    client.force_login(cast.manager_a)
    office = cast.manager_a.office
    data = {"label": "省局年报", "office": office.pk, "region": office.region_id, "seen_version": "1"}
    return client.post(ADD, {**data, **values, "file": SimpleUploadedFile(name, content)})


def test_an_uploaded_form_is_kept_and_filled(client, cast, counted):
    form = rich_form()  # a container states its second: no two are alike
    assert post(client, cast, form).status_code == 302
    template = OfficeTemplate.objects.get()
    assert (template.kind, template.name, template.size) == (XLSX, "form.xlsx", len(form))
    assert template.content() == form

    page = client.get(reverse("reporting:templates"), {"year": "2016"}).content.decode()
    address = reverse("reporting:fill", args=[template.pk])
    assert address in page and "省局年报" in page
    response = client.get(address, {"year": "2016"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets[0]
    assert sheet["B3"].value == 4
    assert "省局年报" in Operation.objects.filter(action=Operation.Action.EXPORT).get().target
    original = client.get(reverse("reporting:template-file", args=[template.pk]))
    assert b"".join(original.streaming_content) == form


def test_a_form_with_unknown_marks_is_not_kept(client, cast, reference):
    response = post(client, cast, saved(workbook_with(B7="{{ nothing }}", C8="{{ year | tier=1 }}")))
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors["file"]
    assert [error.partition(":")[0] for error in errors] == ["Sheet!B7", "Sheet!C8"]
    assert not OfficeTemplate.objects.exists()


def test_a_form_of_50_megabytes_or_with_macros_is_not_kept(client, cast, reference):
    for content, name in ((b"PK\x03\x04" + b"x" * (50 << 20), "form.xlsx"), (saved(Workbook()), "form.xlsm")):
        response = post(client, cast, content, name)
        assert len(response.context["adminform"].form.errors["file"]) == 1
    assert not OfficeTemplate.objects.exists()


def test_other_office_gets_404(client, cast, reference):
    template = make_template(cast)
    client.force_login(cast.clerk_b)
    for name in ("fill", "template-file"):
        assert client.get(reverse(f"reporting:{name}", args=[template.pk])).status_code == 404
    client.force_login(cast.clerk_a)
    for key in ("0", "x", "9" * 30, "../1"):
        assert client.get(f"/reports/forms/{key}/filled/").status_code == 404
    assert client.get(reverse("reporting:fill", args=[template.pk]), {"region": CITY_B}).status_code == 404


def test_a_form_holds_in_the_region_of_its_office_and_below(client, cast, counted):
    """A county fills the form of its province with its own figures; it changes nothing and sees nothing behind it."""
    template = make_template(cast, by=cast.clerk_province, label="省局统一报表")
    fill, form = (reverse(f"reporting:{name}", args=[template.pk]) for name in ("fill", "template-file"))
    change = reverse("admin:reporting_officetemplate_change", args=[template.pk])
    for person, number in ((cast.clerk_county, 0), (cast.clerk_a, 4), (cast.manager_province, 4)):
        client.force_login(person)
        assert "省局统一报表" in client.get(reverse("reporting:templates"), {"year": "2016"}).content.decode()
        content = b"".join(client.get(fill, {"year": "2016"}).streaming_content)
        assert load_workbook(BytesIO(content)).active["A1"].value == number
        assert client.get(form).status_code == 200
    client.force_login(cast.clerk_county)
    assert client.get(change).status_code == 200
    assert client.post(change, {"label": "改"}).status_code == 403
    assert client.get(change.replace("change/", "history/")).status_code == 404
    client.force_login(cast.clerk_province)
    assert client.get(change.replace("change/", "history/")).status_code == 200


def test_who_is_outside_the_region_of_the_office_does_not_see_its_form(client, cast, reference):
    of_county, of_city = make_template(cast, by=cast.clerk_county), make_template(cast, by=cast.clerk_a)
    outside = staff("clerk_dalian_county", "clerk", office("210202", cast.clerk_b.office))
    for person, seen in (
        (cast.clerk_b, []),
        (outside, []),
        (cast.clerk_county, [of_county, of_city]),
        (cast.clerk_a, [of_county, of_city]),
    ):
        client.force_login(person)
        assert list(client.get(reverse("reporting:templates")).context["rows"]) == seen
        expected = 200 if seen else 404
        assert client.get(reverse("reporting:template-file", args=[of_city.pk])).status_code == expected
    records.void(of_city, by=cast.clerk_a, reason="停用")
    client.force_login(cast.clerk_county)
    assert list(client.get(reverse("reporting:templates")).context["rows"]) == [of_county]
    assert client.get(reverse("admin:reporting_officetemplate_change", args=[of_city.pk])).status_code != 200


def test_a_county_is_told_when_a_form_asks_for_a_place_outside_of_it(client, cast, counted):
    content = saved(workbook_with(A1=MARK, A2="{{ standards.established | region=210200 }}"))
    template = make_template(cast, by=cast.clerk_province, content=content)
    fill = reverse("reporting:fill", args=[template.pk])
    client.force_login(cast.clerk_county)
    response = client.get(fill, {"year": "2016"})
    assert response.status_code == 400
    assert "Sheet!A2" in response.context["problem"]
    client.force_login(cast.manager_province)
    assert client.get(fill, {"year": "2016"}).status_code == 200


def test_a_form_whose_figure_was_given_up_is_refused_with_a_sentence(client, cast, reference):
    own = make_defined(cast)
    template = make_template(cast, content=saved(workbook_with(A1=f"{{{{ {own.key} }}}}")))
    client.force_login(cast.manager_a)
    address = reverse("reporting:fill", args=[template.pk])
    assert client.get(address, {"year": "2016"}).status_code == 200
    records.void(own, by=cast.clerk_a, reason="不再需要")
    response = client.get(address, {"year": "2016"})
    assert response.status_code == 400
    assert "Sheet!A1" in response.context["problem"]


def test_a_lost_file_is_404(client, cast, reference):
    template = make_template(cast)
    template.file.storage.delete(template.file.name)
    client.force_login(cast.clerk_a)
    for name in ("fill", "template-file"):
        assert client.get(reverse(f"reporting:{name}", args=[template.pk])).status_code == 404


# The national table ------------------------------------------------------------------------------


def test_the_national_table_has_every_item_and_the_engines_numbers(client, cast, counted):
    items = {item.number: item for group in national.GROUPS.values() for item in group}
    assert sorted(items) == [number for number in range(1, 46) if number not in (24, 25)]
    client.force_login(cast.manager_a)
    response = client.get(reverse("reporting:fill", args=["national"]), {"year": "2016"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=national.FIRST_ROW)}
    known = Known(CITY_A)
    for number, item in items.items():
        row = rows[number]
        if not item.mark:
            assert row[6].value == item.note
            assert number == national.CONFORMING or (row[4].value, row[5].value) == (None, None)
            continue
        mark = parse(item.mark, known)
        [figure] = compute([indicators.get(mark.key)], CITY_A, YEAR, values=dict(mark.values))
        assert (row[4].value, row[5].value) == (figure.value, figure.previous), item
    assert rows[1][4].value == 0  # these standards name no institution


def test_the_conforming_pieces_are_left_as_a_formula(reference):
    sheet = load_workbook(BytesIO(national.form())).active
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=national.FIRST_ROW)}
    assert str(rows[national.CONFORMING][4].value).startswith("=E")
    assert not places(str(rows[13][4].value))


@pytest.mark.office_suite
def test_libreoffice_opens_a_filled_form(counted, tmp_path):
    import subprocess

    (tmp_path / "form.xlsx").write_bytes(filled(rich_form()).getvalue())
    profile, utf8 = f"-env:UserInstallation=file://{tmp_path}/profile", "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", profile, "--headless", "--convert-to", utf8, "form.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    lines = (tmp_path / "form.csv").read_text(encoding="utf-8").splitlines()
    assert lines[2].startswith("新建计量标准,4") and lines[4].startswith("其他,3")


def test_the_province_may_ask_for_one_of_its_cities(cast, counted):
    form = OfficeForm(saved(workbook_with(A1="{{ standards.established | region=210100 }}")), XLSX, Known(PROVINCE))
    assert load_workbook(form.filled(PROVINCE, YEAR, user=cast.manager_province)).active["A1"].value == 4
