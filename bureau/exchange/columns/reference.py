"""Columns that point to other rows: a region, or a row of any model by its code or name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import KEEP, CellError, Column
from bureau.exchange.columns.choice import FEW_CHOICES
from bureau.models import Region, Tracked
from bureau.models.record import NOT_VOIDED
from bureau.scoping import AS_PARENT, scope_of
from bureau.texts import clean_text, match_text, narrow

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

MOST_CHOICES = 3000


class Several(NamedTuple):
    """What a cell means by itself, where the day decides between regions of one name."""

    regions: list[Region]


class RegionColumn(Column):
    """The region's code, name, or both; it must have been in force on the day in the column ``on``."""

    width = 20
    number_format = "@"

    def __init__(self, name: str = "region", *, on: str = "", **kwargs: Any) -> None:
        # An empty cell means the office's own region, where the importer fills it in.
        super().__init__(name, required=kwargs.pop("required", False), after=on, **kwargs)
        self.on = on

    @property
    def blank(self) -> Any:
        return None if self.field.null else KEEP

    def read_all(self, raws: Sequence[Any], context: "Context") -> list[Any]:
        """Most cells mean one region whatever the day; of regions that follow each other under one name it decides."""
        found = super().read_all(raws, context)
        days = context.columns.get(self.on) or repeat(None, len(raws))
        return [
            self._on_day(value, raw, day, context) if isinstance(value, Several) else value
            for value, raw, day in zip(found, raws, days, strict=True)
        ]

    def _on_day(self, several: Several, raw: Any, day: Any, context: "Context") -> Any:
        cache = context.cache((self, "day"))
        key = (raw, day if isinstance(day, date) else None)
        if key not in cache:
            try:
                region = context.regions.one_of(several.regions, key[1])
            except CellError as error:
                cache[key] = error
            else:
                context.interpreted(self, raw, f"{region.code} {region.name}")
                cache[key] = region.pk
        return cache[key]

    def parse(self, raw: Any, context: "Context") -> Any:
        text = clean_text(narrow(text_of(raw)))
        regions = context.regions.meant(text)
        if len(regions) > 1:
            return Several(regions)
        [region] = regions
        if not context.regions.is_written_out(region, text):
            context.interpreted(self, raw, f"{region.code} {region.name}")
        return region.pk

    def check(self, values: dict[str, Any], context: "Context") -> None:
        code, on = values.get(self.name), values.get(self.on)
        region = context.regions.by_code.get(code or "")
        if region and on and (problem := region.problem_on(on)):
            raise CellError(problem)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value and value not in cache}:
            rows = self.field.related_model.objects.filter(pk__in=missing)
            cache.update((code, f"{code} {name}") for code, name in rows.values_list("pk", "name"))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)

    def choices(self, context: "Context") -> list[str]:
        return [f"{region.code} {region.name}" for region in context.regions.by_code.values() if not region.valid_to]

    def rule(self) -> str:
        return _("Code or full name of a region within the office's own; empty for the office's own region.")


class ReferenceColumn(Column):
    """A row of the field's model, named by one of ``by``; the first of these is what an export writes.

    ``also``: aliases, by the text that they stand for, which is one of those. Rows out of the office's sight, and
    voided ones, are as unknown as rows that do not exist. A row that hangs on another is entered only where the office
    may change that one.
    """

    width = 20
    number_format = "@"

    def __init__(
        self, name: str, *, by: Sequence[str], also: Mapping[str, Sequence[str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self.by = tuple(by)
        self._meant: dict[str, str] = {}
        for text, aliases in (also or {}).items():
            for alias in aliases:
                if self._meant.setdefault(match_text(alias), text) != text:
                    raise ValueError(f"Column {name}: {alias!r} stands for two entries.")

    def bind(self, model: type[Model]) -> None:
        super().bind(model)
        self.is_parent = scope_of(model) == AS_PARENT and getattr(model, "PARENT", "") == self.name

    def rows(self, context: "Context") -> QuerySet:
        related = self.field.related_model
        rows = context.visible(related._default_manager.all())
        return rows.filter(NOT_VOIDED) if issubclass(related, Tracked) else rows

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        cache = self._known(context)
        texts = {form for text in set(map(text_of, raws)) - {""} for form in self._forms(text)} - cache.keys()
        if not texts:
            return
        cache.update({text: {} for text in texts})
        condition = Q()
        for path in self.by:
            condition |= Q(**{f"{path}__in": texts})
        for pk, *names in self.rows(context).filter(condition).values_list("pk", *self.by):
            for name in names:
                if name in texts:
                    cache[name][pk] = str(names[0])

    def check(self, values: dict[str, Any], context: "Context") -> None:
        key = values.get(self.name)
        if not self.is_parent or key is None:
            return
        editable = context.cache((self, "editable"))
        if key not in editable:
            asked = {key, *(found for keys in self._known(context).values() for found in keys)} - editable.keys()
            rows = self.field.related_model._default_manager.filter(pk__in=asked)
            allowed = set(context.editable(rows).values_list("pk", flat=True))
            editable.update({pk: pk in allowed for pk in asked})
        if not editable[key]:
            raise CellError(_("It is kept by another office, which alone may add to it."))

    def _known(self, context: "Context") -> dict[str, dict[Any, str]]:
        """Text → keys of the rows that bear it, with what an export writes for them."""
        return context.cache((self, "known"))

    def _forms(self, text: str) -> list[str]:
        """As written, half-width, with the leading zeros that Excel took off a code, and what an alias stands for."""
        forms = [text, clean_text(narrow(text))]
        if text.isascii() and text.isdigit():
            fields = [self.field.related_model._meta.get_field(path) for path in self.by if "__" not in path]
            forms += [text.zfill(field.max_length) for field in fields if (field.max_length or 99) <= 20]
        if meant := self._meant.get(match_text(text)):
            forms.append(meant)
        return forms

    def parse(self, raw: Any, context: "Context") -> Any:
        known, forms = self._known(context), self._forms(text_of(raw))
        for form in forms:
            found = known.get(form, {})
            if len(found) > 1:
                raise CellError(_("Several entries have this name. Write the code."))
            for pk, name in found.items():
                if name not in forms[:2]:
                    context.interpreted(self, raw, name)
                return pk
        raise CellError(self._not_found(context))

    def _not_found(self, context: "Context") -> str:
        """With what is allowed, if that is not too much for a sentence."""
        if few := self.few_choices(context):
            return _("Not one of the allowed values: %(allowed)s.") % {"allowed": _(", ").join(few)}
        return _("Not found among: %(what)s.") % {"what": self.field.related_model._meta.verbose_name}

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = self.field.related_model._default_manager.filter(pk__in=missing)
            cache.update(rows.values_list("pk", self.by[0]))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)

    def choices(self, context: "Context") -> list[str]:
        found = self._texts(context, MOST_CHOICES + 1)
        return found if len(found) <= MOST_CHOICES else []

    def few_choices(self, context: "Context") -> list[str]:
        """The texts of all rows, or none if they are more than a short list holds."""
        cache = context.cache((self, "few"))
        if "texts" not in cache:
            texts = self._texts(context, FEW_CHOICES + 1)
            cache["texts"] = texts if len(texts) <= FEW_CHOICES else []
        return cache["texts"]

    def _texts(self, context: "Context", most: int) -> list[str]:
        return [str(text) for text in self.rows(context).order_by("pk").values_list(self.by[0], flat=True)[:most]]

    def rule(self) -> str:
        return _("An entry of: %(what)s.") % {"what": self.field.related_model._meta.verbose_name}
