"""From parsed rows to records: a chunk at a time, good rows kept, bad rows returned with their reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models.base import ModelState
from django.utils.translation import gettext as _

from bureau import records
from bureau.exchange.cells import text_of
from bureau.exchange.context import Context
from bureau.exchange.finding import Found, Key, Parsed, finder_of
from bureau.exchange.layouts.table import FileRow
from bureau.exchange.lines import place_of
from bureau.exchange.outcome import Outcome
from bureau.exchange.sheets import BadRow, Problem, Sheet
from bureau.models import Office, Staff
from bureau.texts import match_text

CHUNK = 2000
# The field of a model in which the names of columns with unverified values are kept.
UNVERIFIED = "unverified"


@dataclass(slots=True)
class Write:
    """A record to be written; ``fields`` names what changes, None for a new one."""

    parsed: Parsed
    row: Any
    fields: list[str] | None
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.parsed.number

    def again(self) -> "Write":
        """As it was before an attempt that the database took back: a new row has no key, a changed one its version."""
        vars(self.row).clear()
        vars(self.row).update(self.before)
        self.row._state.adding = self.fields is None
        return self

    def remember(self) -> None:
        self.before = vars(self.row).copy()


@dataclass
class Sight:
    """What an import of a chunk would do. ``old``: the values of the changed rows before, by column name."""

    outcome: Outcome
    writes: list[Write]
    old: dict[int, dict[str, Any]]
    unchanged: list[tuple[int, Any]]


def in_chunks(rows: Iterator[FileRow], size: int = 0) -> Iterator[list[FileRow]]:
    """A line of the file that gives several rows stands in one chunk: an import goes on after a line."""
    carried: list[FileRow] = []
    while chunk := carried + list(islice(rows, (size or CHUNK) - len(carried))):
        carried = []
        for row in rows:
            if row.number != chunk[-1].number:
                carried = [row]
                break
            chunk.append(row)
        yield chunk


class Importer:
    """Takes the rows of one file for one office.

    Importing the same rows again changes nothing, so an import that broke off may simply be repeated. ``seen_at``: when
    the clerk was shown what would change; a record that somebody changed later is not changed without another look.
    ``sheets_read``: the names of the file's sheets, where sentences name rows.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        office: Office,
        by: Staff | None,
        import_id: int | None = None,
        reason: str = "",
        accepts_unverified: bool = False,
        seen_at: datetime | None = None,
        sheets_read: Sequence[str] = (),
    ) -> None:
        self.sheet, self.office, self.by = sheet, office, by
        self.import_id, self.reason = import_id, reason
        self.accepts_unverified, self.seen_at, self.sheets_read = accepts_unverified, seen_at, sheets_read
        self.context = Context(office)
        self._seen: dict[Key, int] = {}
        self._changed_by: dict[Any, int] = {}
        self._initial = sheet.initial(self.context)
        self._is_kept_by_office = sheet.has_field("office")
        fields = sheet.model._meta.concrete_fields
        self._attributes = {each.name: each.attname for each in fields}
        self._blank = {name: value for name, value in vars(sheet.model()).items() if name != "_state"}
        self._with_fresh_default = [each for each in fields if each.has_default() and callable(each.default)]

    def pass_over(self, chunk: Sequence[FileRow]) -> None:
        """Note the keys of rows that an earlier run has taken, so that a later double is still found."""
        names = self.sheet.natural_key
        readings = self.sheet.parse_all(_columns_of(chunk, names), self.context)
        for (number, _cells), reading in zip(chunk, readings, strict=True):
            if key := self.sheet.key_of(reading.values):
                self._seen.setdefault(key, number)

    def take(self, chunk: Sequence[FileRow]) -> Outcome:
        """Write the good rows of a chunk in one transaction, and say what became of each."""
        outcome = Outcome(rows=len(chunk))
        parsed = self._parse(chunk, outcome)
        with transaction.atomic():
            existing = self._existing(parsed, locks=True)
            writes = [write for row in parsed if (write := self._decide(row, existing.get(row.key), outcome))]
            self._write(self._one_each(writes, outcome), outcome)
        outcome.errors.sort(key=lambda error: error.row)
        return outcome

    def look(self, chunk: Sequence[FileRow]) -> Sight:
        """What ``take`` would do, without writing or locking anything. The rows in ``writes`` are not saved."""
        outcome, old, unchanged = Outcome(rows=len(chunk)), {}, []
        parsed = self._parse(chunk, outcome)
        existing = self._existing(parsed, locks=False)
        writes = []
        for row in parsed:
            found, same = existing.get(row.key), outcome.unchanged
            present = self._present(found.row) if found else {}
            if write := self._decide(row, found, outcome):
                writes.append(write)
                old[write.number] = present
            elif found and outcome.unchanged > same:
                unchanged.append((row.number, found.row))
        writes = self._foreseen(self._one_each(writes, outcome), outcome)
        outcome.created += sum(write.fields is None for write in writes)
        outcome.updated += sum(write.fields is not None for write in writes)
        outcome.errors.sort(key=lambda error: error.row)
        return Sight(outcome, writes, old, unchanged)

    # Reading -------------------------------------------------------------------------------------

    def _existing(self, parsed: Sequence[Parsed], *, locks: bool) -> dict[Key, Found]:
        return finder_of(self.sheet, self.context, locks=locks).existing(parsed)

    def _parse(self, chunk: Sequence[FileRow], outcome: Outcome) -> list[Parsed]:
        sheet, good, key_names = self.sheet, [], self.sheet.natural_key
        readings = sheet.parse_all(_columns_of(chunk, sheet.by_name), self.context)
        for (number, cells), reading in zip(chunk, readings, strict=True):
            key = sheet.key_of(reading.values)
            if key is not None:
                first = self._seen.setdefault(key, number)
                if first != number:
                    reading.problems.append(self._double(reading.values, first))
            elif not reading.problems:
                reading.problems.append(self._without_key(reading.values))
            if key is None or reading.problems:
                outcome.refuse(number, reading.problems + reading.doubts + reading.unverified)
            else:
                written = {name: text_of(cells.get(name)) for name in key_names}
                good.append(Parsed(number, reading.values, reading.doubts, reading.unverified, key, written))
        return good

    def _without_key(self, values: dict[str, Any]) -> Problem:
        empty = [name for name in self.sheet.natural_key if values.get(name) in (None, "")]
        name = (empty or self.sheet.natural_key)[0]
        return self.sheet.problem(name, values, _("This cell must not be empty: the record is found by it."))

    def _double(self, values: dict[str, Any], first: int) -> Problem:
        name = self.sheet.natural_key[-1]
        return self.sheet.problem(
            name,
            values,
            _("Row %(row)s of this file has the same number already.") % {"row": place_of(first, self.sheets_read)},
        )

    # Deciding ------------------------------------------------------------------------------------

    def _decide(self, parsed: Parsed, found: Found | None, outcome: Outcome) -> Write | None:
        try:
            if found is None:
                return self._new(parsed)
            if not found.is_visible:
                raise BadRow([self._taken(parsed)])
            write = self._changed(parsed, found.row)
            if write and not found.is_editable:
                raise BadRow([self._taken(parsed)])
        except BadRow as bad:
            outcome.refuse(parsed.number, bad.problems)
            outcome.unverified += bad.problems == parsed.unverified
            return None
        outcome.unchanged += write is None
        return write

    def _one_each(self, writes: list[Write], outcome: Outcome) -> list[Write]:
        """A record and its renewal in one file would overwrite each other: the later row waits for the next import."""
        kept = []
        for write in writes:
            first = write.number if write.fields is None else self._changed_by.setdefault(write.row.pk, write.number)
            if first == write.number:
                kept.append(write)
            else:
                outcome.refuse(write.number, [self._second_change(first)])
        return kept

    def _foreseen(self, writes: list[Write], outcome: Outcome) -> list[Write]:
        """Without the rows that ``after_write`` would refuse."""
        kept = []
        for write, refusal in zip(writes, self.sheet.foresee([write.row for write in writes]), strict=True):
            if refusal is None:
                kept.append(write)
            else:
                outcome.refuse(write.number, self._explain(write, refusal))
        return kept

    def _taken(self, parsed: Parsed) -> Problem:
        """The same words whether the office sees the record or not: they tell nothing of it."""
        name = self.sheet.natural_key[-1]
        return self.sheet.problem(name, parsed.values, _("This number is already on record, and not with this office."))

    def _new(self, parsed: Parsed) -> Write:
        if doubts := self._doubts(parsed):
            raise BadRow(doubts)
        values = self.sheet.check({**self._initial, **parsed.values}, self.context)
        row = self._row_of(values)
        if self._is_kept_by_office:
            row.office_id = self.office.pk
            row._state.fields_cache["office"] = self.office
        if parsed.unverified:
            setattr(row, UNVERIFIED, [problem.column for problem in parsed.unverified])
        row.import_row = parsed.number
        return Write(parsed, row, None)

    def _row_of(self, values: dict[str, Any]) -> Any:
        """A new row with these values. Django's own way takes ten times as long: it asks for each field in turn."""
        row = self.sheet.model.__new__(self.sheet.model)
        held = vars(row)
        held.update(self._blank, _state=ModelState())
        for each in self._with_fresh_default:
            held[each.attname] = each.get_default()
        for name, value in values.items():
            if name in self._attributes:
                held[self._attributes[name]] = value
            else:
                setattr(row, name, value)
        return row

    def _doubts(self, parsed: Parsed) -> list[Problem]:
        return parsed.doubts if self.accepts_unverified else parsed.doubts + parsed.unverified

    def _changed(self, parsed: Parsed, row: Any) -> Write | None:
        sheet, present = self.sheet, self._present(row)
        new = {
            name: value
            for name, value in parsed.values.items()
            if not sheet.by_name[name].same(present[name], value)
            and not (name in sheet.natural_key and _same_text(present[name], value))
        }
        if doubts := [doubt for doubt in self._doubts(parsed) if doubt.column in new]:
            raise BadRow(doubts)
        if not new:
            return None
        if self.import_id is not None and row.import_id == self.import_id:  # an earlier run of this import changed it
            raise BadRow([self._second_change(row.import_row)])
        if self._is_newer(row):
            raise BadRow([Problem("", "", _("Somebody changed this record after the preview; import this row again."))])
        values = sheet.check({**present, **new}, self.context)
        fields = [name for name, value in values.items() if name not in present or present[name] != value]
        if not fields:
            return None
        self._set(row, {name: values[name] for name in fields})
        if self._mark(parsed, row, new):
            fields.append(UNVERIFIED)
        row.import_row = parsed.number
        return Write(parsed, row, fields)

    def _is_newer(self, row: Any) -> bool:
        return self.seen_at is not None and row.updated_at > self.seen_at

    def _mark(self, parsed: Parsed, row: Any, new: dict[str, Any]) -> bool:
        """Keep the marks of unverified values in step with the values; whether any changed."""
        if not self.sheet.marks_unverified:
            return False
        unverified = {problem.column for problem in parsed.unverified if problem.column in new}
        marks = sorted({mark for mark in getattr(row, UNVERIFIED) if mark not in new} | unverified)
        if marks == sorted(getattr(row, UNVERIFIED)):
            return False
        setattr(row, UNVERIFIED, marks)
        return True

    def _present(self, row: Any) -> dict[str, Any]:
        return {name: self.sheet.value_of(row, column) for name, column in self.sheet.by_name.items()}

    def _set(self, row: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, self._attributes.get(name, name), value)

    def _second_change(self, first: int) -> Problem:
        reason = _("Row %(row)s changes the same record; import this row again afterwards.")
        return Problem("", "", reason % {"row": place_of(first, self.sheets_read)})

    # Writing -------------------------------------------------------------------------------------

    def _write(self, writes: list[Write], outcome: Outcome) -> None:
        for write in writes:
            write.remember()
        self._write_by_halves(writes, outcome)

    def _write_by_halves(self, writes: list[Write], outcome: Outcome) -> None:
        """All at once; if the database refuses, by halves, until the rows that it refuses stand alone."""
        if not writes:
            return
        try:
            with transaction.atomic():
                self._write_all(writes)
        except (IntegrityError, DataError, ValidationError) as error:
            refused = [write.again() for write in writes]
            if isinstance(error, IntegrityError) and (overtaken := self._overtaken(refused)):
                self._write_after_others(refused, overtaken, outcome)
            elif len(refused) == 1:
                outcome.refuse(refused[0].number, self._explain(refused[0], error))
            else:
                middle = len(refused) // 2
                self._write_by_halves(refused[:middle], outcome)
                self._write_by_halves(refused[middle:], outcome)
            return
        outcome.created += sum(write.fields is None for write in writes)
        outcome.updated += sum(write.fields is not None for write in writes)

    def _overtaken(self, writes: list[Write]) -> dict[Key, Found]:
        """Records that somebody else, another import of the same file perhaps, has written meanwhile for new rows."""
        return self._existing([write.parsed for write in writes if write.fields is None], locks=True)

    def _write_after_others(self, writes: list[Write], overtaken: dict[Key, Found], outcome: Outcome) -> None:
        """What would have been new is compared with the records that are there by now."""
        left, late = [], []
        for write in writes:
            found = overtaken.get(write.parsed.key) if write.fields is None else None
            if found is None:
                left.append(write)
            elif again := self._decide(write.parsed, found, outcome):
                late.append(again)
        late = self._one_each(late, outcome)
        for write in late:
            write.remember()
        self._write_by_halves(sorted(left + late, key=lambda write: write.number), outcome)

    def _write_all(self, writes: list[Write]) -> None:
        added = [write.row for write in writes if write.fields is None]
        changed = [write for write in writes if write.fields is not None]
        fields = sorted({name for write in changed for name in write.fields or ()})
        rows = [write.row for write in changed]
        self._precede(added)
        records.bulk_add(added, by=self.by, import_id=self.import_id)
        records.bulk_change(rows, fields, by=self.by, reason=self.reason, import_id=self.import_id)
        self._follow(added, rows)
        if self.import_id is not None:
            records.note_import([*added, *rows])

    def _precede(self, added: list[Any]) -> None:
        self.sheet.before_write(added)

    def _follow(self, added: list[Any], changed: list[Any]) -> None:
        self.sheet.after_write(added, changed, by=self.by, import_id=self.import_id)

    def _explain(self, write: Write, error: Exception) -> list[Problem]:
        values = self._present(write.row)
        if isinstance(error, ValidationError):
            return self.sheet.problems_of(error, values)
        try:
            write.row.validate_constraints()
        except ValidationError as violation:
            return self.sheet.problems_of(violation, values)
        return [Problem("", "", _("The database refused this row: it contradicts another record."))]


def _columns_of(chunk: Sequence[FileRow], names: Iterable[str]) -> dict[str, list[Any]]:
    """The cells column by column; all rows of a file have the same columns."""
    held = chunk[0].cells if chunk else {}
    return {name: [row.cells[name] for row in chunk] for name in names if name in held}


def _same_text(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and match_text(one) == match_text(other)
