"""The one guarded way into a workbook's cells, and the look that our workbooks share.

openpyxl takes "=1+1" for a formula, stops at control characters and at times with a zone, and cuts long texts without
a word. Whatever stands in a record goes through ``put``; a formula of our own through ``put_formula``.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_TEXT = 32_767
CUT_MARK = "…"
# A program that opens the file anew, or a CSV made of it, takes texts that begin like this for formulas.
FORMULA_STARTS = ("=", "+", "-", "@")
FIRST_DATE = date(1900, 3, 1)  # before it, Excel's calendar has a day too many
MAX_DIGITS = 15  # Excel keeps no more of a number
LINE_HEIGHT, MAX_HEIGHT = 15, 409  # points

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Where a machine lacks the font, character set and family lead to another that has Chinese signs.
FONT_NAME = "宋体"
_GB2312 = 134
_INK, _GROUND, _LINE = "1F2937", "E8EEF7", "B8C2D0"

_SIDE = Side(style="thin", color=_LINE)
BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
HEADER_FILL = PatternFill("solid", fgColor=_GROUND)
WRAPPED = Alignment(vertical="top", wrap_text=True)


def put(cell: Cell, value: Any) -> bool:
    """Write a value, a text always as text. Returns whether it had to be cut to what a cell can hold.

    Whoever gets True tells the reader; the text then ends with "…".
    """
    value, is_cut = fitted(value)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    return is_cut


def fitted(value: Any) -> tuple[Any, bool]:
    """What stands in a cell for a value, and whether a text had to be cut to what a cell can hold."""
    value = _plain(value)
    if not isinstance(value, str):
        return value, False
    # In a workbook "_x0041_" stands for "A": its own underscore is written in that way.
    value = _ESCAPE.sub("_x005F_", value)
    is_cut = len(value) > MAX_TEXT
    return (value[: MAX_TEXT - 1] + CUT_MARK if is_cut else value), is_cut


def put_formula(cell: Cell, formula: str) -> None:
    """Write a live formula. It must hold nothing that a user typed; sheet names and texts through ``quoted``."""
    cell.value = formula


def quoted(text: str, mark: str = '"') -> str:
    """A text ("…") or, with ``mark="'"``, a sheet's name inside a formula."""
    return mark + text.replace(mark, mark * 2) + mark


def sheet_name(text: str) -> str:
    """What a program accepts as the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", text).strip(" '")[:31]


def font(**options: Any) -> Font:
    return Font(**{"name": FONT_NAME, "charset": _GB2312, "family": 3, "size": 11, "color": _INK, **options})


def dress_header(cell: Cell) -> None:
    cell.font = font(bold=True)
    cell.fill = HEADER_FILL
    cell.border = BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def dress(cell: Cell, *, bold: bool = False, alignment: Alignment | None = None, number_format: str = "") -> None:
    cell.font = font(bold=bold)
    cell.border = BORDER
    cell.alignment = alignment or Alignment(vertical="center")
    if number_format:
        cell.number_format = number_format


def fit_height(sheet: Worksheet, row: int) -> None:
    """As high as the wrapped texts of the row need at the widths of their columns; no program does this on opening."""
    # Of the columns that have a width: ``sheet[row]`` would look at every cell of the sheet to find the last one.
    cells = [sheet[f"{letter}{row}"] for letter in list(sheet.column_dimensions)]
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.data_type != "f"]
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in texts]
    sheet.row_dimensions[row].height = height_for([cell.value for cell in texts], widths)


def height_for(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Of a row with these wrapped texts in columns of these widths."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        room = max(width - 2, 1)
        lines = max(lines, sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n")))
    return min(LINE_HEIGHT * lines + 4, MAX_HEIGHT)


def _width(text: str) -> int:
    """In columns' units: a Chinese sign is as wide as two digits."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def set_up_print(sheet: Worksheet, *, header_row: int, last_cell: str = "", pages_wide: int = 1) -> None:
    """A4 landscape, the header repeated on every page, numbered pages; all of the sheet without ``last_cell``."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = 0.6
    sheet.page_margins.bottom, sheet.page_margins.footer = 0.8, 0.4
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    if last_cell:
        sheet.print_area = f"A1:{last_cell}"
    sheet.oddFooter.left.text = sheet.title.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _plain(value: Any) -> Any:
    """What Excel can hold of a value, or its text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        return local if local.date() >= FIRST_DATE else local.isoformat(" ")
    if isinstance(value, date):
        return value if value >= FIRST_DATE else value.isoformat()
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    if isinstance(value, int | float | Decimal):
        return value if _fits(value) else str(value)
    return _FORBIDDEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _fits(number: int | float | Decimal) -> bool:
    if isinstance(number, float):
        return math.isfinite(number)
    if isinstance(number, int):
        return abs(number) < 10**MAX_DIGITS
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= MAX_DIGITS
