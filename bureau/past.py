"""Rows as they were when a year was frozen: told from later ones by keys, and put into shadow tables.

No row is copied when a year is frozen. ``marks`` keeps of each model the last key and the last line of its history;
what came after these is later, whatever the clocks say. A row that changed since has its former values in its history,
one that did not has them still, and what follows from rows (``Derivation``) is derived again. The tables of a ``Past``
hold just the rows that are brought; see ``bureau.whatif`` for how they stand before the real ones.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Max, Min, Model, Q, QuerySet

from bureau.models import Tracked
from bureau.whatif import BATCH, Shadowing

Key = int
# By the label of a model its last key and its last line of the history.
Marks = Mapping[str, Sequence[int]]


def marks_of(models: Iterable[type[Tracked]]) -> dict[str, list[int]]:
    return {model._meta.label: [_last(model._default_manager, "pk"), _last(_lines(model), "pk")] for model in models}


def _last(rows: Any, name: str) -> int:
    return int(rows.order_by().aggregate(last=Max(name))["last"] or 0)


def _lines(model: Any) -> QuerySet:
    return model.history.model._default_manager.order_by()


def batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    every = sorted(keys)
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]


class Changes:
    """Which rows that were there at the marks changed since, and by which line of their history they were told then."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._known: dict[Any, dict[Key, int]] = {}

    def last_key(self, model: Any) -> int:
        """Of a kind of rows that came into being later all are new."""
        return self._marks.get(model._meta.label, (0, 0))[0]

    def last_line(self, model: Any) -> int:
        return self._marks.get(model._meta.label, (0, 0))[1]

    def lines(self, model: Any) -> dict[Key, int]:
        """By the key of each row that changed since the line with its values as they were.

        A row that was added in bulk gets its first line only when it changes: the earliest later one.
        """
        if model not in self._known:
            self._known[model] = self._read(model)
        return self._known[model]

    def _read(self, model: Any) -> dict[Key, int]:
        last_key, last_line = self.last_key(model), self.last_line(model)
        lines, key = _lines(model), model._meta.pk.attname
        later = lines.filter(pk__gt=last_line, **{f"{key}__lte": last_key})
        found = dict(later.values(key).annotate(line=Min("pk")).values_list(key, "line"))
        for keys in batches(found):
            before = lines.filter(pk__lte=last_line, **{f"{key}__among": keys})
            found.update(before.values(key).annotate(line=Max("pk")).values_list(key, "line"))
        return found

    def differing(self, model: Any, names: Iterable[str]) -> set[Key]:
        """The rows of which one of these fields is another now; fields that no history keeps are not asked."""
        kept = {field.attname for field in model.history.model.tracked_fields}
        asked = sorted({*names} & kept - {model._meta.pk.attname})
        if not asked:
            return set()
        lines, found = self.lines(model), set()
        for keys in batches(lines):
            present = _values(model._default_manager.filter(pk__among=keys), "pk", asked)
            former = _values(_lines(model).filter(pk__among=[lines[key] for key in keys]), "id", asked)
            found |= {key for key in keys if present.get(key) != former.get(key)}
        return found

    def pointing(self, model: Any, name: str, keys: Iterable[Key]) -> set[Key]:
        """The rows, of those that were there, that point to one of these by this field, now or then."""
        found: set[Key] = set()
        changed = list(self.lines(model).values())
        for some in batches(keys):
            rows = model._default_manager.order_by().filter(pk__lte=self.last_key(model), **{f"{name}__among": some})
            found.update(rows.values_list("pk", flat=True))
        wanted = set(keys)
        for lines in batches(changed):
            former = _lines(model).filter(pk__among=lines).values_list(model._meta.pk.attname, name)
            found.update(key for key, target in former if target in wanted)
        return found

    def pointed(self, model: Any, name: str, keys: Iterable[Key]) -> set[Key]:
        """What these rows point to by this field, now and then."""
        keys, found, lines = set(keys), set(), self.lines(model)
        for some in batches(keys):
            found.update(model._default_manager.filter(pk__among=some).values_list(name, flat=True))
        for some in batches(lines[key] for key in keys & lines.keys()):
            found.update(_lines(model).filter(pk__among=some).values_list(name, flat=True))
        return found - {None}


def _values(rows: QuerySet, key: str, names: Sequence[str]) -> dict[Key, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in rows.order_by().values_list(key, *names)}


class Derivation:
    """What follows from rows of ``owner`` and of ``sources``, and is kept in no history.

    ``tables`` hold only what follows, ``fields`` are those of tracked rows: by model the field that points to the
    owner. ``sources``: by model that field ("pk" for the owner itself) and the fields that decide.
    """

    owner: ClassVar[Any]
    tables: ClassVar[Mapping[Any, str]] = {}
    fields: ClassVar[Mapping[Any, str]] = {}
    sources: ClassVar[Mapping[Any, tuple[str, tuple[str, ...]]]]

    def matters(self, model: Any, last: date) -> Q:
        """Which new rows of a source can change what follows for days up to ``last``."""
        return Q()

    def derive(self, owners: Sequence[Key], former: "FormerValues") -> None:
        """Write what follows for these owners, from the rows in sight, which all their sources are."""
        raise NotImplementedError


# Of a model, by key, the values of its fields in every version up to the marks, the oldest first.
FormerValues = Callable[[Any, Sequence[Key], Sequence[str]], Mapping[Key, list[tuple[Any, ...]]]]
# Gives by model the keys of rows that merges moved, changed or voided, or put back, since a moment.
MergeFinder = Callable[[datetime], Mapping[Any, set[Key]]]
_derivations: list[Derivation] = []
_merge_finders: list[MergeFinder] = []


def register(derivation: type[Derivation]) -> type[Derivation]:
    _derivations.append(derivation())
    return derivation


def register_merges(finder: MergeFinder) -> MergeFinder:
    _merge_finders.append(finder)
    return finder


def derivations() -> list[Derivation]:
    return list(_derivations)


def derivation_of(model: Any) -> Derivation | None:
    """That of a table that holds only what follows."""
    return next((each for each in _derivations if model in each.tables), None)


def derivation_into(model: Any, names: Iterable[str]) -> Derivation | None:
    """That of fields of tracked rows, if one of these is derived."""
    if {*names}.isdisjoint(getattr(model, "DERIVED", ())):
        return None
    return next((each for each in _derivations if model in each.fields), None)


def merged_since(at: datetime) -> dict[Any, set[Key]]:
    found: dict[Any, set[Key]] = {}
    for finder in _merge_finders:
        for model, keys in finder(at).items():
            found.setdefault(model, set()).update(keys)
    return found


class Past(Shadowing):
    """Shadows the tables of models and holds the rows that are brought as they were; then nothing is left."""

    def __init__(self, models: Iterable[type[Model]], changes: Changes) -> None:
        super().__init__(models)
        self.changes = changes
        self._brought: dict[Any, set[Key]] = {model: set() for model in self._shadowed}
        self._derived: dict[Derivation, set[Key]] = {}

    def bring(self, model: Any, keys: Iterable[Key]) -> list[Key]:
        """Put tracked rows in sight as they were; gives the keys of those that are new there."""
        last, lines = self.changes.last_key(model), self.changes.lines(model)
        new = {key for key in keys if key <= last} - self._brought[model]
        self._brought[model] |= new
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        kept = {field.attname for field in model.history.model.tracked_fields}
        quote = self._tables.quote
        real, history = (self._tables.name(self._tables.real, each) for each in (model, model.history.model))
        as_is = {field.column: quote(field.column) for field in fields}
        former = {
            field.column: f"{'former' if field.attname in kept else 'present'}.{quote(field.column)}"
            for field in fields
        }
        key, line = quote(model._meta.pk.column), quote(model.history.model._meta.pk.column)
        for some in batches(new - lines.keys()):
            self._tables.insert(model, as_is, f"{real} WHERE {key}", some)
        joined = f"{history} AS former JOIN {real} AS present ON present.{key} = former.{key} WHERE former.{line}"
        for some in batches(lines[key] for key in new & lines.keys()):
            self._tables.insert(model, former, joined, some)
        return sorted(new)

    def derive(self, derivation: Derivation, owners: Iterable[Key]) -> None:
        """Have what follows from these owners in sight; they and their sources are brought for it."""
        derived = self._derived.setdefault(derivation, set())
        new = {key for key in owners if key <= self.changes.last_key(derivation.owner)} - derived
        derived |= new
        self.bring(derivation.owner, new)
        for model, (name, _fields) in derivation.sources.items():
            if model is not derivation.owner:
                self.bring(model, self.changes.pointing(model, name, new))
        with self.active():
            for some in batches(new):
                derivation.derive(some, self.former_values)

    def former_values(self, model: Any, keys: Sequence[Key], names: Sequence[str]) -> dict[Key, list[tuple[Any, ...]]]:
        """As ``FormerValues``; of rows that were brought."""
        found: dict[Key, list[tuple[Any, ...]]] = {key: [] for key in keys}
        lines = _lines(model).filter(id__among=keys, pk__lte=self.changes.last_line(model))
        for key, *values in lines.order_by("pk").values_list("id", *names):
            found[key].append(tuple(values))
        for key, *values in model._default_manager.filter(pk__among=keys).values_list("pk", *names):
            found[key].append(tuple(values))
        return found
