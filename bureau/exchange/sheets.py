"""A sheet: one class that serves template, import, export and the records of the JSON interface."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from bureau.exchange import constraints
from bureau.exchange.cells import shown
from bureau.exchange.columns.base import KEEP, CellError, Column, Doubt, Unverified
from bureau.exchange.context import Context, Lookups
from bureau.models import Staff
from bureau.models.record import NOT_VOIDED
from bureau.models.region import subtree_q
from bureau.scoping import region_path
from bureau.texts import match_text

# Marks of the template that are no part of a heading, and brackets in either width.
_NO_PART_OF_A_HEADING = str.maketrans("", "", "*:()[]【】〔〕")


class Problem(NamedTuple):
    """Why a row cannot be taken; ``column`` is the name of the column, "" if it is about the whole row."""

    column: str
    value: str
    reason: str


class BadRow(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.reason for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Reading:
    """A row as it was read: values by column name, and what is wrong.

    ``doubts`` are wrong unless the record has the value already, ``unverified`` also unless the clerk accepts them.
    """

    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    unverified: list[Problem] = field(default_factory=list)

    def note(self, name: str, raw: Any, error: CellError) -> None:
        problem = Problem(name, shown(raw), error.reason)
        if isinstance(error, Doubt | Unverified):
            self.values[name] = error.value
            (self.doubts if isinstance(error, Doubt) else self.unverified).append(problem)
        else:
            del self.values[name]
            self.problems.append(problem)


class Sheet:
    """Columns of one model, in the order of the template.

    ``natural_key`` names the columns by which a row finds its record. ``clean_row`` is the place for defaults and
    rules over several columns, as a pure function of the values; the model's check constraints apply by themselves.
    """

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    model: ClassVar[type[Model]]
    columns: ClassVar[Sequence[Column]] = ()
    natural_key: ClassVar[tuple[str, ...]] = ()
    # A part of the key that is renewed → the column that holds its value before: such a row finds its record by that.
    former: ClassVar[Mapping[str, str]] = {}
    # The column of the record that a row is a part of, where ``after_write`` changes that record as well.
    part_of: ClassVar[str] = ""
    # What is called around a write changes records of other kinds: where an import is only tried, it is left out.
    follows_beyond: ClassVar[bool] = False
    # Files with a column per month: the column of the month and that of the value beneath it.
    months: ClassVar[tuple[str, str] | None] = None
    # A subclass of ``finding.Finder`` where a record is found by more than its key.
    finder: ClassVar[Any] = None
    # Rows with the highest number first would turn the file around.
    order: ClassVar[tuple[str, ...]] = ("pk",)

    def __init__(self) -> None:
        for column in self.columns:
            column.bind(self.model)
        self.by_name = {column.name: column for column in self.columns}
        self.headings = self._headings()
        self.required = [column for column in self.columns if column.required]
        self._parse_order = sorted(self.columns, key=lambda column: bool(column.after))
        self._with_check = [column for column in self.columns if type(column).check is not Column.check]
        self._rules = constraints.rules_of(self.model)
        self.marks_unverified = self.has_field("unverified")
        blank = self.model()
        self._defaults = {column.name: self.value_of(blank, column) for column in self.columns}

    def _headings(self) -> dict[str, Column]:
        found: dict[str, Column] = {}
        for column in self.columns:
            for text in column.headings:
                if found.setdefault(heading(text), column) is not column:
                    raise ValueError(f"Sheet {self.key!r}: the heading {text!r} stands for two columns.")
        return found

    @property
    def whole(self) -> type[Model]:
        """The model whose rows, with all their parts, a write may change."""
        return self.by_name[self.part_of].field.related_model if self.part_of else self.model

    # For a sheet to override ---------------------------------------------------------------------

    def rows(self) -> QuerySet:
        """The records that this sheet is about, voided ones left out."""
        return self.model._default_manager.filter(NOT_VOIDED)

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        """Fill in defaults and hold the rules over several columns; ``values`` are by column name, relations by key.

        Columns that neither the file nor the record has are missing. Raises ``ValidationError``, by column if possible.
        """
        return values

    def before_write(self, added: Sequence[Any]) -> None:
        """Set on new rows what follows from others, in the transaction that writes them; otherwise as ``after_write``,
        which is called then, too."""

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        """Keep rows that follow from these up to date, in the same transaction; ``ValidationError`` refuses a row."""

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        """The same after an import was taken back: the rows that it created are voided, the others as they were before.

        What ``after_write`` wrote for them with the import's number is back as well. ``ValidationError`` keeps a row.
        """

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        """For each row, not saved yet, why ``after_write`` would refuse it; asks few queries and writes nothing."""
        return [None] * len(rows)

    # What the importer and an interface for JSON do with a row ------------------------------------

    def column_for(self, text: str) -> Column | None:
        return self.headings.get(heading(text))

    def parse_all(self, raws: Mapping[str, Sequence[Any]], context: Context) -> list[Reading]:
        """Rows given as columns of cells, by column name; a missing column leaves the record's value untouched."""
        present = [column for column in self._parse_order if column.name in raws]
        context.columns = {}
        for column in present:
            cells = raws[column.name]
            column.prepare(cells, context)
            context.columns[column.name] = column.read_all(cells, context)
        names = list(context.columns)
        readings = [
            Reading(dict(zip(names, values, strict=True))) for values in zip(*context.columns.values(), strict=True)
        ]
        for name, column_values in context.columns.items():
            for place, value in enumerate(column_values):
                if value is KEEP:
                    del readings[place].values[name]
                elif isinstance(value, CellError):
                    readings[place].note(name, raws[name][place], value)
        return readings

    def check(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        """Defaults filled in and all row rules held, or ``BadRow``; asks the database nothing."""
        problems = []
        for column in self._with_check:
            try:
                column.check(values, context)
            except CellError as error:
                problems.append(self.problem(column.name, values, error.reason))
        try:
            values = self.clean_row(values, context)
        except ValidationError as error:
            problems += self.problems_of(error, values)
        if None in values.values():
            problems += [
                self.problem(column.name, values, _("This cell must not be empty."))
                for column in self.columns
                if not column.field.null and values.get(column.name, KEEP) is None
            ]
        for rule in self._rules:
            if values.keys() >= rule.needs and rule.holds(values) is False:
                problems.append(self.problem(rule.names[0], values, rule.sentence))
        if problems:
            raise BadRow(problems)
        return values

    def validate(self, raw: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """One row of raw cells by column name, as values for the model; raises ``BadRow``."""
        reading = self.parse_all({column.name: [raw.get(column.name)] for column in self.columns}, context)[0]
        if problems := reading.problems + reading.doubts + reading.unverified:
            raise BadRow(problems)
        return self.check({**self.initial(context), **reading.values}, context)

    def initial(self, context: Context) -> dict[str, Any]:
        """What a new record has where its row says nothing: the model's defaults, and the region of the office."""
        own_place = {"region": context.office.region_id} if self.has_field("region") else {}
        return {**self._defaults, **own_place}

    def problem(self, name: str, values: Mapping[str, Any], reason: Any) -> Problem:
        return Problem(name if name in self.by_name else "", shown(values.get(name)), str(reason))

    def problems_of(self, error: ValidationError, values: Mapping[str, Any]) -> list[Problem]:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        return [self.problem(name, values, reason) for name, reasons in by_field.items() for reason in reasons]

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The natural key in the form in which keys are compared; None if a part is missing."""
        parts = [values.get(name) for name in self.natural_key]
        if any(part is None or part == "" for part in parts):
            return None
        return tuple(match_text(part) if isinstance(part, str) else part for part in parts)

    def value_of(self, row: Any, column: Column) -> Any:
        return getattr(row, column.attribute)

    def render(self, rows: Sequence[Any], lookups: Lookups) -> Iterator[tuple[Any, ...]]:
        """Cells of records, in the order of the columns."""
        return self.render_values([[self.value_of(row, column) for row in rows] for column in self.columns], lookups)

    def render_values(self, values: Sequence[Sequence[Any]], lookups: Lookups) -> Iterator[tuple[Any, ...]]:
        """Cells row by row, of values that are given column by column."""
        cells = [column.render_all(of_one, lookups) for column, of_one in zip(self.columns, values, strict=True)]
        return zip(*cells, strict=True)

    def in_region(self, rows: QuerySet, code: str) -> QuerySet:
        return rows.filter(subtree_q(code, region_path(self.model)))

    def has_field(self, name: str) -> bool:
        try:
            self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def permission(self, action: str) -> str:
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"


def heading(text: Any) -> str:
    """The form in which headings are compared: without width, case, blanks, brackets and the mark of "required"."""
    return match_text(str(text)).translate(_NO_PART_OF_A_HEADING)


_sheets: dict[str, Sheet] = {}


def register(sheet_class: type[Sheet]) -> type[Sheet]:
    """Check the declaration and make the sheet known under its key."""
    name = sheet_class.__name__
    if not (sheet_class.key and sheet_class.label and sheet_class.columns and sheet_class.natural_key):
        raise ValueError(f"{name} needs a key, a label, columns and a natural key.")
    if sheet_class.key in _sheets:
        raise ValueError(f"Sheet {sheet_class.key!r} is registered twice.")
    sheet = sheet_class()
    if unknown := set(sheet.natural_key) - sheet.by_name.keys():
        raise ValueError(f"{name}: no column {sorted(unknown)[0]!r}.")
    _sheets[sheet.key] = sheet
    return sheet_class


def all_sheets() -> list[Sheet]:
    return list(_sheets.values())


def get_sheet(key: str) -> Sheet:
    """Raises ``KeyError``."""
    return _sheets[key]


def find_sheet(key: str) -> Sheet | None:
    """None for a kind that no longer exists: old imports outlive their code."""
    return _sheets.get(key)
