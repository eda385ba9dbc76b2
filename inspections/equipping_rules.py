"""What the edition of GB 17167 in force on a day asks, read from its tables; and how a unit stands to it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from enterprises.models import (
    EnergyEdition,
    EnergyEquipment,
    EnergyUnit,
    EquippingRequirement,
    EquippingThreshold,
    Level,
    MeterAccuracyRequirement,
    MeteredEnergy,
    MeterUse,
)
from enterprises.models.energy_edition import NoTable, table_on
from enterprises.models.metered_energy import JUDGED_LEVELS
from inspections.equipping import Accuracy, Asked, Cell, Limit, Need, Point, cells
from inspections.equipping import accuracy as compare
from inspections.equipping import need as need_of
from inspections.models import EnergyMeter, MeteringPoint


@dataclass
class Rules:
    """The tables of the day. One that is not on record is None, and ``problems`` says so: nothing is judged by it."""

    on: date
    edition: str = ""
    rates: dict[tuple[str, str], Decimal] | None = None
    limits: list[Limit] | None = None
    classes: dict[str, Asked] | None = None
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, on: date) -> "Rules":
        rules = cls(on)
        rates = rules._read(EquippingRequirement)
        limits = rules._read(EquippingThreshold)
        classes = rules._read(MeterAccuracyRequirement)
        if rates is not None:
            rules.rates = {(row.energy_id, row.level): row.rate for row in rates}
        if limits is not None:
            rules.limits = [Limit(row.energy_id or "", row.level, row.limit, row.unit) for row in limits]
        if classes is not None:
            rules.classes = {row.use_id: Asked(row.accuracy_class, row.below_unit, row.for_trade) for row in classes}
        return rules

    def _read(self, model: Any) -> list[Any] | None:
        try:
            edition, rows = table_on(model, EnergyEdition.Standard.EQUIPPING, self.on)
        except NoTable as error:
            if str(error) not in self.problems:
                self.problems.append(str(error))
            return None
        self.edition = edition.edition
        return rows

    def class_asked(self, meter: EnergyMeter) -> str:
        """ "" where nothing is asked of it, or nothing can be."""
        asked = (self.classes or {}).get(meter.use_id or "")
        return asked.of(level=meter.level, is_for_trade=meter.is_for_trade) if asked else ""

    def accuracy_of(self, meter: EnergyMeter) -> Accuracy:
        return compare(meter.accuracy_class, self.class_asked(meter))

    def need_of(self, equipment: EnergyEquipment) -> Need | None:
        """None without a table."""
        if self.limits is None:
            return None
        return need_of(
            energy=equipment.energy_id,
            level=Level.EQUIPMENT,
            amount=equipment.rated,
            unit=equipment.rated_unit,
            limits=self.limits,
            is_metered_above=equipment.is_metered_above,
        )


def with_metered(points: QuerySet, on: date) -> QuerySet:
    """``is_metered``: a meter that is in use on the day is there."""
    still = Q(meter__in_use_until__isnull=True) | Q(meter__in_use_until__gte=on)
    measures = Q(meter__voided_at__isnull=True, meter__in_use_from__lte=on) & still
    return points.annotate(
        is_metered=Case(When(measures, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


@dataclass(frozen=True)
class Row:
    """A line of the wide table: an energy with a cell for each level, in the order of the levels."""

    energy: MeteredEnergy | None
    cells: tuple[tuple[str, Cell], ...]


def wide_table(points: Iterable[Point], rates: Mapping[tuple[str, str], Decimal] | None) -> list[Row]:
    """By energy and level, as the report has it; energies without a single point are left out. The last line is all of
    them together."""
    found = cells(points, rates)
    used = {energy for (energy, _level), cell in found.items() if cell.needed or cell.exempt}
    rows = [
        Row(energy, tuple((level.value, found.get((energy.pk, level), Cell())) for level in JUDGED_LEVELS))
        for energy in MeteredEnergy.objects.all()
        if energy.pk in used
    ]
    together = tuple(
        (level.value, sum((dict(row.cells)[level.value] for row in rows), Cell(is_judged=False)))
        for level in JUDGED_LEVELS
    )
    return [*rows, Row(None, together)] if rows else []


@dataclass(frozen=True)
class UseLine:
    """Form B.9: the meters of a use, and how many of them are of the class asked for."""

    use: MeterUse | None
    asked: str
    counts: Counter[Accuracy]

    @property
    def meters(self) -> int:
        return self.counts.total()

    @property
    def met(self) -> int:
        return self.counts[Accuracy.MET]

    @property
    def not_met(self) -> int:
        return self.counts[Accuracy.NOT_MET]

    @property
    def unknown(self) -> int:
        return self.counts[Accuracy.UNKNOWN]


@dataclass
class Standing:
    """How a unit is equipped on a day."""

    unit: EnergyUnit
    rules: Rules
    rows: list[Row]
    uses: list[UseLine]
    not_met: list[tuple[EnergyMeter, str]]
    unknown: list[tuple[EnergyMeter, str]]
    without_point: list[tuple[EnergyEquipment, Need]]
    spare_meters: int


def standing_of(unit: EnergyUnit, on: date, *, scoped: Callable[[QuerySet], QuerySet]) -> Standing:
    """``scoped`` limits rows to those that the reader may see. As many queries for 1,200 meters as for one."""
    rules = Rules.of(on)
    points = with_metered(scoped(MeteringPoint.objects.on(on).filter(unit=unit)), on)
    known = list(points.values_list("energy", "level", "is_metered", "is_exempt", "equipment", "meter"))
    meters = list(scoped(EnergyMeter.objects.on(on).filter(unit=unit)).select_related("use").order_by("pk"))
    serving = {meter for *_others, meter in known if meter is not None}
    judged = [(meter, rules.class_asked(meter), rules.accuracy_of(meter)) for meter in meters]
    return Standing(
        unit,
        rules,
        wide_table((Point(*point[:4]) for point in known), rules.rates),
        _use_lines(judged) if rules.classes is not None else [],
        [(meter, asked) for meter, asked, found in judged if found == Accuracy.NOT_MET],
        [(meter, asked) for meter, asked, found in judged if found == Accuracy.UNKNOWN],
        _without_point(unit, rules, {point[4] for point in known}, scoped),
        sum(meter.pk not in serving and meter.level != Level.SUB_ITEM for meter in meters),
    )


def _use_lines(judged: Iterable[tuple[EnergyMeter, str, Accuracy]]) -> list[UseLine]:
    lines: dict[tuple[Any, str], UseLine] = {}
    for meter, asked, found in judged:
        line = lines.setdefault((meter.use_id, asked), UseLine(meter.use, asked, Counter()))
        line.counts[found] += 1
    return sorted(lines.values(), key=lambda line: (line.use is None, line.use.position if line.use else 0, line.asked))


def _without_point(
    unit: EnergyUnit, rules: Rules, with_point: set[int | None], scoped: Callable[[QuerySet], QuerySet]
) -> list[tuple[EnergyEquipment, Need]]:
    """Equipment from the limit on, or of which that cannot be told, for which no metering point is on record."""
    rows = scoped(EnergyEquipment.objects.not_voided().filter(unit=unit)).select_related("energy").order_by("pk")
    asked = [(row, rules.need_of(row)) for row in rows if row.pk not in with_point] if rules.limits is not None else []
    return [(row, found) for row, found in asked if found is not None and found.is_needed is not False]
