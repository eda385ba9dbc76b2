"""A column of a sheet: how a cell becomes a value, and a value a cell. Each kind of value has a file of its own.

``parse(raw, context)`` returns the value or raises ``CellError`` with a sentence for the clerk; ``render(value)``
returns the cell, so that parsing it gives the value again. Labels, lengths, choices and "required" come from the
model's field unless the column states its own. A cell that is understood by more than reading it is told to
``context.interpreted``; what may mean two things is an error.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from bureau.exchange.cells import BrokenCell, WithUnit, is_blank

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

# What a blank cell means where the model can hold no blank: leave the value that is there, or the default.
KEEP: Any = object()
LANGUAGES = ("zh-hans", "en")
# Of each column and type of cell; texts that are longer hardly come twice.
REMEMBERED, REMEMBERED_LENGTH = 5000, 200


class CellError(Exception):
    """Why a cell cannot be taken, as a sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = str(reason)


class Doubt(CellError):
    """A cell that is refused unless the record already has exactly this value."""

    def __init__(self, reason: Any, value: Any) -> None:
        super().__init__(reason)
        self.value = value


class Unverified(CellError):
    """A cell that is refused unless the clerk accepts unverified values for this file; then it is kept and marked."""

    def __init__(self, reason: Any, value: Any) -> None:
        super().__init__(reason)
        self.value = value


def spellings(text: Any) -> list[str]:
    """A lazy text in every language of the system."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(text))
    return found


class Column:
    """One column. ``name`` is the model's field; ``after`` names a column that must be read before this one."""

    width: ClassVar[int] = 14
    number_format: ClassVar[str] = "General"
    # What the column is counted in; cells and headings may then state any unit of that kind.
    unit: str = ""
    takes_units: ClassVar[bool] = False

    def __init__(
        self,
        name: str,
        *,
        label: Any = None,
        aliases: Sequence[str] = (),
        required: bool | None = None,
        help: Any = "",
        example: str = "",
        after: str = "",
    ) -> None:
        self.name, self.label, self.aliases = name, label, tuple(aliases)
        self._required, self.help, self.example, self.after = required, help, example, after

    def bind(self, model: type[models.Model]) -> None:
        """Take from the model's field what the column does not state; called once, when the sheet is registered."""
        field: Any = model._meta.get_field(self.name)
        self.field = field
        self.attribute: str = field.attname
        self.label = self.label or field.verbose_name
        self.required: bool = not field.blank if self._required is None else self._required
        self.help = self.help or field.help_text

    @property
    def heading(self) -> str:
        """What stands above the column in our own files."""
        return f"{self.label}（{self.unit}）" if self.unit else str(self.label)

    @property
    def headings(self) -> list[str]:
        """Every text that stands for this column in a header."""
        names = [*spellings(self.label), *self.aliases, self.name]
        return [*names, *(f"{name}（{self.unit}）" for name in names if self.unit)]

    @property
    def blank(self) -> Any:
        if self.field.null:
            return None
        return "" if isinstance(self.field, models.CharField | models.TextField) else KEEP

    def read(self, raw: Any, context: "Context") -> Any:
        """The value of a cell; ``KEEP`` or the blank value for an empty one."""
        self.prepare([raw], context)
        [value] = self.read_all([raw], context)
        if isinstance(value, CellError):
            raise value
        return value

    def read_all(self, raws: Sequence[Any], context: "Context") -> list[Any]:
        """The cells of a chunk, ``prepare`` having seen them: values, ``KEEP``, or errors, not raised, in their places.

        Offices repeat themselves: what a cell means is worked out once for every text that occurs.
        """
        memos = context.cache(self)
        kind = _kind if WithUnit in set(map(type, raws)) else type
        for new in set(map(kind, raws)) - memos.keys():
            memos[new] = Memo(lambda raw: self._meaning(raw, context))
        try:
            return [memos[kind(raw)][raw] for raw in raws]
        except TypeError:  # a row of JSON may hold a list, which cannot be remembered
            return [self._meaning(raw, context) for raw in raws]

    def _meaning(self, raw: Any, context: "Context") -> Any:
        """What a cell means by itself, whatever else stands in its row; an error is returned."""
        try:
            cell = raw.raw if isinstance(raw, WithUnit) else raw
            if isinstance(cell, BrokenCell):
                raise CellError(cell.reason)
            if is_blank(cell):
                if self.required:
                    raise CellError(_("This cell must not be empty."))
                return self.blank
            if cell is not raw and not self.takes_units:
                raise CellError(_("This column has no unit; its heading states %(unit)s.") % {"unit": raw.unit})
            return self.parse(raw, context)
        except CellError as error:
            return error

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        """Called with the column's cells of a whole chunk: the place for one query instead of many."""

    def parse(self, raw: Any, context: "Context") -> Any:
        raise NotImplementedError(f"{type(self).__name__} must parse.")

    def check(self, values: dict[str, Any], context: "Context") -> None:
        """Raise ``CellError`` if the value does not go with the row's others (those of the record included)."""

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        """Called with the column's values of a whole chunk before they are rendered."""

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return value

    def render_all(self, values: Sequence[Any], lookups: "Lookups") -> Sequence[Any]:
        """``render`` for a whole chunk of one column; a value that repeats is rendered once."""
        self.prepare_render(values, lookups)
        if type(self).render is Column.render:
            return values
        cells = {value: self.render(value, lookups) for value in set(values)}
        return [cells[value] for value in values]

    def choices(self, context: "Context") -> list[str]:
        """Texts for the drop-down in the template; empty if any value goes."""
        return []

    def rule(self) -> str:
        """What may stand in the column, as a sentence for the template."""
        return ""

    def sample(self, choices: Sequence[str]) -> Any:
        """A cell for the template's example row."""
        return self.example or (choices[0] if choices else "")


class Memo(dict[Any, Any]):
    """Cell → what it means, of cells of one type: 1, 1.0 and True are equal as keys, yet not the same cell."""

    def __init__(self, meaning: Callable[[Any], Any]) -> None:
        super().__init__()
        self.meaning = meaning

    def __missing__(self, raw: Any) -> Any:
        value = self.meaning(raw)
        if not isinstance(raw, str) or len(raw) <= REMEMBERED_LENGTH:
            if len(self) == REMEMBERED:
                self.clear()
            self[raw] = value
        return value


def _kind(raw: Any) -> Any:
    return (WithUnit, type(raw.raw)) if isinstance(raw, WithUnit) else type(raw)
