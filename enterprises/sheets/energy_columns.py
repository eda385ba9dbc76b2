"""Columns that point to an energy-using unit, to what stands in it, and to a year of it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.columns.within import WithinColumn
from bureau.texts import clean_text, match_text, narrow
from enterprises.columns import ALIASES, EnterpriseColumn
from enterprises.models import EnergyUnit, EnergyYear

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

UNIT_ALIASES = ("用能单位", "用能单位名称", *ALIASES)


class EnergyUnitColumn(ReferenceColumn):
    """An energy-using unit, by the code or the name of its enterprise.

    ``source``: the model whose field ``unit`` it is, where the row itself has none and the column only names the unit.
    """

    width = 40

    def __init__(
        self,
        name: str = "unit",
        *,
        source: type[models.Model] | None = None,
        aliases: Sequence[str] = UNIT_ALIASES,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, by=("enterprise",), aliases=aliases, **kwargs)
        self.source = source
        self._enterprise = EnterpriseColumn("enterprise")

    def bind(self, model: type[models.Model]) -> None:
        stated, self.name = self.name, "unit" if self.source else self.name
        super().bind(self.source or model)
        self._enterprise.bind(EnergyUnit)
        if self.source:
            self.name = self.attribute = stated

    def rows(self, context: "Context") -> QuerySet:
        rows = super().rows(context)
        # A column of another model's field has no say in what may be changed, so it is narrow from the beginning.
        return context.editable(rows) if self.source else rows

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        raws = list(raws)
        self._enterprise.prepare(raws, context)
        cache = self._known(context)
        of_enterprise: dict[str, set[int]] = self._enterprise._known(context)
        texts = set(map(text_of, raws)) - {""} - cache.keys()
        enterprises = {pk for text in texts for pk in of_enterprise.get(text, ())}
        rows = self.rows(context).filter(enterprise__in=enterprises).values_list("enterprise", "pk")
        unit_of: dict[int, int] = dict(rows)
        for text in texts:
            cache[text] = {unit_of[pk]: "" for pk in of_enterprise.get(text, ()) if pk in unit_of}

    def parse(self, raw: Any, context: "Context") -> Any:
        units = list(self._known(context).get(text_of(raw), ()))
        if len(units) == 1:
            return units[0]
        self._enterprise.parse(raw, context)  # says what is wrong with the enterprise itself
        raise CellError(
            _("This enterprise is no energy-using unit on record. Enter it first, or import the sheet “%(sheet)s”.")
            % {"sheet": EnergyUnit._meta.verbose_name_plural}
        )

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = EnergyUnit.objects.filter(pk__in=missing)
            for pk, code, name, region in rows.values_list(
                "pk", "enterprise__credit_code", "enterprise__name", "enterprise__region"
            ):
                cache[pk] = f"{code or region} {name}"

    def choices(self, context: "Context") -> list[str]:
        return []

    def rule(self) -> str:
        return _("Unified social credit code or exact name of an energy-using unit on record.")


class OfUnitColumn(WithinColumn, TextColumn):
    """A row that stands in the unit of the column ``unit``, by its text in the first field of ``by`` that has one."""

    def __init__(self, name: str, *, by: Sequence[str], missing: Any, **kwargs: Any) -> None:
        super().__init__(name, after="unit", **kwargs)
        self.by, self.missing = tuple(by), missing

    def look_up(self, units: set[int], context: "Context") -> None:
        found: dict[int, dict[str, int]] = context.cache((self, "rows"))
        if missing := units - found.keys():
            found.update({unit: {} for unit in missing})
            rows = self.field.related_model.objects.not_voided().filter(unit__in=missing)
            for pk, unit, *texts in rows.order_by("-pk").values_list("pk", "unit", *self.by):
                found[unit][match_text(next(filter(None, texts), ""))] = pk

    def row_of(self, text: Any, unit: Any, context: "Context") -> Any:
        if not isinstance(text, str) or not text or not isinstance(unit, int):
            return text if isinstance(text, CellError) else None  # what is wrong stands in the column of the unit
        pk = context.cache((self, "rows"))[unit].get(match_text(text))
        return pk if pk is not None else CellError(self.missing % {"text": text})

    def named(self, keys: set[int]) -> Iterable[tuple[int, str]]:
        rows = self.field.related_model.objects.filter(pk__in=keys).values_list("pk", *self.by)
        return ((pk, next(filter(None, texts), "")) for pk, *texts in rows)


class EnergyYearColumn(WithinColumn, IntegerColumn):
    """The year on record of the unit in the column ``holder``, as a number."""

    def __init__(self, name: str = "energy_year", **kwargs: Any) -> None:
        super().__init__(name, after="holder", **kwargs)

    def bind(self, model: type[models.Model]) -> None:
        key: Any = model._meta.get_field(self.name)
        stated, self.name = self.name, "year"
        super().bind(EnergyYear)
        self.name, self.attribute = stated, key.attname

    def look_up(self, units: set[int], context: "Context") -> None:
        found: dict[int, dict[int, int]] = context.cache((self, "rows"))
        if missing := units - found.keys():
            found.update({unit: {} for unit in missing})
            rows = context.editable(EnergyYear.objects.not_voided()).filter(unit__in=missing)
            for pk, unit, year in rows.values_list("pk", "unit", "year"):
                found[unit][year] = pk

    def row_of(self, year: Any, unit: Any, context: "Context") -> Any:
        if not isinstance(year, int) or not isinstance(unit, int):
            return year if isinstance(year, CellError) else CellError(_("The unit has to be known first."))
        pk = context.cache((self, "rows"))[unit].get(year)
        if pk is None:
            return CellError(
                _("Your office keeps no year %(year)s of this unit. Enter it first, or import the sheet “%(sheet)s”.")
                % {"year": year, "sheet": EnergyYear._meta.verbose_name_plural}
            )
        return pk

    def named(self, keys: set[int]) -> Iterable[tuple[int, int]]:
        return EnergyYear.objects.filter(pk__in=keys).values_list("pk", "year")

    def sample(self, choices: Sequence[str]) -> Any:
        return None  # which there are depends on the unit


class UnitOfMeasureColumn(TextColumn):
    """A unit of measure as it is written, in half-width characters."""

    def clean(self, text: str) -> str:
        return clean_text(narrow(text))
