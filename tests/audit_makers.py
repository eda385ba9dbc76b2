"""Makers of energy-metering audits and of what hangs on them, kept by city A:
``(cast, make_enterprise, **values) -> saved row``. Each row passes its own checks first, as in a form."""

from datetime import date

from bureau import records
from inspections.models import (
    AuditedEquipping,
    AuditFinding,
    AuditItem,
    AuditMember,
    AuditPlan,
    DeclaredNumber,
    EnergyAudit,
    ExaminedMeter,
    Nonconformity,
    PlannedAudit,
)
from tests.energy_makers import make_meter, make_unit

CONCLUDED = {
    "state": "concluded",
    "self_check_on": date(2016, 4, 1),
    "review_on": date(2016, 4, 20),
    "on_site_on": date(2016, 5, 3),
    "on_site_until": date(2016, 5, 4),
    "concluded_on": date(2016, 5, 10),
    "conclusion": "conforming",
}
ON_SITE = {
    "state": "on_site",
    "self_check_on": date(2016, 4, 1),
    "review_on": date(2016, 4, 20),
    "on_site_on": date(2016, 5, 3),
}


def make_plan(cast, make_enterprise, *, by=None, **values):
    defaults = {
        "agency": "市市场监督管理局",
        "name": f"重点用能单位能源计量审查计划{AuditPlan.objects.count() + 1}",
        "year": 2016,
        "self_check_due_on": date(2016, 4, 30),
        "on_site_from": date(2016, 5, 1),
        "on_site_until": date(2016, 11, 30),
    }
    return _kept(AuditPlan, {**defaults, **values}, by or cast.clerk_a)


def make_planned(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "plan": values.pop("plan", None) or make_plan(cast, make_enterprise, by=by),
        "unit": values.pop("unit", None) or make_unit(cast, make_enterprise, by=by),
        "on_site_by": date(2016, 5, 10),
    }
    return _checked(PlannedAudit(**{**defaults, **values}), by)


def make_audit(cast, make_enterprise, *, by=None, **values):
    """As it stands on record after its conclusion, unless ``state`` and days say otherwise."""
    by = by or cast.clerk_a
    defaults = {
        "agency": "市计量测试所",
        "number": f"2016-{EnergyAudit.objects.count() + 1:03}",
        "unit": values.pop("unit", None) or make_unit(cast, make_enterprise, by=by),
        **({} if "state" in values else CONCLUDED),
    }
    return _kept(EnergyAudit, {**defaults, **values}, by)


def make_open(cast, make_enterprise, **values):
    """An audit that is on site."""
    return make_audit(cast, make_enterprise, **{**ON_SITE, **values})


def make_member(cast, make_enterprise, **values):
    return _part(AuditMember, {"name": "审查员甲", "is_leader": True, "duty": "组长"}, cast, make_enterprise, values)


def make_finding(cast, make_enterprise, **values):
    defaults = {
        "item": item("6-1"),
        "result": "defective",
        "finding": "二级用电未分项计量",
        "clause": "GB 17167-2006 4.3",
    }
    return _part(AuditFinding, defaults, cast, make_enterprise, values, make_open)


def make_nonconformity(cast, make_enterprise, *, by=None, **values):
    """Found and closed in May 2016, unless told otherwise."""
    by = by or cast.clerk_a
    audit = values.pop("audit", None) or make_open(cast, make_enterprise, by=by)
    defaults = {
        "audit": audit,
        "number": Nonconformity.objects.filter(audit=audit).count() + 1,
        "clause": "GB 17167-2006 4.3.8",
        "facts": "三台电能表超过检定周期",
        "found_on": date(2016, 5, 4),
        "due_on": date(2016, 5, 10),
        "evidence": "检定证书复印件",
        "verified_by": "审查员甲",
        "verified_on": date(2016, 5, 10),
        "outcome": "rectified",
        "closed_on": date(2016, 5, 10),
    }
    return _kept(Nonconformity, {**defaults, **values}, by)


STILL_OPEN = {"evidence": "", "verified_by": "", "verified_on": None, "outcome": "", "closed_on": None}


def make_declared(cast, make_enterprise, **values):
    return _part(DeclaredNumber, {"figure": "meters", "count": 12}, cast, make_enterprise, values)


def make_equipping(cast, make_enterprise, **values):
    defaults = {"energy_id": "electricity", "level": "unit", "meters": 4, "needed": 4, "installed": 3}
    return _part(AuditedEquipping, defaults, cast, make_enterprise, values)


def make_examined(cast, make_enterprise, **values):
    audit = values.pop("audit", None) or make_open(cast, make_enterprise)
    meter = values.pop("meter", None) or make_meter(cast, make_enterprise, unit=audit.unit)
    defaults = {"meter": meter, "result": "as_recorded"}
    return _part(ExaminedMeter, defaults, cast, make_enterprise, {"audit": audit, **values})


def item(code):
    return AuditItem.objects.get(code=code, edition="JJF 1356-2012")


def answer_all(audit, *, by, result="conforming", **others):
    """A finding for each item of the audit; ``others``: by code with the dash left out, such as c61="defective"."""
    wanted = {f"c{each.code.replace('-', '')}": each for each in AuditItem.objects.filter(edition=audit.edition)}
    known = set(audit.findings.not_voided().values_list("item", flat=True))
    for name, each in wanted.items():
        if each.pk not in known:
            said = others.get(name, result)
            wrong = said in ("defective", "nonconforming")
            _checked(AuditFinding(audit=audit, item=each, result=said, finding="不符合要求" if wrong else ""), by)


def _kept(model, values, by):
    office = values.pop("office", None) or by.office
    return _checked(model(**{"office": office, "region_id": office.region_id, **values}), by)


def _part(model, defaults, cast, make_enterprise, values, make=make_audit):
    by = values.pop("by", None) or cast.clerk_a
    audit = values.pop("audit", None) or make(cast, make_enterprise, by=by)
    return _checked(model(**{"audit": audit, **defaults, **values}), by)


def _checked(row, by):
    row.clean()
    row.validate_constraints()
    return records.save(row, by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


AUDIT_MAKERS = {
    model: _with_fixtures(make)
    for model, make in {
        AuditPlan: make_plan,
        PlannedAudit: make_planned,
        EnergyAudit: make_audit,
        AuditMember: make_member,
        AuditFinding: make_finding,
        Nonconformity: make_nonconformity,
        DeclaredNumber: make_declared,
        AuditedEquipping: make_equipping,
        ExaminedMeter: make_examined,
    }.items()
}


def plant_audits(cast, make_enterprise, mark):
    """An audit of city A with a row of every kind around it, which carry the mark in every text."""
    plan = make_plan(cast, make_enterprise, agency=mark, name=mark, document_no=mark, remark=mark)
    planned = make_planned(cast, make_enterprise, plan=plan, body=mark, remark=mark)
    audit = make_open(
        cast, make_enterprise, agency=mark, number=mark, unit=planned.unit, plan=plan, opinion=mark, judged_by=mark,
        remark=mark,
    )  # fmt: skip
    make_member(cast, make_enterprise, audit=audit, name=mark, duty=mark, organisation=mark)
    make_finding(cast, make_enterprise, audit=audit, finding=mark, clause=mark)
    found = make_nonconformity(
        cast, make_enterprise, audit=audit, clause=mark, facts=mark, measures=mark, evidence=mark, verified_by=mark,
        remark=mark,
    )  # fmt: skip
    make_declared(cast, make_enterprise, audit=audit)
    make_equipping(cast, make_enterprise, audit=audit)
    make_examined(cast, make_enterprise, audit=audit, finding=mark, accuracy_class=mark)
    return {"audit_plan": plan, "energy_audit": audit, "nonconformity": found}
