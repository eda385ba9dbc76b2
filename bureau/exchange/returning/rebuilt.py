"""The failed rows of a file as a workbook of their own, in the columns of the template."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment

from bureau.exchange.cells import BrokenCell, WithUnit, shown
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.layouts.table import FileRow, open_table
from bureau.exchange.models import Import
from bureau.exchange.outcome import RowError
from bureau.exchange.returning import origin
from bureau.exchange.returning.failures import MOST_LISTED, Wording
from bureau.exchange.returning.own_file import cell_of, location_of
from bureau.exchange.returning.result_sheet import ListedProblem, ResultSheet
from bureau.exchange.writing import paper
from bureau.workbooks import WRAPPED, height_for

_LINE = attrgetter("row")
# Of the row's place in the file and of what to correct.
EXTRA_WIDTHS = (16, 60)
TOP = Alignment(vertical="top")


def write(path: Path, run: Import, errors: Iterable[RowError], result: ResultSheet) -> None:
    """``errors`` in the order of the file. The result sheet gets its list here."""
    workbook = Workbook(write_only=True)
    front = workbook.create_sheet(result.title)
    page = FailedRows(run, workbook.create_sheet(paper.sheet_title(run.sheet_label)))
    groups = groupby(errors, key=_LINE)
    wanted, group = next(groups, (None, None))
    with open_table(run.path, run.sheet, Layout.from_json(run.layout)) as table:
        for line, rows in groupby(table.rows(), key=attrgetter("number")):
            if group is None:
                break
            if line == wanted:
                page.add_line(list(rows), list(group))
                wanted, group = next(groups, (None, None))
    result.problems = page.listed
    result.draw(front)
    workbook.save(path)


class FailedRows:
    """The sheet with the rows. ``listed``: where its first problems stand."""

    def __init__(self, run: Import, page: Any) -> None:
        self.run, self.page, self.columns = run, page, run.sheet.columns
        self.wording = Wording(run)
        self.listed: list[ListedProblem] = []
        self._places = {column.name: place for place, column in enumerate(self.columns)}
        self._row = 1
        paper.set_up(page, self.columns, extra_widths=EXTRA_WIDTHS)
        further = (str(text) for text in (origin.ROW_IN_THE_FILE, origin.WHAT_TO_CORRECT))
        page.append(paper.header_row(page, self.columns, *further))

    def add_line(self, rows: Sequence[FileRow], errors: Sequence[RowError]) -> None:
        """A line with a column for each month is several rows, not all of which need have failed."""
        failed = [(row, [error for error in errors if _is_about(error, row)]) for row in rows]
        for row, own in [pair for pair in failed if pair[1]] or [(row, list(errors)) for row in rows]:
            self._add(row, own)

    def _add(self, row: FileRow, errors: Sequence[RowError]) -> None:
        self._row += 1
        cells = [self._cell(column, row.cells.get(column.name, "")) for column in self.columns]
        summary = paper.value_cell(self.page, "\n".join(self.wording.with_label(error) for error in errors))
        self.page.row_dimensions[self._row].height = height_for([summary.value], EXTRA_WIDTHS[-1:])
        cells += [paper.value_cell(self.page, self.run.place_of(row.number)), summary]
        for cell in cells:
            cell.alignment = WRAPPED if cell is summary else TOP
        for error in errors:
            place = self._places.get(error.column, len(cells) - 1)
            cells[place].fill = paper.ERROR_FILL
            self._explain(error, cells[place], place + 1)
        self.page.append(cells)

    def _cell(self, column: Any, raw: Any) -> Any:
        if isinstance(raw, BrokenCell | WithUnit):
            raw = shown(raw)
        return paper.value_cell(self.page, raw, "@" if isinstance(raw, str) else column.number_format)

    def _explain(self, error: RowError, cell: Any, place: int) -> None:
        if len(self.listed) >= MOST_LISTED:
            return
        name, row = cell_of(self._row, place), self.run.place_of(error.row)
        location = location_of(self.page.title, name)
        label = self.wording.label(error.column)
        self.listed.append(ListedProblem(name, location, row, label, error.value, error.reason))
        if label and cell.comment is None:
            cell.comment = paper.note(self.wording.sentence(error))


def _is_about(error: RowError, row: FileRow) -> bool:
    return error.column not in row.cells or shown(row.cells[error.column]) == error.value
