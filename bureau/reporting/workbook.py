"""The year-end workbook: figures, the same by region, and what they count.

The figures are values of the engine. What a checker would reckon again (changes, totals over regions, their agreement
with the figures) is left as live formulas.
"""

from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.dimensions import REGION
from bureau.reporting.figures import Figure, Value
from bureau.reporting.indicators import Rate
from bureau.reporting.lines import NOTHING, Line, lines
from bureau.reporting.summary import Summary
from bureau.workbooks import (
    HEADER_FILL,
    WRAPPED,
    dress,
    dress_header,
    fit_height,
    font,
    put,
    put_formula,
    quoted,
    set_up_print,
    sheet_name,
)

HEADER_ROW = 5
RIGHT = Alignment(horizontal="right", vertical="center")
CENTRE = Alignment(horizontal="center", vertical="center")
PART = Alignment(horizontal="left", vertical="center", indent=2)
REGIONS_A_PAGE = 20


def build(summary: Summary) -> Workbook:
    """Three sheets, in the active language."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = _title(summary)
    workbook.properties.creator = str(summary.made_by or "")
    workbook.calculation.fullCalcOnLoad = True
    places = _write_figures(_sheet(workbook, pgettext("sheet", "Summary"), summary), summary)
    _write_regions(_sheet(workbook, pgettext("sheet", "By region"), summary), summary, places)
    _write_definitions(_sheet(workbook, pgettext("sheet", "Definitions"), summary), summary)
    return workbook


# Figures -----------------------------------------------------------------------------------------


def _write_figures(sheet: Worksheet, summary: Summary) -> dict[str, str]:
    """Returns where each figure stands, as a formula on another sheet names it."""
    headers = [
        _("Figure"),
        _("Unit"),
        _("This period"),
        _("Same period last year"),
        _("Difference"),
        _("Difference in %"),
    ]
    _write_headers(sheet, headers, widths=(54, 9, 14, 14, 14, 12))
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    places: dict[str, str] = {}
    row = HEADER_ROW
    for section, figures in summary.sections:
        row += 1
        _write_section(sheet, row, str(section.label), len(headers))
        for line in lines(figures):
            row += 1
            _write_line(sheet, row, line)
            if not line.is_part:
                places[line.figure.indicator.key] = f"{quoted(sheet.title, mark=chr(39))}!$C${row}"
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"F{row}")
    return places


def _write_section(sheet: Worksheet, row: int, label: str, columns: int) -> None:
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        dress(cell, bold=True)
        cell.fill = HEADER_FILL
    put(sheet.cell(row, 1), label)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    fit_height(sheet, row)


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    indicator = line.figure.indicator
    label, unit, value, previous, change, change_ratio = (sheet.cell(row, column) for column in range(1, 7))
    put(label, line.label)
    dress(label, alignment=PART if line.is_part else None)
    put(unit, line.unit)
    dress(unit, alignment=CENTRE)
    _put_number(value, line.value, indicator.decimals, bold=not line.is_part)
    _put_number(previous, line.previous, indicator.decimals)
    for cell in (change, change_ratio):
        put(cell, NOTHING)
        dress(cell, alignment=RIGHT)
    fit_height(sheet, row)
    if line.value is None or line.previous is None:
        return
    put_formula(change, f"=C{row}-D{row}")
    number = _number_format(indicator.decimals)
    change.number_format = f"+{number};-{number};0"
    if not isinstance(indicator, Rate):
        put_formula(change_ratio, f"=IF(D{row}=0,{quoted(NOTHING)},E{row}/D{row})")
        change_ratio.number_format = "+0.0%;-0.0%;0.0%"


# By region ---------------------------------------------------------------------------------------


def _write_regions(sheet: Worksheet, summary: Summary, places: dict[str, str]) -> None:
    parts = summary.parts
    headers = [_("Figure"), _("Unit"), _("Total"), _("Check"), *parts.values()]
    _write_headers(sheet, headers, widths=(34, 8, 10, 9, *(8.5 for part in parts)))
    sheet.freeze_panes = f"E{HEADER_ROW + 1}"
    last = get_column_letter(len(headers))
    row = HEADER_ROW
    for figure in summary.figures:
        row += 1
        _write_figure_by_region(sheet, row, figure, list(parts), places[figure.indicator.key])
    if not all(figure.indicator.is_additive for figure in summary.figures):
        row += 1
        put(sheet.cell(row, 1), _("A total marked “no sum” is counted for the whole region: its parts overlap."))
        sheet.cell(row, 1).font = font(italic=True)
    pages = ceil(len(parts) / REGIONS_A_PAGE)
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"{last}{row}", pages_wide=pages)
    sheet.print_title_cols = "A:D"


def _write_figure_by_region(sheet: Worksheet, row: int, figure: Figure, codes: list[str], place: str) -> None:
    indicator = figure.indicator
    label, unit, total, agrees = (sheet.cell(row, column) for column in range(1, 5))
    put(label, indicator.label)
    dress(label, alignment=Alignment(vertical="center", wrap_text=True))
    put(unit, indicator.unit)
    dress(unit, alignment=CENTRE)
    for column, code in enumerate(codes, start=5):
        number = figure.breakdowns[REGION].get(code, 0 if indicator.is_additive else None)
        _put_number(sheet.cell(row, column), number, indicator.decimals)
    fit_height(sheet, row)
    _put_number(total, figure.value, indicator.decimals, bold=True)
    dress(agrees, alignment=CENTRE)
    if not indicator.is_additive:
        put(agrees, _("no sum"))
        return
    put_formula(total, f"=SUM(E{row}:{get_column_letter(len(codes) + 4)}{row})")
    yes, no = quoted(_("agrees")), quoted(_("DIFFERS"))
    put_formula(agrees, f"=IF(ROUND(C{row}-{place},6)=0,{yes},{no})")


# Definitions -------------------------------------------------------------------------------------


def _write_definitions(sheet: Worksheet, summary: Summary) -> None:
    headers = [_("Figure"), _("Key"), _("Unit"), _("Counted"), _("Definition"), _("Basis"), _("Parts add up")]
    _write_headers(sheet, headers, widths=(30, 28, 9, 16, 66, 28, 10))
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    row = HEADER_ROW
    for figure in summary.figures:
        row += 1
        indicator = figure.indicator
        adds_up = _("yes") if indicator.is_additive else _("no")
        stated = (indicator.label, indicator.key, indicator.unit, indicator.kind.label)
        for column, text in enumerate((*stated, indicator.definition, indicator.basis, adds_up), start=1):
            cell = sheet.cell(row, column)
            put(cell, text)
            dress(cell, alignment=WRAPPED)
        fit_height(sheet, row)
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"G{row}")


# What all sheets have ----------------------------------------------------------------------------


def _sheet(workbook: Workbook, name: str, summary: Summary) -> Worksheet:
    sheet = workbook.create_sheet(sheet_name(name))
    put(sheet["A1"], _title(summary))
    sheet["A1"].font = font(bold=True, size=16)
    sheet.row_dimensions[1].height = 26
    put(sheet["A2"], _period(summary))
    put(sheet["A3"], _origin(summary))
    for address in ("A2", "A3"):
        sheet[address].font = font(size=10)
    return sheet


def _title(summary: Summary) -> str:
    return _("%(region)s: summary of metrology work, %(period)s") % {
        "region": summary.region.full_name or summary.region.name,
        "period": summary.period.label,
    }


def _period(summary: Summary) -> str:
    return _("Region %(code)s. From %(first)s to %(last)s, both days included; stocks as of %(last)s.") % {
        "code": summary.region.code,
        "first": summary.period.first,
        "last": summary.period.last,
    }


def _origin(summary: Summary) -> str:
    made_at = f"{timezone.localtime(summary.made_at):%Y-%m-%d %H:%M}"
    if summary.made_by is None:
        return _("Made at %(time)s from all records of the region.") % {"time": made_at}
    return _("Made at %(time)s by %(person)s, from the records that this person may see.") % {
        "time": made_at,
        "person": _name(summary.made_by),
    }


def _name(person: Any) -> str:
    return f"{person} ({person.office})" if person.office else str(person)


def _write_headers(sheet: Worksheet, headers: list[str], widths: tuple[float, ...]) -> None:
    for column, (header, width) in enumerate(zip(headers, widths, strict=True), start=1):
        cell = sheet.cell(HEADER_ROW, column)
        put(cell, header)
        dress_header(cell)
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, HEADER_ROW)


def _put_number(cell: Cell, value: Value, decimals: int, *, bold: bool = False) -> None:
    put(cell, NOTHING if value is None else value)
    dress(cell, bold=bold, alignment=RIGHT, number_format=_number_format(decimals))


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
