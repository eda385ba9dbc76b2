"""Where a path such as ``field__group`` leads, seen from a model."""

from typing import Any

from django.core.exceptions import FieldError
from django.db.models import Field, Model, Q
from django.db.models.sql import Query


def field_at(model: type[Model], path: str) -> Field:
    """The field that holds the value at the end of the path: for a foreign key the key of the other table.

    Raises ``FieldError``, which names the known fields, if the path leads nowhere.
    """
    field = _resolve(model, path)[1]
    while getattr(field, "target_field", None) is not None:
        field = field.target_field
    return field


def is_to_many(model: type[Model], path: str) -> bool:
    """Whether one row may find several values at the end of the path, so that a join would double the row."""
    return any(step.m2m for step in _resolve(model, path)[0])


def relation_at(model: type[Model], path: str) -> Any:
    """The relation that the last step of a path is; ``path`` leads over relations alone."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model._meta.get_field(last)


def related_at(model: type[Model], path: str) -> Any:
    """The model whose rows the path leads to; None where it ends in a plain value."""
    field: Any = _resolve(model, path)[1]
    return field.related_model if field.is_relation else None


def points_to(model: type[Model], path: str) -> bool:
    """Whether the path leads to rows with a foreign key to the row, or to one that the row points to."""
    *steps, _last = path.split("__")
    is_single = not steps or not is_to_many(model, "__".join(steps))
    return is_single and bool(relation_at(model, path).one_to_many)


def paths_in(condition: Q) -> list[str]:
    """Every path that a condition names; expressions such as ``Exists`` speak for themselves."""
    found = []
    for child in condition.children:
        if isinstance(child, Q):
            found += paths_in(child)
        elif isinstance(child, tuple):
            found.append(child[0])
    return found


def _resolve(model: type[Model], path: str) -> tuple[list[Any], Any]:
    """The joins on the way, and the last field. Lookups at the end (``__gte``) are left out."""
    query = Query(model)
    lookups, names, _annotation = query.solve_lookup_type(path)
    if not names:
        raise FieldError(f"{model._meta.label} has no path {path!r}.")
    steps, field, _targets, _rest = query.names_to_path(names, model._meta, fail_on_missing=True)
    unknown = [name for name in lookups if field.get_lookup(name) is None and field.get_transform(name) is None]
    if unknown:
        raise FieldError(f"{model._meta.label} has no path {path!r}: {unknown[0]!r} leads nowhere.")
    return steps, field
