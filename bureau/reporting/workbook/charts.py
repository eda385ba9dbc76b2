"""Charts beside the tables of a section, drawn by the program that opens the workbook from the cells themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.figures import Figure
from bureau.reporting.indicators import Rate
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look, regions, totals
from bureau.reporting.workbook.look import FIRST_ROW, Place
from bureau.workbooks import FONT_NAME, LINE_HEIGHT

if TYPE_CHECKING:
    from bureau.reporting.workbook.section import Tables

MOST = 3  # as many as stand on the first page
FIRST_COLUMN, COLUMNS, COLUMN_WIDTH, GAP_WIDTH = 8, 8, 9.5, 2.0
WIDTH, HEIGHT = 15.0, 7.2  # centimetres: as wide as the columns below it
POINTS_A_CENTIMETRE, GAP = 28.35, 8.0
INK, BAR, GRID = "1F2937", "3B6EA8", "D5DBE3"
FIELD = "field"


def add(
    tables: "Tables",
    figures: Iterable[Figure],
    summary: Summary,
    in_totals: Mapping[str, Place],
    by_region: Mapping[str, Place],
) -> str:
    """Returns the last cell of tables and charts together; nothing where there is nothing to draw."""
    sheet, book = tables.sheet, tables.sheet.parent
    drawn = list(_drawn(tables, _by_weight(figures), summary, book, in_totals, by_region))[:MOST]
    if not drawn:
        return ""
    sheet.column_dimensions[get_column_letter(FIRST_COLUMN - 1)].width = GAP_WIDTH
    for column in range(FIRST_COLUMN, FIRST_COLUMN + COLUMNS):
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    row = FIRST_ROW
    for chart in drawn:
        sheet.add_chart(chart, f"{get_column_letter(FIRST_COLUMN)}{row}")
        row = _row_below(sheet, row, HEIGHT * POINTS_A_CENTIMETRE + GAP)
    return f"{get_column_letter(FIRST_COLUMN + COLUMNS - 1)}{max(tables.row, row - 1)}"


def _by_weight(figures: Iterable[Figure]) -> list[Figure]:
    """Those with something: key figures first, then those with a target; rates last."""

    def weight(figure: Figure) -> tuple[bool, ...]:
        indicator = figure.indicator
        is_rate = isinstance(indicator, Rate)
        return is_rate, not indicator.on_dashboard, figure.goal is None, not indicator.shown_by

    return sorted((figure for figure in figures if figure.value), key=weight)


def _drawn(
    tables: "Tables",
    figures: list[Figure],
    summary: Summary,
    book: Any,
    in_totals: Mapping[str, Place],
    by_region: Mapping[str, Place],
) -> Iterator[Any]:
    """By region, by field, over the years; a second figure by region where there is room."""
    broken_down = figures if len(summary.parts) > 1 else []
    for figure in broken_down[:1]:
        yield _by_region(book, figure, by_region, len(summary.parts))
    for figure in [each for each in figures if (each.indicator.key, FIELD) in tables.parts][:1]:
        yield _by_field(tables, figure)
    for figure in [each for each in figures if any(each.series[:-1])][:1]:
        yield _course(book, figure, in_totals, len(totals.years_of(summary)))
    for figure in [each for each in broken_down[1:] if each.indicator.on_dashboard][:1]:
        yield _by_region(book, figure, by_region, len(summary.parts))


def _by_region(book: Any, figure: Figure, places: Mapping[str, Place], parts: int) -> BarChart:
    place, first = places[figure.indicator.key], regions.FIRST_PART
    sheet, last = book[place.sheet], first + parts - 1
    names = Reference(sheet, min_col=first, max_col=last, min_row=look.HEADER_ROW)
    values = Reference(sheet, min_col=first, max_col=last, min_row=place.row)
    return _dressed(BarChart(), figure, _("by region"), values, names)


def _by_field(tables: "Tables", figure: Figure) -> BarChart:
    rows = tables.parts[figure.indicator.key, FIELD]
    names = Reference(tables.sheet, min_col=1, min_row=rows[0], max_row=rows[-1])
    values = Reference(tables.sheet, min_col=3, min_row=rows[0], max_row=rows[-1])
    return _dressed(BarChart(), figure, _("by field"), values, names)


def _course(book: Any, figure: Figure, places: Mapping[str, Place], years: int) -> LineChart:
    place, first = places[figure.indicator.key], totals.FIRST_YEAR
    sheet, last = book[place.sheet], first + years - 1
    names = Reference(sheet, min_col=first, max_col=last, min_row=look.HEADER_ROW)
    values = Reference(sheet, min_col=first, max_col=last, min_row=place.row)
    chart = _dressed(LineChart(), figure, _("over the years"), values, names)
    line = chart.series[0]
    line.marker.symbol, line.marker.size, line.smooth = "circle", 6, False
    line.marker.graphicalProperties = GraphicalProperties(solidFill=BAR)
    line.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=BAR, w=28_000))
    return chart


def _dressed(chart: Any, figure: Figure, way: str, values: Reference, names: Reference) -> Any:
    chart.add_data(values, from_rows=values.min_row == values.max_row, titles_from_data=False)
    chart.set_categories(names)
    indicator = figure.indicator
    chart.title = _("%(figure)s, %(way)s (%(unit)s)") % {
        "figure": indicator.label, "way": way, "unit": indicator.unit
    }  # fmt: skip
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters(1100, bold=True))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = _letters(1100, bold=True)
    chart.title.overlay = False
    chart.legend = None
    chart.width, chart.height = WIDTH, HEIGHT
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_letters(800)), endParaRPr=_letters(800))])
    chart.y_axis.number_format = look.number_format(indicator.decimals)
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    chart.y_axis.scaling.min = 0
    if isinstance(chart, BarChart):
        chart.gapWidth = 60
        chart.series[0].graphicalProperties = GraphicalProperties(solidFill=BAR)
    return chart


def _letters(size: int, *, bold: bool = False) -> CharacterProperties:
    """``size`` in hundredths of a point."""
    chinese = Font(typeface=FONT_NAME)
    return CharacterProperties(sz=size, b=bold, solidFill=INK, latin=chinese, ea=chinese)


def _row_below(sheet: Worksheet, row: int, points: float) -> int:
    """The first row that begins so far below the top of another."""
    while points > 0:
        points -= sheet.row_dimensions[row].height or LINE_HEIGHT
        row += 1
    return row
