"""Workbooks as offices keep them: records of a sheet class in a layout of every kind of mess, the same each time.

``write(path, sheet, records, options)`` writes an xlsx (or a csv, without merged cells) and says what went where.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bureau.exchange.lines import line_of

GROUPS = ("基本情况", "检定情况", "其他情况", "费用情况", "登记信息", "甲类信息")
TOP_GROUPS = ("上半部分", "下半部分", "附加部分")
NOTES = (
    "注：1.本表由各所每月填报。",
    "    2.数据截至月末。",
    "填表人：        审核人：        填表日期：",
)


@dataclass(frozen=True)
class Options:
    """``order``: names of columns from left to right, "" for a column that nobody knows."""

    order: tuple[str, ...] = ()
    title_rows: int = 0
    unit_line: str = ""
    has_counter: bool = False
    header_rows: int = 1
    # Sizes of the groups of headings from the left, 1 for a heading that stands alone.
    groups: tuple[int, ...] = ()
    margin: int = 0
    sheets: int = 1
    # After so many records of a sheet …
    blank_after: frozenset[int] = frozenset()
    subtotal_after: frozenset[int] = frozenset()
    header_after: frozenset[int] = frozenset()
    section_before: frozenset[int] = frozenset()
    total: bool = False
    notes: int = 0
    # Equal values of this column that follow each other are one merged cell.
    merged_column: str = ""

    @classmethod
    def by_seed(cls, seed: int, names: Sequence[str]) -> "Options":
        """Some layout; the same for the same seed."""
        dice = random.Random(seed)
        order = [*names, *[""] * dice.randint(0, 2)]
        dice.shuffle(order)
        after = [frozenset(dice.sample(range(1, 9), dice.randint(0, 2))) for _ in range(4)]
        return cls(
            order=tuple(order),
            title_rows=dice.randint(0, 3),
            unit_line=dice.choice(("", "填报单位：某市计量所        单位：元")),
            has_counter=dice.random() < 0.6,
            header_rows=dice.randint(1, 3),
            groups=tuple(dice.choices((1, 1, 2, 3, 4), k=len(order))),
            margin=dice.choice((0, 0, 1)),
            sheets=dice.choice((1, 1, 2, 3)),
            blank_after=after[0],
            subtotal_after=after[1],
            header_after=after[2],
            section_before=after[3],
            total=dice.random() < 0.5,
            notes=dice.randint(0, len(NOTES)),
        )


@dataclass
class Written:
    """``lines``: where each record stands; ``left_out``: what else stands under the headers, by line."""

    lines: list[int] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    headers: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class _Page:
    """Rows of one sheet, and the corners of merged cells (top, left, bottom, right; from 1)."""

    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, cells: Sequence[Any] = ()) -> int:
        self.rows.append([*cells])
        return len(self.rows)


class _Writer:
    def __init__(self, sheet: Any, options: Options) -> None:
        self.options = options
        names = options.order or tuple(column.name for column in sheet.columns)
        self.options = replace(options, order=names)
        self.labels = [_label(sheet, name, place) for place, name in enumerate(names)]
        numbers = [column.name for column in sheet.columns if column.takes_units and column.name in names]
        self.amount = next((name for name in numbers if name not in sheet.natural_key), "")
        self.written = Written()

    @property
    def first(self) -> int:
        """The column of the first heading of ours, counted from 0."""
        return self.options.margin + self.options.has_counter

    @property
    def width(self) -> int:
        return self.first + len(self.labels)

    def page(self, index: int, records: Sequence[Mapping[str, Any]]) -> _Page:
        page = _Page()
        self._above(page, index)
        self._header(page)
        self.written.headers.append((len(page.rows) - self.options.header_rows + 1, len(page.rows)))
        for count, record in enumerate(records, start=1):
            self._record(page, index, count, record)
        if self.options.total:
            self._leave_out(index, page.add(self._sum("总  计")), "subtotal")
        for note in NOTES[: self.options.notes]:
            self._leave_out(index, page.add(self._wide(page, note)), "note")
        self._merge_equal(page, index)
        return page

    def _above(self, page: _Page, index: int) -> None:
        # Headers of the same kind stand in different rows of different sheets.
        for number in range(self.options.title_rows + index % 2):
            page.add(self._wide(page, ("2016年度检定情况一览表", "（全年）", "")[number % 3]))
        if self.options.unit_line:
            page.add([*[None] * self.options.margin, self.options.unit_line])

    def _wide(self, page: _Page, text: str) -> list[Any]:
        """One text, merged over the whole width."""
        if text:
            page.merges.append((len(page.rows) + 1, self.options.margin + 1, len(page.rows) + 1, self.width))
        return [*[None] * self.options.margin, text]

    def _header(self, page: _Page) -> int:
        """Headings stand alone, or two or more under a group, and groups under one more group."""
        top, depth = len(page.rows) + 1, self.options.header_rows
        rows: list[list[Any]] = [[None] * self.width for _ in range(depth)]
        if self.options.has_counter:
            self._heading(page, rows, top, self.options.margin, "序号", 0)
        place, number = self.first, 0
        for size in (*self.options.groups, *[1] * len(self.labels)):
            size = min(size, self.width - place)
            is_group = depth > 1 and 1 < size < len(self.labels)
            if is_group:
                self._group(page, rows, top, place, size, number)
                number += 1
            for offset in range(size):
                label = self.labels[place + offset - self.first]
                self._heading(page, rows, top, place + offset, label, depth - 1 if is_group else 0)
            place += size
        for cells in rows:
            page.add(cells)
        return top

    def _heading(self, page: _Page, rows: list[list[Any]], top: int, place: int, text: str, row: int) -> None:
        rows[row][place] = text
        if row < len(rows) - 1:
            page.merges.append((top + row, place + 1, top + len(rows) - 1, place + 1))

    def _group(self, page: _Page, rows: list[list[Any]], top: int, place: int, size: int, number: int) -> None:
        names = [GROUPS[number % len(GROUPS)]]
        if len(rows) == 3:
            names.insert(0, TOP_GROUPS[number % len(TOP_GROUPS)])
        for row, name in enumerate(names):
            rows[row][place] = name
            page.merges.append((top + row, place + 1, top + row, place + size))

    def _record(self, page: _Page, index: int, count: int, record: Mapping[str, Any]) -> None:
        if count in self.options.section_before:
            self._leave_out(
                index, page.add(self._wide(page, f"{'一二三四五六七八九'[count % 9]}、力学计量")), "section"
            )
        cells = [record.get(name) if name else f"别的{count}" for name in self.options.order]
        self.written.lines.append(line_of(index, page.add([*self._left(count), *cells])))
        if count in self.options.blank_after:
            page.add(self._left(count + 1))
        if count in self.options.subtotal_after:
            self._leave_out(index, page.add(self._sum("小计")), "subtotal")
        if count in self.options.header_after:
            top = self._header(page)
            for row in range(top, len(page.rows) + 1):
                self._leave_out(index, row, "header")

    def _left(self, count: int) -> list[Any]:
        return [*[None] * self.options.margin, *([count] if self.options.has_counter else [])]

    def _sum(self, word: str) -> list[Any]:
        cells: list[Any] = [None] * self.width
        if self.amount:
            cells[self.first + self.options.order.index(self.amount)] = 12.5
        cells[self.options.margin] = word
        return cells

    def _leave_out(self, index: int, row: int, kind: str) -> None:
        self.written.left_out[line_of(index, row)] = kind

    def _merge_equal(self, page: _Page, index: int) -> None:
        if not self.options.merged_column:
            return
        place = self.first + self.options.order.index(self.options.merged_column)
        own = [line - line_of(index, 0) for line in self.written.lines if line >> 21 == index]
        run = own[:1]
        for row in [*own[1:], 0]:
            if row and row == run[-1] + 1 and page.rows[row - 1][place] == page.rows[run[0] - 1][place]:
                run.append(row)
                continue
            if len(run) > 1:
                page.merges.append((run[0], place + 1, run[-1], place + 1))
                for covered in run[1:]:
                    page.rows[covered - 1][place] = None
            run = [row]


def _label(sheet: Any, name: str, place: int) -> str:
    if not name:
        return f"我们的说明{'甲乙丙丁戊己庚辛壬癸'[place % 10]}栏"
    column = sheet.by_name[name]
    return next(iter(column.aliases), str(column.label))


def write(path: Path, sheet: Any, records: Sequence[Mapping[str, Any]], options: Options | None = None) -> Written:
    """Records by column name go to the sheets in turn; a csv has one sheet and no merged cells."""
    writer = _Writer(sheet, options or Options())
    count = 1 if path.suffix == ".csv" else writer.options.sheets
    size = -(-len(records) // count) or 1
    pages = [writer.page(index, records[index * size : (index + 1) * size]) for index in range(count)]
    if path.suffix == ".csv":
        _write_csv(path, pages[0])
    else:
        _write_xlsx(path, pages)
    return writer.written


def _write_csv(path: Path, page: _Page) -> None:
    width = max(map(len, page.rows))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([*row, *[None] * (width - len(row))] for row in page.rows)


def _write_xlsx(path: Path, pages: Sequence[_Page]) -> None:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, page in enumerate(pages, start=1):
        sheet = workbook.create_sheet(f"表{number}")
        for row, cells in enumerate(page.rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value is not None and value != "":
                    sheet.cell(row, column, value)
        for top, left, bottom, right in page.merges:
            if (top, left) != (bottom, right):
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    workbook.save(path)
