"""The forms of JJF 1356, annex B, of one audit: rows as on record on its day, and every summary number computed from
them, beside what the unit declares."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from enterprises.energy_balance import Balance, balance
from enterprises.models import (
    EnergyConsumption,
    EnergyEquipment,
    EnergyProduct,
    EnergyYear,
    EnterpriseStaff,
    Level,
    MeteredEnergy,
    MeterUse,
)
from inspections.equipping_rules import Standing, standing_of
from inspections.models import AuditedEquipping, AuditItem, DeclaredNumber, EnergyAudit, EnergyMeter

Figure = DeclaredNumber.Figure
Scoped = Callable[[QuerySet], QuerySet]
# figure, line (code of an energy or a use, "" for all), level ("" for all)
Key = tuple[str, str, str]


def all_rows(rows: QuerySet) -> QuerySet:
    """For verbs: what an audit found does not hang on who presses the button."""
    return rows


@dataclass(frozen=True)
class Number:
    """A summary number; ``computed`` is None where the rows have nothing to compute it from."""

    key: Key
    label: str
    declared: int | None
    computed: int | None

    @property
    def differs(self) -> bool:
        return self.declared is not None and self.declared != (self.computed or 0)

    @property
    def name(self) -> str:
        """As a field of a form."""
        return "-".join(("n", *self.key))


class AuditForms:
    """Read once for an audit; ``scoped`` limits rows to those that the reader may see.

    As many queries for 1,200 meters as for one.
    """

    def __init__(self, audit: EnergyAudit, *, scoped: Scoped) -> None:
        self.audit, self.unit, self.day, self.scoped = audit, audit.unit, audit.day, scoped

    # Rows ----------------------------------------------------------------------------------------

    @cached_property
    def staff(self) -> list[EnterpriseStaff]:
        """B.1"""
        there = Q(archived_on__lte=self.day) & (Q(left_on__isnull=True) | Q(left_on__gte=self.day))
        rows = EnterpriseStaff.objects.not_voided().filter(
            there, enterprise=self.unit.enterprise_id, work=EnterpriseStaff.Work.ENERGY
        )
        return list(self.scoped(rows).order_by("name", "pk"))

    @cached_property
    def equipment(self) -> list[EnergyEquipment]:
        """B.2"""
        rows = EnergyEquipment.objects.not_voided().filter(unit=self.unit)
        return list(self.scoped(rows).select_related("department", "energy").order_by("number", "pk"))

    @cached_property
    def meters(self) -> list[EnergyMeter]:
        """B.3; B.4 to B.7 are those of a level."""
        rows = self.scoped(EnergyMeter.objects.on(self.day).filter(unit=self.unit))
        return list(rows.select_related("energy", "use", "department", "equipment").order_by("own_no", "pk"))

    def meters_at(self, level: str) -> list[EnergyMeter]:
        return [meter for meter in self.meters if meter.level == level]

    @cached_property
    def standing(self) -> Standing:
        """B.8 and B.9"""
        return standing_of(self.unit, self.day, scoped=self.scoped)

    @cached_property
    def year(self) -> EnergyYear | None:
        """B.10: of the latest year that was over on the day."""
        rows = EnergyYear.objects.not_voided().filter(unit=self.unit, year__lt=self.day.year)
        return self.scoped(rows).order_by("-year").first()

    @cached_property
    def consumption(self) -> list[EnergyConsumption]:
        rows = EnergyConsumption.objects.not_voided().filter(energy_year=self.year)
        return list(rows.select_related("energy")) if self.year else []

    @cached_property
    def balance(self) -> Balance | None:
        if self.year is None:
            return None
        return balance(
            self.year, self.consumption, list(EnergyProduct.objects.not_voided().filter(energy_year=self.year))
        )

    @cached_property
    def problems(self) -> list[str]:
        """Why nothing can be judged by the tables: sentences that ask for the edition of the day."""
        return problems_on(self.audit, self.standing.rules.problems)

    # Numbers -------------------------------------------------------------------------------------

    def counts(self) -> dict[Key, int]:
        """All summary numbers that follow from the rows."""
        found: dict[Key, int] = {
            (Figure.PEOPLE, "", ""): len(self.staff),
            (Figure.EQUIPMENT, "", ""): sum(row.quantity for row in self.equipment),
            (Figure.METERS, "", ""): len(self.meters),
        }
        for level in Level.values:
            found[Figure.METERS, "", level] = len(self.meters_at(level))
        valid = [meter for meter in self.meters if self._is_valid(meter)]
        found[Figure.VALID, "", ""] = len(valid)
        return found | dict(self._equipped()) | dict(self._classes())

    def _is_valid(self, meter: EnergyMeter) -> bool:
        """A verification after the day says nothing of the day."""
        since, until = meter.last_verified_on, meter.valid_until
        return until is not None and until >= self.day and (since is None or since <= self.day)

    def _equipped(self) -> Iterator[tuple[Key, int]]:
        for row in self.standing.rows:
            line = row.energy.pk if row.energy else ""
            for level, cell in row.cells:
                if cell.needed or cell.exempt:
                    yield (Figure.NEEDED, line, level), cell.needed
                    yield (Figure.INSTALLED, line, level), cell.installed

    def _classes(self) -> Iterator[tuple[Key, int]]:
        """Nothing without the table of the day: its lines go by what it asks."""
        meters, met = Counter[str](), Counter[str]()
        for line in self.standing.uses:
            if line.use:
                meters[line.use.pk] += line.meters
                met[line.use.pk] += line.met
        for use, count in meters.items():
            yield (Figure.OF_USE, use, ""), count
            yield (Figure.CLASS_MET, use, ""), met[use]

    @cached_property
    def numbers(self) -> list[Number]:
        """Declared beside computed, in the order of the forms."""
        computed = self.counts()
        rows = self.scoped(DeclaredNumber.objects.not_voided().filter(audit=self.audit))
        declared = {(row.figure, row.line, row.level): row.count for row in rows}
        names = _names_of_lines()
        order, levels = list(Figure.values), ["", *Level.values]
        keys = sorted(
            computed.keys() | declared.keys(),
            key=lambda key: (order.index(key[0]), list(names).index(key[1]) if key[1] in names else -1,
                             levels.index(key[2])),
        )  # fmt: skip
        return [Number(key, label_of(key, names), declared.get(key), computed.get(key)) for key in keys]

    def differences(self) -> list[tuple[str, Any, Any]]:
        """Label, declared, computed of each number that the unit states otherwise than its rows amount to."""
        found: list[tuple[str, Any, Any]] = [
            (each.label, each.declared, each.computed or 0) for each in self.numbers if each.differs
        ]
        if self.balance:
            found += [(str(each.label), each.stated, each.computed) for each in self.balance.differences]
        return found

    def equipping(self) -> list[AuditedEquipping]:
        """What is kept of the rates when the audit is concluded."""
        meters = Counter((meter.energy_id, meter.level) for meter in self.meters)
        cells = {
            (row.energy.pk, level): cell
            for row in self.standing.rows
            if row.energy
            for level, cell in row.cells
            if cell.needed or cell.exempt
        }
        return [
            AuditedEquipping(
                audit=self.audit,
                energy_id=energy,
                level=level,
                meters=meters[energy, level],
                needed=cells[energy, level].needed if (energy, level) in cells else 0,
                installed=cells[energy, level].installed if (energy, level) in cells else 0,
            )
            for energy, level in sorted(meters.keys() | cells.keys())
        ]


def problems_on(audit: EnergyAudit, of_tables: list[str]) -> list[str]:
    """``of_tables``: what the tables of equipping say of the day."""
    found = list(of_tables)
    if not audit.edition or not holds(audit.edition, audit.day):
        found.append(
            _("No edition of the audit items (JJF 1356) that holds on %(day)s is on record. Please import its items.")
            % {"day": audit.day.isoformat()}
        )
    return found


def holds(edition: str, day: date) -> bool:
    return bool(AuditItem.objects.filter(edition=edition).in_force(day).exists())


def _names_of_lines() -> dict[str, str]:
    """Code and name of each energy and use, in their order."""
    rows = [*MeteredEnergy.objects.all(), *MeterUse.objects.all()]
    return {row.pk: str(row) for row in rows}


def label_of(key: Key, names: dict[str, str]) -> str:
    figure, line, level = key
    said = {"figure": Figure(figure).label, "line": names.get(line, line), "level": Level(level).label if level else ""}
    if line and level:
        return _("%(figure)s: %(line)s, %(level)s") % said
    if line or level:
        return _("%(figure)s: %(line)s") % (said if line else said | {"line": said["level"]})
    return str(said["figure"])
