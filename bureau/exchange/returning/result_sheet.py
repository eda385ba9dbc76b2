"""The first sheet of an error workbook: what became of the file, and a list of what is to be corrected, with links.

Also drawn by ``own_file_process``, which runs without Django's settings: all texts come ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bureau.workbooks import BORDER, WRAPPED, dress_header, font, height_for, put

_GREY, _RED, _BLUE = "6B7280", "B91C1C", "1D4ED8"
_LEFT = Alignment(horizontal="left")
WIDTHS = (20, 18, 24, 32, 72)


class ListedProblem(NamedTuple):
    """``cell`` is shown and leads to ``location``, such as 'Sheet1'!C5."""

    cell: str
    location: str
    row: str
    column: str
    value: str
    reason: str


@dataclass
class ResultSheet:
    """``about``: label and text; ``counts``: label and number, the last of which is that of the failed rows."""

    title: str
    mark: str
    about: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    advice: Sequence[str]
    headings: Sequence[str]
    problems: Sequence[Sequence[str]] = field(default_factory=list)

    def draw(self, page: Any) -> None:
        """On an empty sheet of an ordinary or a write-only workbook."""
        _set_up(page)
        pen = _Pen(page)
        pen.line(pen.text(self.title, font(size=16, bold=True)), height=26)
        pen.line(pen.text(self.mark, font(size=8, color=_GREY)), height=24)
        for label, text in self.about:
            pen.line(pen.text(label, font(bold=True)), pen.text(text, font()))
        pen.line()
        for label, count in self.counts:
            pen.line(pen.text(label, font(bold=True)), pen.count(count, is_failed=label == self.counts[-1][0]))
        pen.line()
        for text in self.advice:
            pen.line(pen.text(text, font()))
        pen.line()
        pen.line(*(pen.heading(text) for text in self.headings))
        page.print_title_rows = f"{pen.row}:{pen.row}"
        for problem in self.problems:
            pen.problem(ListedProblem(*problem))


def _set_up(page: Any) -> None:
    """Before the first line: a write-only sheet begins with it."""
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "&P / &N"


class _Pen:
    """Writes a sheet line by line; the same for both kinds of workbook."""

    def __init__(self, page: Any) -> None:
        self.page, self.row = page, 0

    def line(self, *cells: Any, height: float | None = None) -> None:
        self.row += 1
        if height:
            self.page.row_dimensions[self.row].height = height
        self.page.append(list(cells))

    def text(self, text: str, ink: Any) -> Any:
        cell = WriteOnlyCell(self.page)
        put(cell, text)
        cell.font = ink
        return cell

    def heading(self, text: str) -> Any:
        cell = self.text(text, font())
        dress_header(cell)
        return cell

    def count(self, count: int, *, is_failed: bool) -> Any:
        cell = WriteOnlyCell(self.page)
        put(cell, count)
        cell.number_format, cell.alignment = "#,##0", _LEFT
        cell.font = font(bold=True, color=_RED) if is_failed and count else font()
        return cell

    def problem(self, problem: ListedProblem) -> None:
        cells = [self.text(text, font()) for text in (problem.cell, *problem[2:])]
        for cell in cells:
            cell.border, cell.alignment = BORDER, WRAPPED
        link = cells[0]
        # The place of a cell is set when its line is appended, that of a link when it is given to the cell.
        link.row, link.column = self.row + 1, 1
        link.hyperlink = Hyperlink(ref="", location=problem.location, display=problem.cell)
        link.font = font(color=_BLUE, underline="single")
        self.line(*cells, height=height_for([cell.value or "" for cell in cells], WIDTHS))
