"""Which rows, of whatever app, say which enterprise they are about: found by the models themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model, Q, QuerySet, UniqueConstraint

from bureau import scoping
from bureau.models import Record, Tracked
from enterprises.models import Enterprise, EnterpriseMerge


@dataclass(frozen=True)
class Pointer:
    """A field that names an enterprise; ``kind_field`` where the column beside it says that an enterprise is meant."""

    model: type[Model]
    field: str
    kind_field: str = ""

    @property
    def is_record(self) -> bool:
        return issubclass(self.model, Record)

    @property
    def attribute(self) -> str:
        return str(self.model._meta.get_field(self.field).attname)  # type: ignore[union-attr]

    def rows(self, enterprise: Enterprise) -> QuerySet:
        """All rows about it, the voided ones too."""
        condition = Q(**{self.attribute: enterprise.pk})
        if self.kind_field:
            condition &= Q(**{self.kind_field: ContentType.objects.get_for_model(Enterprise)})
        return self.model._default_manager.filter(condition).order_by("pk")

    def unique_sets(self) -> Iterator[tuple[list[str], Q]]:
        """The other columns that must differ between rows about one enterprise, and for which rows."""
        field: Any = self.model._meta.get_field(self.field)
        if field.unique:
            yield [], Q()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.field in constraint.fields:
                others = [name for name in constraint.fields if name != self.field]
                yield others, constraint.condition or Q()


def pointers() -> list[Pointer]:
    """Every foreign key to an enterprise but those that a merge itself is written with."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if scoping.is_history(model) or model is EnterpriseMerge:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is Enterprise and field.name != "merged_into":
                found.append(Pointer(model, field.name))
        if issubclass(model, Tracked):
            for private in model._meta.private_fields:
                if isinstance(private, GenericForeignKey):
                    found.append(Pointer(model, private.fk_field, private.ct_field))
    return found


def untracked() -> list[Pointer]:
    """Those that could not be moved so that the history tells: there must be none."""
    return [pointer for pointer in pointers() if not issubclass(pointer.model, Tracked)]
