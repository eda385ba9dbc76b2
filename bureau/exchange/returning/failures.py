"""The failed cells of an import's file: where they stand, and what is said of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from bureau.exchange import lines
from bureau.exchange.cells import WithUnit, shown
from bureau.exchange.columns.base import Column
from bureau.exchange.context import Context
from bureau.exchange.files.reading import Cells, open_book
from bureau.exchange.importing import RowError
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.models import Import
from bureau.exchange.returning import own_file
from bureau.exchange.returning.own_file import Mark
from bureau.exchange.returning.result_sheet import ListedProblem

# A workbook with more comments opens slowly; nobody reads so many.
MOST_LISTED = 5_000
FEW_CHOICES = 12


class KeptErrors:
    """Of an import, in the order of its file; they may be gone through again, and are never all in memory."""

    def __init__(self, run: Import) -> None:
        self.run = run

    def __iter__(self) -> Iterator[RowError]:
        problems = self.run.problems.values_list("row", "column", "value", "reason")
        return (RowError(*problem) for problem in problems.iterator(chunk_size=2000))


class Wording:
    """What is said of a failed cell."""

    def __init__(self, run: Import) -> None:
        self._columns = run.sheet.by_name
        self._context = Context(run.office)
        self._allowed: dict[str, str] = {}

    def label(self, name: str) -> str:
        return str(self._columns[name].label) if name in self._columns else ""

    def sentence(self, error: RowError) -> str:
        """The reason and, where it does not say it itself, what is allowed."""
        allowed = self._allowed_in(error.column)
        if not allowed or allowed in error.reason:
            return error.reason
        return "\n".join([error.reason, _("Allowed: %(what)s") % {"what": allowed}])

    def with_label(self, error: RowError) -> str:
        """For a text that does not stand at the cell."""
        label = self.label(error.column)
        return _("%(column)s: %(reason)s") % {"column": label, "reason": error.reason} if label else error.reason

    def _allowed_in(self, name: str) -> str:
        if name in self._columns and name not in self._allowed:
            self._allowed[name] = self._rule(self._columns[name])
        return self._allowed.get(name, "")

    def _rule(self, column: Column) -> str:
        choices = column.choices(self._context)
        if 0 < len(choices) <= FEW_CHOICES:
            return _(", ").join(choices)
        return column.rule()


class Failures:
    """Of one file, as it is laid out. ``listed`` fills while the marks are made."""

    def __init__(self, run: Import) -> None:
        self.run, self.layout = run, Layout.from_json(run.layout)
        self.wording = Wording(run)
        self.listed: list[ListedProblem] = []
        self._count = 0
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, place in sorted(self.layout.places.items()):
            if place.column:
                self._positions[place.column].append(position)
        self._first = min(position for positions in self._positions.values() for position in positions)

    def marks(self, errors: Iterable[RowError]) -> list[Mark]:
        """One for each cell of each problem; the first ones with a comment and an entry in the list."""
        return [mark for error, cells in self._with_cells(errors) for mark in self._marks_of(error, cells)]

    def not_listed(self) -> str:
        """A sentence if there were too many, after the marks were made."""
        if self._count <= MOST_LISTED:
            return ""
        words = _("Only the first %(count)s are listed and have a comment; all are red.")
        return words % {"count": MOST_LISTED}

    def _marks_of(self, error: RowError, cells: Cells) -> Iterator[Mark]:
        sheet, row = self.layout.parts[lines.part_of(error.row)].name, lines.row_of(error.row)
        self._count += 1
        is_listed = self._count <= MOST_LISTED
        comment = self.wording.sentence(error) if is_listed else ""
        columns = [position + 1 for position in self._positions_of(error, cells)]
        if is_listed:
            self._list(error, sheet, own_file.cell_of(row, columns[0]))
        for column in columns:
            yield Mark(sheet, row, column, comment)

    def _list(self, error: RowError, sheet: str, cell: str) -> None:
        shown_cell = f"{sheet}!{cell}" if len(self.layout.parts) > 1 else cell
        column = self.wording.label(error.column)
        row = str(lines.row_of(error.row))
        location = own_file.location_of(sheet, cell)
        self.listed.append(ListedProblem(shown_cell, location, row, column, error.value, error.reason))

    def _positions_of(self, error: RowError, cells: Cells) -> list[int]:
        """From 0. A problem of the whole row stands at its first cell that is read."""
        found = self._positions.get(error.column, [self._first])
        if len(found) > 1:  # a column for each month: those with the value that failed
            found = [position for position in found if self._shown(position, cells) == error.value] or found
        return found

    def _shown(self, position: int, cells: Cells) -> str:
        cell = cells[position] if position < len(cells) else ""
        unit = self.layout.places[position].unit
        return shown(WithUnit(cell, unit) if unit else cell)

    def _with_cells(self, errors: Iterable[RowError]) -> Iterator[tuple[RowError, Cells]]:
        """Each with the cells of its row, where they are needed."""
        if all(len(positions) == 1 for positions in self._positions.values()):
            for error in errors:
                yield error, []
            return
        rows = self._rows()
        line, cells = -1, list[Any]()
        for error in errors:
            while line < error.row:
                line, cells = next(rows)
            yield error, cells

    def _rows(self) -> Iterator[tuple[int, Cells]]:
        with open_book(self.run.path) as book:
            for index, part in enumerate(self.layout.parts):
                for number, cells in book.rows(part.name):
                    yield lines.line_of(index, number), cells
