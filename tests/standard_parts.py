"""Makers of what hangs on a standard: ``(make_standard, cast, by=…, **values) -> saved row``.

Each row passes its own checks first, as in a form; the standard it hangs on is made where none is given.
"""

from datetime import date

from bureau.exchange.importing import Importer
from bureau.exchange.layouts.table import FileRow
from bureau.exchange.sheets import get_sheet
from standards.models import DeviceTrace, StandardDevice, StandardItem, StandardPerson
from tests.institutions import checked, make_qualification, make_technician

BEGUN = date(2016, 5, 10)


def make_item(make_standard, cast, *, by=None, **values):
    number = StandardItem.objects.count() + 1
    defaults = {
        "name": f"砝码{number}",
        "kind": "verification",
        "measuring_range": "(1～500) g",
        "specification": "JJG 99-2022 砝码",
        "begins_on": BEGUN,
    }
    return _part(StandardItem, make_standard, cast, by, {**defaults, **values})


def make_device(make_standard, cast, *, by=None, **values):
    number = StandardDevice.objects.count() + 1
    defaults = {"name": "F1级砝码", "serial_no": f"2016{number:04}", "interval_months": 12, "begins_on": BEGUN}
    return _part(StandardDevice, make_standard, cast, by, {**defaults, **values})


def make_trace(make_standard, cast, *, by=None, **values):
    number = DeviceTrace.objects.count() + 1
    defaults = {
        "kind": "verification",
        "on": BEGUN,
        "certificate_no": f"JZ2016-{number:05}",
        "institution_name": "国家计量技术机构",
    }
    if "device" not in values:
        values["device"] = make_device(make_standard, cast, by=by)
    return checked(DeviceTrace(**{**defaults, **values}), by or cast.clerk_a)


def make_person(make_standard, cast, *, by=None, **values):
    if "technician" not in values:
        values["technician"] = make_technician(cast, by=by)
    return _part(StandardPerson, make_standard, cast, by, {"role": "verifier", "begins_on": BEGUN, **values})


def make_staff(make_standard, cast, standard):
    """Two qualified persons and one who is responsible: what the rule asks for, from 2016 to the end of 2018."""
    verifiers = [make_qualification(cast).technician for _ in range(2)]
    for technician in verifiers:
        make_person(make_standard, cast, standard=standard, technician=technician)
    make_person(make_standard, cast, standard=standard, technician=verifiers[0], role="responsible")
    return verifiers


def grow(make_standard, cast, standard, times=1):
    """So many of each kind on one standard; the key of its first device."""
    device = standard.devices.first() or make_device(make_standard, cast, standard=standard)
    for _ in range(times):
        make_item(make_standard, cast, standard=standard)
        make_device(make_standard, cast, standard=standard)
        make_trace(make_standard, cast, device=device)
        make_person(make_standard, cast, standard=standard)
    return {"device": device.pk}


def _part(model, make_standard, cast, by, values):
    by = by or cast.clerk_a
    if "standard" not in values:
        values["standard"] = make_standard(by=by)
    return checked(model(**values), by)


def take_rows(kind, by, *rows):
    """What an import of rows, cells by the columns' names, does for the office of ``by``."""
    importer = Importer(get_sheet(kind), office=by.office, by=by)
    return importer.take([FileRow(number, cells) for number, cells in enumerate(rows, start=2)])
