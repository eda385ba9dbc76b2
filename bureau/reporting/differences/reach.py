"""What a figure reads: from the rows that it counts over the foreign keys of its paths to rows of other models."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignKey
from django.db.models.sql import Query

from bureau import past
from bureau.models import Tracked
from bureau.reporting.indicators import Indicator
from bureau.reporting.paths import paths_in


@dataclass(frozen=True)
class Hop:
    """A step of a path: by the foreign key ``name`` of ``source``, or backwards by that of ``target``."""

    source: Any
    target: Any
    name: str
    is_forward: bool


@dataclass
class Node:
    """Rows of ``model``, the fields that are read of them, and where the paths go on."""

    model: Any
    names: set[str] = field(default_factory=set)
    hops: dict[Hop, "Node"] = field(default_factory=dict)

    def nodes(self) -> Iterator["Node"]:
        yield self
        for node in self.hops.values():
            yield from node.nodes()

    @property
    def is_tracked(self) -> bool:
        return issubclass(self.model, Tracked)


def reach_of(indicators: Iterable[Indicator]) -> Node:
    """What figures of one model read."""
    root: Node | None = None
    for indicator in indicators:
        root = root or Node(indicator.model)
        paths = [
            *paths_in(indicator.predicate),
            *indicator.interval.paths,
            *indicator.measure.paths,
            indicator.region_path,
            *(dimension.path for dimension in indicator.dimensions.values()),
            *_standing(indicator.model),
        ]
        for path in paths:
            _add(root, path)
    assert root is not None
    return root


def models_of(indicators: Iterable[Indicator]) -> set[Any]:
    """All tracked models whose rows decide about these figures, sources of what is derived among them."""
    found: set[Any] = set()
    for indicator in indicators:
        for node in reach_of([indicator]).nodes():
            found |= {node.model} if node.is_tracked else set()
            for derivation in (past.derivation_of(node.model), past.derivation_into(node.model, node.names)):
                found |= {derivation.owner, *derivation.sources} if derivation else set()
    return found


def _standing(model: Any, path: str = "") -> Iterator[str]:
    """The paths of ``bureau.models.record.standing``."""
    if issubclass(model, Tracked):
        yield f"{path}voided_at"
    if getattr(model, "SCOPE", None) == "as_parent":
        parent = model._meta.get_field(model.PARENT)
        yield from _standing(parent.related_model, f"{path}{parent.name}__")


def _add(node: Node, path: str) -> None:
    query = Query(node.model)
    _lookups, names, _annotation = query.solve_lookup_type(path)
    for number, name in enumerate(names):
        relation = node.model._meta.pk if name == "pk" else node.model._meta.get_field(name)
        is_last = number == len(names) - 1
        if isinstance(relation, ForeignKey):
            node.names.add(relation.attname)
            if is_last:
                return
            hop = Hop(node.model, relation.related_model, relation.attname, is_forward=True)
        elif relation.one_to_many:
            hop = Hop(node.model, relation.related_model, relation.field.attname, is_forward=False)
        elif relation.is_relation:
            raise TypeError(f"{node.model._meta.label}.{name} is neither a foreign key nor its other end.")
        else:
            node.names.add(relation.attname)
            return
        node = node.hops.setdefault(hop, Node(hop.target))
        if not hop.is_forward:
            node.names.add(hop.name)
