"""Exports: text-safe, within scope, and importable again with every row unchanged."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bureau import records
from bureau.exchange import exporting
from bureau.exchange.cells import clean_text
from bureau.exchange.sheets import get_sheet
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.test_import import counts, take  # noqa: F401

AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "+86",
    "-40～85 ℃",
    "@SUM(A1)",
    "'=quoted",
    "''@twice",
    "000123",
    "123456789012345678",
    "1.10",
    "2016-06-01",
    "TRUE",
    "#N/A",
    "_x0041_",
    "a_x000D_b",
    "<b>&amp;</b>",
    'say "x", then y',
    "a\u00a0b",
    "１２３（宽）",
    "𠮷野",
    "e\u0301",
    "1e5",
    "",
]


@pytest.fixture
def keep(cast):
    """A standard as it might have been entered by hand, with any values."""

    def keep(number, **values):
        given = {
            "name": f"标准{number}",
            "tier": "municipal",
            "grade": "working",
            "field_id": "12",
            "holder": "单位",
            "measuring_range": "1",
            "uncertainty": "1",
            "issuing_authority": "局",
            "certificate_no": f"N{number}",
            "issued_on": date(2016, 6, 1),
            "valid_until": date(2021, 5, 31),
            "established_on": date(2016, 6, 1),
            "region_id": "210100",
            **values,
        }
        return MeasurementStandard(office=cast.clerk_a.office, **given)

    return keep


def goes_round(rows, by, take, path):  # noqa: F811
    with transaction.atomic():
        records.bulk_add(rows, by=by)
        exporting.export(get_sheet("standards"), MeasurementStandard.objects.all(), path)
        outcome = take(path)
        transaction.set_rollback(True)
    assert outcome.errors == []
    assert counts(outcome) == (0, 0, len(rows), 0)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_awkward_texts_go_round(keep, take, cast, tmp_path, suffix):  # noqa: F811
    rows = [
        keep(number, name=text or "x", holder=text or "x", place=text, remark=text)
        for number, text in enumerate(AWKWARD)
    ]
    goes_round(rows, cast.clerk_a, take, tmp_path / f"out{suffix}")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(clean_text)
some = texts.filter(bool)
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
regions = st.sampled_from(["210000", "210200", "210100", "210102", "210122", "210106"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": some,
                "holder": some,
                "measuring_range": some,
                "uncertainty": some,
                "place": texts,
                "remark": texts,
                "kind": st.sampled_from(["public", "department_highest", "enterprise_highest", "authorised"]),
                "tier": st.sampled_from(["regional", "provincial", "municipal", "county"]),
                "grade": st.sampled_from(["highest", "working"]),
                "field_id": st.sampled_from(["01", "04", "46", "65"]),
                "dates": st.tuples(days, days, days).map(sorted),
                "certificate": some,
                "region_id": regions,
            }
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([".xlsx", ".csv"]),
)
def test_any_record_goes_round(keep, take, cast, tmp_path, drawn, suffix):  # noqa: F811
    rows = []
    for number, values in enumerate(drawn):
        established_on, issued_on, valid_until = values.pop("dates")
        certificate = values.pop("certificate")
        rows.append(
            keep(
                number,
                **values,
                established_on=established_on,
                issued_on=issued_on,
                valid_until=valid_until,
                certificate_no=f"{number}号{certificate}"[:60].strip(),
            )
        )
    goes_round(rows, cast.clerk_a, take, tmp_path / f"out{suffix}")


def test_no_cell_is_a_formula(keep, cast, tmp_path):
    records.bulk_add([keep(1, name="=1+1", holder="@SUM(A1)", place="-1")], by=cast.clerk_a)
    exporting.export(get_sheet("standards"), MeasurementStandard.objects.all(), tmp_path / "a.xlsx")
    cells = load_workbook(tmp_path / "a.xlsx").active[2]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert cells[0].value == "=1+1"

    exporting.export(get_sheet("standards"), MeasurementStandard.objects.all(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row)


def test_it_splits_into_sheets(keep, cast, tmp_path):
    sheet = get_sheet("standards")
    rows = [[f"{number}"] * len(sheet.columns) for number in range(9)]
    for most, sizes in [(5, [5, 5, 2]), (4, [4, 4, 4]), (100, [10])]:
        assert exporting.write_xlsx(sheet, rows, tmp_path / "a.xlsx", most=most) == 9
        assert [page.max_row for page in load_workbook(tmp_path / "a.xlsx").worksheets] == sizes
    assert exporting.write_xlsx(sheet, [], tmp_path / "a.xlsx") == 0
    assert [page.max_row for page in load_workbook(tmp_path / "a.xlsx").worksheets] == [1]


def test_the_command(make_standard, cast, tmp_path):
    make_standard()
    make_standard(by=cast.clerk_b)
    path = tmp_path / "out.xlsx"
    call_command("export_sheet", "standards", output=path, region="210100")
    assert load_workbook(path).active.max_row == 2
    assert Operation.objects.get(action="export").detail["rows"] == 1

    call_command("export_sheet", "standards", output=path)
    out = io.StringIO()
    call_command("import_sheet", "standards", str(path), office="210000-01", stdout=out)
    assert json.loads(out.getvalue()) == {"rows": 2, "created": 0, "updated": 0, "unchanged": 2, "failed": 0}


@pytest.mark.parametrize(
    "given", [{"kind": "x"}, {"output": "a.docx"}, {"region": "999999"}, {"output": "no/such/folder/a.xlsx"}]
)
def test_the_command_rejects(cast, tmp_path, given):
    options = {"kind": "standards", "output": "a.xlsx", **given}
    options["output"] = tmp_path / options["output"]
    with pytest.raises(CommandError):
        call_command("export_sheet", options.pop("kind"), **options)


def test_voided_rows_are_left_out(make_standard, cast, tmp_path):
    records.void(make_standard(), by=cast.clerk_a, reason="twice")
    assert exporting.export(get_sheet("standards"), get_sheet("standards").rows(), tmp_path / "a.xlsx") == 0
