"""Finding the records that the rows of a file are about, and what an office may do with them: few queries a chunk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Q

from bureau.exchange.context import Context
from bureau.exchange.sheets import Problem, Sheet
from bureau.texts import narrow

Key = tuple[Any, ...]
_WIDE_BRACKETS = str.maketrans("()", "（）")


@dataclass(slots=True)
class Parsed:
    """A row whose cells could be read. ``doubts`` and ``unverified`` stand unless the record has these values already.

    ``written``: the texts of the key columns as they stand in the file.
    """

    number: int
    values: dict[str, Any]
    doubts: list[Problem]
    unverified: list[Problem]
    key: Key
    written: dict[str, str]


class Found(NamedTuple):
    row: Any
    is_editable: bool
    is_visible: bool


class Finder:
    """``locks``: the rows found are to be written in this transaction."""

    def __init__(self, sheet: Sheet, context: Context, *, locks: bool) -> None:
        self.sheet, self.context, self.locks = sheet, context, locks

    def existing(self, parsed: Sequence[Parsed]) -> dict[Key, Found]:
        found = self._find(parsed)
        if self.sheet.former:
            found |= self._renewed([row for row in parsed if row.key not in found])
        if not found:
            return {}
        keys = {row.pk for row in found.values()}
        rows = self.sheet.model._default_manager.filter(pk__among=keys)
        editable = set(self.context.editable(rows).values_list("pk", flat=True))
        visible = editable
        if len(editable) < len(keys):
            visible = editable | set(self.context.visible(rows).values_list("pk", flat=True))
        return {key: Found(row, row.pk in editable, row.pk in visible) for key, row in found.items()}

    def candidates(self, parsed: Sequence[Parsed]) -> set[Any]:
        """The keys of all records that ``existing`` looks at for these rows."""
        rows = [*parsed, *self._under_former_key(parsed).values()]
        return set(self.sheet.rows().filter(self._with_keys(rows)).values_list("pk", flat=True)) if rows else set()

    def _renewed(self, parsed: Sequence[Parsed]) -> dict[Key, Any]:
        """Records that stand under the former number of rows whose own number is new."""
        earlier = self._under_former_key(parsed)
        found = self._find(list(earlier.values()))
        return {key: found[row.key] for key, row in earlier.items() if row.key in found}

    def _under_former_key(self, parsed: Sequence[Parsed]) -> dict[Key, Parsed]:
        """By their own key, the rows that name a former one, as they would stand under that."""
        earlier: dict[Key, Parsed] = {}
        for row in parsed:
            if any(row.values.get(name) for name in self.sheet.former.values()):
                values = {**row.values, **{name: row.values.get(old) for name, old in self.sheet.former.items()}}
                key = self.sheet.key_of(values)
                if key is not None:
                    written = {name: str(values[name]) for name in row.written}
                    earlier[row.key] = replace(row, key=key, values=values, written=written)
        return earlier

    def _find(self, parsed: Sequence[Parsed]) -> dict[Key, Any]:
        if not parsed:
            return {}
        rows = self.sheet.rows().filter(self._with_keys(parsed))
        on_record = list(rows.select_for_update() if self.locks else rows)
        if not on_record:
            return {}
        wanted = {row.key for row in parsed}
        exact = {tuple(row.values[name] for name in self.sheet.natural_key) for row in parsed}
        found: dict[Key, Any] = {}
        for row in on_record:
            key = self._key_of_record(row)
            # Where two records differ in width only, the one that is written exactly so is meant.
            if key in wanted and (key not in found or self._plain_key(row) in exact):
                found[key] = row
        return found

    def _with_keys(self, parsed: Sequence[Parsed]) -> Q:
        """A little more than the wanted records: every part among the values of the chunk, texts in any width."""
        condition = Q()
        for place, name in enumerate(self.sheet.natural_key):
            texts = {(row.values[name], row.written[name], row.key[place]) for row in parsed}
            values = {form for text in texts for form in _forms(*text)}
            condition &= Q(**{f"{self.sheet.by_name[name].attribute}__among": values})
        return condition

    def _key_of_record(self, row: Any) -> Key | None:
        return self.sheet.key_of(dict(zip(self.sheet.natural_key, self._plain_key(row), strict=True)))

    def _plain_key(self, row: Any) -> Key:
        return tuple(self.sheet.value_of(row, self.sheet.by_name[name]) for name in self.sheet.natural_key)


def finder_of(sheet: Sheet, context: Context, *, locks: bool) -> Finder:
    """The sheet's own, if it has one."""
    return (sheet.finder or Finder)(sheet, context, locks=locks)


def _forms(value: Any, written: str, compared: Any) -> set[Any]:
    """The texts in which a key may have been entered by hand; ``compared``: the form of ``Sheet.key_of``."""
    if not isinstance(value, str):
        return {value}
    half = narrow(value)
    return {value, written, half, half.translate(_WIDE_BRACKETS), compared, "".join(half.split())}
