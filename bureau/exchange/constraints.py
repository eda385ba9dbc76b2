"""Check constraints of a model, evaluated over plain values: the database is not asked once a row.

A constraint that uses more than the lookups below is left to the database, which refuses the row at the write.
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q
from django.db.models.constants import LOOKUP_SEP

# True, False, or None for SQL's "unknown", which a check constraint lets pass.
Test = Callable[[dict[str, Any]], bool | None]

_COMPARE = {
    "exact": operator.eq,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda value, options: value in options,
}
_PARTS_OF_A_DAY = {"year", "month", "day"}


class Unsupported(Exception):
    """This part of a condition has to be left to the database."""


@dataclass(frozen=True)
class Rule:
    """``names``: the fields that the condition speaks of, the first one being the one to blame."""

    names: tuple[str, ...]
    holds: Test
    constraint: CheckConstraint

    @property
    def sentence(self) -> str:
        """In the language of the moment."""
        return str(self.constraint.get_violation_error_message())

    @cached_property
    def needs(self) -> frozenset[str]:
        return frozenset(self.names)


def rules_of(model: type[Model]) -> list[Rule]:
    """The check constraints that can be evaluated here; values are given by field name, of a relation its key."""
    rules = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
            try:
                test = _compile(constraint.condition)
            except Unsupported:
                continue
            names = tuple(dict.fromkeys(_names(constraint.condition)))
            rules.append(Rule(names, test, constraint))
    return rules


def _names(condition: Q) -> Iterable[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        elif isinstance(child, tuple):
            yield child[0].split(LOOKUP_SEP)[0]
            if isinstance(child[1], F):
                yield _name_of(child[1])


def _name_of(field: F) -> str:
    return field.name  # type: ignore[attr-defined]


def _compile(condition: Q) -> Test:
    tests = [_compile(child) if isinstance(child, Q) else _leaf(child) for child in condition.children]
    if len(tests) == 1:
        [joined] = tests
    elif condition.connector == Q.AND:
        joined = _all(tests)
    elif condition.connector == Q.OR:
        joined = _any(tests)
    else:
        raise Unsupported
    return _not(joined) if condition.negated else joined


def _all(tests: list[Test]) -> Test:
    def test(values: dict[str, Any]) -> bool | None:
        results = [part(values) for part in tests]
        return False if False in results else None if None in results else True

    return test


def _any(tests: list[Test]) -> Test:
    def test(values: dict[str, Any]) -> bool | None:
        results = [part(values) for part in tests]
        return True if True in results else None if None in results else False

    return test


def _not(inner: Test) -> Test:
    def test(values: dict[str, Any]) -> bool | None:
        result = inner(values)
        return None if result is None else not result

    return test


def _leaf(child: Any) -> Test:
    if not isinstance(child, tuple):
        raise Unsupported
    name, *lookups = child[0].removesuffix("_id").split(LOOKUP_SEP)
    part = lookups.pop(0) if lookups and lookups[0] in _PARTS_OF_A_DAY else None
    lookup, wanted = (lookups or ["exact"])[0], child[1]
    if len(lookups) > 1:
        raise Unsupported
    if lookup == "isnull" and isinstance(wanted, bool):
        return lambda values: (values[name] is None) is wanted
    if lookup not in _COMPARE or (hasattr(wanted, "resolve_expression") and not isinstance(wanted, F)):
        raise Unsupported
    compare = _COMPARE[lookup]
    other = _name_of(wanted) if isinstance(wanted, F) else None

    def test(values: dict[str, Any]) -> bool | None:
        left, right = values[name], values[other] if other else wanted
        if left is None or right is None:
            return None
        return bool(compare(getattr(left, part) if part else left, right))

    return test
