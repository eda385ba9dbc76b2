"""Services to enterprises: what is refused everywhere alike, who reports, what the figures count."""

import csv
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bureau import records, scoping
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.models import Office
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises import merging
from enterprises.models import (
    CampaignReport,
    CampaignVolunteer,
    ContactPoint,
    ServiceActivity,
    ServiceCampaign,
    ServiceVisit,
    TrainingEnterprise,
    VisitActivity,
)
from enterprises.models.campaign_report import ReportState
from enterprises.service_campaign import asking
from tests.contracts import posted, values_of
from tests.importing import counts, imported
from tests.service_makers import (
    make_activity,
    make_campaign,
    make_contact_point,
    make_report,
    make_team,
    make_trained,
    make_training,
    make_visit,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
NOT_ASKED = {"asked_on": None, "is_satisfied": None}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def figure(key, year=2016, region="210000", **values):
    return compute([indicators.get(key)], region, Period.year(year), values=values)[0].value


def full_clean(row):
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return " ".join(error.value.messages)


# What is refused, by form and database alike ------------------------------------------------------

REFUSED = [
    (make_campaign, {"ends_on": date(2015, 12, 31), "report_due_on": None}, "cannot end before it begins"),
    (make_campaign, {"report_due_on": date(2015, 12, 31)}, "before the campaign begins"),
    (make_campaign, {"fees_charged": Decimal("0.01")}, "charges nothing"),
    (make_visit, {"problems_solved": 4}, "than were found"),
    (make_visit, {"asked_on": None}, "and only then"),
    (make_visit, {"is_satisfied": None}, "and only then"),
    (make_visit, {"asked_on": date(2016, 5, 9)}, "before the visit"),
    (make_visit, {"benefit_method": ""}, "how it was estimated"),
    (make_visit, {"benefit": Decimal(-1)}, "less than nothing"),
    (make_visit, {"fees_waived": Decimal(-1)}, "less than nothing"),
    (make_training, {"people_trained": -1}, "greater than or equal to 0"),
    (make_training, {"hours": Decimal(0)}, "more than no time"),
    (make_team, {"members": 0, "experts": 0}, "at least one member"),
    (make_team, {"experts": 6}, "more experts than members"),
    (make_team, {"ends_on": date(2015, 12, 31)}, "cannot end before it begins"),
    (make_contact_point, {"ends_on": date(2015, 12, 31)}, "cannot end before it begins"),
    (make_activity, {"count": 0}, "at least once"),
]


@pytest.mark.parametrize(("maker", "changes", "sentence"), REFUSED)
def test_it_rejects_a_row(cast, make_enterprise, maker, changes, sentence):
    row = maker(cast, make_enterprise)
    records.void(row, by=cast.clerk_a, reason="另录一行")  # its own key is free for the twin
    row = type(row).objects.get(pk=row.pk)
    row.pk, row.voided_at, row.version, row._state.adding = None, None, 1, True
    for name, value in changes.items():
        setattr(row, name, value)
    assert sentence in full_clean(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save_base(raw=True, force_insert=True)


@pytest.mark.parametrize(
    ("maker", "sentence"),
    [
        (make_campaign, "already has a service campaign"),
        (make_volunteer, "already on the list of the campaign"),
        (make_report, "already asked to report"),
        (make_team, "already has a team"),
        (make_visit, "already recorded"),
        (make_training, "already recorded"),
        (make_trained, "already on the list of the session"),
        (make_contact_point, "already a contact point"),
        (make_activity, "stated already"),
    ],
)
def test_it_rejects_a_second_one(cast, make_enterprise, maker, sentence):
    row = maker(cast, make_enterprise)
    twin = type(row).objects.get(pk=row.pk)
    twin.pk, twin._state.adding = None, True
    assert sentence in full_clean(twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save_base(raw=True, force_insert=True)


@pytest.mark.parametrize(
    ("on", "is_refused"),
    [(date(2015, 12, 31), True), (date(2016, 1, 1), False), (date(2016, 5, 10), False), (date(2016, 5, 11), True)],
)
def test_what_is_done_in_a_campaign_is_done_in_its_period(cast, make_enterprise, on, is_refused):
    campaign = make_campaign(cast, make_enterprise)
    for row, day in (
        (make_visit(cast, make_enterprise, campaign=campaign), "visited_on"),
        (make_training(cast, make_enterprise, campaign=campaign), "held_on"),
    ):
        setattr(row, day, on)
        if is_refused:
            with pytest.raises(ValidationError, match="from 2016-01-01 to 2016-05-10"):
                row.clean()
        else:
            row.clean()


def test_a_campaign_keeps_a_period_that_holds_what_was_done(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    make_visit(cast, make_enterprise, campaign=campaign)
    make_training(cast, make_enterprise, campaign=campaign, held_on=date(2016, 2, 1))
    records.void(make_visit(cast, make_enterprise, campaign=campaign), by=cast.clerk_a, reason="重复")
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_servicecampaign_change", args=[campaign.pk])
    data = posted(client, url)
    response = client.post(url, {**data, "ends_on": "2016-05-09"})
    assert "1 visit or training of the campaign would lie outside" in response.content.decode()
    response = client.post(url, {**values_of(response), "ends_on": "2016-05-10", "begins_on": "2016-02-01"})
    assert response.status_code == 302


def test_a_team_is_out_while_it_exists(cast, make_enterprise):
    team = make_team(cast, make_enterprise, ends_on=date(2016, 5, 9))
    visit = make_visit(cast, make_enterprise)
    visit.team = team
    with pytest.raises(ValidationError, match="no such team"):
        visit.clean()
    visit.visited_on = date(2016, 5, 9)
    visit.clean()


@time_machine.travel("2016-06-30 12:00:00+08:00")
@pytest.mark.parametrize(
    ("maker", "name"),
    [
        (make_visit, "visited_on"),
        (make_visit, "asked_on"),
        (make_training, "held_on"),
        (make_contact_point, "begins_on"),
        (make_volunteer, "joined_on"),
        (make_report, "reported_on"),
    ],
)
def test_it_rejects_tomorrow(cast, make_enterprise, maker, name):
    row = maker(cast, make_enterprise)
    setattr(row, name, date(2016, 7, 1))
    with pytest.raises(ValidationError, match="future"):
        row.clean()


def test_nobody_joins_afterwards_or_reports_before(cast, make_enterprise):
    volunteer, report = make_volunteer(cast, make_enterprise), make_report(cast, make_enterprise)
    volunteer.joined_on, report.reported_on = date(2016, 5, 11), date(2015, 12, 31)
    for row, sentence in ((volunteer, "was over"), (report, "before it begins")):
        with pytest.raises(ValidationError, match=sentence):
            row.clean()
    volunteer.joined_on = date(2015, 12, 1)  # lists are drawn up before the first day
    volunteer.clean()


# The same on import ------------------------------------------------------------------------------


def refusal(cast, key, row):
    with pytest.raises(BadRow) as error:
        get_sheet(key).validate(row, Context(cast.clerk_a.office))
    return str(error.value)


def test_rows_are_refused_alike(cast, make_enterprise):
    campaign, enterprise = make_campaign(cast, make_enterprise), make_enterprise()
    visit = {"agency": "甲所", "enterprise": enterprise.name, "visited_on": "2016-05-10", "problems_found": "1"}
    for changes, sentence in (
        ({"campaign": campaign.name, "visited_on": "2016-05-11"}, "from 2016-01-01 to 2016-05-10"),
        ({"problems_solved": "2"}, "than were found"),
        ({"is_satisfied": "是"}, "and only then"),
        ({"benefit": "3万元"}, "how it was estimated"),
        ({"visited_on": "2999-01-01"}, "future"),
        ({"asked_on": "2999-01-01", "is_satisfied": "是"}, "future"),
        ({"campaign": "没有的活动"}, "Not one of"),
    ):
        assert sentence in refusal(cast, "service-visits", {**visit, **changes})
    campaign_row = {"agency": "市局", "name": "乙", "begins_on": "2016-05-01", "ends_on": "2016-04-01"}
    assert "cannot end before it begins" in refusal(cast, "service-campaigns", campaign_row)
    paid = {**campaign_row, "ends_on": "2016-06-01", "fees_charged": "5"}
    assert "charges nothing" in refusal(cast, "service-campaigns", paid)
    training = {"agency": "甲所", "topic": "法规", "held_on": "2016-05-10", "hours": "4", "people_trained": "-1"}
    assert "0" in refusal(cast, "trainings", training)
    joined = {"campaign": campaign.name, "enterprise": enterprise.name, "joined_on": "2016-05-11"}
    assert "was over" in refusal(cast, "campaign-volunteers", joined)
    reported = {"campaign": campaign.name, "agency": "和平区局", "reported_on": "2015-12-31"}
    assert "before it begins" in refusal(cast, "campaign-reports", reported)


def test_a_name_that_two_units_use_needs_its_unit(cast, make_enterprise):
    for unit in ("甲局", "乙局"):
        campaign = make_campaign(cast, make_enterprise, agency=unit, name="服务行")
    row = {"campaign": "服务行", "enterprise": make_enterprise().name, "joined_on": "2016-03-01"}
    assert "Write the unit" in refusal(cast, "campaign-volunteers", row)
    sheet, context = get_sheet("campaign-volunteers"), Context(cast.clerk_a.office)
    assert sheet.validate({**row, "campaign": "乙局　服务行"}, context)["campaign"] == campaign.pk


def written(path, *lines):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_visits_come_in_with_their_activities(cast, make_enterprise, tmp_path):
    first, second = make_enterprise(), make_enterprise()
    campaign = make_campaign(cast, make_enterprise, agency="市局", name="服务行")
    heads = [
        "服务单位",
        "企业名称",
        "走访日期",
        "服务活动",
        "惠及人次",
        "发现问题数",
        "解决问题数",
        "增加效益",
        "测算依据",
    ]
    visits = written(
        tmp_path / "visits.csv",
        heads,
        ["甲所", first.name, "2016-05-10", "服务行", "12人次", 2, 1, "1.5万元", "节电"],
        ["甲所", second.credit_code, "2016-05-10", "市局 服务行", 3, 0, 0, "", ""],
        ["甲所", first.name, "2016-05-11", "服务行", 3, 0, 0, "", ""],  # after the last day of the campaign
    )
    assert counts(imported(visits, cast.clerk_a, "service-visits")) == (2, 0, 0, 1)
    visit = ServiceVisit.objects.get(enterprise=first)
    assert (visit.campaign, visit.people_reached, visit.benefit) == (campaign, 12, Decimal(15000))
    activities = written(
        tmp_path / "activities.csv",
        ["走访记录", "服务项目", "数量"],
        [first.name, "检定", 12],
        [f"{first.name} 2016-05-10", "解决方案", 1],
        [f"{second.credit_code} 2016-05-10 甲所", "calibration", 3],
        [f"{second.name} 2016-05-10 乙所", "检定", 3],
        [f"{first.name} 2016-05-11", "检定", 3],
    )
    assert counts(imported(activities, cast.clerk_a, "visit-activities")) == (3, 0, 0, 2)
    assert figure("services.activities", activity="verification") == 12
    make_visit(cast, make_enterprise, enterprise=first, visited_on=date(2016, 5, 10), agency="乙所")
    row = {"visit": f"{first.name} 2016-05-10", "activity": "检定"}
    assert "There are several" in refusal(cast, "visit-activities", row)


def test_an_import_cannot_leave_visits_outside(cast, make_enterprise, tmp_path):
    campaign = make_campaign(cast, make_enterprise, agency="市局", name="服务行")
    make_visit(cast, make_enterprise, campaign=campaign)
    heads = ["组织部门", "活动名称", "开始日期", "结束日期"]
    path = written(tmp_path / "campaigns.csv", heads, ["市局", "服务行", "2016-01-01", "2016-05-09"])
    run = imported(path, cast.clerk_a, "service-campaigns")
    assert counts(run) == (0, 0, 0, 1)
    assert "would lie outside" in run.problems.get().reason
    campaign.refresh_from_db()
    assert campaign.ends_on == date(2016, 5, 10)


# Who reports -------------------------------------------------------------------------------------


def test_a_new_campaign_asks_the_offices_directly_below(client, cast):
    client.force_login(cast.clerk_province)
    url = reverse("admin:enterprises_servicecampaign_add")
    data = posted(client, url)
    data |= {"agency": "省局", "name": "服务行", "begins_on": "2016-01-01", "ends_on": "2016-05-10"}
    assert client.post(url, {**data, "report_due_on": "2016-05-20"}).status_code == 302
    campaign = ServiceCampaign.objects.get()
    asked = CampaignReport.objects.filter(campaign=campaign)
    assert {report.office for report in asked} == {cast.clerk_a.office, cast.clerk_b.office}  # not the county
    assert {(report.agency, report.region_id) for report in asked} == {
        (office.name, office.region_id) for office in (cast.clerk_a.office, cast.clerk_b.office)
    }
    assert client.post(url, {**data, "name": "无期限"}).status_code == 302
    assert CampaignReport.objects.count() == 2


def test_asking_again_adds_nobody(cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise, by=cast.clerk_province)
    assert len(asking.ask(campaign, by=cast.clerk_province)) == 2
    excused = CampaignReport.objects.get(office=cast.clerk_b.office)
    records.void(excused, by=cast.clerk_province, reason="不参加")
    assert asking.ask(campaign, by=cast.clerk_province) == []
    Office.objects.create(
        code="210300-01", name="鞍山市局", region_id="210300", parent=cast.clerk_province.office, kind="administration"
    )
    assert [report.agency for report in asking.ask(campaign, by=cast.clerk_province)] == ["鞍山市局"]


@time_machine.travel("2016-05-11 12:00:00+08:00")
def test_states_of_reports_and_their_filter_agree(cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    endless = make_campaign(cast, make_enterprise, report_due_on=None)
    made = {
        ReportState.IN_TIME: {make_report(cast, make_enterprise, campaign=campaign)},
        ReportState.LATE: {make_report(cast, make_enterprise, campaign=campaign, reported_on=date(2016, 5, 11))},
        ReportState.OVERDUE: {make_report(cast, make_enterprise, campaign=campaign, reported_on=None)},
        ReportState.OPEN: {make_report(cast, make_enterprise, campaign=endless, reported_on=None)},
    }
    made[ReportState.IN_TIME].add(make_report(cast, make_enterprise, campaign=endless))
    today = date(2016, 5, 11)
    for state, rows in made.items():
        assert set(CampaignReport.objects.in_state(state, today)) == rows
        assert {row.state_on(today) for row in rows} == {state}
    [overdue] = made[ReportState.OVERDUE]
    assert overdue.state_on(date(2016, 5, 10)) == ReportState.OPEN  # the last day is still in time
    assert overdue in CampaignReport.objects.in_state(ReportState.OPEN, date(2016, 5, 10))


@time_machine.travel("2016-05-11 12:00:00+08:00")
def test_what_is_missing_shows_on_the_dashboard(client, cast, make_enterprise):
    def shown(person):
        client.force_login(person)
        return client.get("/").content.decode()

    campaign = make_campaign(cast, make_enterprise, by=cast.clerk_province)
    asking.ask(campaign, by=cast.clerk_province)
    assert "Overdue: 2" in shown(cast.manager_province)
    assert "Overdue: 1" in shown(cast.clerk_a)
    assert "reports on service campaigns" in shown(cast.clerk_a)
    assert "reports on service campaigns" not in shown(cast.clerk_county)  # nothing is missing there: no box
    records.void(campaign, by=cast.clerk_province, reason="取消")
    assert "Overdue: 2" not in shown(cast.manager_province)


def test_each_office_states_its_own_report(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise, by=cast.clerk_province)
    asking.ask(campaign, by=cast.clerk_province)
    own = CampaignReport.objects.get(office=cast.clerk_a.office)
    url = reverse("admin:enterprises_campaignreport_change", args=[own.pk])
    client.force_login(cast.clerk_a)
    assert client.post(url, {**posted(client, url), "reported_on": "2016-05-09"}).status_code == 302
    own.refresh_from_db()
    assert own.reported_on == date(2016, 5, 9)
    client.force_login(cast.clerk_b)
    assert client.get(url).status_code == 404
    assert set(scoping.visible_to(CampaignReport.objects.all(), cast.clerk_b)) == {
        CampaignReport.objects.get(office=cast.clerk_b.office)
    }


def test_the_campaign_of_the_province_is_the_citys_to_work_in(client, cast, make_enterprise):
    """A city sees it, enters a visit in it, and changes nothing of it."""
    campaign = make_campaign(cast, make_enterprise, by=cast.clerk_province)
    client.force_login(cast.clerk_a)
    assert client.post(reverse("admin:enterprises_servicecampaign_change", args=[campaign.pk]), {}).status_code == 403
    url = reverse("admin:enterprises_servicevisit_add")
    data = {
        **posted(client, url), "agency": "甲所", "enterprise": str(make_enterprise().pk), "visited_on": "2016-05-10",
        "campaign": str(campaign.pk), "activities-TOTAL_FORMS": "1", "activities-0-activity": "verification",
        "activities-0-count": "12",
    }  # fmt: skip
    response = client.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    assert ServiceVisit.objects.get().campaign == campaign
    assert VisitActivity.objects.get().count == 12


# Figures -----------------------------------------------------------------------------------------


def test_figures_of_visits(cast, make_enterprise):
    """By hand: three visits to two enterprises in 2016, one in 2015; one not asked, one not satisfied."""
    campaign = make_campaign(cast, make_enterprise)
    first = make_visit(cast, make_enterprise, campaign=campaign).enterprise  # 7 people, 2 of 3 solved, 12,000 yuan
    make_visit(
        cast, make_enterprise, enterprise=first, sector_id=None, people_reached=5, problems_found=1,
        problems_solved=1, is_satisfied=False, benefit=Decimal("0.50"),
    )  # fmt: skip
    make_visit(
        cast, make_enterprise, by=cast.clerk_b, people_reached=0, problems_found=0, problems_solved=0, benefit=None,
        benefit_method="", fees_waived=0, **NOT_ASKED,
    )  # fmt: skip
    make_visit(cast, make_enterprise, visited_on=date(2015, 12, 31), asked_on=date(2016, 1, 5))
    assert (figure("services.enterprises_served"), figure("services.visits")) == (2, 3)
    assert figure("services.enterprises_served", sector="market") == 2
    assert figure("services.enterprises_served", sector="") == 1
    assert figure("services.enterprises_served", campaign=str(campaign.pk)) == 1
    assert figure("services.enterprises_served", region="210200") == 1
    assert figure("services.person_times") == 12
    assert (figure("services.problems_found"), figure("services.problems_solved")) == (4, 3)
    assert figure("services.problems_solved_rate") == 75
    assert (figure("services.visits_asked"), figure("services.visits_satisfied")) == (2, 1)
    assert figure("services.satisfaction_rate") == 50
    assert figure("services.economic_benefit") == Decimal("12000.50")
    assert figure("services.fees_waived") == 600
    assert figure("services.satisfaction_rate", region="210200") is None


def test_figures_of_activities(cast, make_enterprise):
    """By hand: 12 + 3 pieces verified at two enterprises, and 2 solutions at one of them."""
    visit = make_visit(cast, make_enterprise)
    make_activity(cast, make_enterprise, visit=visit, activity_id="verification", count=12)
    make_activity(cast, make_enterprise, visit=visit, activity_id="solution", count=2)
    other = make_activity(cast, make_enterprise, activity_id="verification", count=3)
    assert figure("services.activities") == 17
    assert figure("services.activities", activity="verification") == 15
    assert figure("services.enterprises_by_activity") == 2
    assert figure("services.enterprises_by_activity", activity="solution") == 1
    assert figure("services.solutions") == 2
    records.void(other.visit, by=cast.clerk_a, reason="重复")  # what was done there goes with it
    assert figure("services.activities", activity="verification") == 12


def test_figures_of_trainings_and_contact_points(cast, make_enterprise):
    """By hand: two sessions with 30 and 16 people, one enterprise at both; the number of contact points by day."""
    first = make_training(cast, make_enterprise, hours=Decimal("2.5"))
    second = make_training(cast, make_enterprise, held_on=date(2016, 12, 31), people_trained=16)
    make_training(cast, make_enterprise, held_on=date(2017, 1, 1))
    enterprise = make_trained(cast, make_enterprise, training=first).enterprise
    make_trained(cast, make_enterprise, training=second, enterprise=enterprise)
    assert (figure("services.training_sessions"), figure("services.people_trained")) == (2, 46)
    assert figure("services.enterprises_trained") == 1

    make_contact_point(cast, make_enterprise, begins_on=date(2016, 3, 1), ends_on=date(2016, 12, 30))
    large = make_enterprise(size="large")
    make_contact_point(cast, make_enterprise, begins_on=date(2016, 3, 1), enterprise=large)
    make_contact_point(cast, make_enterprise, begins_on=date(2016, 12, 31))
    assert (figure("services.contact_points"), figure("services.enterprises_assisted")) == (2, 1)
    on = {
        day: ContactPoint.objects.on(day).count() for day in (date(2016, 2, 29), date(2016, 3, 1), date(2016, 12, 30))
    }
    assert list(on.values()) == [0, 2, 2]
    assert ContactPoint.objects.on(date(2016, 12, 31)).count() == 2


def test_figures_of_campaigns_and_teams(cast, make_enterprise):
    """By hand: three reports due in 2016, one in time, one late, one missing: 33.33 %; nothing charged."""
    campaign = make_campaign(cast, make_enterprise)
    for reported_on in (date(2016, 5, 10), date(2016, 5, 11), None):
        make_report(cast, make_enterprise, campaign=campaign, reported_on=reported_on)
    make_report(cast, make_enterprise, campaign=make_campaign(cast, make_enterprise, report_due_on=None))
    gone = make_campaign(cast, make_enterprise)
    make_report(cast, make_enterprise, campaign=gone)
    records.void(gone, by=cast.clerk_a, reason="取消")
    enterprise = make_volunteer(cast, make_enterprise, campaign=campaign).enterprise
    make_volunteer(cast, make_enterprise, enterprise=enterprise)  # in another campaign, too
    assert figure("services.campaign_reports_due") == 3
    assert figure("services.campaign_reports_in_time") == 1
    assert figure("services.campaign_reports_in_time_rate") == Decimal(100) / 3
    assert figure("services.fees_charged") == 0
    assert figure("services.volunteers") == 1
    assert figure("services.volunteers", campaign=str(campaign.pk)) == 1
    make_team(cast, make_enterprise, ends_on=date(2016, 12, 30))
    make_team(cast, make_enterprise, ends_on=date(2016, 12, 31))
    make_team(cast, make_enterprise, begins_on=date(2017, 1, 1))
    assert (figure("services.teams"), figure("services.teams", 2017)) == (1, 1)


# Elsewhere ---------------------------------------------------------------------------------------


def test_a_merge_takes_services_along(cast, make_enterprise):
    """At a session that both were at, one is enough; on one list both cannot stand."""
    kept, double = make_enterprise(), make_enterprise()
    make_visit(cast, make_enterprise, enterprise=double)
    make_contact_point(cast, make_enterprise, enterprise=double)
    training = make_trained(cast, make_enterprise, enterprise=kept).training
    make_trained(cast, make_enterprise, training=training, enterprise=double)
    volunteer = make_volunteer(cast, make_enterprise, enterprise=kept)
    again = make_volunteer(cast, make_enterprise, enterprise=double, campaign=volunteer.campaign)
    with pytest.raises(ValidationError, match="cannot both be"):
        merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    records.void(again, by=cast.clerk_a, reason="重复")
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    assert ServiceVisit.objects.get().enterprise == ContactPoint.objects.get().enterprise == kept
    assert TrainingEnterprise.objects.not_voided().get().enterprise == kept
    merging.undo(done, by=cast.clerk_a)
    assert ServiceVisit.objects.get().enterprise == double
    assert TrainingEnterprise.objects.not_voided().count() == 2
    assert CampaignVolunteer.objects.not_voided().get() == volunteer


def test_a_double_on_one_list_is_refused_by_form_and_import(client, cast, make_enterprise, tmp_path):
    volunteer = make_volunteer(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_campaignvolunteer_add")
    data = {"campaign": volunteer.campaign_id, "enterprise": volunteer.enterprise_id, "joined_on": "2016-02-02"}
    assert "already on the list of the campaign" in client.post(url, {**posted(client, url), **data}).content.decode()
    line = [volunteer.campaign.name, volunteer.enterprise.name, "2016-02-02"]
    path = written(tmp_path / "list.csv", ["活动名称", "企业名称", "报名日期"], line, line)
    assert counts(imported(path, cast.clerk_a, "campaign-volunteers")) == (0, 1, 0, 1)  # corrected; its second line not
    assert CampaignVolunteer.objects.count() == 1


def test_activities_are_data(db):
    """A kind that an administrator adds is a part of the figure at once."""
    ServiceActivity.objects.create(
        code="lab", name="开放实验室", name_en="Open laboratory", counted_in="次", edition="x"
    )
    labels = compute([indicators.get("services.activities")], "210000", Period.year(2016))[0].labels["activity"]
    assert labels["lab"] == "Open laboratory"
    with translation.override("zh-hans"):
        assert str(ServiceActivity.objects.get(code="lab")) == "开放实验室"


def test_long_lists_of_rows_cost_no_query_each(client, cast, make_enterprise):
    """The names in the drop-downs of a page's rows are read once for all of them, and the rows save as they are."""
    training, visit = make_training(cast, make_enterprise), make_visit(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    urls = [
        reverse("admin:enterprises_training_change", args=[training.pk]),
        reverse("admin:enterprises_servicevisit_change", args=[visit.pk]),
    ]

    def queries():
        counted = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            counted.append(len(captured))
        return counted

    kinds = list(ServiceActivity.objects.values_list("pk", flat=True))
    first = make_trained(cast, make_enterprise, training=training)
    make_activity(cast, make_enterprise, visit=visit, activity_id=kinds[0])
    before = queries()
    for kind in kinds[1:]:
        make_trained(cast, make_enterprise, training=training)
        make_activity(cast, make_enterprise, visit=visit, activity_id=kind)
    assert queries() == before
    response = client.get(urls[0])
    assert first.enterprise.name in response.content.decode()
    stamps = list(TrainingEnterprise.objects.values_list("enterprise", "version"))
    assert client.post(urls[0], values_of(response)).status_code == 302
    assert list(TrainingEnterprise.objects.values_list("enterprise", "version")) == stamps
