"""Energy-using units of a demo province, how their data come in, and what they use.

As published: in Shenyang 33 units were connected in real time at the end of 2016, 60 reported by hand; in Hebei 632 key
units were connected in May 2021. One cement works of Shenyang has its departments, its main equipment and two years
with six kinds of energy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo, mixed
from enterprises.models import (
    EnergyConnection,
    EnergyConsumption,
    EnergyDepartment,
    EnergyEquipment,
    EnergyProduct,
    EnergyUnit,
    EnergyYear,
    EnterpriseKindSince,
)


@dataclass(frozen=True)
class Facts:
    """Of the units of a city (empty: of the key units of all) the first are connected in real time, the next report by
    hand: how many, and from which days on, in turn. In other cities they alternate from ``elsewhere_on``.

    ``years``: those that key units reported; ``works``: whether one unit is described in full.
    """

    city: str
    realtime: int
    manual: int
    realtime_on: tuple[date, ...]
    manual_on: date
    elsewhere_on: date | None
    years: tuple[int, ...]
    works: bool


FACTS = {
    LIAONING: Facts("210100", 33, 60, (date(2016, 3, 1),), date(2016, 7, 1), date(2019, 1, 1), (2025,), True),
    HEBEI: Facts(
        "", 632, 84, tuple(date(year, month, 1) for year in (2017, 2018, 2019, 2020) for month in (3, 6, 9, 12)),
        date(2018, 7, 1), None, (2019, 2020, 2025), False,
    ),
}  # fmt: skip
KINDS = {"key_energy": EnergyUnit.Kind.KEY, "public_institution": EnergyUnit.Kind.PUBLIC_INSTITUTION}
SECTORS = ("building_materials", "steel", "petrochemical", "nonferrous", "paper", "energy", "textile")
WORKS_YEARS = (2024, 2025)
DEPARTMENTS = ("原料车间", "烧成车间", "制成车间", "动力车间")
# Name, department, energy, rated, unit, number of pieces; the last one is metered with its pump house.
EQUIPMENT = (
    ("生料磨", 0, "electricity", 2500, "kW", 1),
    ("破碎机", 0, "electricity", 630, "kW", 2),
    ("回转窑主传动", 1, "electricity", 560, "kW", 1),
    ("高温风机", 1, "electricity", 2000, "kW", 1),
    ("回转窑燃烧器", 1, "coal", 12, "t/h", 1),
    ("水泥磨", 2, "electricity", 3550, "kW", 2),
    ("余热锅炉", 3, "steam", 18, "MW", 1),
    ("循环水泵", 3, "electricity", 160, "kW", 3),
)
# Energy, amount of 2025, unit, measured calorific value, factor chosen.
USED = (
    ("raw_coal", 148_000, "t", 23_450, None),
    ("diesel", 420, "t", None, None),
    ("natural_gas", 85, "万m3", None, "1.2143"),
    ("electricity", 11_800, "万kWh", None, None),
    ("heat", 21_000, "GJ", None, None),
    ("gasoline", 18, "t", None, None),
)


def fill(demo: Demo) -> None:
    facts, by = FACTS[demo.province], demo.by
    units = records.bulk_add(list(_units(demo)), by=by)
    key_units = [unit for unit in units if unit.kind == EnergyUnit.Kind.KEY]
    if facts.city:
        counted = [unit for unit in units if unit.office.region_id == facts.city]
        elsewhere = [unit for unit in units if unit.office.region_id != facts.city]
    else:
        counted = mixed(key_units)
        elsewhere = []
    records.bulk_add(list(_connections(facts, counted, elsewhere)), by=by)
    works = next(unit for unit in counted if unit.kind == EnergyUnit.Kind.KEY) if facts.works else None
    others = [unit for unit in key_units if unit != works]
    years = [_year(works, year) for year in WORKS_YEARS] if works else []
    if works:
        departments = records.bulk_add([EnergyDepartment(unit=works, name=name) for name in DEPARTMENTS], by=by)
        records.bulk_add(list(_equipment(works, departments)), by=by)
    years += [_year(unit, year) for year in facts.years for unit in others]
    records.bulk_add(years, by=by)
    records.bulk_add(list(_consumption(works, years)), by=by)
    of_works = [year for year in years if year.unit == works]
    made = [EnergyProduct(energy_year=year, name="水泥", amount=1_450_000, unit="t") for year in of_works]
    records.bulk_add(made, by=by)


def _units(demo: Demo) -> Iterator[EnergyUnit]:
    rows = EnterpriseKindSince.objects.filter(demo.within("enterprise__region"), kind__in=KINDS)
    kept = rows.select_related("enterprise__office").order_by("pk")
    for number, since in enumerate(kept):
        enterprise, kind = since.enterprise, KINDS[since.kind_id]
        is_key = kind == EnergyUnit.Kind.KEY
        yield EnergyUnit(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            kind=kind,
            sector=SECTORS[number % len(SECTORS)] if is_key else EnergyUnit.Sector.PUBLIC_INSTITUTION,
            size_class=("ten_thousand", "named", "thousand")[number % 3] if is_key else "",
            listed_by="年度重点用能单位名单" if is_key else "",
            begins_on=since.begins_on,
        )


def _connections(
    facts: Facts, counted: Sequence[EnergyUnit], elsewhere: Sequence[EnergyUnit]
) -> Iterator[EnergyConnection]:
    """Elsewhere the platform came later."""
    for number, unit in enumerate(counted[: facts.realtime]):
        begins_on = facts.realtime_on[number % len(facts.realtime_on)]
        yield EnergyConnection(unit=unit, mode="realtime", begins_on=begins_on)
    for unit in counted[facts.realtime : facts.realtime + facts.manual]:
        yield EnergyConnection(unit=unit, mode="manual", begins_on=facts.manual_on)
    for number, unit in enumerate(elsewhere):
        yield EnergyConnection(unit=unit, mode=("realtime", "manual")[number % 2], begins_on=facts.elsewhere_on)


def _equipment(works: EnergyUnit, departments: Sequence[EnergyDepartment]) -> Iterator[EnergyEquipment]:
    for number, (name, place, energy, rated, unit, quantity) in enumerate(EQUIPMENT, start=1):
        yield EnergyEquipment(
            unit=works,
            department=departments[place],
            number=f"SB-{number:03}",
            name=name,
            energy_id=energy,
            rated=rated,
            rated_unit=unit,
            quantity=quantity,
            is_metered_above=number == len(EQUIPMENT),
        )


def _year(unit: EnergyUnit, year: int) -> EnergyYear:
    """One unit in seven has not reported yet."""
    has_reported = unit.pk % 7 != 3 or year < 2025
    return EnergyYear(
        unit=unit,
        office=unit.office,
        region_id=unit.region_id,
        year=year,
        output_value=52_000 + unit.pk % 40 * 900,
        due_on=date(year + 1, 3, 31),
        reported_on=date(year + 1, 3, 10 + unit.pk % 15) if has_reported else None,
        way=EnergyYear.Way.ONLINE if has_reported else "",
    )


def _consumption(works: EnergyUnit | None, years: Sequence[EnergyYear]) -> Iterator[EnergyConsumption]:
    for year in years:
        if works is not None and year.unit_id == works.pk:
            for energy, amount, unit, ncv, factor in USED:
                grown = amount if year.year == 2025 else amount * 97 // 100
                yield EnergyConsumption(
                    energy_year=year, energy_id=energy, amount=grown, unit=unit, ncv=ncv, factor=factor
                )
        else:
            size = 6_000 + year.unit_id * 733 % 30_000
            yield EnergyConsumption(energy_year=year, energy_id="raw_coal", amount=size, unit="t")
            yield EnergyConsumption(energy_year=year, energy_id="electricity", amount=size // 4, unit="万kWh")
