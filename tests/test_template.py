"""The template of every sheet: what it shows, that its example is right, and that what is filled in is read."""

from datetime import date

import pytest
from django.utils import translation
from openpyxl import load_workbook

from bureau.exchange.cells import is_example
from bureau.exchange.context import Context
from bureau.exchange.layouts.table import open_table
from bureau.exchange.sheets import all_sheets, get_sheet
from bureau.exchange.writing import template
from bureau.models import Office

pytestmark = pytest.mark.django_db
SHEETS = pytest.mark.parametrize("sheet", all_sheets(), ids=lambda sheet: sheet.key)
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "template.xlsx"


def written(sheet, cast, path, language="zh-hans"):
    with translation.override(language):
        template.write_template(sheet, cast.clerk_a.office, path)
    return load_workbook(path)


@LANGUAGES
def test_the_template(cast, path, language):
    sheet = get_sheet("standards")
    book = written(sheet, cast, path, language)
    with translation.override(language):
        labels = [f"{each.label}（{each.unit}）" if each.unit else str(each.label) for each in sheet.columns]
    page, explained, options = book.worksheets
    assert [cell.value.lstrip("*") for cell in page[1]] == labels
    assert all(cell.comment for cell in page[1])
    assert page.freeze_panes == "A2"
    assert options.sheet_state == "hidden"
    assert len(page.data_validations.dataValidation) == 5
    assert explained.max_row > len(labels)
    listed = {str(cell.value) for column in options.columns for cell in column if cell.value}
    assert "210102 和平区" in listed
    assert "210200 大连市" not in listed


def test_units_stand_in_headings_and_notes(cast, path):
    page = written(get_sheet("trial-verifications"), cast, path, "en").worksheets[0]
    by_heading = {cell.value: cell.comment.text for cell in page[1]}
    assert "In 元; another unit may stand behind the number." in by_heading["fee（元）"]
    assert "At least 1." in by_heading["*quantity（台件）"]
    assert "2016-06 means the last day of the month." in by_heading["valid until"]
    assert "2016-06 means the first day of the month." in by_heading["*verified on"]


def test_drop_downs_begin_below_the_example(cast, path):
    page = written(get_sheet("trial-verifications"), cast, path).worksheets[0]
    ranges = [str(validation.sqref) for validation in page.data_validations.dataValidation]
    assert [cells.split(":")[0] for cells in ranges] == ["B3", "L3", "O3"]


@SHEETS
@LANGUAGES
def test_the_example_is_marked_and_right(cast, path, sheet, language):
    page = written(sheet, cast, path, language).worksheets[0]
    cells = [cell.value for cell in page[template.EXAMPLE_ROW]]
    assert is_example(cells)
    assert all(cell.font.italic for cell in page[template.EXAMPLE_ROW])
    assert not any(cell.font.italic for cell in page[template.FIRST_ROW])
    context = Context(cast.clerk_a.office)
    for column, cell in list(zip(sheet.columns, cells, strict=True))[1:]:
        if cell is None:
            assert not (column.required and column.choices(context)), column.name
            continue
        with translation.override(language):
            column.read(cell, context)  # raises if the example breaks the column's own rule


@SHEETS
@LANGUAGES
def test_an_empty_template_holds_no_row(cast, path, sheet, language):
    written(sheet, cast, path, language)
    with open_table(path, sheet) as table:
        assert list(table.rows()) == []


@LANGUAGES
def test_what_is_filled_in_is_read(cast, path, language):
    sheet = get_sheet("trial-verifications")
    book = written(sheet, cast, path, language)
    book.worksheets[0].append(["力学-1", None, "秤", *[None] * 6, date(2016, 6, 1), None, "√", 3, "1.2万元"])
    book.save(path)
    with open_table(path, sheet) as table:
        [row] = table.rows()
    assert row.number == 3
    values = {
        name: sheet.by_name[name].read(row.cells[name], Context(cast.clerk_a.office))
        for name in ("certificate_no", "verified_on", "is_conforming", "quantity", "fee")
    }
    assert values == {
        "certificate_no": "力学-1",
        "verified_on": date(2016, 6, 1),
        "is_conforming": True,
        "quantity": 3,
        "fee": 12000,
    }


def test_an_office_of_a_county_chooses_its_county_alone(cast):
    office = Office.objects.get(code="210102-01")
    column = get_sheet("standards").by_name["region"]
    assert column.choices(Context(office)) == ["210102 和平区"]


def test_the_page_that_explains_shows_and_prints_every_line(cast, path):
    page = written(get_sheet("standards"), cast, path).worksheets[1]
    texts = [page.cell(row, 2).value for row in range(7, page.max_row + 1)]
    assert max(text.count("\n") for text in texts) >= 2
    for row, text in enumerate(texts, start=7):
        assert page.row_dimensions[row].height >= 15 * (1 + text.count("\n"))
    assert (page.page_setup.fitToWidth, page.page_setup.orientation) == (1, "landscape")
    assert page.print_title_rows == "$6:$6"
    assert {str(merged) for merged in page.merged_cells.ranges} == {f"A{row}:B{row}" for row in range(1, 5)}
