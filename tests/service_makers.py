"""Makers of service campaigns, teams, visits, training sessions and contact points, kept by city A:
``(cast, make_enterprise, **values) -> saved row``."""

from datetime import date, timedelta

from bureau import records
from enterprises.models import (
    CampaignReport,
    CampaignVolunteer,
    ContactPoint,
    ServiceCampaign,
    ServiceCampaignSector,
    ServiceTeam,
    ServiceVisit,
    Training,
    TrainingEnterprise,
    VisitActivity,
)

DAY = date(2016, 5, 10)
UNIT = "市计量检定测试所"


def make_campaign(cast, make_enterprise, *, by=None, **values):
    """It ends on the day on which most rows of the tests are: so that its own figures have it, too."""
    defaults = {
        "agency": "市市场监督管理局",
        "name": f"计量服务中小企业行{ServiceCampaign.objects.count() + 1}",
        "begins_on": date(2016, 1, 1),
        "ends_on": DAY,
        "report_due_on": DAY,
    }
    return _saved(ServiceCampaign, {**defaults, **values}, by or cast.clerk_a)


def make_volunteer(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "campaign": values.pop("campaign", None) or make_campaign(cast, make_enterprise, by=by),
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "joined_on": date(2016, 1, 15),
    }
    return _saved(CampaignVolunteer, {**defaults, **values}, by)


def make_report(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "campaign": values.pop("campaign", None) or make_campaign(cast, make_enterprise, by=by),
        "agency": f"第{CampaignReport.objects.count() + 1}分局",
        "reported_on": DAY,
    }
    return _saved(CampaignReport, {**defaults, **values}, by)


def make_team(cast, make_enterprise, *, by=None, **values):
    defaults = {
        "agency": UNIT,
        "name": f"第{ServiceTeam.objects.count() + 1}计量服务队",
        "begins_on": date(2016, 1, 1),
        "members": 5,
        "experts": 2,
    }
    return _saved(ServiceTeam, {**defaults, **values}, by or cast.clerk_a)


def make_visit(cast, make_enterprise, *, by=None, **values):
    """Each by another unit, so that two may be on one day."""
    by = by or cast.clerk_a
    defaults = {
        "agency": f"{UNIT}{ServiceVisit.objects.count() + 1}",
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "visited_on": DAY,
        "sector_id": "market",
        "people_reached": 7,
        "problems_found": 3,
        "problems_solved": 2,
        "asked_on": date(2016, 6, 1),
        "is_satisfied": True,
        "benefit": 12000,
        "benefit_method": "按企业节电量测算",
        "fees_waived": 300,
    }
    return _saved(ServiceVisit, {**defaults, **values}, by)


def make_activity(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    visit = values.pop("visit", None) or make_visit(cast, make_enterprise, by=by)
    return records.save(VisitActivity(**{"visit": visit, "activity_id": "solution", "count": 4, **values}), by=by)


def make_training(cast, make_enterprise, *, by=None, **values):
    defaults = {
        "agency": UNIT,
        "topic": f"计量法律法规培训{Training.objects.count() + 1}",
        "held_on": DAY,
        "hours": 4,
        "people_trained": 30,
        "sector_id": "market",
    }
    return _saved(Training, {**defaults, **values}, by or cast.clerk_a)


def make_trained(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    training = values.pop("training", None) or make_training(cast, make_enterprise, by=by)
    enterprise = values.pop("enterprise", None) or make_enterprise(by=by)
    return records.save(TrainingEnterprise(training=training, enterprise=enterprise, **values), by=by)


def make_contact_point(cast, make_enterprise, *, by=None, **values):
    """Each a day later than the one before, so that two may be of one enterprise."""
    by = by or cast.clerk_a
    defaults = {
        "agency": "市市场监督管理局",
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by, size="small"),
        "begins_on": date(2016, 1, 1) + timedelta(days=ContactPoint.objects.count() % 100),
    }
    return _saved(ContactPoint, {**defaults, **values}, by)


def _saved(model, values, by):
    office = values.pop("office", by.office)
    return records.save(model(**{"office": office, "region_id": office.region_id, **values}), by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


SERVICE_MAKERS = {
    model: _with_fixtures(make)
    for model, make in {
        ServiceCampaign: make_campaign,
        CampaignVolunteer: make_volunteer,
        CampaignReport: make_report,
        ServiceTeam: make_team,
        ServiceVisit: make_visit,
        VisitActivity: make_activity,
        Training: make_training,
        TrainingEnterprise: make_trained,
        ContactPoint: make_contact_point,
    }.items()
}


def plant_services(cast, make_enterprise, mark):
    """A campaign of city A with one row of every kind around it, which carry the mark; who carries out a campaign
    sees it, so the campaign has the mark only where nobody else looks."""
    campaign = make_campaign(cast, make_enterprise)
    records.save(campaign, by=cast.clerk_a, reason=mark)
    records.save(ServiceCampaignSector(campaign=campaign, sector_id="market"), by=cast.clerk_a)
    enterprise = make_enterprise()
    of = {"campaign": campaign, "remark": mark}
    make_volunteer(cast, make_enterprise, **of, enterprise=enterprise, wish=mark)
    report = make_report(cast, make_enterprise, **of, agency=mark, reported_on=None)
    team = make_team(cast, make_enterprise, agency=mark, name=mark, roles=mark, remark=mark)
    visit = make_visit(
        cast, make_enterprise, **of, enterprise=enterprise, team=team, agency=mark, benefit_method=mark, content=mark
    )
    make_activity(cast, make_enterprise, visit=visit)
    training = make_training(cast, make_enterprise, **of, agency=mark, topic=mark, place=mark)
    make_trained(cast, make_enterprise, training=training, enterprise=enterprise)
    make_contact_point(cast, make_enterprise, enterprise=enterprise, agency=mark, task=mark, remark=mark)
    return {"service_campaign": campaign, "service_visit": visit, "service_report": report}
