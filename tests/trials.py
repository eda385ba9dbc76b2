"""Makers of the trial records, to measure and to test the exchange with: ``(cast, by=…, **values) -> saved row``."""

from datetime import date

from benchmarks.models import TrialMonth, TrialVerification
from bureau import records


def make_verification(cast, *, by=None, **values):
    number = TrialVerification.objects.count() + 1
    defaults = {
        "certificate_no": f"力学-2016-{number:06}",
        "kind": "subsequent",
        "instrument": "电子计价秤",
        "model": "ACS-30",
        "measuring_range": "(0～30) kg",
        "accuracy": "Ⅲ级",
        "serial_no": f"{number:08}",
        "holder": "某农贸市场",
        "credit_code": "91210100000000000A",
        "verified_on": date(2016, 5, 10),
        "valid_until": date(2017, 5, 9),
        "quantity": 3,
        "fee": "120.50",
    }
    return _saved(TrialVerification, {**defaults, **values}, by or cast.clerk_a)


def make_month(cast, *, by=None, **values):
    number = TrialMonth.objects.count() + 1
    defaults = {"holder": f"某农贸市场{number}", "month": date(2016, 5, 1), "pieces": 12}
    return _saved(TrialMonth, {**defaults, **values}, by or cast.clerk_a)


def _saved(model, values, by):
    office = values.pop("office", by.office)
    row = model(office=office, **{"region_id": office.region_id, **values})
    row.full_clean(exclude=["created_by", "updated_by", "voided_by"])
    return records.save(row, by=by)
