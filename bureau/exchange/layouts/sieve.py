"""Which rows under a header are records. What is left out is kept as a list; when in doubt, a row is a record.

A record that was none fails with a sentence and the clerk sees it; a record that was left out might never be missed.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bureau.exchange.cells import BrokenCell, is_blank, is_example, text_of
from bureau.exchange.files.parts import Merge
from bureau.exchange.files.reading import Cells
from bureau.exchange.layouts import marks
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.sheets import Sheet, heading

RECORD, BLANK = "record", "blank"
SUBTOTAL, NOTE, HEADER, SECTION, EXAMPLE = "subtotal", "note", "header", "section", "example"
# Nothing stands in the columns that are read, or only the merged cells of the record above.
UNREAD = "unread"

# Beside 小计 there are numbers, and the names of the groups that are summed up.
_MOST_NAMES = 2
_AMOUNT = re.compile(r"[-+]?[\d,，.]*\d%?\D{0,4}|[-—–/]+|0")
# How a row begins that is looked at closely; most keys of records begin otherwise.
_SUSPICIOUS = re.compile(
    r"\W*(?:情|注|备|附|说|填|制|审|复|经|报|编|统|负|主|联|单|签|数|资|日|电|共|合|总|小|累|第|栏|列|示|[一二三四五六七八九十甲(（ⅠⅡⅢⅣⅤ]"
    r"|note|remark|page|sub|grand|total|example)",
    re.IGNORECASE,
)


class LeftOut(NamedTuple):
    line: int
    kind: str
    text: str


class Sieve:
    """Looks at the rows of one sheet of a file, in their order."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        by_column: dict[str, list[int]] = {}
        for position, place in layout.places.items():
            if place.column:
                by_column.setdefault(place.column, []).append(position)
        self._read = {position for positions in by_column.values() for position in positions}
        self._required = [by_column[column.name] for column in sheet.required if column.name in by_column]
        months = sheet.months or ()
        keys = [name for name in sheet.natural_key if name in by_column and name not in months]
        # The columns without which a row is no record: mostly one.
        self._keys = [by_column[name][0] for name in keys] or [positions[0] for positions in self._required]
        headings = dict(enumerate(layout.headings))
        self._headed = {position for position, text in headings.items() if text} | self._read
        self._counters = {position for position, place in layout.places.items() if place.is_counter}
        self._counters |= {position for position, text in headings.items() if marks.is_counter_heading(text)}
        self._counters -= self._read
        self._header: list[dict[int, str]] = []
        self._raw_header: list[list[str]] = []
        self._is_in_notes, self._has_records = False, False

    def learn(self, cells: Cells) -> bool:
        """A row of the header or above it: it may come again after a page break. True if it is as full as a record."""
        texts = {position: heading(text_of(cell)) for position, cell in enumerate(cells) if not is_blank(cell)}
        if any(not text.isdigit() for text in texts.values()):
            self._header.append(texts)
            self._raw_header.append([cell for cell in cells if isinstance(cell, str) and cell])
        return len(texts) >= max(3, len(self._headed) / 2)

    def quick_test(self) -> "Callable[[Cells], bool]":
        """Tells rows that are records without any doubt, if no merged cell begins in them.

        To be asked for when the header is learnt. All others are looked at closely, which takes ten times as long.
        """
        if not self._keys:
            return lambda cells: False
        begins = {text[:1] for row in self._raw_header for text in row}
        key, *others = self._keys
        start, suspicious = min(self._headed), _SUSPICIOUS.match

        def is_usual(text: Any) -> bool:
            return text.__class__ is not str or not (suspicious(text) or text[0] in begins)

        def is_plain(cells: Cells) -> bool:
            number, begin = cells[key], cells[start]
            if not number or not begin or self._is_in_notes or not self._has_records:
                return False
            if number.__class__ is str and (number.isspace() or "计" in number or "otal" in number):
                return False
            if begin.__class__ is str and (":" in begin or "：" in begin):
                return False
            return is_usual(number) and is_usual(begin) and all(cells[place] for place in others)

        return is_plain

    def kind_of(self, cells: Cells, filled: Cells, merges: Mapping[int, Merge]) -> str:
        """``filled``: with the values of merged cells; ``merges``: those that begin in this row, by column."""
        texts = {position: text_of(cell) for position, cell in enumerate(cells) if not is_blank(cell)}
        present = {p: text for p, text in texts.items() if p not in self._counters or not marks.is_count(text)}
        if not present:
            return self._kind_of_rest(texts, present, filled)
        kind = self._mark(texts, present, cells, filled, merges)
        if kind:
            self._is_in_notes = kind == NOTE
            return kind
        if not self._read & present.keys():
            return self._kind_of_rest(texts, present, filled)
        self._is_in_notes, self._has_records = False, True
        return RECORD

    def _kind_of_rest(self, texts: dict[int, str], present: dict[int, str], filled: Cells) -> str:
        """Of a row that has nothing of its own in the columns that are read."""
        is_covered = any(not is_blank(filled[position]) for position in self._read)
        # A number of its own says that a row is a record, even if merged cells tell all the rest.
        if is_covered and self._counters & texts.keys():
            return RECORD
        return UNREAD if present else BLANK

    def _mark(
        self,
        texts: dict[int, str],
        present: dict[int, str],
        cells: Cells,
        filled: Cells,
        merges: Mapping[int, Merge],
    ) -> str:
        if self._is_header(texts, present):
            return HEADER
        if is_example(cells):
            return EXAMPLE
        if self._is_note(present, filled):
            return NOTE
        if self._is_subtotal(present, cells):
            return SUBTOTAL
        return SECTION if self._is_section(texts, present, merges) else ""

    def _is_header(self, texts: dict[int, str], present: dict[int, str]) -> bool:
        if len(present) == 1 and marks.is_page(*present.values()):
            return True
        if not self._has_records and marks.are_column_numbers([*texts.values()]):
            return True
        compared = {position: heading(text) for position, text in texts.items() if position in self._headed}
        return bool(compared) and any(
            all(row.get(position) == text for position, text in compared.items()) for row in self._header
        )

    def _is_note(self, present: dict[int, str], filled: Cells) -> bool:
        first = next(iter(present.values()))
        if marks.is_note(first):
            return len(present) == 1 or not self._may_be_record(filled)
        if not self._is_in_notes:
            return False
        # What follows a note: its further lines, as long as they cannot be records.
        has_key = any(position in present for position in self._keys)
        return (len(present) == 1 and len(self._required) > 1) or (len(present) == 2 and not has_key)

    def _is_subtotal(self, present: dict[int, str], cells: Cells) -> bool:
        for position, text in present.items():
            if not marks.is_subtotal(text) or any(key in present for key in self._keys if key != position):
                continue
            others = [place for place in present if place != position]
            names = sum(not _is_amount(cells[place], present[place]) for place in others)
            # In the column of the key a word may be meant: then numbers alone may stand beside it.
            if names <= (0 if position in self._keys else _MOST_NAMES):
                return True
        return False

    def _is_section(self, texts: dict[int, str], present: dict[int, str], merges: Mapping[int, Merge]) -> bool:
        if len(present) != 1:
            return False
        [(position, text)] = present.items()
        merge = merges.get(position)
        width = merge.right - position + 1 if merge else 1
        if width > 1 and width >= len(self._headed) / 2:
            return True
        is_numbered = marks.is_section(text) or any(
            marks.is_chinese_count(other) for place, other in texts.items() if place != position
        )
        return is_numbered and len(self._required) > 1

    def _may_be_record(self, filled: Cells) -> bool:
        return all(
            any(place < len(filled) and not is_blank(filled[place]) for place in positions)
            for positions in self._required or [[key] for key in self._keys]
        )


def _is_amount(cell: Any, text: str) -> bool:
    if isinstance(cell, int | float | BrokenCell):
        return True
    return bool(_AMOUNT.fullmatch(text))
