"""Columns that point to an energy-metering audit, and to an item of its edition."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.columns.within import WithinColumn
from bureau.texts import clean_text, match_text, narrow
from inspections.models import AuditItem, EnergyAudit

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups


class AuditColumn(ReferenceColumn):
    """An audit that the office keeps, by auditing body and number, or by the number where that is enough."""

    width = 32

    def __init__(self, name: str = "audit", **kwargs: Any) -> None:
        super().__init__(name, by=("full", "number"), aliases=("审查编号", "能源计量审查编号"), **kwargs)

    def rows(self, context: "Context") -> QuerySet:
        return _named(context.editable(EnergyAudit.objects.not_voided()))

    def _forms(self, text: str) -> list[str]:
        return [text, clean_text(narrow(text))]

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            cache.update(_named(EnergyAudit.objects.filter(pk__in=missing)).values_list("pk", "full"))

    def choices(self, context: "Context") -> list[str]:
        return []

    def rule(self) -> str:
        return _("Auditing body and number of an audit on record, or the number alone.")


def _named(rows: QuerySet) -> QuerySet:
    return rows.annotate(full=Concat("agency", Value(" "), "number", output_field=CharField()))


class AuditItemColumn(WithinColumn, TextColumn):
    """An item of the edition by which the audit in the column ``audit`` is made: its code or its text."""

    def __init__(self, name: str = "item", **kwargs: Any) -> None:
        super().__init__(name, after="audit", **kwargs)

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        key: Any = model._meta.get_field(self.name)
        self.attribute = key.attname

    @property
    def blank(self) -> Any:
        return None

    def look_up(self, audits: set[int], context: "Context") -> None:
        editions: dict[int, str] = context.cache((self, "editions"))
        if missing := audits - editions.keys():
            editions.update(EnergyAudit.objects.filter(pk__in=missing).values_list("pk", "edition"))
        items: dict[str, dict[str, int]] = context.cache((self, "items"))
        if new := set(editions.values()) - items.keys():
            items.update({edition: {} for edition in new})
            for row in AuditItem.objects.filter(edition__in=new).values_list(
                "edition", "pk", "code", "text", "text_en"
            ):
                edition, pk, *texts = row
                items[edition].update({match_text(text): pk for text in texts})

    def row_of(self, text: Any, audit: Any, context: "Context") -> Any:
        if not isinstance(text, str) or not text:
            return text
        if not isinstance(audit, int):
            return CellError(_("The audit has to be known first."))
        edition = context.cache((self, "editions"))[audit]
        pk = context.cache((self, "items"))[edition].get(match_text(text))
        if pk is None:
            return CellError(
                _("%(edition)s has no item “%(text)s”.") % {"edition": edition or _("The edition"), "text": text}
            )
        return pk

    def named(self, keys: set[int]) -> Iterable[tuple[int, str]]:
        return AuditItem.objects.filter(pk__in=keys).values_list("pk", "code")
