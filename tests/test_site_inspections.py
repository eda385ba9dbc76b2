"""Site inspections: what is refused, what a visit writes, what becomes of a finding, what the figures count."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from bureau.timeline import Timeline
from inspections.cases import file_case
from inspections.models import (
    CheckedItem,
    ChecklistItem,
    Finding,
    InspectedInstruments,
    InspectionCampaign,
    NetContentLot,
    SiteInspection,
    ViolationCase,
)
from tests.inspection_makers import (
    make_assignment,
    make_campaign,
    make_finding,
    make_inspection,
    make_instruments,
    make_lot,
)
from tests.test_fieldwork import Sender

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def made(cast, make_enterprise):
    """``made(make_inspection, …)``: a row of city A."""
    return lambda make, **values: make(cast, make_enterprise, **values)


# What is refused, by the form and by the database alike --------------------------------------------


@pytest.mark.parametrize(
    ("make", "changes", "sentence"),
    [
        (make_instruments, {"checked": 2, "failed": 3}, "More instruments failed than were checked"),
        (make_inspection, {"energy_kind": "key"}, "for these alone"),
        (make_inspection, {"subject_id": "energy_metering"}, "is stated for inspections of energy metering"),
        (make_finding, {"due_on": None, "rechecked_on": None, "is_corrected": None}, "has a day until which"),
        (make_finding, {"measure": "advice"}, "have none"),
        (make_finding, {"rechecked_on": None}, "a day and a result"),
        (make_lot, {"failed": 81}, "More pieces are short"),
        (make_lot, {"lot_size": 79}, "not more than the lot has"),
        (make_lot, {"sampled": 0, "failed": 0}, "At least one piece"),
        (make_campaign, {"ends_on": date(2015, 12, 31)}, "cannot end before it begins"),
    ],
)
def test_it_rejects_what_contradicts_itself(cast, made, make, changes, sentence):
    row = made(make)
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.validate_constraints()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=cast.clerk_a)


@pytest.mark.parametrize(
    ("make", "changes", "sentence"),
    [
        (make_inspection, {"inspected_on": date(2999, 1, 1)}, "cannot be in the future"),
        (make_lot, {"sampled_on": date(2999, 1, 1)}, "cannot be taken in the future"),
        (make_finding, {"due_on": date(2016, 5, 9)}, "due before the inspection"),
        (make_finding, {"rechecked_on": date(2016, 5, 9)}, "after the inspection"),
    ],
)
def test_it_rejects_days_that_cannot_be(made, make, changes, sentence):
    row = made(make)
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError, match=sentence):
        row.clean()


def test_an_assignment_is_carried_out_once_and_at_its_site(cast, made, make_enterprise):
    assignment = made(make_assignment)
    made(make_inspection, assignment=assignment, enterprise=assignment.enterprise)
    with pytest.raises(IntegrityError), transaction.atomic():
        made(make_inspection, assignment=assignment, enterprise=assignment.enterprise)
    other = SiteInspection(assignment=assignment, enterprise=make_enterprise(), inspected_on=date(2016, 5, 10))
    with pytest.raises(ValidationError, match="another site"):
        other.clean()


@time_machine.travel("2016-07-01 12:00+08:00")
def test_measures_that_nobody_looked_at_are_overdue(made):
    late = made(make_finding, rechecked_on=None, is_corrected=None)
    in_time = made(make_finding, rechecked_on=None, is_corrected=None, due_on=date(2016, 7, 1))
    made(make_finding)
    assert list(Finding.objects.overdue(date(2016, 7, 1))) == [late]
    assert set(Finding.objects.to_recheck()) == {late, in_time}
    assert (late.is_overdue, in_time.is_overdue) == (True, False)


# The visit ---------------------------------------------------------------------------------------


@pytest.fixture
def visit(client, cast, make_enterprise):
    """A visit as the inspector of city A fills it in, with the subject given."""

    def fill(enterprise=None, **values):
        return Sender(client, cast.inspector_a).fill(enterprise or make_enterprise(), **values)

    return fill


def submitted(sender):
    answer = sender.post("submit/")
    assert answer.status_code == 200, answer.json()
    return SiteInspection.objects.get()


def test_a_visit_writes_all_that_was_entered(cast, visit):
    sender = visit()
    item, foreign = ChecklistItem.objects.get(code="I02"), ChecklistItem.objects.get(code="U01")
    for name, value in (
        (f"item.{item.pk}-answer", "no"),
        (f"item.{foreign.pk}-answer", "no"),  # of a subject that was chosen first
        ("instrument.a-category", "fuel_dispenser"),
        ("instrument.a-checked", "6"),
        ("instrument.a-failed", "1"),
        ("finding.b-facts", "一台加油机超期"),
        ("finding.b-measure", "advice"),
        ("finding.c-facts", "未建台账"),
        ("finding.c-measure", "on_the_spot"),
    ):
        assert sender.put(name, value).json()["errors"] in ({}, {"instrument.a-failed": ["This field is required."]})
    inspection = submitted(sender)
    assert (inspection.agency, inspection.region) == (cast.inspector_a.office.name, inspection.enterprise.region)
    assert inspection.number.startswith("20261120-")
    assert [(row.item, row.answer) for row in CheckedItem.objects.all()] == [(item, "no")]
    assert [(row.category_id, row.checked, row.failed) for row in inspection.instruments.all()] == [
        ("fuel_dispenser", 6, 1)
    ]
    assert [(row.number, row.facts) for row in Finding.objects.order_by("number")] == [
        (1, "一台加油机超期"),
        (2, "未建台账"),
    ]


def test_one_category_twice_is_told(visit):
    sender = visit()
    for row in ("a", "b"):
        for name, value in (("category", "scale"), ("checked", "1"), ("failed", "0")):
            sender.put(f"instrument.{row}-{name}", value)
    answer = sender.post("submit/")
    assert answer.json() == {"errors": {"": ["This category is stated already."]}}
    assert not SiteInspection.objects.exists()
    assert not InspectedInstruments.objects.exists()


def test_a_visit_by_assignment_knows_its_campaign(client, cast, visit, make_enterprise):
    assignment = make_assignment(cast, make_enterprise, companion=cast.clerk_a)
    client.force_login(cast.inspector_a)
    assert f"?assignment={assignment.pk}" in client.get("/fieldwork/").content.decode()
    new = client.get(f"/fieldwork/site-inspection/new/?assignment={assignment.pk}").content.decode()
    assert assignment.enterprise.name in new
    inspection = submitted(visit(assignment.enterprise, assignment=str(assignment.pk)))
    assert (inspection.assignment, inspection.campaign) == (assignment, assignment.campaign)
    assert not inspection.is_double_random  # it was named by the office, not drawn
    client.force_login(cast.inspector_a)
    assert f"?assignment={assignment.pk}" not in client.get("/fieldwork/").content.decode()


def test_somebody_elses_assignment_is_not_offered(client, cast, visit, make_enterprise):
    assignment = make_assignment(cast, make_enterprise, lead=cast.clerk_a)
    errors = visit(assignment.enterprise).put("assignment", str(assignment.pk)).json()["errors"]
    assert list(errors) == ["assignment"]


def test_energy_metering_asks_as_what_the_unit_was_supervised(visit, make_enterprise):
    sender = visit(make_enterprise(kinds=("key_energy",)), subject="energy_metering")
    assert "Supervised as" in str(sender.post("submit/").json()["errors"])
    sender.put("energy_kind", "key")
    assert submitted(sender).energy_kind == "key"


def test_what_was_chosen_for_another_subject_is_left_out(visit):
    sender = visit(subject="energy_metering", energy_kind="key")
    sender.put("subject", "instruments")
    assert submitted(sender).energy_kind == ""


def test_lots_are_of_the_site_unless_it_only_sells_them(visit, make_enterprise):
    producer = make_enterprise()
    sender = visit(subject="net_content")
    for row, of in (("a", ""), ("b", str(producer.pk))):
        for name, value in (
            ("sample_no", f"Y-{row}"), ("enterprise", of), ("product", "大米"), ("net_content", "5 kg"),
            ("sampled", "10"), ("failed", "0"), ("is_content_conforming", "yes"), ("is_marking_conforming", "no"),
        ):  # fmt: skip
            sender.put(f"lot.{row}-{name}", value)
    inspection = submitted(sender)
    lots = list(NetContentLot.objects.order_by("sample_no"))
    assert [lot.enterprise for lot in lots] == [inspection.enterprise, producer]
    assert {(lot.inspection, lot.sampled_on, lot.is_content_conforming, lot.is_marking_conforming) for lot in lots} == {
        (inspection, inspection.inspected_on, True, False)
    }


def test_the_campaigns_edition_of_the_checklist_is_asked(client, cast, make_enterprise):
    item = ChecklistItem.objects.create(
        edition="2026专项", subject_id="instruments", code="X1", text="专项问题", text_en="Special question"
    )
    campaign = make_campaign(
        cast, make_enterprise, checklist_edition="2026专项", begins_on=date(2026, 1, 1), ends_on=date(2999, 12, 31)
    )
    sender = Sender(client, cast.inspector_a)
    sender.put("campaign", str(campaign.pk))
    sender.put("subject", "instruments")
    text = client.get(f"/fieldwork/site-inspection/{sender.draft}/").content.decode()
    assert "Special question" in text
    assert str(ChecklistItem.objects.get(code="I01")) not in text
    assert f"item.{item.pk}-answer" in text


def test_a_site_of_another_city_counts_where_the_office_is(cast, visit, make_enterprise):
    inspection = submitted(visit(make_enterprise(by=cast.clerk_b)))
    assert inspection.region_id == cast.inspector_a.office.region_id


# A finding becomes a case ------------------------------------------------------------------------


def test_one_click_files_the_case(client, cast, made):
    finding = made(make_finding, instruments="加油机")
    client.force_login(cast.clerk_a)
    page = f"/inspections/finding/{finding.pk}/change/"
    assert 'id="file-case"' in client.get(page).content.decode()
    answers = [client.post(f"/inspections/findings/{finding.pk}/file-case/") for _ in range(2)]
    case = ViolationCase.objects.get()
    assert {answer.url for answer in answers} == {f"/inspections/violationcase/{case.pk}/change/"}
    assert (case.source, case.finding, case.enterprise) == ("inspection", finding, finding.inspection.enterprise)
    assert (case.office, case.region, case.facts, case.instruments) == (
        finding.office,
        finding.region,
        finding.facts,
        "加油机",
    )
    assert (case.cause_id, case.sector_id) == ("past_period", "market")
    assert case.decision_due_on
    text = client.get(page).content.decode()
    assert case.case_no in text
    assert 'id="file-case"' not in text
    assert client.get(f"/inspections/violationcase/{case.pk}/change/").status_code == 200


def test_filing_needs_clerk_and_the_own_office(client, cast, made):
    finding = made(make_finding)
    for person, status in ((cast.inspector_a, 403), (cast.manager_a, 403), (cast.clerk_b, 404), (cast.auditor, 403)):
        client.force_login(person)
        assert client.post(f"/inspections/findings/{finding.pk}/file-case/").status_code == status
    assert not ViolationCase.objects.exists()


def test_a_voided_case_leaves_room_for_another(cast, made):
    finding = made(make_finding, cause_id=None)
    first = file_case(finding, by=cast.clerk_a)
    assert first.cause_id == "other"
    records.void(first, by=cast.clerk_a, reason="误立")
    assert file_case(finding, by=cast.clerk_a) != first


# Figures and the enterprise's page ----------------------------------------------------------------


def value(key, region="210000", **dimensions):
    figure = compute([indicators.get(key)], region, Period.year(2016))[0]
    if not dimensions:
        return figure.value
    [(name, text)] = dimensions.items()
    return figure.breakdowns[name].get(text, 0)


def test_figures_of_two_sites(cast, made, make_enterprise):
    market, shop = make_enterprise(), make_enterprise()
    campaign = made(make_campaign)
    first = made(make_inspection, enterprise=market, campaign=campaign)
    again = made(make_inspection, enterprise=market, result="not_conforming")
    made(make_inspection, enterprise=shop, sector_id="retail")
    made(make_inspection, enterprise=shop, inspected_on=date(2017, 1, 1))
    made(make_instruments, inspection=first, checked=10, failed=0)
    made(make_instruments, inspection=again, checked=30, failed=3, category_id="weight")
    made(make_finding, inspection=again)
    made(make_finding, inspection=again, is_corrected=False)
    assert value("inspections.sites_checked") == 2
    assert value("inspections.sites_checked", sector="market") == 1
    assert value("inspections.sites_checked", campaign=str(campaign.pk)) == 1
    assert value("inspections.visits") == 3
    assert value("inspections.instruments_checked") == 40
    assert value("inspections.instruments_failed", category="weight") == 3
    assert value("inspections.instrument_failure_rate") == pytest.approx(7.5)
    assert value("inspections.findings", cause="past_period") == 2
    assert value("inspections.measures_met_rate") == 50
    records.void(again, by=cast.clerk_a, reason="重复")
    assert value("inspections.instruments_checked") == 10
    assert value("inspections.findings") == value("inspections.measures_due") == 0


def test_units_supervised_count_once_by_kind(made, make_enterprise):
    unit = make_enterprise()
    for _ in range(2):
        made(make_inspection, enterprise=unit, subject_id="energy_metering", energy_kind="key")
    made(make_inspection, subject_id="energy_metering", energy_kind="public_institution")
    made(make_inspection)
    assert value("energy.units_supervised") == 2
    assert value("energy.units_supervised", kind="key") == 1
    assert value("energy.units_supervised", kind="public_institution") == 1


def test_lots_conform_in_content_and_marking(made):
    made(make_lot)
    made(make_lot, is_marking_conforming=False)
    made(make_lot, is_content_conforming=False)
    made(make_lot)
    assert value("inspections.net_content_conformity_rate") == 50


def test_visit_and_case_stand_on_the_enterprises_page(cast, made):
    finding = made(make_finding)
    case = file_case(finding, by=cast.clerk_a)
    entries = Timeline(finding.inspection.enterprise, cast.clerk_a).entries()
    assert [entry.pk for entry in entries] == [case.pk, finding.inspection.pk]


def test_a_campaign_of_the_province_is_seen_by_its_cities(client, cast, made):
    campaign = made(make_campaign, by=cast.clerk_province)
    client.force_login(cast.inspector_a)
    assert client.get(f"/inspections/inspectioncampaign/{campaign.pk}/change/").status_code == 200
    assert list(InspectionCampaign.objects.on(date(2016, 6, 1))) == [campaign]
