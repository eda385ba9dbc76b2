"""What the sheets of rows that hang on a comparison share."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bureau.exchange.columns.base import KEEP, CellError
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from bureau.models import Staff
from bureau.models.record import standing
from bureau.texts import match_text
from standards import comparisons
from standards.models import Comparison

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups


class SiblingColumn(TextColumn):
    """Another row of the comparison in the column ``comparison``, by the text in its field ``by``."""

    def __init__(self, name: str, *, by: str, **kwargs: Any) -> None:
        super().__init__(name, after="comparison", **kwargs)
        self.by = by

    def bind(self, model: type[models.Model]) -> None:
        key: Any = model._meta.get_field(self.name)
        stated, self.name = self.name, self.by
        super().bind(key.related_model)
        self.name, self.attribute, self.related = stated, key.attname, key.related_model

    @property
    def blank(self) -> Any:
        return KEEP

    def read_all(self, raws: Sequence[Any], context: Context) -> list[Any]:
        texts = super().read_all(raws, context)
        named = context.columns.get("comparison") or repeat(None, len(raws))
        rows = list(zip(texts, named, strict=True)) if isinstance(named, list) else [(text, None) for text in texts]
        known = self._known({key for _text, key in rows if isinstance(key, int)}, context)
        return [self._sibling(text, key, known) for text, key in rows]

    def _known(self, keys: set[int], context: Context) -> dict[int, dict[str, int]]:
        """Text → key, by comparison; one query for those that are new."""
        known = context.cache((self, "siblings"))
        if missing := keys - known.keys():
            known.update({key: {} for key in missing})
            rows = self.related._default_manager.filter(standing(self.related), comparison__in=missing)
            for key, comparison, text in rows.values_list("pk", "comparison", self.by):
                known[comparison][match_text(text)] = key
        return known

    def _sibling(self, text: Any, comparison: Any, known: dict[int, dict[str, int]]) -> Any:
        if isinstance(text, CellError):
            return text
        if not isinstance(comparison, int) or not isinstance(text, str):
            return KEEP  # what is wrong stands in the column of the comparison
        found = known[comparison].get(match_text(text))
        if found is None:
            return CellError(_("The comparison has no such row: %(text)s.") % {"text": text})
        return found

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - cache.keys():
            cache.update(self.related._default_manager.filter(pk__in=missing).values_list("pk", self.by))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)


class ComparisonPartSheet(Sheet):
    """Rows of comparisons that are not voided; the verdicts follow what is written."""

    def rows(self) -> QuerySet:
        return self.model._default_manager.filter(standing(self.model))

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        self.settle([*added, *changed], by)

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        self.settle(rows, by)

    def settle(self, rows: Sequence[Any], by: Staff | None) -> None:
        keys = {row.comparison_id for row in rows}
        comparisons.settle(Comparison.objects.filter(pk__in=keys), by=by)
