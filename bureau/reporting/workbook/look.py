"""What all sheets of the workbook share: heads, columns, numbers, verdicts, and the names of cells on other sheets."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting.figures import Value
from bureau.reporting.lines import NOTHING, number_text
from bureau.reporting.summary import Summary
from bureau.workbooks import (
    HEADER_FILL,
    MAX_DIGITS,
    dress,
    dress_header,
    fit_height,
    font,
    put,
    put_formula,
    quoted,
    sheet_name,
)

HEADER_ROW = 5
FIRST_ROW = HEADER_ROW + 1
RIGHT = Alignment(horizontal="right", vertical="center")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)
STEP, PART, DEEPER = (
    Alignment(horizontal="left", vertical="center", wrap_text=True, indent=indent) for indent in (1, 2, 3)
)
PERCENT, CHANGE_IN_PERCENT = "0.0%", "+0.0%;-0.0%;0.0%"
LINK_INK = "1D4ED8"

# Of each workbook, by what was asked for.
_looks: WeakKeyDictionary[Workbook, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Place:
    """The row of a sheet in which something stands."""

    sheet: str
    row: int

    def cell(self, column: str) -> str:
        """As a formula on another sheet names it."""
        return f"{quoted(self.sheet, mark=chr(39))}!${column}${self.row}"


@dataclass(frozen=True)
class Contents:
    """What the cover says of a sheet; ``places`` by the key of each figure on it."""

    sheet: Worksheet
    told: str
    places: Mapping[str, Place] = field(default_factory=dict)


# Heads -------------------------------------------------------------------------------------------


def add_sheet(workbook: Workbook, name: str, summary: Summary, heading: str = "") -> Worksheet:
    sheet = workbook.create_sheet(sheet_name(name))
    put(sheet["A1"], title(summary))
    sheet["A1"].font = font(bold=True, size=16)
    sheet.row_dimensions[1].height = 26
    put(sheet["A2"], days(summary))
    put(sheet["A3"], origin(summary))
    for address in ("A2", "A3"):
        sheet[address].font = font(size=10)
    put(sheet["A4"], heading or None)
    sheet["A4"].font = font(bold=True, size=13)
    sheet.row_dimensions[4].height = 22 if heading else 8
    return sheet


def title(summary: Summary) -> str:
    return _("%(region)s: summary of metrology work, %(period)s") % {
        "region": summary.region.full_name or summary.region.name,
        "period": summary.period.label,
    }


def days(summary: Summary) -> str:
    return _("Region %(code)s. From %(first)s to %(last)s, both days included; stocks as of %(last)s.") % {
        "code": summary.region.code,
        "first": summary.period.first,
        "last": summary.period.last,
    }


def origin(summary: Summary) -> str:
    made_at = f"{timezone.localtime(summary.made_at):%Y-%m-%d %H:%M}"
    if summary.made_by is None:
        return _("Made at %(time)s from all records of the region.") % {"time": made_at}
    return _("Made at %(time)s by %(person)s, from the records that this person may see.") % {
        "time": made_at,
        "person": name_of(summary.made_by),
    }


def name_of(person: Any) -> str:
    return f"{person} ({person.office})" if person.office else str(person)


def headers(sheet: Worksheet, labels: Sequence[str], widths: Sequence[float], row: int = HEADER_ROW) -> None:
    for column, (label, width) in enumerate(zip(labels, widths, strict=True), start=1):
        cell = sheet.cell(row, column)
        put(cell, label)
        dress_header(cell)
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, row)


def band(sheet: Worksheet, row: int, label: str, columns: int) -> None:
    """A line over the whole width that names what follows."""
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        dress(cell, bold=True)
        cell.fill = HEADER_FILL
    put(sheet.cell(row, 1), label)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = 20


def note(sheet: Worksheet, row: int, text: str) -> None:
    put(sheet.cell(row, 1), text)
    sheet.cell(row, 1).font = font(italic=True)


# Cells -------------------------------------------------------------------------------------------


def text(cell: Cell, value: Any, alignment: Alignment = WRAPPED, *, bold: bool = False) -> None:
    clothe(cell, alignment, bold=bold)
    put(cell, value)


def number(cell: Cell, value: Value, decimals: int, *, bold: bool = False, mark: str = "") -> None:
    """``mark`` stands before it and leaves it a number to reckon with."""
    shown = number_format(decimals)
    clothe(cell, RIGHT, f"{quoted(mark)}{shown}" if mark else shown, bold=bold)
    put(cell, NOTHING if value is None else _as_cell(value))


def formula(cell: Cell, reckoned: str, number_format: str = "", *, bold: bool = False, wide: bool = True) -> None:
    clothe(cell, RIGHT if wide else CENTRE, number_format, bold=bold)
    put_formula(cell, reckoned)


def link(cell: Cell, target: str, label: str, *, inside: bool = False) -> None:
    """To an address, or with ``inside`` to a sheet of this workbook."""
    if inside:
        cell.hyperlink = Hyperlink(ref="", location=f"{quoted(target, mark=chr(39))}!A1", display=label)
    else:
        cell.hyperlink = target
    clothe(cell, WRAPPED if inside else CENTRE, is_link=True)
    put(cell, label)


def clothe(
    cell: Cell, alignment: Alignment, number_format: str = "", *, bold: bool = False, is_link: bool = False
) -> None:
    """As ``dress``, which takes three quarters of the time of a workbook, only once for each look; before ``put``.

    ``alignment`` is one of the constants above.
    """
    known = _looks.setdefault(cell.parent.parent, {})
    look = (id(alignment), number_format, bold, is_link)
    if look not in known:
        dress(cell, bold=bold, alignment=alignment, number_format=number_format)
        if is_link:
            cell.font = font(color=LINK_INK, underline="single")
        known[look] = copy(cell._style)
    cell._style = copy(known[look])


def width_of(numbers: Iterable[tuple[Value, int]], least: float) -> float:
    """Of a column in which these numbers stand, each with its decimals: one that is cut shows nothing but signs."""
    return max([least, *(len(number_text(value, decimals)) * 1.05 + 2 for value, decimals in numbers)])


def number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def change_format(decimals: int) -> str:
    shown = number_format(decimals)
    return f"+{shown};-{shown};0"


def agreement(one: str, other: str) -> str:
    """A formula that says in words whether two cells have the same number."""
    same, differing = quoted(_("agrees")), quoted(_("DIFFERS"))
    return f"=IF(ROUND({one}-{other},6)=0,{same},{differing})"


def quotient(above: str, below: str) -> str:
    return f"=IF({below}=0,{quoted(NOTHING)},{above}/{below})"


def _as_cell(value: Any) -> Any:
    """An unrounded rate has more digits than a cell keeps: it stays a number, and the format rounds what is shown."""
    return float(value) if isinstance(value, Decimal) and len(value.as_tuple().digits) > MAX_DIGITS else value
