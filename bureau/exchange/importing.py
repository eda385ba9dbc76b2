"""From parsed rows to records: a chunk at a time, good rows kept, bad rows returned with their reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bureau import records
from bureau.exchange.cells import text_of
from bureau.exchange.context import Context
from bureau.exchange.layout import FileRow
from bureau.exchange.sheets import BadRow, Problem, Sheet
from bureau.models import Office, Staff
from bureau.texts import match_text, narrow

CHUNK = 500

Key = tuple[Any, ...]


class RowError(NamedTuple):
    """``row``: Excel's row number; ``column``: the column's name, "" for the whole row."""

    row: int
    column: str
    value: str
    reason: str


@dataclass
class Outcome:
    """What became of some rows; a failed row counts once, however many of its cells are wrong."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    errors: list[RowError] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNTS}

    def refuse(self, number: int, problems: Iterable[Problem]) -> None:
        self.failed += 1
        self.errors += [RowError(number, *problem) for problem in problems]


COUNTS = ("rows", "created", "updated", "unchanged", "failed")


@dataclass
class Parsed:
    """A row whose cells could be read; ``doubts`` stand unless the record has these values already.

    ``written``: the texts of the key columns as they stand in the file.
    """

    number: int
    values: dict[str, Any]
    doubts: list[Problem]
    key: Key
    written: dict[str, str]


class Found(NamedTuple):
    row: Any
    is_editable: bool
    is_visible: bool


@dataclass
class Write:
    """A record to be written; ``fields`` names what changes, None for a new one."""

    number: int
    row: Any
    fields: list[str] | None
    before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.before = {name: value for name, value in vars(self.row).items() if name != "_state"}

    def again(self) -> "Write":
        """As it was before an attempt that the database took back: a new row has no key, a changed one its version."""
        state = self.row._state
        vars(self.row).clear()
        vars(self.row).update(self.before, _state=state)
        state.adding = self.fields is None
        return self


def in_chunks(rows: Iterator[FileRow]) -> Iterator[list[FileRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


class Importer:
    """Takes the rows of one file for one office. ``dry_run`` does everything and takes it back.

    Importing the same rows again changes nothing, so an import that broke off may simply be repeated.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        office: Office,
        by: Staff | None,
        import_id: int | None = None,
        dry_run: bool = False,
        reason: str = "",
    ) -> None:
        self.sheet, self.office, self.by = sheet, office, by
        self.import_id, self.dry_run, self.reason = import_id, dry_run, reason
        self.context = Context(office)
        self._seen: dict[Key, int] = {}

    def pass_over(self, chunk: Sequence[FileRow]) -> None:
        """Note the keys of rows that an earlier run has taken, so that a later double is still found."""
        names = set(self.sheet.natural_key)
        for number, cells in chunk:
            values, _problems, _doubts = self.sheet.parse({k: v for k, v in cells.items() if k in names}, self.context)
            if key := self.sheet.key_of(values):
                self._seen.setdefault(key, number)

    def take(self, chunk: Sequence[FileRow]) -> Outcome:
        """Write the good rows of a chunk in one transaction, and say what became of each."""
        outcome = Outcome(rows=len(chunk))
        parsed = self._parse(chunk, outcome)
        with transaction.atomic():
            existing = self._existing(parsed)
            writes = [write for row in parsed if (write := self._decide(row, existing.get(row.key), outcome))]
            writes = self._one_each(writes, outcome)
            self._write(writes, outcome)
            if self.dry_run:
                transaction.set_rollback(True)
        outcome.errors.sort(key=lambda error: error.row)
        return outcome

    # Reading -------------------------------------------------------------------------------------

    def _parse(self, chunk: Sequence[FileRow], outcome: Outcome) -> list[Parsed]:
        sheet, good = self.sheet, []
        for column in sheet.columns:
            column.prepare([row.cells[column.name] for row in chunk if column.name in row.cells], self.context)
        for number, cells in chunk:
            values, problems, doubts = sheet.parse(cells, self.context)
            key = sheet.key_of(values)
            if key is not None:
                first = self._seen.setdefault(key, number)
                if first != number:
                    problems.append(self._double(values, first))
            if problems:
                outcome.refuse(number, problems + doubts)
            elif key is not None:
                written = {name: text_of(cells.get(name)) for name in sheet.natural_key}
                good.append(Parsed(number, values, doubts, key, written))
        return good

    def _double(self, values: dict[str, Any], first: int) -> Problem:
        name = self.sheet.natural_key[-1]
        return self.sheet.problem(
            name, values, _("Row %(row)s of this file has the same number already.") % {"row": first}
        )

    # Finding -------------------------------------------------------------------------------------

    def _existing(self, parsed: Sequence[Parsed]) -> dict[Key, Found]:
        """The records with the keys of these rows, and what this office may do with them: few queries a chunk."""
        found = self._find(parsed)
        found |= self._renewed([row for row in parsed if row.key not in found])
        rows = self.sheet.model._default_manager.filter(pk__in=[row.pk for row in found.values()])
        editable = set(self.context.editable(rows).values_list("pk", flat=True))
        visible = editable
        if len(editable) < len({row.pk for row in found.values()}):
            visible = editable | set(self.context.visible(rows).values_list("pk", flat=True))
        return {key: Found(row, row.pk in editable, row.pk in visible) for key, row in found.items()}

    def _renewed(self, parsed: Sequence[Parsed]) -> dict[Key, Any]:
        """Records that stand under the former number of rows whose own number is new."""
        before: dict[Key, Key] = {}
        earlier = []
        for row in parsed:
            if any(row.values.get(name) for name in self.sheet.former.values()):
                values = {**row.values, **{name: row.values.get(old) for name, old in self.sheet.former.items()}}
                key = self.sheet.key_of(values)
                if key is not None:
                    before[row.key] = key
                    earlier.append(
                        replace(row, key=key, values=values, written={n: str(values[n]) for n in row.written})
                    )
        found = self._find(earlier)
        return {key: found[old] for key, old in before.items() if old in found}

    def _find(self, parsed: Sequence[Parsed]) -> dict[Key, Any]:
        if not parsed:
            return {}
        wanted = {row.key for row in parsed}
        exact = {tuple(row.values[name] for name in self.sheet.natural_key) for row in parsed}
        rows = self.sheet.rows().filter(self._with_keys(parsed)).select_for_update()
        found: dict[Key, Any] = {}
        for row in rows:
            key = self._key_of_record(row)
            # Where two records differ in width only, the one that is written exactly so is meant.
            if key in wanted and (key not in found or self._plain_key(row) in exact):
                found[key] = row
        return found

    def _with_keys(self, parsed: Sequence[Parsed]) -> Q:
        """A little more than the wanted records: every part among the values of the chunk, texts in any width."""
        condition = Q()
        for name in self.sheet.natural_key:
            values = {form for row in parsed for form in _forms(row.values[name], row.written[name])}
            condition &= Q(**{f"{self.sheet.by_name[name].attribute}__in": values})
        return condition

    def _key_of_record(self, row: Any) -> Key | None:
        return self.sheet.key_of(dict(zip(self.sheet.natural_key, self._plain_key(row), strict=True)))

    def _plain_key(self, row: Any) -> Key:
        return tuple(self.sheet.value_of(row, self.sheet.by_name[name]) for name in self.sheet.natural_key)

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
            return None
        outcome.unchanged += write is None
        return write

    def _one_each(self, writes: list[Write], outcome: Outcome) -> list[Write]:
        """A record and its renewal in one chunk would overwrite each other: the later row waits for the next import."""
        taken: dict[Any, int] = {}
        kept = []
        for write in writes:
            first = taken.setdefault(write.row.pk or ("new", write.number), write.number)
            if first == write.number:
                kept.append(write)
                continue
            reason = _("Row %(row)s changes the same record; import this row again afterwards.") % {"row": first}
            outcome.refuse(write.number, [Problem("", "", reason)])
        return kept

    def _taken(self, parsed: Parsed) -> Problem:
        """The same words whether the office sees the record or not: they tell nothing of it."""
        name = self.sheet.natural_key[-1]
        return self.sheet.problem(name, parsed.values, _("This number is already on record, and not with this office."))

    def _new(self, parsed: Parsed) -> Write:
        if parsed.doubts:
            raise BadRow(parsed.doubts)
        values = {**self._own_place(), **parsed.values}
        row: Any = self.sheet.model()
        present = {name: getattr(row, column.attribute) for name, column in self.sheet.by_name.items()}
        values = self.sheet.check({**present, **values}, self.context)
        self._set(row, values)
        if self.sheet.has_field("office"):
            row.office = self.office
        row.import_row = parsed.number
        return Write(parsed.number, row, None)

    def _own_place(self) -> dict[str, Any]:
        return {"region": self.office.region_id} if self.sheet.has_field("region") else {}

    def _changed(self, parsed: Parsed, row: Any) -> Write | None:
        sheet = self.sheet
        present = {name: sheet.value_of(row, column) for name, column in sheet.by_name.items()}
        new = {
            name: value
            for name, value in parsed.values.items()
            if not sheet.by_name[name].same(present[name], value)
            and not (name in sheet.natural_key and _same_text(present[name], value))
        }
        if doubts := [doubt for doubt in parsed.doubts if doubt.column in new]:
            raise BadRow(doubts)
        if not new:
            return None
        values = sheet.check({**present, **new}, self.context)
        fields = [name for name, value in values.items() if name not in present or present[name] != value]
        if not fields:
            return None
        self._set(row, {name: values[name] for name in fields})
        row.import_row = parsed.number
        return Write(parsed.number, row, fields)

    def _set(self, row: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            column = self.sheet.by_name.get(name)
            setattr(row, column.attribute if column else name, value)

    # Writing -------------------------------------------------------------------------------------

    def _write(self, writes: list[Write], outcome: Outcome) -> None:
        """All at once; if the database refuses, by halves, until the rows that it refuses stand alone."""
        if not writes:
            return
        try:
            with transaction.atomic():
                self._write_all(writes)
        except (IntegrityError, DataError, ValidationError) as error:
            if len(writes) == 1:
                outcome.refuse(writes[0].number, self._explain(writes[0], error))
                return
            middle = len(writes) // 2
            for half in (writes[:middle], writes[middle:]):
                self._write([write.again() for write in half], outcome)
            return
        outcome.created += sum(write.fields is None for write in writes)
        outcome.updated += sum(write.fields is not None for write in writes)

    def _write_all(self, writes: list[Write]) -> None:
        added = [write.row for write in writes if write.fields is None]
        changed = [write for write in writes if write.fields is not None]
        fields = sorted({name for write in changed for name in write.fields or ()})
        rows = [write.row for write in changed]
        records.bulk_add(added, by=self.by, import_id=self.import_id)
        records.bulk_change(rows, fields, by=self.by, reason=self.reason, import_id=self.import_id)
        self.sheet.after_write(added, rows, by=self.by, import_id=self.import_id)

    def _explain(self, write: Write, error: Exception) -> list[Problem]:
        values = {name: self.sheet.value_of(write.row, column) for name, column in self.sheet.by_name.items()}
        if isinstance(error, ValidationError):
            return self.sheet.problems_of(error, values)
        try:
            write.row.validate_constraints()
        except ValidationError as violation:
            return self.sheet.problems_of(violation, values)
        return [Problem("", "", _("The database refused this row: it contradicts another record."))]


def _forms(value: Any, written: str) -> set[Any]:
    """The texts in which a key may have been entered by hand."""
    if not isinstance(value, str):
        return {value}
    wide_brackets = narrow(value).translate(str.maketrans("()", "（）"))
    return {value, written, narrow(value), wide_brackets, match_text(value), "".join(narrow(value).split())}


def _same_text(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and match_text(one) == match_text(other)
