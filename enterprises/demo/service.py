"""Services to enterprises in a demo province: a campaign, and beside it, small, a later one.

Of 2016 as Liaoning published: 1,718 enterprises served, 11,260 person-times, 458 problems solved; of them in Tieling 48
contact-point enterprises, 84 solutions, 246 people trained and a benefit of 800,000 yuan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo, spread
from bureau.models import Office
from enterprises.demo.enterprise import kind_of
from enterprises.models import (
    CampaignReport,
    CampaignVolunteer,
    ContactPoint,
    Enterprise,
    Sector,
    ServiceCampaign,
    ServiceCampaignSector,
    ServiceTeam,
    ServiceVisit,
    Training,
    TrainingEnterprise,
    VisitActivity,
)
from enterprises.service_campaign import asking


@dataclass(frozen=True)
class Span:
    """The days of a campaign, and by when its report is due."""

    first: date
    last: date
    due: date


@dataclass(frozen=True)
class OfCity:
    """What one city published of its own."""

    region: str
    served: int
    solutions: int
    trained: int
    benefit: int


@dataclass(frozen=True)
class Facts:
    """The campaign with what was published of it, and the later one with so many visits until a day.

    ``contact``: of the enterprises served, after the first hundred, one in so many is a contact point.
    """

    campaign: Span
    served: int
    person_times: int
    solved: int
    later: Span
    served_later: int
    last_visit: date
    city: OfCity | None
    contact: int
    contact_since: date
    is_later_over: bool


FACTS = {
    LIAONING: Facts(
        campaign=Span(date(2016, 3, 1), date(2016, 10, 31), date(2016, 11, 30)),
        served=1718, person_times=11_260, solved=458,
        later=Span(date(2026, 5, 18), date(2026, 12, 15), date(2026, 12, 31)),
        served_later=60, last_visit=date(2026, 9, 30),
        city=OfCity("211200", served=48, solutions=84, trained=246, benefit=800_000),
        contact=120, contact_since=date(2016, 1, 15), is_later_over=False,
    ),
    HEBEI: Facts(
        campaign=Span(date(2020, 3, 2), date(2020, 10, 30), date(2020, 11, 30)),
        served=1260, person_times=7_900, solved=372,
        later=Span(date(2021, 3, 1), date(2021, 11, 30), date(2021, 12, 31)),
        served_later=480, last_visit=date(2021, 11, 20), city=None,
        contact=90, contact_since=date(2020, 1, 15), is_later_over=True,
    ),
}  # fmt: skip
ACTIVITIES = ("verification", "calibration", "training", "problem_solving", "energy_diagnosis", "benchmarking", "test")
METHOD = "按企业提供的节约用电量和返工损失测算"
TOPICS = ("计量法律法规", "测量管理体系", "能源计量器具配备与管理", "定量包装商品净含量")


def fill(demo: Demo) -> None:
    facts, by, cities = FACTS[demo.province], demo.by, demo.cities
    first, later = (_campaign(demo, span) for span in (facts.campaign, facts.later))
    over = (first, later) if facts.is_later_over else (first,)
    for campaign in over:
        _report(demo, campaign)
    teams = records.bulk_add([_team(office) for office in cities], by=by)
    team_of = {team.office_id: team for team in teams}
    served, sector_of = _served(facts, cities), _sectors(demo)
    visits = records.bulk_add(list(_visits(facts, served, first, team_of, sector_of)), by=by)
    now = records.bulk_add(list(_visits_later(facts, served, later, team_of, sector_of)), by=by)
    records.bulk_add(list(_activities(facts, visits, now)), by=by)
    joined = [_volunteer(visit, first) for visit in visits[::10]] + [_volunteer(visit, later) for visit in now]
    records.bulk_add(joined, by=by)
    of_city = [each for each in served if facts.city and each.office.region_id == facts.city.region]
    records.bulk_add([_contact(facts, each) for each in (*of_city, *served[100 :: facts.contact])], by=by)
    trainings = [training for campaign in over for training in _trainings(facts, cities, campaign)]
    records.bulk_add(trainings, by=by)
    records.bulk_add(list(_trained(trainings, served)), by=by)


def _campaign(demo: Demo, span: Span) -> ServiceCampaign:
    office, year = demo.head, span.first.year
    campaign = ServiceCampaign(
        office=office,
        region_id=office.region_id,
        agency=office.name,
        name=f"{year}年计量服务中小企业行",
        document_no=f"{demo.province.sign}市监计量〔{year}〕12号",
        begins_on=span.first,
        ends_on=span.last,
        report_due_on=span.due,
        plan="面向中小企业开展计量需求调查、法律法规和技术培训、检定校准、能源计量诊断，帮助企业解决计量难题，不收取费用。",
    )
    records.save(campaign, by=demo.by)
    sectors = [ServiceCampaignSector(campaign=campaign, sector_id=code) for code in ("prepack", "utility", "market")]
    records.bulk_add(sectors, by=demo.by)
    asking.ask(campaign, by=demo.by)
    return campaign


def _report(demo: Demo, campaign: ServiceCampaign) -> None:
    """All but the last two cities reported, one of them late."""
    reports = list(CampaignReport.objects.filter(campaign=campaign).order_by("region"))[:-2]
    for number, report in enumerate(reports):
        report.reported_on = campaign.report_due_on + timedelta(days=5 if number == 3 else number - 20)
    records.bulk_change(reports, ["reported_on"], by=demo.by, reason="总结已收到")


def _team(office: Office) -> ServiceTeam:
    return ServiceTeam(
        office=office,
        region_id=office.region_id,
        agency=office.name,
        name=f"{office.region.name}计量服务队",
        begins_on=date(2014, 4, 1),
        members=6 + office.pk % 4,
        experts=2,
        roles="组长、检定人员、能源计量审查人员、法规宣讲人员",
    )


def _served(facts: Facts, cities: Sequence[Office]) -> list[Enterprise]:
    """So many of each city that all of the published number come together, in one city exactly its own."""
    rows = Enterprise.objects.filter(office__in=cities).exclude(credit_code="").select_related("office").order_by("pk")
    if facts.city is None:
        return list(rows)[:: len(rows) // facts.served][: facts.served]
    own = [each for each in rows if each.office.region_id == facts.city.region][: facts.city.served]
    elsewhere = [each for each in rows if each.office.region_id != facts.city.region]
    return [*own, *elsewhere[: facts.served - len(own)]]


def _sectors(demo: Demo) -> dict[int, str]:
    """Enterprise → its sector, of those whose kind is one."""
    known = set(Sector.objects.values_list("pk", flat=True))
    return {key: kind for key, kind in kind_of(demo).items() if kind in known}


def _visits(
    facts: Facts,
    served: Sequence[Enterprise],
    campaign: ServiceCampaign,
    team_of: Mapping[int, ServiceTeam],
    sector_of: Mapping[int, str],
) -> Iterator[ServiceVisit]:
    """One visit each; what was published is spread over them as evenly as whole numbers allow."""
    first, days = facts.campaign.first, (facts.campaign.last - facts.campaign.first).days
    benefits = list(spread(facts.city.benefit, facts.city.served)) if facts.city else []
    shares = zip(spread(facts.person_times, len(served)), spread(facts.solved, len(served)), strict=True)
    for number, (enterprise, (reached, solved)) in enumerate(zip(served, shares, strict=True)):
        on = first + timedelta(days=number * 37 % days)
        is_asked = number % 3 != 0
        yield ServiceVisit(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            agency=enterprise.office.name,
            visited_on=on,
            sector_id=sector_of.get(enterprise.pk),
            campaign=campaign,
            team=team_of[enterprise.office_id],
            people_reached=reached,
            problems_found=solved + (number % 40 == 0),
            problems_solved=solved,
            asked_on=on + timedelta(days=20) if is_asked else None,
            is_satisfied=number % 50 != 1 if is_asked else None,
            benefit=benefits[number] if number < len(benefits) else None,
            benefit_method=METHOD if number < len(benefits) else "",
            fees_waived=200 + number % 7 * 50,
        )


def _visits_later(
    facts: Facts,
    served: Sequence[Enterprise],
    campaign: ServiceCampaign,
    team_of: Mapping[int, ServiceTeam],
    sector_of: Mapping[int, str],
) -> Iterator[ServiceVisit]:
    first = facts.later.first
    for number, enterprise in enumerate(served[:: len(served) // facts.served_later][: facts.served_later]):
        yield ServiceVisit(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            agency=enterprise.office.name,
            visited_on=first + timedelta(days=number * 37 % (facts.last_visit - first).days),
            sector_id=sector_of.get(enterprise.pk),
            campaign=campaign,
            team=team_of[enterprise.office_id],
            people_reached=5 + number % 6,
            problems_found=number % 3,
            problems_solved=number % 3 - (number % 12 == 11),
            fees_waived=300,
        )


def _activities(facts: Facts, visits: Sequence[ServiceVisit], now: Sequence[ServiceVisit]) -> Iterator[VisitActivity]:
    for number, visit in enumerate((*visits, *now)):
        kind = ACTIVITIES[number % len(ACTIVITIES)]
        pieces = number % 12 + 1 if kind in ("verification", "calibration", "test") else 1
        yield VisitActivity(visit=visit, activity_id=kind, count=pieces)
    if facts.city:
        for visit, count in zip(visits, spread(facts.city.solutions, facts.city.served), strict=False):
            if count:
                yield VisitActivity(visit=visit, activity_id="solution", count=count)


def _volunteer(visit: ServiceVisit, campaign: ServiceCampaign) -> CampaignVolunteer:
    return CampaignVolunteer(
        campaign=campaign,
        enterprise=visit.enterprise,
        office=visit.office,
        region_id=visit.region_id,
        joined_on=campaign.begins_on - timedelta(days=10),
        wish="在用计量器具检定和能源计量诊断",
    )


def _contact(facts: Facts, enterprise: Enterprise) -> ContactPoint:
    return ContactPoint(
        agency=enterprise.office.name,
        enterprise=enterprise,
        office=enterprise.office,
        region_id=enterprise.region_id,
        begins_on=facts.contact_since,
        task="建立测量管理体系",
    )


def _trainings(facts: Facts, cities: Sequence[Office], campaign: ServiceCampaign) -> Iterator[Training]:
    """Two sessions a city; where a city published how many people were trained, three."""
    for place, office in enumerate(cities):
        own = facts.city.trained if facts.city and office.region_id == facts.city.region else None
        people = [40 + place] * 2 if own is None else list(spread(own, 3))
        for number, people_trained in enumerate(people):
            yield Training(
                office=office,
                region_id=office.region_id,
                agency=office.name,
                topic=f"{TOPICS[(place + number) % len(TOPICS)]}培训班",
                held_on=date(campaign.begins_on.year, 4 + number * 2, 5 + place),
                hours=4 + number * 2,
                people_trained=people_trained,
                campaign=campaign,
            )


def _trained(trainings: Sequence[Training], served: Sequence[Enterprise]) -> Iterator[TrainingEnterprise]:
    of_office: dict[int, list[Enterprise]] = {}
    for enterprise in served:
        of_office.setdefault(enterprise.office_id, []).append(enterprise)
    for training in trainings:
        for enterprise in of_office[training.office_id][:12]:
            yield TrainingEnterprise(training=training, enterprise=enterprise)
