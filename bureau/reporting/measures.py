"""What is added up over the rows of a figure.

A measure gives one whole number a group of rows (``amount``), so that adding up groups never rounds; ``exact`` turns
the sum of these into the figure.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import BigIntegerField, DecimalField, F, Model, Q
from django.db.models.functions import Cast, Round

from bureau.reporting.paths import field_at

Number = int | Decimal


class _OfRows:
    """What counts rows, or what stands in them: one for each."""

    def amount(self, model: type[Model], condition: Q) -> models.Aggregate:
        return models.Count("pk", filter=condition)

    def exact(self, model: type[Model], amount: int) -> Number:
        return amount

    def decimals(self, model: type[Model]) -> int:
        return 0


@dataclass(frozen=True)
class Count(_OfRows):
    """The number of rows."""

    is_additive = True

    @property
    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Sum:
    """The sum of a whole or decimal field, in that field's unit."""

    path: str
    is_additive: ClassVar[bool] = True

    def amount(self, model: type[Model], condition: Q) -> models.Aggregate:
        places = self.decimals(model)
        if not places:
            return models.Sum(self.path, filter=condition)
        # In units of the last decimal place: SQLite keeps decimals as floating point and would add up their errors.
        units = Cast(Round(F(self.path) * 10**places), BigIntegerField())
        return models.Sum(units, filter=condition)

    def exact(self, model: type[Model], amount: int) -> Number:
        places = self.decimals(model)
        return Decimal(amount).scaleb(-places) if places else amount

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def decimals(self, model: type[Model]) -> int:
        field = field_at(model, self.path)
        return field.decimal_places or 0 if isinstance(field, DecimalField) else 0


@dataclass(frozen=True)
class Stated(Sum):
    """What is stated of each region by itself, such as a rate: that of the whole is no sum of what parts state."""

    is_additive: ClassVar[bool] = False


@dataclass(frozen=True)
class Distinct(_OfRows):
    """The number of different values at the path (enterprises, fields …); rows without one do not count.

    Parts do not add up to the whole: the same value may stand in several.
    """

    path: str
    is_additive = False

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)


Measure = Count | Sum | Distinct
