"""The form of an energy-metering audit on site: what it begins with, what is filed, what changed meanwhile."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.utils import translation

from bureau import records
from bureau.models import Attachment
from inspections.models import AuditFinding, EnergyAudit, EnergyMeter, ExaminedMeter, Nonconformity
from tests.audit_makers import ON_SITE, item, make_audit, make_examined, make_finding, make_member
from tests.energy_makers import make_meter as make_any_meter
from tests.energy_makers import make_unit
from tests.test_fieldwork import PNG, Sender

pytestmark = pytest.mark.django_db
BEFORE = {"state": "document_review", "self_check_on": date(2016, 4, 1), "review_on": date(2016, 4, 20)}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"), time_machine.travel("2016-05-20 12:00:00+08:00"):
        yield


def make_meter(cast, make_enterprise, **values):
    return make_any_meter(cast, make_enterprise, **{"in_use_from": date(2016, 1, 1), **values})


@pytest.fixture
def audit(cast, make_enterprise):
    return on_site(cast, make_enterprise)


def on_site(cast, make_enterprise, *, course=ON_SITE, person=None, **values):
    empty = {"conclusion": "", "concluded_on": None, "on_site_until": None, "on_site_on": None}
    unit = make_unit(cast, make_enterprise, begins_on=date(2016, 1, 1))
    made = make_audit(cast, make_enterprise, **{"unit": unit, **empty, **course, **values})
    make_member(cast, make_enterprise, audit=made, is_leader=True, person=person or cast.inspector_a)
    return made


@pytest.fixture
def tablet(client, cast, audit):
    made = Sender(client, cast.inspector_a, form="energy-audit")
    begin(made, audit)
    return made


def begin(tablet, audit, **values):
    begun = {"audit": str(audit.pk), "on_site_on": "2016-05-03", **values}
    answer = tablet.sync(*(tablet.entry(name, value) for name, value in begun.items()), query=f"audit={audit.pk}")
    assert answer.status_code == 200


def submit(tablet, expected=200):
    answer = tablet.post("submit/")
    assert answer.status_code == expected, answer.content.decode()
    return answer.json()


def at(code):
    """The row of an item: "6-1" → "equipment.37"."""
    part = {"4": "management", "5": "staff", "6": "equipment", "7": "data", "8": "self_check"}[code[0]]
    return f"{part}.{item(code).pk}"


def page(tablet, audit, path="new/"):
    tablet.client.force_login(tablet.person)
    return tablet.client.get(f"/fieldwork/energy-audit/{path}?audit={audit.pk}")


# What it begins with -----------------------------------------------------------------------------


def test_it_begins_with_the_records(client, cast, make_enterprise, audit):
    earlier = make_audit(
        cast, make_enterprise, unit=audit.unit, self_check_on=date(2014, 4, 1), review_on=date(2014, 4, 2),
        on_site_on=date(2014, 5, 3), on_site_until=date(2014, 5, 4), concluded_on=date(2014, 5, 9),
    )  # fmt: skip
    make_finding(cast, make_enterprise, audit=earlier, item=item("6-1"), result="defective", finding="缺三块表")
    make_finding(cast, make_enterprise, audit=audit, item=item("4-1"), result="conforming", finding="")
    meter = make_meter(cast, make_enterprise, unit=audit.unit, own_no="NY-77", place="地下泵房")
    html = page(Sender(client, cast.inspector_a, form="energy-audit"), audit).content.decode()
    assert "缺三块表" in html and earlier.number in html
    [lines] = re.findall(r'<script type="application/json">(.*?)</script>', html)
    [[key, label, about]] = json.loads(lines)["rows"]
    assert (key, label.split()[0], label.split()[-1]) == (str(meter.pk), "NY-77", "地下泵房")
    assert meter.accuracy_class in about and f"valid until {meter.valid_until}" in about
    form = f'name="{at("4-1")}-result"'
    chosen = html[html.index(form) :]
    assert chosen.index('value="conforming" selected') < chosen.index("</select>")


def test_only_the_own_audits_on_site_are_offered(client, cast, make_enterprise, audit):
    planned = on_site(cast, make_enterprise, course={"state": "planned"})
    others = on_site(cast, make_enterprise, person=cast.clerk_a)
    client.force_login(cast.inspector_a)
    listed = client.get("/fieldwork/").content.decode()
    assert f"audit={audit.pk}" in listed
    assert f"audit={planned.pk}" not in listed and f"audit={others.pk}" not in listed


def test_the_meters_of_another_unit_are_not_shown_by_naming_its_audit(client, cast, make_enterprise):
    others = on_site(cast, make_enterprise, person=cast.clerk_a)
    make_meter(cast, make_enterprise, unit=others.unit, own_no="秘密-1")
    tablet = Sender(client, cast.inspector_a, form="energy-audit")
    assert "秘密-1" not in page(tablet, others).content.decode()
    begin(tablet, others)
    assert "audit" in submit(tablet, 422)["errors"]


def test_the_audit_of_another_office_is_not_named_by_a_draft_that_holds_its_key(client, cast, make_enterprise):
    others = make_audit(cast, make_enterprise, by=cast.clerk_b, number="乙市-31")
    tablet = Sender(client, cast.inspector_a, form="energy-audit")
    begin(tablet, others)
    assert "乙市-31" not in page(tablet, others, f"{tablet.draft}/").content.decode()
    assert "乙市-31" not in client.get("/fieldwork/").content.decode()
    own = on_site(cast, make_enterprise, number="甲市-31")
    tablet.sync(tablet.entry("audit", str(own.pk), base=str(others.pk)))
    assert "甲市-31" in client.get(f"/fieldwork/energy-audit/{tablet.draft}/").content.decode()


def test_a_label_opens_the_form_at_its_meter(client, cast, make_enterprise, audit, tablet):
    meter = make_meter(cast, make_enterprise, unit=audit.unit)
    client.force_login(cast.inspector_a)
    found = client.get(f"/fieldwork/at/meter.{meter.pk}/")
    assert found.url == f"/fieldwork/energy-audit/{tablet.draft}/?audit={audit.pk}#meter.{meter.pk}"
    other = make_meter(cast, make_enterprise, unit=make_unit(cast, make_enterprise, begins_on=date(2016, 1, 1)))
    assert client.get(f"/fieldwork/at/meter.{other.pk}/").url == f"/inspections/energymeter/{other.pk}/change/"
    assert client.get("/fieldwork/at/nonsense/").status_code == 404
    client.force_login(cast.clerk_b)
    assert client.get(f"/fieldwork/at/meter.{other.pk}/").status_code == 404


# What is filed -----------------------------------------------------------------------------------


def test_everything_comes_to_the_audit_once(cast, make_enterprise, audit, tablet):
    meter = make_meter(cast, make_enterprise, unit=audit.unit, accuracy_class="2.0", interval_months=12)
    stopped = make_meter(cast, make_enterprise, unit=audit.unit)
    untouched = make_meter(cast, make_enterprise, unit=audit.unit)
    for name, value in {
        f"{at('4-1')}-result": "conforming",
        f"{at('6-1')}-result": "nonconforming",
        f"{at('6-1')}-finding": "二级用水未计量",
        f"{at('6-1')}-clause": "GB 17167-2006 4.3.3",
        f"meter.{meter.pk}-result": "differs",
        f"meter.{meter.pk}-accuracy_class": "0.5",
        f"meter.{meter.pk}-last_verified_on": "2016-03-01",
        f"meter.{stopped.pk}-result": "stopped",
        f"meter.{untouched.pk}-finding": "",
        "new_meter.n1-name": "水表",
        "new_meter.n1-serial_no": "S-1",
        "new_meter.n1-energy": "water",
        "new_meter.n1-level": "sub_unit",
        "nonconformity.c1-item": str(item("6-1").pk),
        "nonconformity.c1-clause": "4.3.3",
        "nonconformity.c1-facts": "二级用水未计量",
        "on_site_until": "2016-05-04",
        "opinion": "限期整改",
    }.items():
        assert tablet.put(name, value).status_code == 200
    for row in (at("6-1"), f"meter.{untouched.pk}", "nonconformity.c1", ""):
        assert tablet.photo(PNG, row=row, name=f"{row or 'main'}.png").status_code == 200
    answers = {submit(tablet)["url"] for _again in range(5)}
    assert answers == {f"/inspections/energyaudit/{audit.pk}/change/"}

    audit.refresh_from_db()
    assert (audit.state, audit.on_site_until, audit.opinion) == ("rectification", date(2016, 5, 4), "限期整改")
    found = {row.item.code: (row.result, row.finding) for row in AuditFinding.objects.select_related("item")}
    assert found == {"4-1": ("conforming", ""), "6-1": ("nonconforming", "二级用水未计量")}
    meter.refresh_from_db()
    assert (meter.accuracy_class, meter.last_verified_on, meter.valid_until) == (
        "0.5", date(2016, 3, 1), date(2017, 2, 28),
    )  # fmt: skip
    stopped.refresh_from_db()
    assert (stopped.state, stopped.in_use_until) == ("stopped", date(2016, 5, 3))
    assert set(ExaminedMeter.objects.values_list("meter", "result")) == {
        (meter.pk, "differs"), (stopped.pk, "stopped"),
    }  # fmt: skip
    new = EnergyMeter.objects.get(serial_no="S-1")
    assert (new.unit, new.level, new.energy_id) == (audit.unit, "sub_unit", "water")
    [nonconformity] = Nonconformity.objects.all()
    assert (nonconformity.audit, nonconformity.number, nonconformity.found_on) == (audit, 1, date(2016, 5, 4))
    assert nonconformity.due_on > nonconformity.found_on  # by the rule of the day
    papers = {(paper.record, paper.kind) for paper in Attachment.objects.all()}
    assert papers == {(audit, "item-6-1"), (audit, "on_site"), (untouched, "photo"), (nonconformity, "photo")}


def test_the_first_visit_takes_the_audit_on_site_and_a_second_goes_on(client, cast, make_enterprise):
    audit = on_site(cast, make_enterprise, course=BEFORE)
    first = Sender(client, cast.inspector_a, form="energy-audit")
    begin(first, audit)
    first.put(f"{at('4-1')}-result", "conforming")
    submit(first)
    audit.refresh_from_db()
    assert (audit.state, audit.on_site_on) == ("on_site", date(2016, 5, 3))
    second = Sender(client, cast.inspector_a, form="energy-audit")
    begin(second, audit, on_site_until="2016-05-05")
    second.sync(second.entry(f"{at('4-1')}-result", "not_applicable", base="conforming"))
    submit(second)
    assert AuditFinding.objects.get().result == "not_applicable"
    assert AuditFinding.objects.get().version == 2


@pytest.mark.parametrize(
    "name, value, place",
    [
        ("management.{item}-result", "defective", "management.{item}"),  # says nothing
        ("management.{item}-finding", "无制度", "management.{item}-result"),
        ("meter.{meter}-result", "differs", "meter.{meter}"),
        ("meter.{meter}-last_verified_on", "2016-06-01", "meter.{meter}-result"),
        ("new_meter.n1-name", "水表", "new_meter.n1-energy"),
        ("nonconformity.c1-facts", "超期", "nonconformity.c1-clause"),
        ("on_site_until", "2016-05-02", "on_site_until"),
        ("on_site_until", "2016-05-21", "on_site_until"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_written(
    cast, make_enterprise, audit, tablet, name, value, place
):
    meter = make_meter(cast, make_enterprise, unit=audit.unit)
    keys = {"item": item("4-1").pk, "meter": meter.pk}
    tablet.put(name.format(**keys), value)
    assert place.format(**keys) in submit(tablet, 422)["errors"]
    assert not AuditFinding.objects.exists() and not ExaminedMeter.objects.exists()
    assert EnergyAudit.objects.get(pk=audit.pk).version == audit.version


@pytest.mark.parametrize("is_meter", [False, True])
def test_a_result_on_record_may_be_changed_not_taken_back(cast, make_enterprise, audit, tablet, is_meter):
    meter = make_meter(cast, make_enterprise, unit=audit.unit)
    if is_meter:
        recorded = make_examined(cast, make_enterprise, audit=audit, meter=meter)
        name, sentence = f"meter.{meter.pk}-result", "On record is “As on record”"
    else:
        recorded = office_finds(cast, make_enterprise, audit, "conforming", "")
        name, sentence = f"{at('4-1')}-result", "On record is “Conforms”"
    tablet.sync(tablet.entry(name, "", base=recorded.result))
    tablet.put("opinion", "尚可")
    [said] = submit(tablet, 422)["errors"][name]
    assert sentence in said and "may be changed, not taken back" in said
    assert EnergyAudit.objects.get(pk=audit.pk).version == audit.version
    changed = "not_there" if is_meter else "not_applicable"
    tablet.put(name, changed)
    submit(tablet)
    recorded.refresh_from_db()
    assert (recorded.result, recorded.version) == (changed, 2)


def test_what_was_never_found_may_be_emptied(audit, tablet):
    tablet.put(f"{at('4-1')}-result", "conforming")
    tablet.put(f"{at('4-1')}-result", "")
    submit(tablet)
    assert not AuditFinding.objects.exists()


def test_a_meter_that_is_there_twice_is_refused_at_its_row(cast, make_enterprise, audit, tablet):
    make_meter(cast, make_enterprise, unit=audit.unit, own_no="NY-1")
    for name, value in {"name": "水表", "own_no": "NY-1", "energy": "water", "level": "unit"}.items():
        tablet.put(f"new_meter.n1-{name}", value)
    assert "already has a meter" in " ".join(submit(tablet, 422)["errors"]["new_meter.n1"])
    assert EnergyMeter.objects.count() == 1


def test_a_photo_alone_makes_a_row_that_has_to_be_filled_in(audit, tablet):
    assert tablet.photo(PNG, row="nonconformity.c1").status_code == 200
    assert "nonconformity.c1-facts" in submit(tablet, 422)["errors"]


def test_an_audit_that_was_concluded_meanwhile_takes_nothing(cast, audit, tablet):
    tablet.put(f"{at('4-1')}-result", "conforming")
    records.void(audit, by=cast.clerk_a, reason="重复")
    assert "not on its team any more" in " ".join(submit(tablet, 422)["errors"]["audit"])
    assert not AuditFinding.objects.exists()


# What the office changed meanwhile ---------------------------------------------------------------


def office_finds(cast, make_enterprise, audit, result="defective", finding="办公室所见"):
    row = audit.findings.filter(item=item("4-1")).first()
    if row is None:
        return make_finding(cast, make_enterprise, audit=audit, item=item("4-1"), result=result, finding=finding)
    row.result, row.finding = result, finding
    return records.save(row, by=cast.clerk_a)


def test_what_both_entered_while_the_tablet_was_away_is_decided_there(cast, make_enterprise, audit, tablet):
    name = f"{at('4-1')}-result"
    office_finds(cast, make_enterprise, audit)
    answer = tablet.sync(tablet.entry(name, "conforming", base=""))
    assert [each["outcome"] for each in answer.json()["results"].values()] == ["conflict"]
    assert tablet.values()[name] == "defective"
    tablet.put(name, "conforming")  # decided, with the new base
    assert tablet.values()[name] == "conforming"
    submit(tablet)
    assert AuditFinding.objects.get().result == "conforming"


def test_what_the_office_changes_after_the_entry_was_safe_has_to_be_decided(cast, make_enterprise, audit, tablet):
    name = f"{at('4-1')}-result"
    office_finds(cast, make_enterprise, audit, "conforming", "")
    tablet.sync(tablet.entry(name, "not_applicable", base="conforming"))
    office_finds(cast, make_enterprise, audit, "defective", "制度过期")
    assert name in submit(tablet, 422)["errors"]
    told = tablet.sync(revision=0).json()["values"][name]
    assert (told["value"], told["contested"]) == ("defective", True)
    # Taking the office's is a decision too; nothing is contested any more.
    tablet.sync(tablet.entry(name, "defective", base="defective"), revision=99)
    tablet.put(f"{at('4-1')}-finding", "制度过期")
    submit(tablet)
    assert (AuditFinding.objects.get().result, AuditFinding.objects.get().finding) == ("defective", "制度过期")


def test_what_only_the_office_changed_is_taken_over(cast, make_enterprise, audit, tablet):
    name = f"{at('4-1')}-finding"
    office_finds(cast, make_enterprise, audit, "defective", "一")
    tablet.sync(tablet.entry(name, "一", base="一"))
    office_finds(cast, make_enterprise, audit, "defective", "二")
    told = tablet.sync(revision=1).json()["values"]
    assert told[name]["value"] == "二" and "contested" not in told[name]


# Size --------------------------------------------------------------------------------------------


def test_as_many_queries_for_a_hundred_meters_as_for_one(
    client, cast, make_enterprise, audit, tablet, django_assert_max_num_queries
):
    def opened_and_kept():
        with django_assert_max_num_queries(45):
            assert page(tablet, audit, f"{tablet.draft}/").status_code == 200
        with django_assert_max_num_queries(40):
            assert tablet.put("opinion", str(EnergyMeter.objects.count())).status_code == 200

    make_meter(cast, make_enterprise, unit=audit.unit)
    opened_and_kept()
    for _each in range(100):
        make_meter(cast, make_enterprise, unit=audit.unit)
    opened_and_kept()
