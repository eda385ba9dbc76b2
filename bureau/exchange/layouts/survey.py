"""A first look at every sheet of a file: where its header stands, and what is said above it.

Only the first rows are read, but a workbook's sheets are loaded as a whole: a sheet that is too large is passed by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.files.reading import Book, FileSheet, TooLarge
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts import header, months
from bureau.exchange.layouts.grid import Grid
from bureau.exchange.layouts.header import Block
from bureau.exchange.layouts.headings import Matcher, units_on_line
from bureau.exchange.layouts.layout import Part, signature_of
from bureau.exchange.returning import origin

# A line of our numbering (``lines``) has room for a thousand sheets.
MOST_SHEETS = 500
# Fewer that do not begin with one may be numbers of something else.
_SURELY_COUNTED, _LONGEST_COUNT = 3, 7
_DATED = ("日期", "时间")
_DATED_BY_CLERK = ("填", "制表", "打印", "报出", "报送", "审核", "更新")


@dataclass
class Survey:
    """One sheet; ``block`` is None where nothing looks like a header."""

    sheet: FileSheet
    height: int = 0
    grid: Grid = field(default_factory=lambda: Grid([], []))
    block: Block | None = None
    too_large: TooLarge | None = None

    @property
    def name(self) -> str:
        return self.sheet.name

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return self.block.headings if self.block else ()

    @cached_property
    def signature(self) -> str:
        return signature_of(self.headings)

    @property
    def rows(self) -> int:
        """At most so many records stand under the header."""
        return max(self.height - self.block.last, 0) if self.block else 0

    @cached_property
    def above(self) -> list[str]:
        """Texts above the header: titles, a line of units, dates."""
        rows = range(1, self.block.first) if self.block else ()
        return [text for row in rows for text in self.grid.texts(row).values()]

    @cached_property
    def units(self) -> list[str]:
        return [unit for text in self.above for unit in units_on_line(text)]

    @cached_property
    def year(self) -> int:
        """That of the title, else of a line such as 统计日期：…, else of the sheet's name; 0 if it is not clear."""
        dated = [text for text in self.above if any(word in text for word in _DATED)]
        titles = [text for text in self.above if text not in dated]
        dated = [text for text in dated if not any(word in text for word in _DATED_BY_CLERK)]
        for texts in (titles, dated, [self.name]):
            if years := {year for text in texts if (year := months.year_in(text))}:
                return years.pop() if len(years) == 1 else 0
        return 0

    @property
    def part(self) -> Part:
        assert self.block is not None
        return Part(self.name, self.block.first, self.block.last, self.year)

    def positions(self) -> list[int]:
        """Columns with a heading or with cells in the first rows."""
        if self.block is None:
            return []
        rows = range(self.block.last + 1, len(self.grid.rows) + 1)
        return sorted({*self.block.parts, *(position for row in rows for position in self.grid.texts(row))})

    def counts_up(self, position: int) -> bool:
        """Whether the column numbers the rows: each whole number is one more than the last, or begins anew with one."""
        assert self.block is not None
        rows = range(self.block.last + 1, len(self.grid.rows) + 1)
        texts = (text_of(self.grid.cell(row, position)) for row in rows)
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT]
        goes_on = all(after in (before + 1, 1) for before, after in pairwise(numbers))
        return goes_on and (len(numbers) >= _SURELY_COUNTED or numbers[:1] == [1])


def survey(book: Book, matcher: Matcher, known: Mapping[str, Part] | None = None) -> list[Survey]:
    """Of each sheet, in the order of the file; ``known``: where headers stand, by the name of the sheet."""
    if len(book.sheets) > MOST_SHEETS:
        raise BadFile(
            _("The workbook has %(count)s sheets; at most %(limit)s can be read.")
            % {"count": len(book.sheets), "limit": MOST_SHEETS}
        )
    return [_look(book, sheet, matcher, (known or {}).get(sheet.name)) for sheet in book.sheets]


def _look(book: Book, sheet: FileSheet, matcher: Matcher, part: Part | None) -> Survey:
    try:
        grid = Grid(book.head(sheet.name, header.HEAD), book.merges(sheet.name))
        height = book.height(sheet.name)
    except TooLarge as too_large:
        return Survey(sheet, too_large=too_large)
    if origin.is_result_sheet(grid.rows):  # ours, in front of a file that comes back corrected
        return Survey(sheet, height, grid)
    block = header.read_block(grid, part.first, part.last, matcher) if part else header.find_block(grid, matcher)
    return Survey(sheet, height, grid, block)


def best_of(surveys: Sequence[Survey], is_complete: Mapping[str, bool]) -> Survey | None:
    """The first sheet with all required columns, else the one with most; visible ones before hidden ones.

    ``is_complete``: by name, whether all required columns are there. Where nothing is known, the header that has most
    rows beneath it on all its sheets.
    """

    def rank(one: Survey) -> tuple[bool, bool, bool, float]:
        assert one.block is not None
        complete, is_known = is_complete[one.name], one.block.known >= 2
        amount = one.block.known if is_known else rows[one.signature] + one.block.score / 1000
        return complete, is_known, one.sheet.is_visible, 0 if complete else amount

    found = [one for one in surveys if one.block]
    rows = {one.signature: sum(other.rows for other in found if other.signature == one.signature) for one in found}
    return max(found, key=rank, default=None)
