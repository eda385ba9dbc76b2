"""Where the header of a sheet stands: found by its look, and by the headings that a sheet class knows.

A header is one to three rows of short, different texts above rows of data. What is known weighs most; without it, a
table of any other matter is found as well, so that the clerk can say what its columns mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bureau.exchange.cells import BrokenCell, is_blank, text_of
from bureau.exchange.layouts import marks, months
from bureau.exchange.layouts.grid import BENEATH, MOST_HEADER_ROWS, Grid, leads_on, parts_of
from bureau.exchange.layouts.headings import FIRST, LAST, WHOLE, Matcher

# Titles, notes and remarks may stand above it; what stands below shows whether it is one.
WITHIN = 30
HEAD = 60
_LONGEST_HEADING = 60

_WEIGHTS = {WHOLE: 1, LAST: 0.99, FIRST: 0.7}
_SENTENCE = re.compile(r"[:：。；;！？]|https?://")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_USUAL = re.compile(
    r"(名称?|号码?|编码|代码|日期|时间|单位|地址|电话|备注|类[别型]|型号|规格|数量?|金额|等级|级别|结论|结果|状态|位置|情况|原因|省份|地区"
    r"|区划|机构|企业|人员?|姓名|性别|专业|范围|方式|依据|文件|有效期|费用?|台件|合计|指标|项目|内容|方法|标准|次|率|值|实际|计划)$"
)


@dataclass(frozen=True)
class Block:
    """Rows of a header, by Excel's numbers; ``parts`` are the texts of each heading from the top down, by position."""

    first: int
    last: int
    parts: dict[int, tuple[str, ...]]
    score: float = 0
    known: float = 0

    @cached_property
    def headings(self) -> tuple[str, ...]:
        width = max(self.parts, default=-1) + 1
        return tuple(" ".join(self.parts.get(position, ())) for position in range(width))


def find_block(grid: Grid, matcher: Matcher) -> Block | None:
    """The header that is most likely; None if nothing looks like one."""
    blocks = [
        block
        for first in range(1, min(WITHIN, len(grid.rows)) + 1)
        for last in _possible_ends(grid, first)
        if (block := read_block(grid, first, last, matcher))
    ]
    best = max(blocks, key=lambda block: block.score, default=None)
    # After a page break the header comes again: what stands between the two are records.
    return next((block for block in blocks if best and block.headings == best.headings), None)


def _possible_ends(grid: Grid, first: int) -> Iterator[int]:
    if not grid.texts(first):
        return
    for last in range(first, min(first + MOST_HEADER_ROWS - 1, len(grid.rows)) + 1):
        if not all(_may_be_headings(grid, row) for row in range(first, last + 1)):
            return
        if last == first or _belong_together(grid, first, last):
            yield last


def _may_be_headings(grid: Grid, row: int) -> bool:
    texts = grid.texts(row)
    good = sum(_is_heading_like(grid.cell(row, place), text) for place, text in texts.items())
    return bool(texts) and good >= 0.7 * len(texts)


def _is_heading_like(cell: Any, text: str) -> bool:
    if isinstance(cell, BrokenCell):
        return False
    if months.month_in(cell) or months.year_in(text):
        return not isinstance(cell, str) or len(text) <= 12
    plain = _BRACKETS.sub("", text).rstrip(":：")
    return isinstance(cell, str) and len(text) <= _LONGEST_HEADING and not _SENTENCE.search(plain)


def _belong_together(grid: Grid, first: int, last: int) -> bool:
    """Each row but the last leads on to the next: by a cell merged over both, or as a group over several headings."""
    return all(leads_on(grid, row, last) for row in range(first, last))


def read_block(grid: Grid, first: int, last: int, matcher: Matcher) -> Block | None:
    """The header in these rows, and how likely it is one; None if it cannot be."""
    parts = parts_of(grid, first, last)
    if not parts:
        return None
    known, look = _known(matcher, parts), _look(grid, first, last, parts)
    if look is None and known < 2:
        return None
    score = 3 * known + (look or 0) - 0.02 * first + _shape(grid, first, last, parts)
    return Block(first, last, parts, score, known)


def _known(matcher: Matcher, parts: dict[int, tuple[str, ...]]) -> float:
    """How many of our columns are named; of two ways to name as many, that by whole headings counts more."""
    weights: dict[tuple[str, str], float] = {}
    for match in filter(None, map(matcher.match, parts.values())):
        key = (match.column.name, match.month)
        weights[key] = max(weights.get(key, 0), _WEIGHTS[match.strength])
    return sum(weights.values())


def _shape(grid: Grid, first: int, last: int, parts: dict[int, tuple[str, ...]]) -> float:
    """Whether the number of rows is the one that the merged cells speak for."""
    if first in grid.cut or _continues(grid, first, last):
        return -2.0
    if first == last:
        return 0.0 if leads_on(grid, first, first + 1) else 1.0
    spans = [grid.span(first, place) for place in grid.texts(first)]
    if len(spans) == 1 and spans[0].right - spans[0].left + 1 > 0.6 * len(parts):
        return -3.0  # a title
    if any(span.bottom > first or span.right > span.left for span in spans):
        return 1.0 if max(span.bottom for span in spans) in (first, last) else 0.0
    return 1.0 if _stands_over_data(grid, first, last) else -3.0


def _continues(grid: Grid, first: int, last: int) -> bool:
    """Whether the row above is one of groups over these rows."""
    above = first - 1
    is_row_of_groups = above > 0 and len(grid.texts(above)) > 1 and _may_be_headings(grid, above)
    return is_row_of_groups and leads_on(grid, above, last)


def _stands_over_data(grid: Grid, first: int, last: int) -> bool:
    """Without merged cells: headings have nothing beneath them in the header, and values in the data."""
    inner = grid.places(range(first + 1, last + 1))
    alone = {place: text for place, text in grid.texts(first).items() if place not in inner}
    rows = [texts for row in range(last + 1, len(grid.rows) + 1) if len(texts := grid.texts(row)) > 1][:BENEATH]
    filled = sum(place in texts for texts in rows for place in alone)
    # One alone may be a column that is empty in the first record.
    is_clear = len(alone) > 1 or any(map(marks.is_counter_heading, alone.values()))
    return is_clear and filled >= 0.8 * len(rows) * len(alone) > 0


def _look(grid: Grid, first: int, last: int, parts: dict[int, tuple[str, ...]]) -> float | None:
    """How much these rows look like a header, whatever their words; None if not at all."""
    beneath = grid.places(grid.beneath(last))
    width = len({*parts, *beneath})
    texts = [" ".join(text) for text in parts.values()]
    fill, different = len(parts) / width, len(set(texts)) / len(texts)
    if len(parts) < 2 or not beneath or fill < 0.5 or different < 0.8:
        return None
    cells = [(grid.cell(row, place), text) for row in range(first, last + 1) for place, text in grid.texts(row).items()]
    if sum(_is_heading_like(*cell) for cell in cells) < 0.9 * len(cells):
        return None
    usual = sum(bool(_USUAL.search(_BRACKETS.sub("", text))) for text in texts) / len(texts)
    plain = sum(not any(letter.isdigit() for letter in text) for text in texts) / len(texts)
    counter = any(marks.is_counter_heading(text) for text in texts)
    return 4 * fill + different + 2 * usual + 2 * plain + 2 * _contrast(grid, last, parts) + counter


def _contrast(grid: Grid, last: int, parts: dict[int, tuple[str, ...]]) -> float:
    """The share of columns whose cells are of another kind than a heading: numbers, days, longer or repeated texts."""
    different = 0
    for position in parts:
        cells = [cell for row in grid.beneath(last) if not is_blank(cell := grid.cell(row, position))]
        texts = [text_of(cell) for cell in cells]
        different += any(not isinstance(cell, str) for cell in cells) or len(set(texts)) < len(texts)
    return different / len(parts)
