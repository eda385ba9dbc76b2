"""All figures by section, with last year, target and the course of some years, and under each what it is shown by."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.goals import Light
from bureau.reporting.indicators import Rate
from bureau.reporting.lines import NOTHING, Line, lines
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW, Contents, Place
from bureau.workbooks import fit_height, font, set_up_print

# Columns of this sheet as formulas, here and on others, name them.
VALUE, PREVIOUS, CHANGE, TARGET, COMPLETION = "C", "D", "E", "G", "H"
FIRST_YEAR = 10
LABEL_WIDTH, UNIT_WIDTH, PERCENT_WIDTH, LIGHT_WIDTH = 46, 11, 11, 13
NUMBER_WIDTH = 11
GROUNDS = {Light.GREEN: "D9F2E0", Light.AMBER: "FDEFC8", Light.RED: "F9D6D5"}


def add(workbook: Workbook, summary: Summary) -> Contents:
    sheet = look.add_sheet(workbook, pgettext("sheet", "Summary"), summary)
    years = years_of(summary)
    labels = [*_labels(), *map(str, years)]
    look.headers(sheet, labels, _widths(summary, len(years)))
    sheet.freeze_panes = f"B{FIRST_ROW}"
    places: dict[str, Place] = {}
    row = HEADER_ROW
    for section, figures in summary.sections:
        row += 1
        look.band(sheet, row, str(section.label), len(labels))
        for line in lines(figures):
            row += 1
            _write_line(sheet, row, line, len(years))
            if not line.is_part:
                places[line.figure.indicator.key] = Place(sheet.title, row)
    bar = DataBarRule(start_type="num", start_value=0, end_type="num", end_value=1, color="9DB7DD")
    sheet.conditional_formatting.add(f"{COMPLETION}{FIRST_ROW}:{COMPLETION}{max(row, FIRST_ROW)}", bar)
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"{get_column_letter(len(labels))}{row}")
    told = _("Every figure by section, with last year, target, completion and the same days of some years.")
    return Contents(sheet, told, places)


def years_of(summary: Summary) -> range:
    """The years in which ``Figure.series`` counts the same days."""
    last, count = summary.period.last.year, max((len(figure.series) for figure in summary.figures), default=0)
    return range(last - count + 1, last + 1)


def _widths(summary: Summary, years: int) -> tuple[float, ...]:
    figures = summary.figures
    numbers = [(value, figure.indicator.decimals) for figure in figures for value in (figure.value, figure.previous)]
    wide = look.width_of(numbers, NUMBER_WIDTH)
    targets = look.width_of(((figure.target, figure.indicator.decimals) for figure in figures), NUMBER_WIDTH)
    courses = [
        look.width_of(((figure.series[year], figure.indicator.decimals) for figure in figures), NUMBER_WIDTH)
        for year in range(years)
    ]
    rest = (PERCENT_WIDTH, targets, PERCENT_WIDTH, LIGHT_WIDTH)
    return (LABEL_WIDTH, UNIT_WIDTH, wide, wide, wide, *rest, *courses)


def _labels() -> list[str]:
    return [
        _("Figure"),
        _("Unit"),
        _("This period"),
        _("Same period last year"),
        _("Difference"),
        _("Difference in %"),
        _("Target"),
        _("Completion"),
        _("Light"),
    ]


def _write_line(sheet: Worksheet, row: int, line: Line, years: int) -> None:
    decimals, is_whole = line.figure.indicator.decimals, not line.is_part
    look.text(sheet.cell(row, 1), line.label, look.PART if line.is_part else look.WRAPPED)
    look.text(sheet.cell(row, 2), line.unit, look.CENTRE)
    look.number(sheet[f"{VALUE}{row}"], line.value, decimals, bold=is_whole)
    look.number(sheet[f"{PREVIOUS}{row}"], line.previous, decimals)
    _write_change(sheet, row, line)
    _write_goal(sheet, row, line)
    for number in range(years):
        cell = sheet.cell(row, FIRST_YEAR + number)
        if is_whole:
            look.number(cell, line.figure.series[number], decimals)
        else:
            look.text(cell, None)
    fit_height(sheet, row)


def _write_change(sheet: Worksheet, row: int, line: Line) -> None:
    change, in_percent = sheet[f"{CHANGE}{row}"], sheet[f"F{row}"]
    for cell in (change, in_percent):
        look.text(cell, NOTHING, look.RIGHT)
    if line.value is None or line.previous is None:
        return
    decimals = line.figure.indicator.decimals
    look.formula(change, f"={VALUE}{row}-{PREVIOUS}{row}", look.change_format(decimals))
    if not isinstance(line.figure.indicator, Rate):
        look.formula(in_percent, look.quotient(f"{CHANGE}{row}", f"{PREVIOUS}{row}"), look.CHANGE_IN_PERCENT)


def _write_goal(sheet: Worksheet, row: int, line: Line) -> None:
    target, completion, light = sheet[f"{TARGET}{row}"], sheet[f"{COMPLETION}{row}"], sheet[f"I{row}"]
    goal = None if line.is_part else line.figure.goal
    if goal is None:
        for cell in (target, completion, light):
            look.text(cell, None if line.is_part else NOTHING, look.RIGHT if cell is not light else look.CENTRE)
        return
    decimals = line.figure.indicator.decimals
    look.number(target, goal.value, decimals, mark="≤ " if goal.is_limit else "")
    look.text(completion, NOTHING, look.RIGHT)
    if line.value is not None:
        reckoned = look.quotient(f"{VALUE}{row}", f"{TARGET}{row}")
        look.formula(completion, reckoned, look.PERCENT)
    _write_light(light, line.light)


def _write_light(cell: Cell, light: Light | None) -> None:
    look.text(cell, light.label if light else NOTHING, look.CENTRE)
    if light:
        cell.fill = PatternFill("solid", fgColor=GROUNDS[light])
        cell.font = font(bold=light is not Light.GREEN)
