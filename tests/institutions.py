"""Makers of institutions, people and local specifications: ``(cast, by=…, **values) -> saved row``.

Each row passes its own checks first, as in a form; a row that hangs on another makes that one, too.
"""

from datetime import date

from bureau import records
from standards import specification_life
from standards.models import (
    Administrator,
    Authorisation,
    AuthorisedItem,
    Institution,
    Qualification,
    ReferenceMaterialProduct,
    Specification,
    SpecificationReview,
    Technician,
)


def make_institution(cast, *, by=None, **values):
    number = Institution.objects.count() + 1
    defaults = {"kind": "legal_verification", "tier": "municipal", "begins_on": date(2010, 1, 1)}
    return record(Institution, {"name": f"计量检定机构{number}", **defaults, **values}, by or cast.clerk_a)


def make_technician(cast, *, by=None, **values):
    number = Technician.objects.count() + 1
    institution = values.pop("institution", None) or make_institution(cast, by=by)
    defaults = {"name": "某某", "staff_no": f"J-{number:04}", "begins_on": date(2012, 3, 1)}
    return record(Technician, {**defaults, "institution": institution, **values}, by or cast.clerk_a)


def make_administrator(cast, *, by=None, **values):
    number = Administrator.objects.count() + 1
    defaults = {"name": "某某", "unit": "市场监督管理局", "staff_no": f"G-{number:03}", "begins_on": date(2014, 5, 1)}
    return record(Administrator, {**defaults, **values}, by or cast.clerk_a)


def make_specification(cast, *, by=None, **values):
    number = Specification.objects.count() + 1
    defaults = {
        "number": f"JJG(辽) {number}-2016",
        "name": f"检定规程{number}",
        "planned_on": date(2016, 1, 10),
        "issued_on": date(2016, 5, 10),
        "in_force_on": date(2016, 5, 10),
    }
    row = record(Specification, {**defaults, **values}, by or cast.clerk_a)
    specification_life.follow([row], by=by or cast.clerk_a)
    return row


def make_authorisation(cast, *, by=None, **values):
    number = Authorisation.objects.count() + 1
    defaults = {
        "authority": "省市场监督管理局",
        "certificate_no": f"(辽)法计 ({number:05}) 号",
        "issued_on": date(2015, 1, 1),
    }
    return part(Authorisation, "institution", make_institution, cast, by, {**defaults, **values})


def make_authorised_item(cast, *, by=None, **values):
    number = AuthorisedItem.objects.count() + 1
    defaults = {
        "service": "verification",
        "name": f"电子天平{number}",
        "measuring_range": "(0～500) g",
        "begins_on": date(2015, 1, 1),
    }
    return part(AuthorisedItem, "institution", make_institution, cast, by, {**defaults, **values})


def make_reference_material(cast, *, by=None, **values):
    number = ReferenceMaterialProduct.objects.count() + 1
    defaults = {
        "code": f"GBW(E) {80000 + number:06}",
        "name": "气体标准物质",
        "level": "secondary",
        "begins_on": date(2015, 1, 1),
    }
    institution = values.pop("institution", None) or make_institution(cast, by=by, kind="reference_material_producer")
    values = {**defaults, "institution": institution, **values}
    return part(ReferenceMaterialProduct, "institution", make_institution, cast, by, values)


def make_qualification(cast, *, by=None, **values):
    number = Qualification.objects.count() + 1
    defaults = {
        "kind": "registered_1",
        "authority": "省市场监督管理局",
        "certificate_no": f"Z-{number:05}",
        "issued_on": date(2015, 1, 1),
        "valid_until": date(2018, 12, 31),
    }
    return part(Qualification, "technician", make_technician, cast, by, {**defaults, **values})


def make_specification_review(cast, *, by=None, **values):
    defaults = {"on": date(2016, 5, 10), "conclusion": "keep"}
    row = part(SpecificationReview, "specification", make_specification, cast, by, {**defaults, **values})
    specification_life.follow([row.specification], by=by or cast.clerk_a)
    return row


def grow(cast, times=1):
    """So many of each kind, their parts on the first of each; the keys of the first."""
    for _ in range(times):
        make_institution(cast), make_technician(cast), make_administrator(cast), make_specification(cast)
        institution, technician = Institution.objects.earliest("pk"), Technician.objects.earliest("pk")
        make_authorisation(cast, institution=institution)
        make_authorised_item(cast, institution=institution)
        make_reference_material(cast, institution=institution)
        make_qualification(cast, technician=technician)
        make_specification_review(cast)
    return {
        kind._meta.model_name: kind.objects.earliest("pk").pk
        for kind in (Institution, Technician, Administrator, Specification)
    }


def record(model, values, by):
    office = values.pop("office", by.office)
    return checked(model(office=office, **{"region_id": office.region_id, **values}), by)


def part(model, parent, make_parent, cast, by, values):
    if parent not in values:
        values[parent] = make_parent(cast, by=by)
    return checked(model(**values), by or cast.clerk_a)


def checked(row, by):
    row.full_clean(exclude=["created_by", "updated_by", "voided_by"])
    return records.save(row, by=by)
