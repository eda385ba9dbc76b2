"""Makers of pledges, awards, lists, certificates and licences: ``(make_enterprise, by=…, **values) -> saved row``."""

from datetime import date, timedelta

from bureau import records
from enterprises import c_mark
from enterprises.models import (
    CMarkDeclaration,
    CMarkProduct,
    DemonstrationAward,
    Licence,
    ListedEnterprise,
    ManagementSystemCertificate,
    Pledge,
    PledgeSpotCheck,
)
from enterprises.models.pledge import Pledged

DAY = date(2016, 5, 10)


def make_pledge(make_enterprise, *, by=None, **values):
    """Each a day later than the one before, so that two may be of one enterprise."""
    defaults = {"sector_id": "fuel", "signed_on": _later(Pledge, DAY), "valid_until": date(2019, 5, 9)}
    return _saved(Pledge, make_enterprise, {**defaults, **values}, by)


def make_award(make_enterprise, *, by=None, **values):
    defaults = {"sector_id": "fuel", "tier": "municipal", "awarded_on": _later(DemonstrationAward, date(2016, 7, 1))}
    return _pledged(DemonstrationAward, make_enterprise, {**defaults, **values}, "awarded_on", by)


def make_spot_check(make_enterprise, *, by=None, **values):
    defaults = {"sector_id": "fuel", "checked_on": _later(PledgeSpotCheck, date(2016, 7, 1)), "result": "kept"}
    return _pledged(PledgeSpotCheck, make_enterprise, {**defaults, **values}, "checked_on", by)


def make_listing(make_enterprise, *, by=None, **values):
    defaults = {"colour": "black", "from_on": _later(ListedEnterprise, DAY), "reason": "抽查不合格"}
    return _saved(ListedEnterprise, make_enterprise, {**defaults, **values}, by)


def make_declaration(make_enterprise, *, by=None, **values):
    day = _later(CMarkDeclaration, DAY)
    defaults = {"declared_on": day, "publication_due_on": day + timedelta(days=7)}
    return _saved(CMarkDeclaration, make_enterprise, {**defaults, **values}, by)


def make_product(make_enterprise, *, by=None, **values):
    declaration = values.pop("declaration", None) or make_declaration(
        make_enterprise, by=by, enterprise=values.pop("enterprise", None)
    )
    defaults = {"name": "大米", "brand": "某某", "net_content": "5 kg", "added_on": declaration.declared_on}
    product = CMarkProduct(declaration=declaration, **{**defaults, **values})
    records.save(product, by=by or declaration.created_by)
    c_mark.follow([declaration], by=by or declaration.created_by)
    product.refresh_from_db()
    return product


def make_certificate(make_enterprise, *, by=None, **values):
    number = ManagementSystemCertificate.objects.count() + 1
    defaults = {
        "body": "某某认证有限公司", "certificate_no": f"CMS〔2016〕{number:04}", "issued_on": DAY,
        "valid_until": date(2021, 5, 9),
    }  # fmt: skip
    return _saved(ManagementSystemCertificate, make_enterprise, {**defaults, **values}, by)


def make_licence(make_enterprise, *, by=None, **values):
    number = Licence.objects.count() + 1
    defaults = {
        "kind": "new_product", "authority": "省市场监督管理局", "application_no": f"受理〔2016〕{number:04}",
        "product": "电子秤", "applied_on": date(2016, 4, 20), "accepted_on": date(2016, 4, 25),
        "decision_due_on": date(2016, 5, 15), "decided_on": DAY, "decision": "granted",
        "certificate_no": f"2016F{number:03}",
    }  # fmt: skip
    return _saved(Licence, make_enterprise, {**defaults, **values}, by)


def _later(model, first):
    return first + timedelta(days=model.objects.count() % 100)


def _pledged(model, make_enterprise, values, on, by):
    """With the pledge that it needs."""
    enterprise = values["enterprise"] = values.get("enterprise") or make_enterprise(by=by)
    if Pledged([enterprise.pk]).problem(enterprise.pk, values["sector_id"], values[on]):
        # Before those that ``make_pledge`` makes by itself, and no two on one day.
        day = date(2016, 1, 1) + timedelta(days=Pledge.objects.count() % 120)
        make_pledge(make_enterprise, by=by, enterprise=enterprise, sector_id=values["sector_id"], signed_on=day)
    return _saved(model, make_enterprise, values, by)


def _saved(model, make_enterprise, values, by):
    enterprise = values.pop("enterprise", None) or make_enterprise(by=by)
    office = values.pop("office", by.office if by else enterprise.office)
    row = model(enterprise=enterprise, **{"office": office, "region_id": office.region_id, **values})
    return records.save(row, by=by or enterprise.created_by)


def _of_an_enterprise(maker):
    return lambda fixture, **values: maker(fixture("make_enterprise"), **values)


INTEGRITY_MAKERS = {
    Pledge: _of_an_enterprise(make_pledge),
    DemonstrationAward: _of_an_enterprise(make_award),
    PledgeSpotCheck: _of_an_enterprise(make_spot_check),
    ListedEnterprise: _of_an_enterprise(make_listing),
    CMarkDeclaration: _of_an_enterprise(make_declaration),
    CMarkProduct: _of_an_enterprise(make_product),
    ManagementSystemCertificate: _of_an_enterprise(make_certificate),
    Licence: _of_an_enterprise(make_licence),
}


def plant_integrity(make_enterprise, enterprise, mark):
    """One row of each kind about the enterprise that carries the mark in every text."""
    of = {"enterprise": enterprise}
    end = {"withdrawn_on": date(2018, 1, 1), "withdrawal_reason_id": "voluntary", "withdrawal_remark": mark}
    pledge = make_pledge(
        make_enterprise, **of, **end, number=mark, complaint_phone=mark, remark=mark, signed_on=date(2016, 5, 10)
    )
    award = make_award(
        make_enterprise, **of, **end, recommended_by=mark, document_no=mark, decision=mark, remark=mark,
        checklist=[{"key": "no_case", "label": mark, "verdict": "met", "sentence": mark}],
    )  # fmt: skip
    make_spot_check(make_enterprise, **of, agency=mark, findings=mark, remark=mark)
    listing = make_listing(make_enterprise, **of, reason=mark, remark=mark, published_on=date(2016, 5, 10))
    declaration = make_declaration(
        make_enterprise, **of, legal_representative=mark, metrology_head=mark, remark=mark, declared_on=DAY
    )
    make_product(make_enterprise, declaration=declaration, name=mark, brand=mark, net_content=mark, package=mark)
    make_certificate(make_enterprise, **of, body=mark, certificate_no=mark, coverage=mark, remark=mark)
    make_licence(
        make_enterprise, **of, authority=mark, application_no=mark, product=mark, specification=mark,
        certificate_no=mark, remark=mark,
    )  # fmt: skip
    return {"pledge": pledge, "award": award, "listing": listing, "declaration": declaration}
