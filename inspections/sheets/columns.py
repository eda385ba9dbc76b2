from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from bureau.exchange.columns.reference import ReferenceColumn
from bureau.texts import clean_text, narrow
from inspections.models import SiteInspection

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

ALIASES = ("检查编号", "检查记录编号", "现场检查编号")


class InspectionColumn(ReferenceColumn):
    """An inspection that the office keeps, by authority and number, or by the number where that is enough."""

    width = 32

    def __init__(self, name: str = "inspection", **kwargs: Any) -> None:
        super().__init__(name, by=("full", "number"), aliases=ALIASES, **kwargs)

    def rows(self, context: "Context") -> QuerySet:
        return _named(context.editable(SiteInspection.objects.not_voided()))

    def _forms(self, text: str) -> list[str]:
        return [text, clean_text(narrow(text))]

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = _named(SiteInspection.objects.filter(pk__in=missing))
            cache.update(rows.values_list("pk", "full"))

    def choices(self, context: "Context") -> list[str]:
        return []

    def rule(self) -> str:
        return _("Authority and number of an inspection on record, or the number alone.")


def _named(rows: QuerySet) -> QuerySet:
    return rows.annotate(full=Concat("agency", Value(" "), "number", output_field=CharField()))
