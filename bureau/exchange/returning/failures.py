"""The failed cells of an import's file: where they stand, and what is said of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bureau.exchange import lines
from bureau.exchange.cells import WithUnit, shown
from bureau.exchange.columns.base import Column
from bureau.exchange.columns.choice import FEW_CHOICES
from bureau.exchange.context import Context
from bureau.exchange.files.parts import Merge
from bureau.exchange.files.reading import Cells, open_book
from bureau.exchange.layouts.constants import with_mark
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.models import Import
from bureau.exchange.outcome import RowError
from bureau.exchange.returning import own_file
from bureau.exchange.returning.own_file import Mark
from bureau.exchange.returning.result_sheet import ListedProblem
from bureau.exchange.returning.tall_cells import TallCells

# A workbook with more comments opens slowly; nobody reads so many.
MOST_LISTED = 5_000


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

    def away_from_cell(self, error: RowError) -> str:
        """For the comment of another cell: the value stands in none, since it was given for all rows."""
        return _("%(column)s: %(reason)s") % {
            "column": with_mark(self.label(error.column)),
            "reason": self.sentence(error),
        }

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


@dataclass
class _Entry:
    """A line of the list; of a merged cell over several rows one for all ``count`` rows in which it fails alike."""

    error: RowError
    sheet: str
    row: int
    column: int
    tall: Merge | None
    last: int
    count: int = 1

    @property
    def cells(self) -> str:
        name = own_file.cell_of(self.row, self.column)
        return f"{name}:{own_file.cell_of(self.tall.bottom, self.tall.right + 1)}" if self.tall else name

    @property
    def rows(self) -> str:
        first = lines.row_of(self.error.row)
        if self.count == 1:
            return str(first)
        words = _("%(first)s–%(last)s, %(count)s rows")
        return words % {"first": first, "last": self.last, "count": self.count}


class Failures:
    """Of one file, as it is laid out. What it lists is known when the marks are made."""

    def __init__(self, run: Import) -> None:
        self.run, self.layout = run, Layout.from_json(run.layout)
        self.wording = Wording(run)
        self._entries: list[_Entry] = []
        self._of_tall: dict[tuple[Any, ...], _Entry] = {}
        self._count = 0
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, place in sorted(self.layout.places.items()):
            if place.column:
                self._positions[place.column].append(position)
        self._read = sorted(position for positions in self._positions.values() for position in positions)
        self._tall = TallCells(run, self.layout, self._read)

    def marks(self, errors: Iterable[RowError]) -> list[Mark]:
        """One for each cell of each problem; the first ones with a comment and an entry in the list."""
        return [mark for error, cells in self._with_cells(errors) for mark in self._marks_of(error, cells)]

    def listed(self) -> list[ListedProblem]:
        return [self._listed(entry) for entry in self._entries]

    def not_listed(self) -> str:
        """A sentence if there were too many."""
        if self._count <= MOST_LISTED:
            return ""
        words = _("Only the first %(count)s are listed and have a comment; all are red.")
        return words % {"count": MOST_LISTED}

    def _marks_of(self, error: RowError, cells: Cells) -> Iterator[Mark]:
        part, row = lines.part_of(error.row), lines.row_of(error.row)
        sheet = self.layout.parts[part].name
        positions = self._positions_of(error, part, row, cells)
        tall = self._tall.at(part, row, positions[0]) if self._stands_in_one(error) else None
        key = (part, tall, *error[1:])
        if tall and key in self._of_tall:
            known = self._of_tall[key]
            known.count, known.last = known.count + 1, row
            return
        places = [(tall.top, tall.left + 1)] if tall else [(row, position + 1) for position in positions]
        entry = _Entry(error, sheet, *places[0], tall, last=row)
        if tall:
            self._of_tall[key] = entry
        self._count += 1
        is_listed = self._count <= MOST_LISTED
        if is_listed:
            self._entries.append(entry)
        comment = self._comment(error) if is_listed else ""
        for place in places:
            yield Mark(sheet, *place, comment)

    def _stands_in_one(self, error: RowError) -> bool:
        """Whether a problem is that of a single cell, and not of the row or of one among the months' columns."""
        return len(self._positions.get(error.column, ())) == 1

    def _comment(self, error: RowError) -> str:
        if error.column in self.layout.constants:
            return self.wording.away_from_cell(error)
        return self.wording.sentence(error)

    def _listed(self, entry: _Entry) -> ListedProblem:
        error, sheet = entry.error, entry.sheet
        shown_cells = f"{sheet}!{entry.cells}" if len(self.layout.parts) > 1 else entry.cells
        column = self.wording.label(error.column)
        if error.column in self.layout.constants:
            column = with_mark(column)
        location = own_file.location_of(sheet, own_file.cell_of(entry.row, entry.column))
        return ListedProblem(shown_cells, location, entry.rows, column, error.value, error.reason)

    def _positions_of(self, error: RowError, part: int, row: int, cells: Cells) -> list[int]:
        """From 0. A problem of the whole row stands at its first cell that is read and is no other row's as well."""
        found = self._positions.get(error.column)
        if not found:
            own = (position for position in self._read if not self._tall.at(part, row, position))
            return [next(own, self._read[0])]
        if len(found) > 1:  # a column for each month: those with the value that failed
            return [position for position in found if self._shown(position, cells) == error.value] or found
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
