"""Makers of complaints and violation cases, kept by city A: ``(cast, make_enterprise, **values) -> saved row``."""

from datetime import date

from bureau import records
from inspections.models import Complaint, ViolationCase


def make_complaint(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "agency": "市市场监督管理局",
        "number": f"T2016-{Complaint.objects.count() + 1:04}",
        "received_on": date(2016, 3, 15),
        "channel": "hotline",
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "sector_id": "fuel",
        "content": "加油量不足",
        "answer_due_on": date(2016, 4, 29),
        "answered_on": date(2016, 4, 20),
        "result": "upheld",
        "is_satisfied": True,
    }
    return _saved(Complaint, {**defaults, **values}, by)


def make_case(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "agency": "市市场监督管理局",
        "case_no": f"立字〔2016〕{ViolationCase.objects.count() + 1}号",
        "name": "使用未经检定的计量器具案",
        "filed_on": date(2016, 5, 10),
        "source": "inspection",
        "cause_id": "unverified_use",
        "sector_id": "fuel",
        "enterprise": None if values.get("party") else values.pop("enterprise", None) or make_enterprise(by=by),
        "decision_no": f"罚字〔2016〕{ViolationCase.objects.count() + 1}号",
        "decided_on": date(2016, 6, 1),
        "fine": 2000,
        "confiscated": 500,
        "closed_on": date(2016, 6, 20),
        "facts": "现场检查",
        "decision_due_on": date(2016, 8, 8),
    }
    return _saved(ViolationCase, {**defaults, **values}, by)


def _saved(model, values, by):
    office = values.pop("office", by.office)
    return records.save(model(**{"office": office, "region_id": office.region_id, **values}), by=by)


def plant_cases(cast, make_enterprise, mark):
    """One complaint and one case of city A that carry the mark in every text."""
    complaint = make_complaint(cast, make_enterprise, agency=mark, number=mark, content=mark, answer=mark)
    case = make_case(
        cast, make_enterprise, agency=mark, case_no=mark, name=mark, party=mark, instruments=mark, facts=mark,
        legal_basis=mark, decision_no=mark, transferred_to=mark, remark=mark, complaint=complaint,
    )  # fmt: skip
    return {"complaint": complaint, "case": case}
