"""A figure in a cell: by its label in any language, or by its key."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, spellings
from bureau.exchange.columns.text import TextColumn
from bureau.reporting import indicators
from bureau.texts import match_text

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups


class FigureColumn(TextColumn):
    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        self._keys: dict[str, set[str]] = {}
        for indicator in indicators.known():
            for text in (indicator.key, *spellings(indicator.label)):
                self._keys.setdefault(match_text(text), set()).add(indicator.key)

    def parse(self, raw: Any, context: "Context") -> str:
        found = self._keys.get(match_text(text_of(raw)), set())
        if not found:
            raise CellError(_("No figure is called so; the sheet “Definitions” of a summary lists them all."))
        if len(found) > 1:
            raise CellError(
                _("Several figures are called so; write the key: %(keys)s.") % {"keys": ", ".join(sorted(found))}
            )
        [key] = found
        return key

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        labels = {indicator.key: str(indicator.label) for indicator in indicators.known()}
        times = Counter(labels.values())
        self._labels = {key: label for key, label in labels.items() if times[label] == 1}

    def render(self, value: Any, lookups: "Lookups") -> Any:
        """Its label, unless another figure has the same."""
        return self._labels.get(value, value)

    def rule(self) -> str:
        return _("Label or key of a figure.")
