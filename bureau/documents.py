"""Kinds of papers of a record kind: an app says which there are, the attachments of its records then carry one."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

# From the record (None on its add page) to (code, label) of the kinds that can be chosen.
Source = Callable[[Any], list[tuple[str, str]]]
_sources: dict[type[Model], Source] = {}


def register(model: type[Model], source: Source) -> None:
    """Raises ``ValueError`` for a model that has its kinds already."""
    if model in _sources:
        raise ValueError(f"The documents of {model.__name__} are registered twice.")
    _sources[model] = source


def has_kinds(model: type[Model]) -> bool:
    return model in _sources


def kinds_of(model: type[Model], record: Any = None) -> list[tuple[str, str]]:
    """(code, label) of the kinds that can be chosen; none for a model whose papers have no kinds."""
    source = _sources.get(model)
    return source(record) if source else []
