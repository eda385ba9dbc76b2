"""Each figure by the parts of the region: live sums, and whether they agree with the totals."""

from collections.abc import Mapping
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import nothing_of
from bureau.reporting.figures import Figure
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look, totals
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW, Contents, Place
from bureau.workbooks import fit_height, set_up_print

FIRST_PART = 5
REGIONS_A_PAGE = 10
# Nothing to the highest of a row.
GROUND, HOTTEST = "FFFFFF", "A9C3E8"


def add(workbook: Workbook, summary: Summary, in_totals: Mapping[str, Place]) -> Contents:
    parts = summary.parts
    sheet = look.add_sheet(workbook, pgettext("sheet", "By region"), summary)
    labels = [_("Figure"), _("Unit"), _("Total"), _("Check"), *parts.values()]
    look.headers(sheet, labels, (36, 11, _width(summary), 9, *(_width(summary, code) for code in parts)))
    sheet.freeze_panes = f"E{FIRST_ROW}"
    places: dict[str, Place] = {}
    row = HEADER_ROW
    for section, figures in summary.sections:
        row += 1
        look.band(sheet, row, str(section.label), len(labels))
        for figure in figures:
            row += 1
            _write_figure(sheet, row, figure, list(parts), in_totals[figure.indicator.key])
            places[figure.indicator.key] = Place(sheet.title, row)
    if not all(figure.indicator.is_additive for figure in summary.figures):
        row += 1
        look.note(sheet, row, _("A total marked “no sum” is counted for the whole region: its parts overlap."))
    _set_up_print(sheet, row, len(labels))
    told = _("Every figure by the parts of the region; sums are live and compared with the totals.")
    return Contents(sheet, told, places)


def _width(summary: Summary, part: str = "") -> float:
    numbers = (
        (figure.breakdowns[REGION].get(part) if part else figure.value, figure.indicator.decimals)
        for figure in summary.figures
    )
    return look.width_of(numbers, 9)


def _set_up_print(sheet: Worksheet, last_row: int, columns: int) -> None:
    pages = ceil((columns - FIRST_PART + 1) / REGIONS_A_PAGE) or 1
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"{get_column_letter(columns)}{last_row}", pages_wide=pages)
    sheet.print_title_cols = "A:D"


def _write_figure(sheet: Worksheet, row: int, figure: Figure, codes: list[str], place: Place) -> None:
    indicator = figure.indicator
    total, agrees = sheet.cell(row, 3), sheet.cell(row, 4)
    look.text(sheet.cell(row, 1), indicator.label)
    look.text(sheet.cell(row, 2), indicator.unit, look.CENTRE)
    nothing = nothing_of(indicator)
    values = [figure.breakdowns[REGION].get(code, nothing) for code in codes]
    for column, value in enumerate(values, start=FIRST_PART):
        look.number(sheet.cell(row, column), value, indicator.decimals)
    fit_height(sheet, row)
    span = f"E{row}:{get_column_letter(FIRST_PART + len(codes) - 1)}{row}"
    if any(value is not None and value > 0 for value in values):
        _heat(sheet, span)
    if indicator.is_additive:
        look.formula(total, f"=SUM({span})", look.number_format(indicator.decimals), bold=True)
        look.formula(agrees, look.agreement(f"C{row}", place.cell(totals.VALUE)), wide=False)
    else:
        look.number(total, figure.value, indicator.decimals, bold=True)
        look.text(agrees, _("no sum"), look.CENTRE)


def _heat(sheet: Worksheet, span: str) -> None:
    scale = ColorScaleRule(start_type="num", start_value=0, start_color=GROUND, end_type="max", end_color=HOTTEST)
    sheet.conditional_formatting.add(span, scale)
