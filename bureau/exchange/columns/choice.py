"""One of a few values, by its label in any language, its code, or an alias."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, Column, spellings
from bureau.texts import match_text

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups


# So many fit into a sentence.
FEW_CHOICES = 20


class ChoiceColumn(Column):
    """One of the field's choices; ``also``: aliases, as ``{code: [alias, …]}``."""

    number_format = "@"

    def __init__(self, name: str, *, also: Mapping[Any, Sequence[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.also = also or {}

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self._labels = dict(self.options())
        self._by_text: dict[str, Any] = {}
        for code, label in self._labels.items():
            self._spell(code, [*spellings(label), str(code)])
        plain = set(self._by_text)
        for code, aliases in self.aliases_of_values():
            self._spell(code, aliases)
        self._by_alias = self._by_text.keys() - plain

    def _spell(self, code: Any, texts: Sequence[str]) -> None:
        for text in texts:
            if self._by_text.setdefault(match_text(text), code) != code:
                raise ValueError(f"Column {self.name}: {text!r} stands for two choices.")

    def options(self) -> Sequence[tuple[Any, Any]]:
        """Values with their labels."""
        return self.field.flatchoices

    def aliases_of_values(self) -> Sequence[tuple[Any, Sequence[str]]]:
        return list(self.also.items())

    def parse(self, raw: Any, context: "Context") -> Any:
        text = match_text(text_of(raw))
        code = self._by_text.get(text)
        if code is None:
            allowed = _(", ").join(self.choices(context))
            raise CellError(_("Not one of the allowed values: %(allowed)s.") % {"allowed": allowed})
        if text in self._by_alias:
            context.interpreted(self, raw, str(self._labels[code]))
        return code

    def label_of(self, text: str) -> str:
        """The label that the text stands for, in the active language; "" if it stands for none."""
        return str(self._labels.get(self._by_text.get(match_text(text)), ""))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return str(self._labels.get(value, value)) if value not in (None, "") else value

    def choices(self, context: "Context") -> list[str]:
        return [str(label) for label in self._labels.values()]

    def rule(self) -> str:
        return _("One of the values of the list.")


YES, NO = gettext_lazy("Yes"), gettext_lazy("No")
# A small x may be a cross or a tick, and ☒ a crossed or a chosen box: neither is taken without ``also``.
_TICKS = ("是", "有", "对", "√", "✓", "✔", "☑", "✅", "🗸", "🗹", "1", "y", "yes", "t", "true")
_CROSSES = ("否", "不", "无", "错", "×", "✗", "✘", "✕", "✖", "❌", "☐", "0", "n", "no", "f", "false")
# Whether a sign is drawn as text or in colour.
_VARIATION = str.maketrans("", "", "\ufe0e\ufe0f")


class BooleanColumn(ChoiceColumn):
    """Yes or no, also as a tick or a cross; ``yes`` and ``no`` are the words that the column itself writes."""

    width = 10

    def __init__(
        self,
        name: str,
        *,
        yes: Any = YES,
        no: Any = NO,
        also: Mapping[bool, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, also=also, **kwargs)
        self.yes, self.no = yes, no

    def options(self) -> Sequence[tuple[bool, Any]]:
        return [(True, self.yes), (False, self.no)]

    def aliases_of_values(self) -> Sequence[tuple[bool, Sequence[str]]]:
        return [*super().aliases_of_values(), (True, _TICKS), (False, _CROSSES)]

    def parse(self, raw: Any, context: "Context") -> Any:
        if isinstance(raw, bool):
            return raw
        return super().parse(raw.translate(_VARIATION) if isinstance(raw, str) else raw, context)

    def rule(self) -> str:
        return _("Yes or no, or a tick or a cross.")
