"""Makers of energy-using units and of what hangs on them, kept by city A:
``(cast, make_enterprise, **values) -> saved row``. Each row passes its own checks first, as in a form."""

from datetime import date

from bureau import records
from enterprises.models import (
    EnergyConnection,
    EnergyConsumption,
    EnergyDepartment,
    EnergyEquipment,
    EnergyProduct,
    EnergyUnit,
    EnergyYear,
)
from inspections.models import EnergyMeter, MeteringPoint


def make_unit(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "kind": "key",
        "sector": "building_materials",
        "size_class": "ten_thousand",
        "begins_on": date(2016, 5, 10),
    }
    return _kept(EnergyUnit, {**defaults, **values}, by)


def make_connection(cast, make_enterprise, **values):
    return _part(EnergyConnection, {"mode": "realtime", "begins_on": date(2016, 5, 10)}, cast, make_enterprise, values)


def make_manual(cast, make_enterprise, **values):
    return make_connection(cast, make_enterprise, mode="manual", **values)


def make_department(cast, make_enterprise, **values):
    defaults = {"name": f"第{EnergyDepartment.objects.count() + 1}车间", "process": "粉磨"}
    return _part(EnergyDepartment, defaults, cast, make_enterprise, values)


def make_equipment(cast, make_enterprise, **values):
    number = EnergyEquipment.objects.count() + 1
    defaults = {
        "number": f"SB-{number:03}",
        "name": "球磨机",
        "energy_id": "electricity",
        "rated": 500,
        "rated_unit": "kW",
    }
    return _part(EnergyEquipment, defaults, cast, make_enterprise, values)


def make_year(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    unit = values.pop("unit", None) or make_unit(cast, make_enterprise, by=by)
    defaults = {
        "unit": unit,
        "year": 2015,
        "output_value": 10000,
        "reported_on": date(2016, 5, 10),
        "way": "online",
        "due_on": date(2016, 3, 31),
    }
    return _kept(EnergyYear, {**defaults, **values}, by)


def make_consumption(cast, make_enterprise, **values):
    defaults = {"energy_id": "raw_coal", "amount": 1000, "unit": "t", "ncv": 20934}
    return _of_year(EnergyConsumption, defaults, cast, make_enterprise, values)


def make_product(cast, make_enterprise, **values):
    return _of_year(EnergyProduct, {"name": "水泥", "amount": 5000, "unit": "t"}, cast, make_enterprise, values)


def make_meter(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    number = EnergyMeter.objects.count() + 1
    defaults = {
        "unit": values.pop("unit", None) or make_unit(cast, make_enterprise, by=by),
        "own_no": f"DN-{number:04}",
        "name": "电能表",
        "serial_no": f"2016{number:05}",
        "accuracy_class": "0.5S",
        "energy_id": "electricity",
        "level": "unit",
        "use_id": "electricity_1",
        "interval_months": 12,
        "last_verified_on": date(2016, 5, 10),
        "in_use_from": date(2016, 5, 10),
    }
    return _kept(EnergyMeter, {**defaults, **values}, by)


def make_point(cast, make_enterprise, *, by=None, with_meter=True, **values):
    """With a meter of its own, in use since the point is needed, unless ``with_meter=False`` or ``meter=…``."""
    by = by or cast.clerk_a
    unit = values.pop("unit", None) or make_unit(cast, make_enterprise, by=by)
    what = {"energy_id": "electricity", "level": "unit"} | {
        name: values.pop(name) for name in ("energy_id", "level") if name in values
    }
    begins_on = values.pop("begins_on", date(2016, 5, 10))
    if with_meter and "meter" not in values:
        own = {"office": values["office"]} if "office" in values else {}
        values["meter"] = make_meter(cast, make_enterprise, by=by, unit=unit, in_use_from=begins_on, **what, **own)
    defaults = {"unit": unit, "number": f"JL-{MeteringPoint.objects.count() + 1:04}", "begins_on": begins_on, **what}
    return _kept(MeteringPoint, {**defaults, **values}, by)


def _kept(model, values, by):
    office = values.pop("office", None) or by.office
    return _checked(model(**{"office": office, "region_id": office.region_id, **values}), by)


def _part(model, defaults, cast, make_enterprise, values):
    by = values.pop("by", None) or cast.clerk_a
    unit = values.pop("unit", None) or make_unit(cast, make_enterprise, by=by)
    return _checked(model(**{"unit": unit, **defaults, **values}), by)


def _of_year(model, defaults, cast, make_enterprise, values):
    by = values.pop("by", None) or cast.clerk_a
    year = values.pop("energy_year", None) or make_year(cast, make_enterprise, by=by)
    return _checked(model(**{"energy_year": year, **defaults, **values}), by)


def _checked(row, by):
    row.clean()
    row.validate_constraints()
    return records.save(row, by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


ENERGY_MAKERS = {
    model: _with_fixtures(make)
    for model, make in {
        EnergyUnit: make_unit,
        EnergyConnection: make_connection,
        EnergyDepartment: make_department,
        EnergyEquipment: make_equipment,
        EnergyYear: make_year,
        EnergyConsumption: make_consumption,
        EnergyProduct: make_product,
        EnergyMeter: make_meter,
        MeteringPoint: make_point,
    }.items()
}


def plant_energy(cast, make_enterprise, mark):
    """A unit of city A with a row of every kind, which carry the mark in every text."""
    unit = make_unit(cast, make_enterprise, listed_by=mark, remark=mark)
    make_connection(cast, make_enterprise, unit=unit, remark=mark)
    department = make_department(cast, make_enterprise, unit=unit, name=mark, process=mark, remark=mark)
    equipment = make_equipment(
        cast, make_enterprise, unit=unit, department=department, number=mark, name=mark, model=mark, process=mark,
        remark=mark,
    )  # fmt: skip
    year = make_year(cast, make_enterprise, unit=unit, remark=mark)
    make_consumption(cast, make_enterprise, energy_year=year)
    make_product(cast, make_enterprise, energy_year=year, name=mark, unit=mark)
    meter = make_meter(
        cast, make_enterprise, unit=unit, department=department, equipment=equipment, own_no=mark, name=mark,
        model=mark, accuracy_class=mark, measuring_range=mark, maker=mark, serial_no=mark, place=mark, remark=mark,
    )  # fmt: skip
    make_point(cast, make_enterprise, unit=unit, meter=meter, number=mark, name=mark, remark=mark)
    make_point(cast, make_enterprise, unit=unit, with_meter=False, is_exempt=True, exempt_reason=mark)
    return {"energy_unit": unit, "energy_department": department, "energy_year": year, "energy_meter": meter}
