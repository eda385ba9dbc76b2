"""From when to when an enterprise is of each kind: the spans of one kind never overlap."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

Span = tuple[Any, date, date | None]


def overlap(spans: Iterable[Span]) -> str | None:
    """``spans``: (kind, first day, last day or None); a sentence if two of one kind share a day, else None."""
    latest: dict[Any, date | None] = {}
    for kind, begins, ends in sorted(spans, key=lambda span: span[1]):
        if kind in latest and (latest[kind] is None or begins <= latest[kind]):  # type: ignore[operator]
            return _("“%(kind)s” is recorded twice for %(day)s: end the earlier entry first.") % {
                "kind": kind,
                "day": begins,
            }
        latest[kind] = ends
    return None
