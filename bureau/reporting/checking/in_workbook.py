"""The numbers of a workbook's cells, each with the headings to its left and above."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from bureau import units
from bureau.reporting.checking.in_text import Found, in_text
from bureau.reporting.checking.written import Written, of_cell, whole_cell
from bureau.units import Unit

# Columns that never hold a figure: numbering, keys, and words about it in which numbers may stand.
_NO_FIGURES = re.compile(
    r"序号|编号|代码|行次|内容|指标数|记录数|链接参数|统计内容|指标代码|口径版本|统计口径|口径|定义|依据|说明|备注|"
    r"No\.?|Key|Figures|Records|Definition|Basis|Version|What is counted|Query of the address|What stands there"
)
_UNITS = re.compile(r"(?:计量)?单位|Unit")
_UNIT_OF_SHEET = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s,，;；]+)")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_PERCENT = re.compile(r"%|％|率|占比|比重|幅度")
# Headings that say which number of the figure stands under them, not what is counted.
_KIND_HEADINGS = re.compile(
    r"(?:本期|本年|上年|去年|同期|增减|增长|目标|计划|任务|完成|占比|比重|合计|总计|小计|数量|数值|指标值|实绩|总数)[^|]{0,6}"
    r"|(?:19[5-9]|20[0-9])[0-9]\s*年?.?"
    r"|This period|Same period last year|Difference(?: in %)?|Target|Completion|Share|Total|Value"
)
_BY = re.compile(r"按(.+)分|by (.+)")
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]\s*年?")
_NOTHING = re.compile(r"[-—–/…]+")
HEADER_LEVELS = 3
LONGEST_LABEL = 60

Rows = Sequence[Sequence[Any]]


@dataclass
class _Sheet:
    """What has been met on the way down: the headings of each column, the unit of all, the label of the figure whose
    parts the rows may be."""

    name: str
    names_figure: Callable[[str, str], bool]
    columns: dict[int, list[str]] = field(default_factory=dict)
    first_of: dict[int, str] = field(default_factory=dict)
    last_row_of: dict[int, int] = field(default_factory=dict)
    unit: str = ""
    band: str = ""
    parent: str = ""
    by: str = ""

    def holds_units(self, column: int) -> bool:
        return any(_UNITS.fullmatch(text) for text in (self.first_of.get(column, ""), *self.columns.get(column, [])))

    def holds_none(self, column: int) -> bool:
        """By the first heading, since in a table of words every row might be one, and by the nearest."""
        nearest = self.columns.get(column, [""])[-1]
        return any(_NO_FIGURES.fullmatch(text) for text in (self.first_of.get(column, ""), nearest))


def in_workbook(sheets: Iterable[tuple[str, Rows]], names_figure: Callable[[str, str], bool]) -> list[Found]:
    """``names_figure`` says of the label of a row, and of that of the figure above, whether it names a figure of its
    own, of which the rows below may be parts."""
    found: list[Found] = []
    for name, rows in sheets:
        sheet = _Sheet(name, names_figure)
        for number, cells in enumerate(rows, start=1):
            found += _of_row(sheet, number, cells)
    return found


def _of_row(sheet: _Sheet, row: int, cells: Sequence[Any]) -> list[Found]:
    texts = {column: cell.strip() for column, cell in enumerate(cells) if isinstance(cell, str)}
    texts = {column: text for column, text in texts.items() if text and not _NOTHING.fullmatch(text)}
    written = {column: each for column, cell in enumerate(cells) if (each := _number(cell)) is not None}
    if written and all(_YEAR.fullmatch(f"{each.text}".replace(",", "")) and not each.unit for each in written.values()):
        texts |= {column: each.text.replace(",", "") for column, each in written.items()}
        written = {}
    labels = {column: text for column, text in texts.items() if column not in written}
    if match := _UNIT_OF_SHEET.search(" ".join(labels.values())):
        sheet.unit = match[1]
    found: list[Found] = []
    if written:  # the word of a unit that is not known is no part of the label
        labels = {column: text for column, text in labels.items() if not sheet.holds_units(column) or _unit(text)}
    label = "|".join(text for text in labels.values() if not _unit(text) and len(text) <= LONGEST_LABEL)
    if written:
        first = next((text for text in labels.values() if not _unit(text)), "")
        is_figure = sheet.names_figure(first, sheet.parent)
        sheet.parent = "" if is_figure else sheet.parent
        if match := _BY.fullmatch(first):
            sheet.by = match[1] or match[2]
        elif is_figure:
            sheet.by = ""
        found = [
            _cell(sheet, row, column, each, labels) for column, each in written.items() if not sheet.holds_none(column)
        ]
        sheet.parent = first if is_figure else sheet.parent
    elif len(labels) == 1 and 0 in labels:
        sheet.band = label
    for column, text in labels.items():
        if not sheet.holds_none(column):
            found += [replace(each, start=-1) for each in in_text(text, _place(sheet, row, column))]
        if not written:
            _take_heading(sheet, row, column, text)
    return found


def _number(cell: Any) -> Written | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return of_cell(float(cell))
    return whole_cell(cell) if isinstance(cell, str) else None


def _take_heading(sheet: _Sheet, row: int, column: int, text: str) -> None:
    """Headings that stand right below one another belong together."""
    is_next = sheet.last_row_of.get(column) == row - 1
    above = sheet.columns.get(column, []) if is_next else []
    sheet.columns[column] = [*above, text][-HEADER_LEVELS:]
    sheet.last_row_of[column] = row
    sheet.first_of.setdefault(column, text)


def _cell(sheet: _Sheet, row: int, column: int, written: Written, labels: dict[int, str]) -> Found:
    left = [text for at, text in labels.items() if at < column and not _unit(text) and len(text) <= LONGEST_LABEL]
    above = "|".join(text for text in sheet.columns.get(column, []) if len(text) <= LONGEST_LABEL)
    label = "|".join(left)
    return Found(
        written=_in_unit(written, _unit_of(sheet, labels, above, label), above),
        own="|".join([label, *(text for text in above.split("|") if not _KIND_HEADINGS.fullmatch(text))]),
        wide=sheet.parent,
        leading="|".join([above, *(text for text in left if _KIND_HEADINGS.fullmatch(text))]),
        by=sheet.by,
        heading=f"{sheet.name}|{sheet.band}",
        place=_place(sheet, row, column),
        context=" · ".join(dict.fromkeys(filter(None, [sheet.parent, *left, above.replace("|", " / ")]))),
        is_cell=True,
    )


def _place(sheet: _Sheet, row: int, column: int) -> str:
    return f"{sheet.name}!{get_column_letter(column + 1)}{row}"


def _unit_of(sheet: _Sheet, labels: dict[int, str], above: str, label: str) -> str:
    """The nearest that tells it: a cell of the row, brackets in a heading, the line above the table."""
    for text in labels.values():
        if _unit(text):
            return text
    for text in (above, label):
        for inside in _IN_BRACKETS.findall(text):
            if _unit(inside):
                return str(inside)
    return sheet.unit


def _unit(text: str) -> Unit | None:
    return units.find(text) if len(text) <= 8 else None


def _in_unit(written: Written, name: str, above: str) -> Written:
    """3.2 in a column of 万台 is 32,000 台."""
    if written.unit is not None:
        return written
    if _PERCENT.search(above):
        return replace(written, is_percent=True)
    unit = _unit(name) if name else None
    if unit is None:
        return written
    multiple = int(unit.size) if unit.kind == units.NUMBER else unit.multiple
    plain = None if unit.kind == units.NUMBER else replace(unit, size=unit.size / multiple, multiple=1)
    return replace(
        written,
        value=written.value * multiple,
        step=written.step * multiple,
        unit=plain,
        is_percent=unit.kind == "share",
    )
