"""What the rows of a unit's year amount to in coal equivalent, by equivalent value and by equal value, and how that
differs from what the unit states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enterprises.coal_equivalent import (
    Converted,
    Factor,
    Unconvertible,
    Use,
    convert,
    per_output,
    per_product,
    problem_of_shares,
    shares,
    total,
)
from enterprises.models.consumption import EnergyConsumption, EnergyProduct, EnergyYear
from enterprises.models.conversion_factor import Basis, ConversionFactor
from enterprises.models.energy_edition import EnergyEdition, NoTable, table_on
from enterprises.models.energy_kind import EnergyKind

Nature = EnergyKind.Nature
# What a unit states is rounded to whole tonnes, or to two places.
TONNE, HUNDREDTH = Decimal(1), Decimal("0.01")


class Factors:
    """The factors of the edition in force on the last day of a year: one query, then asked for any kind.

    Raises ``NoTable``.
    """

    def __init__(self, year: int) -> None:
        self.edition, rows = table_on(ConversionFactor, EnergyEdition.Standard.CONVERSION, date(year, 12, 31))
        assert self.edition.kj_per_kgce is not None  # a constraint
        self.year, self.kj_per_kgce = year, self.edition.kj_per_kgce
        self._of_year = {(row.energy_id, row.basis): row for row in rows if row.year == year}
        self._always = {(row.energy_id, row.basis): row for row in rows if row.year is None}

    def of(self, energy: str, basis: str) -> Factor | None:
        """That of the year goes before that of every year."""
        row = self._of_year.get((energy, basis)) or self._always.get((energy, basis))
        return Factor(row.factor_low, row.factor_high, row.ncv_low, row.ncv_high) if row else None

    def converted(self, row: EnergyConsumption, basis: str) -> Converted | None:
        """In tce by that basis; None where the energy does not count in it. Raises ``Unconvertible``."""
        kind = row.energy
        if basis == Basis.EQUIVALENT and kind.nature == Nature.MEDIUM:
            return None
        if basis == Basis.EQUAL and kind.nature != Nature.FUEL:
            return self._equal(row)
        use = Use(str(kind), row.amount, row.unit, kind.unit, row.ncv, row.factor)
        return convert(use, self.of(kind.pk, Basis.EQUIVALENT), kj_per_kgce=self.kj_per_kgce)

    def _equal(self, row: EnergyConsumption) -> Converted:
        """What it took to make it: neither a calorific value that was measured nor a factor chosen says that."""
        factor = self.of(row.energy_id, Basis.EQUAL)
        if factor is None:
            raise Unconvertible(
                _("%(energy)s: no equal value of %(year)s is on record. Enter it among the conversion factors.")
                % {"energy": row.energy, "year": self.year}
            )
        return convert(
            Use(str(row.energy), row.amount, row.unit, row.energy.unit), factor, kj_per_kgce=self.kj_per_kgce
        )


@dataclass
class Line:
    """A row that counts. ``share`` in per cent of the sum by equivalent value."""

    row: EnergyConsumption
    equivalent: Converted | None = None
    equal: Converted | None = None
    share: Decimal | None = None


@dataclass(frozen=True)
class Difference:
    """What the unit states, and what its rows amount to."""

    label: Any
    stated: Decimal
    computed: Decimal


@dataclass
class Balance:
    """Sums are in tce, and None while a row cannot be converted; why, say ``problems`` of each basis."""

    factors: Factors | None
    lines: list[Line] = field(default_factory=list)
    not_counted: list[EnergyConsumption] = field(default_factory=list)
    equivalent: Decimal | None = None
    equal: Decimal | None = None
    problems: dict[str, list[str]] = field(default_factory=dict)
    per_output: Decimal | None = None
    products: list[tuple[EnergyProduct, Decimal | None, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def balance(year: EnergyYear, rows: Iterable[EnergyConsumption], products: Sequence[EnergyProduct] = ()) -> Balance:
    """``rows`` come with their energy read."""
    rows = list(rows)
    counted = [row for row in rows if row.purpose == EnergyConsumption.Purpose.CONSUMED]
    found = Balance(None, [Line(row) for row in counted], [row for row in rows if row not in counted])
    try:
        found.factors = Factors(year.year)
    except NoTable as error:
        found.problems = {Basis.EQUIVALENT: [str(error)], Basis.EQUAL: [str(error)]}
    else:
        for basis in Basis.values:
            _sum_up(found, basis, found.factors)
    _share_out(found)
    _per_output_and_product(found, year, products)
    found.differences = list(_differences(found, year))
    stated = [row.stated_share for row in counted if row.stated_share is not None]
    if len(stated) == len(counted) and (problem := problem_of_shares(stated)):
        found.problems.setdefault(Basis.EQUIVALENT, []).append(problem)
    return found


def _sum_up(found: Balance, basis: str, factors: Factors) -> None:
    problems: list[str] = []
    for line in found.lines:
        try:
            setattr(line, basis, factors.converted(line.row, basis))
        except Unconvertible as error:
            problems.append(str(error))
    if problems:
        found.problems[basis] = problems
    else:
        setattr(found, basis, total(each for line in found.lines if (each := getattr(line, basis))))


def _share_out(found: Balance) -> None:
    if found.equivalent is None:
        return
    with_tce = [(line, line.equivalent.tce) for line in found.lines if line.equivalent]
    for (line, _tce), share in zip(with_tce, shares([tce for _line, tce in with_tce]), strict=True):
        line.share = share


def _per_output_and_product(found: Balance, year: EnergyYear, products: Sequence[EnergyProduct]) -> None:
    if found.equivalent is not None and year.output_value is not None:
        found.per_output = per_output(found.equivalent, year.output_value) if year.output_value > 0 else None
    for product in products:
        tce = found.equivalent if product.tce is None and len(products) == 1 else product.tce
        try:
            found.products.append((product, per_product(tce, product.amount, product=product.name), ""))
        except Unconvertible as error:
            found.products.append((product, None, str(error)))


def _differences(found: Balance, year: EnergyYear) -> Iterable[Difference]:
    pairs: list[tuple[Any, Decimal | None, Decimal | None]] = [
        (_("Energy in all, equivalent value, tce"), year.stated_tce, found.equivalent),
        (_("Energy in all, equal value, tce"), year.stated_tce_equal, found.equal),
    ]
    for line in found.lines:
        pairs.append((f"{line.row.energy}, tce", line.row.stated_tce, line.equivalent and line.equivalent.tce))
    for label, stated, computed in pairs:
        if stated is not None and computed is not None and differs(stated, computed):
            yield Difference(label, stated, computed)
    for line in found.lines:
        stated, computed = line.row.stated_share, line.share
        if stated is not None and computed is not None and abs(stated - computed) > Decimal("0.1"):
            yield Difference(f"{line.row.energy}, %", stated, computed)


def differs(stated: Decimal, computed: Decimal) -> bool:
    """By more than the rounding of what was stated: to whole tonnes, or to two places."""
    return abs(stated - computed) > (TONNE if stated == stated.to_integral_value() else HUNDREDTH)


def balance_of(year: EnergyYear) -> Balance:
    """As it is on record; three queries."""
    rows = EnergyConsumption.objects.not_voided().filter(energy_year=year).select_related("energy")
    return balance(year, rows, list(EnergyProduct.objects.not_voided().filter(energy_year=year)))
