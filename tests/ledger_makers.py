"""Makers of instruments and verifications, kept by city A: ``(cast, make_enterprise, **values) -> saved row``.

Each row passes its own checks first, as in a form, and is followed by what follows from it.
"""

from datetime import date

from bureau import records
from inspections import ledger
from inspections.models import Doubt, Instrument, Verification
from tests.institutions import make_institution


def make_instrument(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    number = Instrument.objects.count() + 1
    defaults = {
        "holder": values.pop("holder", None) or make_enterprise(by=by),
        "name": "电子计价秤",
        "kind_id": "nonautomatic_scale",
        "model": "AC-30",
        "measuring_range": "(0～30) kg",
        "accuracy_class": "Ⅲ级",
        "serial_no": "" if values.get("quantity", 1) > 1 else f"2015{number:05}",
        "maker": "某某衡器有限公司",
        "purpose": "trade",
        "in_use_from": date(2015, 5, 1),
    }
    piece = _checked(Instrument, {**defaults, **values}, by)
    ledger.instruments_written([piece])
    piece.refresh_from_db()
    return piece


def make_verification(cast, make_enterprise, *, by=None, **values):
    """Of a piece of the ledger, unless ``instrument=None`` says that it is of none."""
    by = by or cast.clerk_a
    holder = values.pop("holder", None)
    if "instrument" not in values:
        given = {"holder": holder, "office": values.get("office", by.office)}
        values["instrument"] = make_instrument(cast, make_enterprise, by=by, **given)
    piece = values["instrument"]
    loose = {} if piece else {"instrument_kind_id": "water_meter_25", "purpose": "trade"}
    defaults = {
        "institution": values.pop("institution", None) or make_institution(cast, by=by),
        "holder": piece.holder if piece else holder or make_enterprise(by=by),
        "certificate_no": f"LX2016-{Verification.objects.count() + 1:05}",
        "kind": "subsequent" if piece else "initial",
        "conclusion": "passed",
        "verified_on": date(2016, 5, 10),
        "received_on": date(2016, 5, 3),
        "fee": 200,
        "fee_waived": 150,
        **loose,
    }
    row = _checked(Verification, {**defaults, **values}, by)
    ledger.verifications_written([row])
    row.refresh_from_db()
    return row


def make_doubt(cast, make_enterprise, **values):
    """A verification whose validity is a year longer than the period."""
    row = make_verification(cast, make_enterprise, valid_until=date(2018, 5, 9), **values)
    return Doubt.objects.get(verification=row)


def _checked(model, values, by):
    office = values.pop("office", None) or by.office
    row = model(**{"office": office, "region_id": office.region_id, **values})
    row.clean()
    row.validate_constraints()
    return records.save(row, by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


LEDGER_MAKERS = {Instrument: _with_fixtures(make_instrument), Verification: _with_fixtures(make_verification)}


def plant_ledger(cast, make_enterprise, mark):
    """A piece with two verifications that carry the mark in every text, and a question about the second; another one
    is out of use."""
    holder = make_enterprise()
    make_instrument(cast, make_enterprise, holder=holder, name=mark, state="stopped", state_since=date(2016, 3, 1))
    piece = make_instrument(
        cast, make_enterprise, holder=holder, holder_no=mark, ecqs_no=mark, name=mark, model=mark,
        measuring_range=mark, accuracy_class=mark, serial_no=mark, maker=mark, origin=mark, place=mark, remark=mark,
    )  # fmt: skip
    texts = dict.fromkeys(("accuracy_class", "verifier", "checker", "approver", "remark"), mark)
    make_verification(cast, make_enterprise, instrument=piece, verified_on=date(2015, 5, 10), received_on=None, **texts)
    doubt = make_doubt(cast, make_enterprise, instrument=piece, certificate_no=mark, **texts)
    return {"instrument": piece, "made": doubt.verification, "doubt": doubt}
