"""The version of a definition: a short digest of what a figure counts, alike in every process, database and language.

Two workbooks whose figure has the same version counted by the same rule; where it differs, the rule was changed between
them.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import FunctionType
from typing import Any

from django.db.models import F, Model, Q
from django.utils import translation

from bureau.reporting.indicators import BaseIndicator, Indicator, Rate

LENGTH = 8  # hexadecimal digits: enough to tell some thousand definitions apart


def of(indicator: BaseIndicator) -> str:
    """Of what is counted, not of how it is called: key, model, predicate, measure, interval, dimensions; of a rate
    that of both parts.

    Raises ``TypeError`` if the predicate holds something that has no stable form, such as a subquery.
    """
    return _digest(_stated(indicator))


def of_all(indicators: Iterable[BaseIndicator]) -> str:
    """One version for a set of figures: their keys, the words of their definitions (in the source language) and what
    they count; their order does not matter."""
    return _digest(sorted([each.key, _words(each), of(each)] for each in indicators))


def _stated(indicator: BaseIndicator) -> dict[str, Any]:
    if isinstance(indicator, Rate):
        above, below = (_stated(part) for part in indicator.parts)
        return {"key": indicator.key, "scale": indicator.scale, "above": above, "below": below}
    assert isinstance(indicator, Indicator)
    return {
        "key": indicator.key,
        "model": indicator.model._meta.label,
        "predicate": _plain(indicator.predicate),
        "measure": _plain(indicator.measure),
        "interval": _plain(indicator.interval),
        "region": indicator.region_path,
        "since": _plain(indicator.since),
        "dimensions": {name: dimension.path for name, dimension in sorted(indicator.dimensions.items())},
    }


def _words(indicator: BaseIndicator) -> str:
    with translation.override(None):
        return str(indicator.definition)


def _plain(value: Any) -> Any:
    """A value as JSON; what could differ from process to process is refused."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | Decimal | float):
        return [type(value).__name__, str(value)]
    if isinstance(value, Q):
        return _condition(value)
    if isinstance(value, F):
        return ["F", value.name]  # type: ignore[attr-defined]
    if isinstance(value, Model):
        return [value._meta.label, str(value.pk)]
    if isinstance(value, set | frozenset):
        return ["set", *sorted(map(_plain, value), key=_text)]
    if isinstance(value, list | tuple | range):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        stated = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return [type(value).__name__, stated]
    if isinstance(value, FunctionType):  # a setting, which an interval asks for anew each time
        return _plain(value())
    raise TypeError(f"{value!r} has no stable form, so that its definition has no version.")


def _condition(condition: Q) -> Any:
    """The order in which conditions stand beside each other changes nothing."""
    children = [list(map(_plain, child)) if isinstance(child, tuple) else _plain(child) for child in condition.children]
    return [condition.connector, condition.negated, *sorted(children, key=_text)]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True)


def _digest(stated: Any) -> str:
    return hashlib.sha256(_text(stated).encode()).hexdigest()[:LENGTH]
