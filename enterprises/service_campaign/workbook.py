"""The report of a service campaign as a workbook, in the active language.

The figures are values of the engine; what a checker would add up again is left as live formulas.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.dimensions import REGION
from bureau.reporting.lines import NOTHING
from bureau.workbooks import (
    MAX_DIGITS,
    WRAPPED,
    dress,
    dress_header,
    fit_height,
    font,
    put,
    put_formula,
    set_up_print,
    sheet_name,
)
from enterprises.service_campaign.summary import CampaignSummary

HEADER_ROW = 5
RIGHT = Alignment(horizontal="right", vertical="center")
DAY = "yyyy-mm-dd"


def build(summary: CampaignSummary) -> Workbook:
    """Five sheets: the whole, by region, by activity, who has reported, definitions."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = summary.campaign.name
    workbook.properties.creator = str(summary.made_by or "")
    workbook.calculation.fullCalcOnLoad = True
    _write_figures(_sheet(workbook, pgettext("sheet", "Summary"), summary), summary)
    _write_regions(_sheet(workbook, pgettext("sheet", "By region"), summary), summary)
    _write_activities(_sheet(workbook, pgettext("sheet", "By activity"), summary), summary)
    _write_reports(_sheet(workbook, pgettext("sheet", "Reports"), summary), summary)
    _write_definitions(_sheet(workbook, pgettext("sheet", "Definitions"), summary), summary)
    return workbook


def _write_figures(sheet: Worksheet, summary: CampaignSummary) -> None:
    _headers(sheet, [_("Figure"), _("Unit"), _("Value")], (54, 16, 20))
    for figure in summary.key_figures:
        indicator = figure.indicator
        _line(sheet, [indicator.label, indicator.unit, figure.value], [None, None, indicator.decimals])
    if summary.is_empty:
        _note(sheet, _("No service of this campaign is on record for this region yet."))
    _finish(sheet, 3)


def _write_regions(sheet: Worksheet, summary: CampaignSummary) -> None:
    figures = summary.by_region
    heads = [f"{each.indicator.label}（{each.indicator.unit}）" for each in figures]
    _headers(sheet, [_("Region"), *heads], (24, *[13] * len(figures)))
    first, decimals = sheet.max_row + 1, [each.indicator.decimals for each in figures]
    for code, name in summary.parts.items():
        _line(sheet, [name, *(each.breakdowns[REGION].get(code, 0) for each in figures)], [None, *decimals])
    row = _line(sheet, [_("Total"), *(each.value for each in figures)], [None, *decimals], bold=True)
    for column, figure in enumerate(figures, start=2):
        if figure.indicator.is_additive:
            letter = get_column_letter(column)
            put_formula(sheet.cell(row, column), f"=SUM({letter}{first}:{letter}{row - 1})")
    _note(sheet, _("Enterprises are counted once in the whole region: their total need not be the sum of the parts."))
    _finish(sheet, len(figures) + 1)


def _write_activities(sheet: Worksheet, summary: CampaignSummary) -> None:
    _headers(sheet, [_("Activity"), _("Unit"), _("How many"), _("Enterprises")], (36, 12, 16, 16))
    for each in summary.activities:
        _line(sheet, [each.label, each.unit, each.amount, each.enterprises], [None, None, 0, 0])
    if not summary.activities:
        _note(sheet, _("No activity is stated for the visits of this campaign."))
    _finish(sheet, 4)


def _write_reports(sheet: Worksheet, summary: CampaignSummary) -> None:
    _headers(
        sheet,
        [_("Reporting office"), _("Region"), _("Report due on"), _("Has reported on"), _("State")],
        (40, 18, *[16] * 3),
    )
    for report in summary.reports:
        row = report.row
        values = [row.agency, row.region.name, summary.campaign.report_due_on, row.reported_on, report.state.label]
        _line(sheet, values, [None] * 5)
    if not summary.reports:
        _note(sheet, _("No office was asked to report on this campaign, or none that you see."))
    _finish(sheet, 5)


def _write_definitions(sheet: Worksheet, summary: CampaignSummary) -> None:
    _headers(sheet, [_("Figure"), _("Key"), _("Unit"), _("Definition")], (34, 32, 12, 70))
    for figure in summary.figures.values():
        indicator = figure.indicator
        _line(sheet, [indicator.label, indicator.key, indicator.unit, indicator.definition], [None] * 4)
    _finish(sheet, 4)


# What all sheets have ----------------------------------------------------------------------------


def _sheet(workbook: Workbook, name: str, summary: CampaignSummary) -> Worksheet:
    sheet = workbook.create_sheet(sheet_name(name))
    put(sheet["A1"], summary.campaign.name)
    sheet["A1"].font = font(bold=True, size=16)
    sheet.row_dimensions[1].height = 26
    put(
        sheet["A2"],
        _("%(agency)s; %(region)s; from %(first)s to %(last)s, both days included.")
        % {
            "agency": summary.campaign.agency,
            "region": summary.region.full_name or summary.region.name,
            "first": summary.period.first,
            "last": summary.period.last,
        },
    )
    put(
        sheet["A3"],
        _("Made at %(time)s by %(person)s, from the records that this person may see.")
        % {"time": f"{timezone.localtime(summary.made_at):%Y-%m-%d %H:%M}", "person": summary.made_by},
    )
    for address in ("A2", "A3"):
        sheet[address].font = font(size=10)
    return sheet


def _headers(sheet: Worksheet, headers: Sequence[str], widths: Sequence[float]) -> None:
    for column, (header, width) in enumerate(zip(headers, widths, strict=True), start=1):
        cell = sheet.cell(HEADER_ROW, column)
        put(cell, header)
        dress_header(cell)
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, HEADER_ROW)
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"


def _line(sheet: Worksheet, values: Sequence[Any], decimals: Sequence[int | None], *, bold: bool = False) -> int:
    """``decimals``: of a number, None for what is none. Returns the row."""
    row = sheet.max_row + 1
    for column, (value, places) in enumerate(zip(values, decimals, strict=True), start=1):
        cell = sheet.cell(row, column)
        put(cell, NOTHING if value is None else _number(value))
        if places is None:
            dress(cell, bold=bold, alignment=WRAPPED, number_format=DAY if hasattr(value, "year") else "")
        else:
            dress(cell, bold=bold, alignment=RIGHT, number_format="#,##0" + ("." + "0" * places if places else ""))
    fit_height(sheet, row)
    return row


def _number(value: Any) -> Any:
    """An unrounded rate has more digits than a cell keeps: it stays a number, and the format shows two places."""
    return float(value) if isinstance(value, Decimal) and len(value.as_tuple().digits) > MAX_DIGITS else value


def _note(sheet: Worksheet, text: str) -> None:
    row = sheet.max_row + 1
    put(sheet.cell(row, 1), text)
    sheet.cell(row, 1).font = font(italic=True)


def _finish(sheet: Worksheet, columns: int) -> None:
    last = f"{get_column_letter(columns)}{max(sheet.max_row, HEADER_ROW + 1)}"
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=last)
