"""The energy meters of a demo's cement works and the points at which it needs them; of Hebei none is described."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bureau import records
from bureau.demo import Demo
from enterprises.models import EnergyDepartment, EnergyEquipment, EnergyUnit
from inspections.models import EnergyMeter, MeteringPoint
from inspections.models.energy_meter import last_valid_day

SINCE, VERIFIED, MONTHS = date(2018, 1, 1), date(2025, 12, 10), 12
# By energy: name of the meter, its class, its use as the table of accuracy classes sorts it.
METERS = {
    "electricity": ("电能表", "0.5S", "electricity_1"),
    "coal": ("皮带秤", "0.5", "weighing_dynamic"),
    "steam": ("蒸汽流量计", "2.5", "gas_steam"),
    "water": ("水表", "2.5", "water_small"),
}
INCOMING = (("1#主变进线", "electricity"), ("2#主变进线", "electricity"), ("原煤进厂", "coal"), ("自来水总管", "water"))
# So many workshops have a water meter; these machines lack a meter, or have one of too coarse a class.
WITH_WATER, BARE, COARSE = 2, "水泥磨", "高温风机"
EXEMPT = "随循环水泵房整体计量"


@dataclass(frozen=True)
class Place:
    name: str
    energy: str
    level: str
    has_meter: bool = True
    department: EnergyDepartment | None = None
    equipment: EnergyEquipment | None = None


def fill(demo: Demo) -> None:
    by = demo.by
    first = EnergyEquipment.objects.filter(demo.within("unit__region")).order_by("pk").select_related("unit").first()
    if first is None:
        return
    points = [_point(first.unit, number, place) for number, place in enumerate(_places(first.unit), start=1)]
    with_meter = [point for point in points if point.meter is not None]
    records.bulk_add([point.meter for point in with_meter], by=by)
    for point in with_meter:
        point.meter_id = point.meter.pk  # which it has only now
    records.bulk_add(points, by=by)


def _places(works: EnergyUnit) -> Iterator[Place]:
    for name, energy in INCOMING:
        yield Place(name, energy, "unit")
    for number, department in enumerate(EnergyDepartment.objects.filter(unit=works).order_by("pk")):
        yield Place(department.name, "electricity", "sub_unit", department=department)
        yield Place(department.name, "water", "sub_unit", number < WITH_WATER, department)
    for each in EnergyEquipment.objects.filter(unit=works).select_related("department").order_by("pk"):
        has_meter = each.name != BARE and not each.is_metered_above
        yield Place(each.name, each.energy_id, "equipment", has_meter, each.department, each)


def _point(works: EnergyUnit, number: int, place: Place) -> MeteringPoint:
    is_exempt = place.equipment is not None and place.equipment.is_metered_above
    return MeteringPoint(
        unit=works,
        office_id=works.office_id,
        region_id=works.region_id,
        number=f"JL-{number:03}",
        name=place.name,
        energy_id=place.energy,
        level=place.level,
        department=place.department,
        equipment=place.equipment,
        meter=_meter(works, number, place) if place.has_meter else None,
        is_exempt=is_exempt,
        exempt_reason=EXEMPT if is_exempt else "",
        begins_on=SINCE,
    )


def meters_of(unit: EnergyUnit, count: int) -> list[EnergyMeter]:
    """So many meters of a unit that has no metering points on record yet, as its own list names them."""
    places = [
        Place(f"{number}号车间", list(METERS)[number % len(METERS)], "sub_unit") for number in range(1, count + 1)
    ]
    return [_meter(unit, number, place) for number, place in enumerate(places, start=1)]


def _meter(works: EnergyUnit, number: int, place: Place) -> EnergyMeter:
    name, accuracy_class, use = METERS[place.energy]
    return EnergyMeter(
        unit=works,
        office_id=works.office_id,
        region_id=works.region_id,
        own_no=f"NY-{number:03}",
        name=name,
        accuracy_class="1.0" if place.name == COARSE else accuracy_class,
        maker="某某仪表有限公司",
        serial_no=f"2017{number:04}",
        energy_id=place.energy,
        level=place.level,
        use_id=use,
        department=place.department,
        equipment=place.equipment,
        place=place.name,
        interval_months=MONTHS,
        last_verified_on=VERIFIED,
        valid_until=last_valid_day(VERIFIED, MONTHS),
        in_use_from=SINCE,
    )
