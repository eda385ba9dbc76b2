"""The records of a page that explains a difference: by name where the reader may see them, and what changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bureau import scoping
from bureau.models import Record
from bureau.reporting.differences.causes import Item
from bureau.reporting.differences.explaining import Difference
from bureau.reporting.differences.wording import changed_values
from bureau.reporting.engine import Slot
from bureau.reporting.indicators import Indicator
from bureau.reporting.lines import NOTHING, number_text
from bureau.reporting.paths import related_at

# A key that a distinct measure counts may stand in thousands of rows.
SHOWN_ROWS = 10


class Records:
    """The items of a page, their records read together; of those out of the reader's scope only the number is told."""

    def __init__(self, items: Sequence[tuple[Indicator, Item]], difference: Difference, user: Any) -> None:
        self.items, self.user = items, user
        keys: dict[Any, set[int]] = {}
        for indicator, item in items:
            keys.setdefault(indicator.model, set()).update(item.rows[:SHOWN_ROWS])
        self._rows = {
            model: _visible(model, some, user).select_related(*_shown_with(model)).in_bulk()
            for model, some in keys.items()
        }
        self._changed = {model: changed_values(model, rows, difference.changes) for model, rows in self._rows.items()}

    def lines(self, slot: Slot) -> list[dict[str, Any]]:
        names = self._names_of_keys()
        return [
            {
                "of": indicator.label,
                "cause": item.cause.label,
                "key": "" if item.key is None else names.get((indicator, item.key), str(item.key)),
                "records": [self._record(indicator.model, row) for row in item.rows[:SHOWN_ROWS]],
                "more": max(len(item.rows) - SHOWN_ROWS, 0),
                "change": number_text(_exact(indicator, item, slot), indicator.decimals, sign="+"),
            }
            for indicator, item in self.items
        ]

    def _record(self, model: Any, key: int) -> dict[str, Any]:
        row = self._rows[model].get(key)
        if row is None:
            return {"label": _("record %(key)s, out of your scope") % {"key": key}}
        return {"label": str(row), "url": _page_of(row), "changed": self._changed[model].get(key, ()), "row": row}

    def _names_of_keys(self) -> dict[tuple[Indicator, Any], str]:
        keys: dict[Indicator, set[Any]] = {}
        for indicator, item in self.items:
            if item.key is not None:
                keys.setdefault(indicator, set()).add(item.key)
        found = {}
        for indicator, some in keys.items():
            related = related_at(indicator.model, indicator.measure.path)  # type: ignore[union-attr]
            rows = _visible(related, some, self.user).in_bulk() if related else {}
            for key in some:
                name = str(rows[key]) if key in rows else NOTHING
                found[indicator, key] = name if related else str(key)
        return found


def _exact(indicator: Indicator, item: Item, slot: Slot) -> Any:
    return indicator.measure.exact(indicator.model, item.deltas[slot])


def _visible(model: Any, keys: Iterable[Any], user: Any) -> QuerySet:
    return scoping.visible_to(model._default_manager.filter(pk__in=list(keys)), user)


def _shown_with(model: Any) -> list[str]:
    """Who changed a row, and the record on which it stands."""
    names, path = ["updated_by"], ""
    while not issubclass(model, Record):
        path = f"{path}{model.PARENT}"
        names.append(path)
        model, path = model._meta.get_field(model.PARENT).related_model, f"{path}__"
    return names


def _page_of(row: Any) -> str:
    """Of the record on which a row stands."""
    while not isinstance(row, Record):
        row = getattr(row, row.PARENT)
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
