"""What the sheets of rows that hang on a standard share: the standard is named by the number of its certificate."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.base import KEEP, CellError
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from bureau.models.record import standing
from bureau.texts import match_text
from standards.models import MeasurementStandard, StandardDevice

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups

ALIASES = ("计量标准证书号", "计量标准考核证书号", "考核证书号", "标准证书号")


class StandardColumn(ReferenceColumn):
    """The standard, by the number of the certificate that it holds; ``source``: the model whose field it is."""

    def __init__(self, name: str = "standard", *, source: type[models.Model] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("aliases", ALIASES)
        super().__init__(name, by=("certificate_no",), label=gettext_lazy("certificate no. of the standard"), **kwargs)
        self.source = source

    def bind(self, model: type[models.Model]) -> None:
        super().bind(self.source or model)

    def rows(self, context: Context) -> QuerySet:
        rows = super().rows(context)
        # A column of another model's field has no say in what may be changed, so it is narrow from the beginning.
        return context.editable(rows) if self.source else rows

    def choices(self, context: Context) -> list[str]:
        return []

    def set_up_on(self, pk: int, context: Context) -> date | None:
        """When the standard was set up; one query for all standards that the chunk names."""
        days = context.cache((self, "set up"))
        if pk not in days:
            named = {found for keys in self._known(context).values() for found in keys} | {pk}
            rows = MeasurementStandard.objects.filter(pk__in=named - days.keys())
            days.update(rows.values_list("pk", "established_on"))
        return days.get(pk)


class PartSheet(Sheet):
    """Rows of standards that hold a certificate; one that is still being set up has no number to be named by."""

    path_to_standard: ClassVar[str] = "standard"

    def rows(self) -> QuerySet:
        nameless = Q((f"{self.path_to_standard}__certificate_no", ""))
        return self.model._default_manager.filter(standing(self.model)).exclude(nameless)

    def begun(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        """With the day on which the standard was set up where the row states no first day."""
        if values.get("begins_on") is not None:
            return values
        column: Any = self.by_name["standard"]
        return {**values, "begins_on": column.set_up_on(values["standard"], context)}


class VirtualText(TextColumn):
    """A text by which another row is found; ``source``: the model whose field it is. Nothing is written from it."""

    def __init__(self, name: str, *, source: type[models.Model], field: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.source, self.source_field = source, field

    def bind(self, model: type[models.Model]) -> None:
        stated, self.name = self.name, self.source_field
        super().bind(self.source)
        self.name = self.attribute = stated


class DeviceColumn(TextColumn):
    """The device of the standard in the column ``standard``, of the name in the column ``device_name``, by its serial
    number."""

    def __init__(self, name: str = "device", **kwargs: Any) -> None:
        super().__init__(name, after="standard", **kwargs)

    def bind(self, model: type[models.Model]) -> None:
        key: Any = model._meta.get_field(self.name)
        stated, self.name = self.name, "serial_no"
        super().bind(StandardDevice)
        self.name, self.attribute = stated, key.attname

    @property
    def blank(self) -> Any:
        return KEEP

    def read_all(self, raws: Sequence[Any], context: Context) -> list[Any]:
        numbers = super().read_all(raws, context)
        standards = context.columns.get("standard") or repeat(None, len(raws))
        names = context.columns.get("device_name") or repeat(None, len(raws))
        rows = list(zip(numbers, standards, names, strict=True))
        self._look_up({standard for _number, standard, _name in rows if isinstance(standard, int)}, context)
        return [self._device(number, standard, name, context) for number, standard, name in rows]

    def _look_up(self, standards: set[int], context: Context) -> None:
        devices = self._devices(context)
        if missing := standards - devices.keys():
            devices.update({pk: {} for pk in missing})
            rows = StandardDevice.objects.not_voided().filter(standard__in=missing)
            for pk, standard, *texts in rows.values_list("pk", "standard", "name", "serial_no"):
                devices[standard][tuple(map(match_text, texts))] = pk

    def _devices(self, context: Context) -> dict[int, Any]:
        return context.cache((self, "devices"))

    def _device(self, number: Any, standard: Any, name: Any, context: Context) -> Any:
        if isinstance(number, CellError):
            return number
        if not isinstance(standard, int) or not isinstance(name, str):
            return KEEP  # what is wrong stands in these columns
        found = self._devices(context)[standard].get((match_text(name), match_text(number)))
        if found is None:
            return CellError(_("The standard has no device “%(name)s” with this serial number.") % {"name": name})
        return found

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - cache.keys():
            cache.update(StandardDevice.objects.filter(pk__in=missing).values_list("pk", "serial_no"))

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)

    def interval_of(self, pk: int, context: Context) -> int | None:
        """The device's traceability interval in months; one query for all devices of the standards that were named."""
        months = context.cache((self, "months"))
        if pk not in months:
            named = {device for devices in self._devices(context).values() for device in devices.values()} | {pk}
            rows = StandardDevice.objects.filter(pk__in=named - months.keys())
            months.update(rows.values_list("pk", "interval_months"))
        return months.get(pk)
