"""Which rows, of those that a frozen year may have counted, changed since in a field that the figures read."""

from collections.abc import Iterable
from datetime import date

from bureau import past
from bureau.past import Changes, Derivation, Key, Past
from bureau.reporting.differences.reach import Hop, Node


def touched(node: Node, changes: Changes, last: date) -> set[Key]:
    """The rows of the node that were there, and that any change may concern: one of their own, or of rows behind."""
    if not node.is_tracked:
        return set()
    found = changes.differing(node.model, node.names)
    if derivation := past.derivation_into(node.model, node.names):
        owners = _owners(derivation, changes, last)
        found |= changes.pointing(node.model, derivation.fields[node.model], owners)
    for hop, behind in node.hops.items():
        found |= _over(hop, behind, changes, last)
    return {key for key in found if key <= changes.last_key(node.model)}


def _over(hop: Hop, behind: Node, changes: Changes, last: date) -> set[Key]:
    """The rows that a change behind the hop concerns."""
    if derivation := past.derivation_of(behind.model):
        return _owners(derivation, changes, last)
    rows = touched(behind, changes, last)
    if hop.is_forward:
        return changes.pointing(hop.source, hop.name, rows) if rows else set()
    return changes.pointed(behind.model, hop.name, rows | _new(behind, changes))


def _new(node: Node, changes: Changes) -> set[Key]:
    later = node.model._default_manager.filter(pk__gt=changes.last_key(node.model))
    return set(later.values_list("pk", flat=True)) if node.is_tracked else set()


def _owners(derivation: Derivation, changes: Changes, last: date) -> set[Key]:
    """Of which something else may follow now."""
    found: set[Key] = set()
    for model, (name, fields) in derivation.sources.items():
        changed = changes.differing(model, fields)
        new = model._default_manager.filter(derivation.matters(model, last), pk__gt=changes.last_key(model))
        if model is derivation.owner:
            found |= changed
        else:
            found |= changes.pointed(model, name, changed)
            found |= set(new.exclude(**{name: None}).values_list(name, flat=True).distinct())
    return found


def merged(node: Node, moved: dict[object, set[Key]], changes: Changes) -> set[Key]:
    """The rows that merges moved, or that point to such."""
    if not node.is_tracked:
        return set()
    found = set(moved.get(node.model, ()))
    for hop, behind in node.hops.items():
        if hop.is_forward and (rows := merged(behind, moved, changes)):
            found |= changes.pointing(hop.source, hop.name, rows)
    return found


def bring(past_rows: Past, node: Node, keys: Iterable[Key]) -> None:
    """Have these rows in sight as they were, with all that the figures read of rows behind them."""
    keys, changes = set(keys), past_rows.changes
    past_rows.bring(node.model, keys)
    if derivation := past.derivation_into(node.model, node.names):
        past_rows.derive(derivation, changes.pointed(node.model, derivation.fields[node.model], keys))
    for hop, behind in node.hops.items():
        if derivation := past.derivation_of(behind.model):
            past_rows.derive(derivation, keys)
        elif not behind.is_tracked:
            continue
        elif hop.is_forward:
            bring(past_rows, behind, changes.pointed(node.model, hop.name, keys))
        else:
            bring(past_rows, behind, changes.pointing(behind.model, hop.name, keys))
