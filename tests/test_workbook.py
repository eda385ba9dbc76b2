"""The year-end workbook: every number is the one of the engine, and every formula reckons it again."""

import shutil
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from bureau.reporting import versions
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import nothing_of
from bureau.reporting.indicators import Rate, Section
from bureau.reporting.lines import NOTHING
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW
from bureau.workbooks import FONT_NAME, LINE_HEIGHT
from tests.cast import PROVINCE
from tests.returned import converted
from tests.summary_books import HOSTILE, YEAR, Sheets, placed, publish, shown, values_of, years_columns


@pytest.fixture
def published(make_standard, cast):
    publish(make_standard, cast)


@pytest.fixture
def filled(planted, published):
    """And a row of every kind there is."""


# Numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_totals_are_the_figures_of_the_engine(filled, language):
    with override(language):
        summary = Summary.make(PROVINCE, YEAR)
        sheet = Sheets.of(summary).totals
        years = years_columns(5)
        assert values_of(sheet, HEADER_ROW, years) == ["2012", "2013", "2014", "2015", "2016"]
        for row, line in placed(sheet, summary):
            figure = line.figure
            assert values_of(sheet, row, "AB") == [line.label, line.unit]
            assert values_of(sheet, row, "CD") == [shown(line.value), shown(line.previous)], line.label
            if not line.is_part:
                assert values_of(sheet, row, years) == [shown(value) for value in figure.series]
                assert sheet[f"G{row}"].value == shown(figure.target)
                assert sheet[f"I{row}"].value == (line.light.label if line.light else NOTHING)
        assert row == sheet.max_row


def test_a_limit_is_told_from_a_target_and_stays_a_number(published):
    summary = Summary.make(PROVINCE, YEAR)
    sheet = Sheets.of(summary).totals
    rows = {line.figure.indicator.key: row for row, line in placed(sheet, summary) if not line.is_part}
    limit, target = sheet[f"G{rows['standards.fields_covered']}"], sheet[f"G{rows['standards.in_force']}"]
    assert (limit.value, limit.number_format) == (1.5, '"≤ "#,##0')
    assert (target.value, target.number_format) == (12, "#,##0")


def test_by_region_every_part_is_that_of_the_engine(filled):
    summary = Summary.make(PROVINCE, YEAR)
    sheet = Sheets.of(summary).regions
    codes = list(summary.parts)
    assert values_of(sheet, HEADER_ROW, ["E"]) == [summary.parts[PROVINCE]]
    row = HEADER_ROW
    for _section, figures in summary.sections:
        row += 1
        for figure in figures:
            row += 1
            columns = [get_column_letter(5 + number) for number in range(len(codes))]
            nothing = nothing_of(figure.indicator)
            parts = [figure.breakdowns[REGION].get(code, nothing) for code in codes]
            assert values_of(sheet, row, columns) == [shown(value) for value in parts]
            if figure.indicator.is_additive:
                assert sheet[f"C{row}"].value == f"=SUM(E{row}:{columns[-1]}{row})"
            else:
                assert values_of(sheet, row, "CD") == [shown(figure.value), _("no sum")]


def shown_parts(figure):
    """By dimension the parts that the sheet of the section has to show, as the task of the sheet says it."""
    indicator = figure.indicator
    is_key = indicator.on_dashboard or figure.goal
    names = dict.fromkeys((*indicator.shown_by, *(indicator.dimension_names if is_key else ())))
    found = {}
    for name in names:
        before = figure.previous_breakdowns[name]
        parts = [part for part, value in figure.breakdowns[name].items() if value or before[part]]
        if parts:
            found[name] = parts
    return found


def test_a_section_shows_the_parts_of_its_figures(filled):
    summary = Summary.make(PROVINCE, YEAR)
    sheets = Sheets.of(summary).sections
    assert [sheet.title for sheet in sheets] == [str(section.label) for section in Section]
    told = 0
    for sheet, (_section, figures) in zip(sheets, summary.sections, strict=True):
        row = HEADER_ROW
        for figure in figures:
            found = shown_parts(figure)
            if not found:
                continue
            row += 1
            assert values_of(sheet, row, "ACD") == [
                str(figure.indicator.label), shown(figure.value), shown(figure.previous)
            ]  # fmt: skip
            for name, parts in found.items():
                row += 1
                assert str(figure.indicator.dimension(name).label) in sheet[f"A{row}"].value
                for part in parts:
                    row, told = row + 1, told + 1
                    assert values_of(sheet, row, "ACD") == [
                        figure.labels[name][part],
                        shown(figure.breakdowns[name][part]),
                        shown(figure.previous_breakdowns[name][part]),
                    ]
        assert sheet.max_row == row + 1  # a sentence below
    assert told > 50


def test_definitions_have_kind_and_version(published):
    summary = Summary.make(PROVINCE, YEAR)
    sheet = Sheets.of(summary).definitions
    stated = {sheet[f"B{row}"].value: row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet[f"B{row}"].value}
    assert len(stated) == len(summary.figures)
    for figure in summary.figures:
        indicator, row = figure.indicator, stated[figure.indicator.key]
        assert values_of(sheet, row, "ACDEH") == [
            str(indicator.label), str(indicator.unit), str(indicator.kind.label), str(indicator.definition),
            versions.of(indicator),
        ]  # fmt: skip


# Formulas ----------------------------------------------------------------------------------------


def reckoned(content, folder):
    """The same workbook as LibreOffice reckons it."""
    path = folder / "summary.xlsx"
    path.write_bytes(content)
    return Sheets(load_workbook(converted(path, "xlsx"), data_only=True))


def office_suite(test):
    skipped = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
    return pytest.mark.office_suite(skipped(test))


def content_of(workbook):
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def ratio(above, below):
    return shown(Decimal(above) / Decimal(below)) if below else NOTHING


@office_suite
def test_libreoffice_reckons_what_the_engine_says(filled, tmp_path):
    summary = Summary.make(PROVINCE, YEAR)
    sheets = reckoned(content_of(build(summary)), tmp_path)

    for row, line in placed(sheets.totals, summary):
        change, in_percent, completion = values_of(sheets.totals, row, "EFH")
        is_known = line.value is not None and line.previous is not None
        assert change == (shown(line.value - line.previous) if is_known else NOTHING)
        is_rate = isinstance(line.figure.indicator, Rate)
        assert in_percent == (ratio(line.value - line.previous, line.previous) if is_known and not is_rate else NOTHING)
        done = None if line.is_part else line.figure.completion
        assert completion == (None if line.is_part else shown(done and done / 100))
    assert {sheets.totals[f"H{row}"].value for row, _line in placed(sheets.totals, summary)} > {NOTHING, None}

    check_regions(sheets, summary)
    check_sections(sheets, summary)
    for sheet in sheets.all:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "e", (sheet.title, cell.coordinate)
            assert cell.value != _("DIFFERS")


def check_regions(sheets, summary):
    sheet, row = sheets.regions, HEADER_ROW
    for _section, figures in summary.sections:
        row += 1
        for figure in figures:
            row += 1
            verdict = _("agrees") if figure.indicator.is_additive else _("no sum")
            assert values_of(sheet, row, "CD") == [shown(figure.value), verdict], figure.indicator.key


def check_sections(sheets, summary):
    for sheet, (_section, figures) in zip(sheets.sections, summary.sections, strict=True):
        row = HEADER_ROW
        for figure in figures:
            found, adds_up = shown_parts(figure), figure.indicator.is_additive
            row += bool(found)
            for name, parts in found.items():
                row += 1
                whole = [shown(figure.value), shown(figure.previous), ratio(figure.value or 0, figure.value)]
                sums = [*whole, _("agrees")] if adds_up else [None, None, NOTHING, _("no sum")]
                assert values_of(sheet, row, "CDEF") == sums, (figure.indicator.key, name)
                for part in parts:
                    row += 1
                    value = figure.breakdowns[name][part]
                    assert sheet[f"E{row}"].value == (ratio(value, figure.value) if adds_up else NOTHING)


@office_suite
def test_a_number_that_was_touched_shows(published, tmp_path):
    workbook = build(Summary.make(PROVINCE, YEAR))
    _cover, _totals, by_region, scientific, *_rest = workbook.worksheets
    for sheet, column in ((by_region, "F"), (scientific, "C")):
        row = next(row for row in range(FIRST_ROW + 1, 40) if isinstance(sheet[f"{column}{row}"].value, int | float))
        sheet[f"{column}{row}"].value += 1
    sheets = reckoned(content_of(workbook), tmp_path)
    assert [cell.value for cell in sheets.regions["D"]].count(_("DIFFERS")) == 1
    assert [cell.value for cell in sheets.sections[0]["F"]].count(_("DIFFERS")) == 1


# The look ----------------------------------------------------------------------------------------


def test_the_cover_says_what_it_is_about_and_leads_to_all_sheets(published, cast):
    summary = Summary.make(PROVINCE, YEAR, user=cast.manager_province)
    sheets = Sheets.of(summary)
    told = [str(cell.value) for row in sheets.cover.iter_rows() for cell in row if cell.value is not None]
    for text in (PROVINCE, "2016-12-31", "manager province", versions.of_all(f.indicator for f in summary.figures)):
        assert any(text in each for each in told), text
    assert str(len(summary.figures)) in told
    links = {cell.value: cell.hyperlink.location for cell in sheets.cover["A"] if cell.hyperlink}
    assert links == {sheet.title: f"'{sheet.title}'!A1" for sheet in sheets.all[1:]}
    assert len(sheets.all) == len(Section) + 5


def boundaries(sheet):
    return range_boundaries(sheet.print_area.rpartition("!")[2])


def test_every_sheet_is_set_up_for_print(filled):
    sheets = Sheets.of(Summary.make(PROVINCE, YEAR))
    for sheet in sheets.all:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert boundaries(sheet)[:2] == (1, 1)
        assert boundaries(sheet)[3] >= sheet.max_row
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.value is None or cell.font.name == FONT_NAME, (sheet.title, cell.coordinate)
    for sheet in sheets.all[1:]:
        assert sheet.freeze_panes
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert sheet.cell(HEADER_ROW, 1).font.b


@pytest.mark.parametrize(("region", "pages"), [(PROVINCE, 2), ("210102", 1)])
def test_many_regions_stand_on_two_pages_each_with_the_figures_beside_them(published, region, pages):
    """All fifteen of a province on one page would be too small to read."""
    sheet = Sheets.of(Summary.make(region, YEAR)).regions
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_cols == "$A:$D"


def bottom_of(sheet, chart):
    """The last row that a chart covers."""
    row, points = chart.anchor._from.row + 1, chart.anchor.ext.height / 12_700
    while points > 0:
        points -= sheet.row_dimensions[row].height or LINE_HEIGHT
        row += 1
    return row - 1


def test_charts_stand_beside_the_tables_on_the_paper_and_apart(filled):
    sheets = Sheets.of(Summary.make(PROVINCE, YEAR)).sections
    charts = {sheet.title: sheet._charts for sheet in sheets}
    assert len(charts[str(Section.SCIENTIFIC.label)]) == 3  # by region, by field, over the years
    for sheet in sheets:
        above = 0
        for chart in sheet._charts:
            first, last = chart.anchor._from.row + 1, bottom_of(sheet, chart)
            assert chart.anchor._from.col > 5  # right of the table
            assert above < first <= last <= boundaries(sheet)[3]
            above = last


def test_charts_draw_cells_that_hold_the_figure(published):
    summary = Summary.make(PROVINCE, YEAR)
    workbook = Sheets.of(summary).workbook
    by_region, by_field, course = workbook.worksheets[3]._charts
    established = summary.figures[0]

    def drawn(chart):
        sheet, cells = chart.series[0].val.numRef.f.replace("$", "").rsplit("!", 1)
        return [cell.value for row in workbook[sheet.strip("'")][cells] for cell in row]

    assert drawn(by_region) == list(established.breakdowns[REGION].values())
    assert drawn(by_field) == [value for value in established.breakdowns["field"].values() if value]
    assert drawn(course) == list(established.series)


def test_a_text_of_a_manager_stays_a_text(published):
    sheets = Sheets.of(Summary.make(PROVINCE, YEAR))
    found = [cell for sheet in sheets.all for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert len({cell.parent.title for cell in found}) == 4  # totals, by region, definitions, trace
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    definition = [cell for cell in sheets.definitions["E"] if cell.value == "=1+1"]
    assert [cell.data_type for cell in definition] == ["s"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_summary_without_any_record_is_a_workbook_too(reference, language):
    with override(language):
        summary = Summary.make(PROVINCE, Period.year(1950))
        sheets = Sheets.of(summary)
        assert {sheets.totals[f"C{row}"].value for row, _line in placed(sheets.totals, summary)} == {0, NOTHING}
        assert {cell.value for cell in sheets.trace["F"][HEADER_ROW:-1]} == {0, NOTHING}
        for sheet in sheets.sections:
            assert not sheet._charts
            assert sheet.max_row == FIRST_ROW  # a sentence


def test_a_county_has_no_parts_to_compare(cast, published):
    """Nor a chart of one bar."""
    summary = Summary.make("210102", YEAR)
    assert len(summary.parts) == 1
    assert [sheet.max_column for sheet in Sheets.of(summary).all][2] == 5
