"""The pages of energy-metering audits: steps, items, declared numbers, round."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from bureau import records
from inspections.models import AuditFinding, AuditRule, EnergyAudit
from tests.audit_makers import (
    CONCLUDED,
    STILL_OPEN,
    answer_all,
    item,
    make_audit,
    make_declared,
    make_finding,
    make_nonconformity,
    make_open,
    make_plan,
    make_planned,
)
from tests.energy_makers import (
    make_meter,
    make_unit,
)

pytestmark = pytest.mark.django_db
NASTY = "<甲&乙>水泥有限公司"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"), time_machine.travel("2016-06-20 12:00:00+08:00"):
        yield


@pytest.fixture
def english(client):
    client.cookies.load({"django_language": "en"})
    return client


@pytest.fixture
def audit(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise, enterprise=make_enterprise(name=NASTY))
    return make_open(cast, make_enterprise, unit=unit)


def url(name, audit, *args):
    return reverse(f"inspections:{name}", args=[audit.pk, *args])


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def step(client, audit, to, **values):
    data = {"on": "2016-06-01", "seen_version": audit.version, **values}
    return client.post(url("audit-step", audit, to), data, follow=True)


# The audit's page --------------------------------------------------------------------------------


def test_it_shows_what_stands_against_the_conclusion(english, cast, make_enterprise, audit):
    make_nonconformity(cast, make_enterprise, audit=audit, **STILL_OPEN)
    make_meter(cast, make_enterprise, unit=audit.unit, in_use_from=date(2016, 1, 1))
    make_declared(cast, make_enterprise, audit=audit)
    english.force_login(cast.inspector_a)
    text = english.get(url("audit", audit)).content.decode()
    assert "Items without a result" in text
    assert "Nonconformities that are not closed" in text
    assert "&lt;甲&amp;乙&gt;水泥有限公司" in text
    assert "B.3 to B.7: energy meters" in text


def test_an_audit_is_concluded_on_its_page(english, cast, audit):
    answer_all(audit, by=cast.clerk_a)
    english.force_login(cast.inspector_a)
    response = step(english, audit, "concluded", conclusion="conforming", opinion="符合")
    assert said(response) == "The audit is now at “Concluded”."
    stored = EnergyAudit.objects.get(pk=audit.pk)
    assert (stored.conclusion, stored.opinion, stored.updated_by) == ("conforming", "符合", cast.inspector_a)


def test_what_is_refused_is_said(english, cast, audit):
    english.force_login(cast.inspector_a)
    assert "Items without a result: 4-1" in said(step(english, audit, "concluded", conclusion="conforming"))
    assert "Conclusion: " in said(step(english, audit, "concluded"))
    assert EnergyAudit.objects.get(pk=audit.pk).state == "on_site"


def test_a_refused_step_keeps_what_was_typed(english, cast, audit):
    english.force_login(cast.inspector_a)
    response = step(english, audit, "concluded", conclusion="conforming", opinion="管理规范，记录齐全")
    assert response.context["refused"] == "concluded"
    typed = {str(state): form for state, form in response.context["steps"]}["concluded"]
    assert (typed["opinion"].value(), typed["on"].value()) == ("管理规范，记录齐全", "2016-06-01")
    assert typed["seen_version"].value() == audit.version


def test_the_second_to_conclude_is_told_what_changed(english, cast, audit):
    answer_all(audit, by=cast.clerk_a)
    english.force_login(cast.inspector_a)
    step(english, audit, "concluded", conclusion="conforming")
    english.force_login(cast.clerk_a)
    told = said(step(english, audit, "concluded", conclusion="not_conforming"))
    assert "inspector_a" in told or "inspector a" in told
    assert "Nothing was saved." in told
    assert "state of the audit: On site → Concluded" in told
    assert "conclusion of the audit: — → Meets the requirements" in told
    assert EnergyAudit.objects.get(pk=audit.pk).conclusion == "conforming"


def test_report_archive_and_a_step_back(english, cast, make_enterprise):
    audit = make_audit(cast, make_enterprise)
    english.force_login(cast.clerk_a)
    assert "Report no." in said(step(english, audit, "reported"))
    assert "“Report issued”" in said(step(english, audit, "reported", report_no="审001"))
    audit.refresh_from_db()
    assert "“Archived”" in said(step(english, audit, "archived"))
    audit.refresh_from_db()
    assert "“Report issued”" in said(step(english, audit, "back", reason="补充材料"))
    assert english.post(url("audit-step", audit, "nonsense"), {}).status_code == 404


def test_other_office_gets_404(client, cast, audit):
    client.force_login(cast.clerk_b)
    for name, args in (("audit", ()), ("audit-chapter", ("6",)), ("audit-declared", ()), ("audit-download", ("docx",))):
        assert client.get(url(name, audit, *args)).status_code == 404, name
    assert client.post(url("audit-step", audit, "concluded"), {}).status_code == 404


def test_the_office_above_looks_and_a_county_does_not(client, cast, audit):
    client.force_login(cast.manager_province)
    assert client.get(url("audit", audit)).status_code == 200
    client.force_login(cast.clerk_county)
    assert client.get(url("audit", audit)).status_code == 404


# Items -------------------------------------------------------------------------------------------


def posted(response):
    data = {}
    for form in response.context["forms"]:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else str(value)
    return data


def test_items_are_recorded_by_chapter(english, cast, audit):
    english.force_login(cast.inspector_a)
    page = url("audit-chapter", audit, "6")
    data = posted(english.get(page))
    first, second = item("6-1").pk, item("6-2").pk
    data |= {f"i{first}-result": "defective", f"i{first}-finding": "二级配备率不足", f"i{second}-result": "conforming"}
    response = english.post(page, data, follow=True)
    assert said(response) == "2 items were recorded."
    assert response.redirect_chain[0][0] == url("audit-chapter", audit, "7")
    rows = audit.findings.order_by("item__position").values_list("item__code", "result", "finding")
    assert list(rows) == [("6-1", "defective", "二级配备率不足"), ("6-2", "conforming", "")]
    again = posted(english.get(page))
    assert said(english.post(page, again, follow=True)) == "0 items were recorded."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"result": "nonconforming"}, "says what was found"), ({"finding": "无台账"}, "Choose the result.")],
)
def test_an_incomplete_item_is_not_recorded(english, cast, audit, values, sentence):
    english.force_login(cast.inspector_a)
    page = url("audit-chapter", audit, "4")
    data = posted(english.get(page)) | {f"i{item('4-1').pk}-{name}": value for name, value in values.items()}
    response = english.post(page, data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not audit.findings.exists()


def test_a_result_on_record_is_not_taken_back(english, cast, make_enterprise, audit):
    make_finding(cast, make_enterprise, audit=audit, item=item("4-1"))
    english.force_login(cast.inspector_a)
    page, key = url("audit-chapter", audit, "4"), f"i{item('4-1').pk}"
    response = english.post(page, posted(english.get(page)) | {f"{key}-result": ""})
    [form] = [form for form in response.context["forms"] if form.prefix == key]
    assert form.errors == {"result": ["Choose the result."]}
    assert audit.findings.get().result == "defective"


def test_two_at_the_same_item_lose_nothing(english, cast, audit):
    english.force_login(cast.inspector_a)
    page, key = url("audit-chapter", audit, "4"), f"i{item('4-1').pk}"
    data = posted(english.get(page)) | {f"{key}-result": "defective", f"{key}-finding": "我所见"}
    other = AuditFinding(audit=audit, item=item("4-1"), result="nonconforming", finding="他人所见")
    records.save(other, by=cast.clerk_a)
    response = english.post(page, data)
    assert [(each.theirs, each.mine) for each in response.context["differences"]][1] == ("他人所见", "我所见")
    assert audit.findings.get().finding == "他人所见"
    assert english.post(page, posted(response)).status_code == 302
    assert audit.findings.get().finding == "我所见"


def test_findings_of_a_concluded_audit_stand(english, cast, audit):
    english.force_login(cast.inspector_a)
    page = url("audit-chapter", audit, "4")
    data = posted(english.get(page)) | {f"i{item('4-1').pk}-result": "conforming"}
    answer_all(audit, by=cast.clerk_a)
    EnergyAudit.objects.filter(pk=audit.pk).update(**{**CONCLUDED, "state": "concluded"})
    AuditFinding.objects.all().delete()
    assert "its findings stand" in english.post(page, data).content.decode()
    assert not audit.findings.exists()


def test_earlier_findings_stand_beside_the_item(english, cast, make_enterprise, audit):
    days = {name: day.replace(year=2015) for name, day in CONCLUDED.items() if isinstance(day, date)}
    earlier = make_audit(cast, make_enterprise, unit=audit.unit, **{**CONCLUDED, **days})
    make_finding(cast, make_enterprise, audit=earlier, finding="三级配备率不足")
    english.force_login(cast.inspector_a)
    text = english.get(url("audit-chapter", audit, "6")).content.decode()
    assert "三级配备率不足" in text
    assert earlier.number in text


# Declared numbers --------------------------------------------------------------------------------


def test_declared_numbers_are_entered_beside_the_computed(english, cast, make_enterprise, audit):
    make_meter(cast, make_enterprise, unit=audit.unit, in_use_from=date(2016, 1, 1))
    english.force_login(cast.inspector_a)
    page = url("audit-declared", audit)
    form = english.get(page).context["form"]
    data = {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}
    response = english.post(page, {**data, "n-meters--": "12"}, follow=True)
    assert said(response) == "The declared numbers were kept."
    assert response.context["differences"] == [("B.3 to B.7: energy meters", 12, 1)]
    assert "Nothing was saved." in said(english.post(page, {**data, "n-meters--": "13"}, follow=True))
    assert english.post(page, {**data, "n-meters--": "-1"}).status_code == 200


# Plan and round ----------------------------------------------------------------------------------


def test_audits_of_a_plan_are_opened_by_a_button(english, cast, make_enterprise):
    plan = make_plan(cast, make_enterprise)
    make_planned(cast, make_enterprise, plan=plan)
    english.force_login(cast.clerk_a)
    form = reverse("admin:inspections_auditplan_change", args=[plan.pk])
    assert "1 unit of the plan has no audit yet." in english.get(form).content.decode()
    button = reverse("inspections:open-planned-audits", args=[plan.pk])
    assert said(english.post(button, follow=True)) == "1 audit was opened."
    assert said(english.post(button, follow=True)) == "0 audits were opened."
    assert "has no audit yet" not in english.get(form).content.decode()
    english.force_login(cast.clerk_b)
    assert english.post(button).status_code == 404


def test_the_round_page(english, cast, make_enterprise, audit):
    make_unit(cast, make_enterprise)
    english.force_login(cast.manager_province)
    page = reverse("inspections:audit-round")
    response = english.get(page)
    assert (response.context["plan"].total.units, response.context["plan"].total.under_way) == (2, 1)
    assert "2016–2020" in response.content.decode()
    assert english.get(f"{page}?region=210100&year=2011").context["round"].first_year == 2011
    assert english.get(f"{page}?year=x").status_code == 404
    english.force_login(cast.clerk_b)
    assert english.get(f"{page}?region=210100").status_code == 404
    assert english.get(page).context["plan"].total.units == 0


def test_without_a_rule_in_force_the_round_page_says_so(english, cast, reference):
    AuditRule.objects.update(effective_to=date(2016, 1, 31))
    english.force_login(cast.manager_province)
    response = english.get(reverse("inspections:audit-round"))
    assert response.status_code == 400
    assert "No rule of energy-metering audits is in force" in response.content.decode()


def test_a_nonconformity_is_entered_from_the_audit(english, cast, make_enterprise, audit):
    make_nonconformity(cast, make_enterprise, audit=audit)
    english.force_login(cast.inspector_a)
    response = english.get(f"{reverse('admin:inspections_nonconformity_add')}?audit={audit.pk}")
    initial = response.context["adminform"].form.initial
    assert (initial["number"], initial["office"], initial["region"]) == (2, audit.office_id, audit.region_id)
