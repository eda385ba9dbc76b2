"""A section of the summary: its figures with the parts that they are shown by, key figures with all of theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.figures import Figure
from bureau.reporting.indicators import Section
from bureau.reporting.lines import NOTHING
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import charts, look
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW, Contents, Place
from bureau.workbooks import HEADER_FILL, fit_height, set_up_print

LABEL_WIDTH, UNIT_WIDTH, NUMBER_WIDTH, WIDTH = 46, 11, 13, 10
VALUE, PREVIOUS = "C", "D"
LAST = "F"


@dataclass
class Tables:
    """What was written: where each figure stands, and the rows of its parts by key and dimension."""

    sheet: Worksheet
    row: int = HEADER_ROW
    places: dict[str, Place] = field(default_factory=dict)
    parts: dict[tuple[str, str], range] = field(default_factory=dict)

    def next(self) -> int:
        self.row += 1
        return self.row


def add(
    workbook: Workbook,
    summary: Summary,
    section: tuple[Section, list[Figure]],
    in_totals: Mapping[str, Place],
    by_region: Mapping[str, Place],
) -> Contents:
    label, figures = str(section[0].label), section[1]
    sheet = look.add_sheet(workbook, label, summary, heading=label)
    labels = [_("Figure"), _("Unit"), _("This period"), _("Same period last year"), _("Share"), _("Check")]
    numbers = [(value, figure.indicator.decimals) for figure in figures for value in (figure.value, figure.previous)]
    wide = look.width_of(numbers, NUMBER_WIDTH)
    look.headers(sheet, labels, (LABEL_WIDTH, UNIT_WIDTH, wide, wide, WIDTH, WIDTH))
    sheet.freeze_panes = f"B{FIRST_ROW}"
    tables = Tables(sheet)
    for figure in figures:
        _write_figure(tables, figure)
    look.note(sheet, tables.next(), _told_below(tables))
    last_cell = charts.add(tables, figures, summary, in_totals, by_region) or f"{LAST}{tables.row}"
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=last_cell)
    told = _("Breakdowns of the figures of this section, with shares, live sums and charts.")
    return Contents(sheet, told, tables.places)


def shown_by(figure: Figure) -> tuple[str, ...]:
    """The dimensions of the figure that its section shows: of a key figure all."""
    indicator = figure.indicator
    is_key = indicator.on_dashboard or figure.goal is not None
    return tuple(dict.fromkeys((*indicator.shown_by, *(indicator.dimension_names if is_key else ()))))


def parts_with_something(figure: Figure, name: str) -> list[str]:
    """The values of a dimension for which there is something this period or last year."""
    now, before = figure.breakdowns[name], figure.previous_breakdowns.get(name, {})
    return [part for part in now if now[part] or before.get(part)]


def _told_below(tables: Tables) -> str:
    if not tables.places:
        return _("No figure of this section has parts with anything in this period or the one before.")
    return _("Parts without anything in this period and the one before are left out.")


def _write_figure(tables: Tables, figure: Figure) -> None:
    """With its parts; a figure without any stands among the totals only."""
    shown = {name: parts for name in shown_by(figure) if (parts := parts_with_something(figure, name))}
    if not shown:
        return
    sheet, row, indicator = tables.sheet, tables.next(), figure.indicator
    tables.places[indicator.key] = Place(sheet.title, row)
    look.text(sheet.cell(row, 1), indicator.label, bold=True)
    look.text(sheet.cell(row, 2), indicator.unit, look.CENTRE)
    look.number(sheet[f"{VALUE}{row}"], figure.value, indicator.decimals, bold=True)
    look.number(sheet[f"{PREVIOUS}{row}"], figure.previous, indicator.decimals, bold=True)
    for column in ("E", LAST):
        look.text(sheet[f"{column}{row}"], None)
    for cell in sheet[row]:
        cell.fill = HEADER_FILL
    fit_height(sheet, row)
    for name, parts in shown.items():
        _write_dimension(tables, figure, name, parts, row)


def _write_dimension(tables: Tables, figure: Figure, name: str, parts: Iterable[str], whole: int) -> None:
    """A line with the live sum, then the parts; ``whole`` is the row of the figure."""
    head, found = tables.next(), list(parts)
    rows = range(head + 1, head + 1 + len(found))
    tables.parts[figure.indicator.key, name] = rows
    _write_sum(tables.sheet, head, figure, name, rows, whole)
    for part in found:
        _write_part(tables.sheet, tables.next(), figure, name, part, whole)


def _write_sum(sheet: Worksheet, row: int, figure: Figure, name: str, rows: range, whole: int) -> None:
    indicator = figure.indicator
    label = _("by %(dimension)s") % {"dimension": indicator.dimension(name).label}
    look.text(sheet.cell(row, 1), label, look.STEP)
    look.text(sheet.cell(row, 2), None)
    for column in (VALUE, PREVIOUS):
        cell = sheet[f"{column}{row}"]
        if indicator.is_additive:
            reckoned = f"=SUM({column}{rows[0]}:{column}{rows[-1]})"
            look.formula(cell, reckoned, look.number_format(indicator.decimals))
        else:
            look.text(cell, None)
    _write_share(sheet, row, figure, whole)
    if indicator.is_additive:
        verdict = look.agreement(f"{VALUE}{row}", f"{VALUE}${whole}")
        look.formula(sheet[f"{LAST}{row}"], verdict, wide=False)
    else:
        look.text(sheet[f"{LAST}{row}"], _("no sum"), look.CENTRE)
    fit_height(sheet, row)


def _write_part(sheet: Worksheet, row: int, figure: Figure, name: str, part: str, whole: int) -> None:
    indicator = figure.indicator
    look.text(sheet.cell(row, 1), figure.labels[name][part], look.DEEPER)
    look.text(sheet.cell(row, 2), None)
    before = figure.previous_breakdowns.get(name, {}).get(part)
    look.number(sheet[f"{VALUE}{row}"], figure.breakdowns[name][part], indicator.decimals)
    look.number(sheet[f"{PREVIOUS}{row}"], before, indicator.decimals)
    _write_share(sheet, row, figure, whole)
    look.text(sheet[f"{LAST}{row}"], None)
    fit_height(sheet, row)


def _write_share(sheet: Worksheet, row: int, figure: Figure, whole: int) -> None:
    """Of the whole, where parts add up to it."""
    cell = sheet[f"E{row}"]
    if figure.indicator.is_additive:
        look.formula(cell, look.quotient(f"{VALUE}{row}", f"{VALUE}${whole}"), look.PERCENT)
    else:
        look.text(cell, NOTHING, look.RIGHT)
