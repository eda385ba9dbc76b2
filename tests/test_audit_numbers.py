"""Numbers of energy-metering audits: of the forms, of figures, of the round; each a number that a person can count."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bureau import due, records
from bureau.due import kinds as due_kinds
from bureau.reporting.engine import compute
from bureau.reporting.indicators import get
from bureau.reporting.periods import Period
from inspections import audits
from inspections.audit_forms import AuditForms, all_rows
from inspections.audit_round import plan_of, round_on
from inspections.models import DeclaredNumber, EnergyAudit
from tests.audit_makers import (
    CONCLUDED,
    STILL_OPEN,
    make_audit,
    make_declared,
    make_equipping,
    make_member,
    make_nonconformity,
    make_open,
    make_planned,
)
from tests.energy_makers import make_consumption, make_equipment, make_meter, make_point, make_unit, make_year
from tests.enterprise_makers import make_staff_file

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)
SINCE = date(2016, 1, 1)
assert due  # its registry is filled by the apps


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"), time_machine.travel("2016-06-20 12:00:00+08:00"):
        yield


def value(key, region="210000", period=YEAR, **values):
    return compute([get(key)], region, period, values=values)[0].value


# Forms -------------------------------------------------------------------------------------------


@pytest.fixture
def audit(cast, make_enterprise):
    """A unit with two people in energy metering, three machines, five meters, four points of which one is exempt."""
    audit = make_open(cast, make_enterprise)
    unit, of = audit.unit, {"unit": audit.unit, "in_use_from": SINCE}
    enterprise = unit.enterprise
    for name in ("甲", "乙"):
        make_staff_file(make_enterprise, enterprise=enterprise, name=name, work="energy", archived_on=SINCE)
    make_staff_file(make_enterprise, enterprise=enterprise, name="丙", work="testing", archived_on=SINCE)
    make_equipment(cast, make_enterprise, unit=unit, quantity=2)
    make_equipment(cast, make_enterprise, unit=unit)
    fine = make_meter(cast, make_enterprise, **of, own_no="1", last_verified_on=SINCE)
    coarse = make_meter(cast, make_enterprise, **of, own_no="2", level="equipment", accuracy_class="2.0",
                        last_verified_on=date(2015, 1, 1))  # fmt: skip
    make_meter(cast, make_enterprise, **of, own_no="3", level="sub_unit", use_id=None, last_verified_on=None)
    make_meter(cast, make_enterprise, **of, own_no="4", level="sub_item", last_verified_on=SINCE)
    exempt = make_meter(cast, make_enterprise, **of, own_no="5", level="equipment", last_verified_on=SINCE)
    points = ((fine, "unit"), (coarse, "equipment"), (None, "equipment"))
    for number, (meter, level) in enumerate(points):
        make_point(cast, make_enterprise, unit=unit, number=f"P{number}", level=level, meter=meter, begins_on=SINCE)
    make_point(cast, make_enterprise, unit=unit, number="P9", level="equipment", meter=exempt, begins_on=SINCE,
               is_exempt=True, exempt_reason="整体计量")  # fmt: skip
    return audit


def test_summary_numbers_follow_from_the_rows(audit):
    counts = AuditForms(audit, scoped=all_rows).counts()
    assert counts[("people", "", "")] == 2
    assert counts[("equipment", "", "")] == 3
    assert [counts[("meters", "", level)] for level in ("", "unit", "sub_unit", "equipment", "sub_item")] == [
        5, 1, 1, 2, 1,
    ]  # fmt: skip
    assert counts[("valid", "", "")] == 3  # one ran out, of one nothing is stated
    assert (counts[("needed", "electricity", "unit")], counts[("installed", "electricity", "unit")]) == (1, 1)
    assert (counts[("needed", "electricity", "equipment")], counts[("installed", "electricity", "equipment")]) == (2, 1)
    assert (counts[("needed", "", "equipment")], counts[("installed", "", "equipment")]) == (2, 1)
    # Four meters serve the use of class I users (0.5S at the limits, 1.0 below): the one of class 2.0 is too coarse.
    assert (counts[("of_use", "electricity_1", "")], counts[("class_met", "electricity_1", "")]) == (4, 3)


def test_a_verification_after_the_day_says_nothing_of_the_day(cast, make_enterprise, audit):
    make_meter(cast, make_enterprise, unit=audit.unit, in_use_from=SINCE, own_no="6", last_verified_on=audit.day)
    make_meter(cast, make_enterprise, unit=audit.unit, in_use_from=SINCE, own_no="7", last_verified_on=date(2016, 6, 1))
    assert AuditForms(audit, scoped=all_rows).counts()[("valid", "", "")] == 4


def test_differences_against_the_declared_numbers(cast, make_enterprise, audit):
    for values in (
        {"figure": "meters", "count": 6},
        {"figure": "people", "count": 2},
        {"figure": "installed", "line": "electricity", "level": "equipment", "count": 2},
        {"figure": "needed", "line": "steam", "level": "unit", "count": 1},
    ):
        make_declared(cast, make_enterprise, audit=audit, **values)
    found = AuditForms(audit, scoped=all_rows).differences()
    assert found == [
        ("B.3 to B.7: energy meters", 6, 5),
        ("B.8: meters needed: Steam, Level 1: whole unit", 1, 0),
        ("B.8: meters installed: Electricity, Level 3: main equipment", 2, 1),
    ]


def test_differences_of_consumption_stand_beside_them(cast, make_enterprise, audit):
    """1,000 t of coal at 20,934 kJ/kg are 714.30 tce; the unit states 800."""
    year = make_year(cast, make_enterprise, unit=audit.unit, stated_tce=Decimal(800))
    make_consumption(cast, make_enterprise, energy_year=year)
    make_year(cast, make_enterprise, unit=audit.unit, year=2016)  # not over on the day of the audit
    [(label, declared, computed)] = AuditForms(audit, scoped=all_rows).differences()
    assert (label, declared, round(computed, 2)) == ("Energy in all, equivalent value, tce", 800, Decimal("714.30"))


def test_numbers_are_declared_and_taken_back(cast, audit):
    meters, people = ("meters", "", ""), ("people", "", "")
    assert audits.declare(audit, {meters: 6, people: 2}, by=cast.clerk_a) == 2
    audit = EnergyAudit.objects.get(pk=audit.pk)
    assert audits.declare(audit, {meters: 5, people: None}, by=cast.clerk_a) == 2
    assert [(row.figure, row.count) for row in DeclaredNumber.objects.not_voided()] == [("meters", 5)]
    version = EnergyAudit.objects.get(pk=audit.pk).version
    assert audits.declare(EnergyAudit.objects.get(pk=audit.pk), {meters: 5}, by=cast.clerk_a) == 0
    assert EnergyAudit.objects.get(pk=audit.pk).version == version
    with pytest.raises(records.Outdated):
        audits.declare(EnergyAudit(pk=audit.pk, version=1), {meters: 7}, by=cast.clerk_b)


def test_as_many_queries_for_a_hundred_meters_as_for_five(cast, make_enterprise, audit):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert AuditForms(audit, scoped=all_rows).numbers
        return len(asked)

    few = queries()
    for number in range(100):
        make_meter(cast, make_enterprise, unit=audit.unit, own_no=f"X{number}", in_use_from=SINCE)
    assert queries() == few <= 16


# Figures -----------------------------------------------------------------------------------------


def test_units_audited_and_how_many_conform(cast, make_enterprise):
    """Three units: one conforms after it did not, one does not, one in another city conforms; two audits are no end."""
    twice = make_unit(cast, make_enterprise)
    make_audit(cast, make_enterprise, unit=twice, conclusion="not_conforming")
    make_audit(cast, make_enterprise, unit=twice, conclusion="after_rectification")
    make_audit(cast, make_enterprise, conclusion="not_conforming")
    make_audit(cast, make_enterprise, by=cast.clerk_b)
    make_audit(cast, make_enterprise, state="planned")
    make_open(cast, make_enterprise)
    last_year = {name: day.replace(year=2015) for name, day in CONCLUDED.items() if isinstance(day, date)}
    make_audit(cast, make_enterprise, **{**CONCLUDED, **last_year})
    records.void(make_audit(cast, make_enterprise), by=cast.clerk_a, reason="重复")
    assert value("audits.units_audited") == 3
    assert value("audits.units_audited", "210100") == 2
    assert value("audits.units_conforming") == 2
    assert round(value("audits.conforming_rate"), 2) == Decimal("66.67")
    assert value("audits.units_audited", conclusion="not_conforming") == 2
    assert value("audits.units_audited", sector="building_materials") == 3


def test_meters_examined_and_the_average_rate(cast, make_enterprise):
    """4 + 6 + 5 meters; of 4 + 10 points 3 + 9 have one: 12 of 14."""
    audit = make_audit(cast, make_enterprise)
    make_equipping(cast, make_enterprise, audit=audit)
    make_equipping(cast, make_enterprise, audit=audit, level="sub_item", meters=6, needed=0, installed=0)
    make_equipping(cast, make_enterprise, energy_id="water", meters=5, needed=10, installed=9)
    make_equipping(cast, make_enterprise, audit=make_open(cast, make_enterprise))
    assert value("audits.meters_examined") == 15
    assert value("audits.meters_examined", energy="water") == 5
    assert value("audits.meters_examined", metering_level="sub_item") == 6
    assert round(value("audits.equipping_rate"), 2) == Decimal("85.71")
    assert value("audits.equipping_rate", energy="water") == 90


def test_nonconformities_opened_closed_and_overdue(cast, make_enterprise):
    """One closed in time, one closed late, one open past its day, one open with time left."""
    audit = make_open(cast, make_enterprise)
    make_nonconformity(cast, make_enterprise, audit=audit)
    make_nonconformity(cast, make_enterprise, audit=audit, due_on=date(2016, 5, 9))
    make_nonconformity(cast, make_enterprise, audit=audit, **STILL_OPEN)
    make_nonconformity(cast, make_enterprise, audit=audit, due_on=date(2016, 7, 1), **STILL_OPEN)
    assert value("audits.nonconformities_opened") == 4
    assert value("audits.nonconformities_closed") == 2
    assert value("audits.nonconformities_closed", outcome="rectified") == 2
    assert value("audits.nonconformities_overdue") == 1  # while the year runs: today
    assert (value("audits.nonconformities_due"), value("audits.nonconformities_in_time")) == (3, 1)
    assert round(value("audits.in_time_rate"), 2) == Decimal("33.33")

    def overdue_on(day):
        return value("audits.nonconformities_overdue", period=Period(SINCE, date(2016, 5, day)))

    # On the 9th nothing is over; on the 10th the second is, and is closed that day; on the 11th the third.
    assert [overdue_on(day) for day in (9, 10, 11)] == [0, 0, 1]
    records.void(audit, by=cast.clerk_a, reason="重复")
    assert value("audits.nonconformities_opened") == 0


# The round ---------------------------------------------------------------------------------------


def test_the_round_by_place(cast, make_enterprise):
    """City A: one done, one on site, one planned, one left; city B: one left. A public institution is none of them."""
    round_ = round_on(date(2016, 6, 20))
    assert str(round_) == "2016–2020"
    make_audit(cast, make_enterprise)
    on_site = make_open(cast, make_enterprise)
    make_audit(cast, make_enterprise, state="planned")
    left = make_planned(cast, make_enterprise).unit
    elsewhere = make_unit(cast, make_enterprise, by=cast.clerk_b)
    make_unit(cast, make_enterprise, kind="public_institution", size_class="", sector="public_institution")
    earlier = {name: day.replace(year=2015) for name, day in CONCLUDED.items() if isinstance(day, date)}
    make_audit(cast, make_enterprise, unit=elsewhere, by=cast.clerk_b, **{**CONCLUDED, **earlier})
    make_member(cast, make_enterprise, audit=on_site, person=cast.inspector_a)
    make_member(cast, make_enterprise, person=cast.inspector_a)
    make_member(cast, make_enterprise, name="审查员乙", is_leader=False, audit=on_site)

    names = [("210100", "A"), ("210200", "B")]
    plan = plan_of(round_, "210000", names, on=date(2016, 6, 20), scoped=all_rows)
    # The member without an audit of her own stands at one that was made for her.
    assert [(each.code, each.done, each.under_way, each.planned, each.left) for each in plan.places] == [
        ("210100", 2, 1, 1, 1), ("210200", 0, 0, 0, 1),
    ]  # fmt: skip
    assert plan.total.units == 6
    assert [(unit, unit.last_audited_on) for unit in plan.left] == [(left, None), (elsewhere, date(2015, 5, 10))]
    assert [(load.name, load.open, load.done, load.led) for load in plan.workloads] == [
        ("审查员甲", 1, 1, 2), ("审查员乙", 1, 0, 0),
    ]  # fmt: skip


def test_a_past_round_has_no_open_audits(cast, make_enterprise):
    make_open(cast, make_enterprise, unit=make_unit(cast, make_enterprise, begins_on=date(2014, 1, 1)))
    plan = plan_of(round_on(date(2015, 6, 1)), "210000", [], on=date(2015, 12, 31), scoped=all_rows)
    assert (plan.total.left, plan.total.under_way) == (1, 0)


# Due ---------------------------------------------------------------------------------------------


def test_what_is_due(cast, make_enterprise):
    days = {"self_check_due_on": date(2016, 7, 1), "planned_on": date(2016, 8, 1)}
    planned = make_audit(cast, make_enterprise, state="planned", **days)
    on_site = make_open(cast, make_enterprise, **days)
    make_audit(cast, make_enterprise, **days)
    waiting = make_nonconformity(cast, make_enterprise, audit=on_site, **STILL_OPEN)
    make_nonconformity(cast, make_enterprise, audit=on_site)
    rows = {key: list(due_kinds.find(key).rows(cast.clerk_a)) for key in ("audits.self_check", "audits.on_site",
                                                                          "audits.rectification")}  # fmt: skip
    assert rows == {
        "audits.self_check": [planned],
        "audits.on_site": [planned],
        "audits.rectification": [waiting],
    }
    assert due_kinds.find("audits.on_site").holder(planned) == planned.unit.enterprise.name
