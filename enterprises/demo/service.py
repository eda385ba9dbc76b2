"""Services to enterprises in the demo province.

Of 2016 as Liaoning published: 1,718 enterprises served, 11,260 person-times, 458 problems solved; of them in Tieling 48
contact-point enterprises, 84 solutions, 246 people trained and a benefit of 800,000 yuan. Beside it, small, the
campaign of 2026.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bureau import records
from bureau.demo import Demo
from bureau.models import Office, Staff
from enterprises.models import (
    CampaignReport,
    CampaignVolunteer,
    ContactPoint,
    Enterprise,
    EnterpriseKindSince,
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

SERVED, PERSON_TIMES, SOLVED = 1718, 11260, 458
TIELING = "211200"
TIELING_SERVED, TIELING_SOLUTIONS, TIELING_TRAINED, TIELING_BENEFIT = 48, 84, 246, 800_000
FIRST, LAST = date(2016, 3, 1), date(2016, 10, 31)
# In the campaign of 2026, which runs still.
SERVED_NOW, FIRST_NOW, LAST_NOW = 60, date(2026, 5, 18), date(2026, 12, 15)
LAST_VISIT = date(2026, 9, 30)
ACTIVITIES = ("verification", "calibration", "training", "problem_solving", "energy_diagnosis", "benchmarking", "test")
METHOD = "按企业提供的节约用电量和返工损失测算"
TOPICS = ("计量法律法规", "测量管理体系", "能源计量器具配备与管理", "定量包装商品净含量")


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    province = demo.offices["210000-01"]
    cities = [office for code, office in demo.offices.items() if code.endswith("00-01") and office != province]
    of_2016 = _campaign(province, FIRST, LAST, date(2016, 11, 30), "2016年计量服务中小企业行", by)
    of_2026 = _campaign(province, FIRST_NOW, LAST_NOW, date(2026, 12, 31), "2026年计量服务中小企业行", by)
    _report(of_2016, by)
    teams = records.bulk_add([_team(office) for office in cities], by=by)
    team_of = {team.office_id: team for team in teams}
    served = _served(cities)
    sector_of = _sectors()
    visits = records.bulk_add(list(_visits(served, of_2016, team_of, sector_of)), by=by)
    now = records.bulk_add(list(_visits_now(served, of_2026, team_of, sector_of)), by=by)
    records.bulk_add(list(_activities(visits, now)), by=by)
    joined = [_volunteer(visit, of_2016) for visit in visits[::10]] + [_volunteer(visit, of_2026) for visit in now]
    records.bulk_add(joined, by=by)
    contacts = [_contact(each) for each in served if each.office.region_id == TIELING]
    records.bulk_add([*contacts, *(_contact(each) for each in served[100::120])], by=by)
    trainings = records.bulk_add(list(_trainings(cities, of_2016)), by=by)
    records.bulk_add(list(_trained(trainings, served)), by=by)


def _campaign(office: Office, first: date, last: date, due: date, name: str, by: Staff) -> ServiceCampaign:
    campaign = ServiceCampaign(
        office=office,
        region_id=office.region_id,
        agency=office.name,
        name=name,
        document_no=f"辽市监计量〔{first.year}〕12号",
        begins_on=first,
        ends_on=last,
        report_due_on=due,
        plan="面向中小企业开展计量需求调查、法律法规和技术培训、检定校准、能源计量诊断，帮助企业解决计量难题，不收取费用。",
    )
    records.save(campaign, by=by)
    sectors = [ServiceCampaignSector(campaign=campaign, sector_id=code) for code in ("prepack", "utility", "market")]
    records.bulk_add(sectors, by=by)
    asking.ask(campaign, by=by)
    return campaign


def _report(campaign: ServiceCampaign, by: Staff) -> None:
    """All but the last two cities reported, one of them late."""
    reports = list(CampaignReport.objects.filter(campaign=campaign).order_by("region"))[:-2]
    for number, report in enumerate(reports):
        report.reported_on = date(2016, 12, 5) if number == 3 else date(2016, 11, 10 + number)
    records.bulk_change(reports, ["reported_on"], by=by, reason="总结已收到")


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


def _served(cities: Sequence[Office]) -> list[Enterprise]:
    """So many of each city that all of the published number come together, in Tieling exactly its own."""
    rows = Enterprise.objects.filter(office__in=cities).exclude(credit_code="").select_related("office").order_by("pk")
    tieling = [each for each in rows if each.office.region_id == TIELING][:TIELING_SERVED]
    elsewhere = [each for each in rows if each.office.region_id != TIELING]
    return [*tieling, *elsewhere[: SERVED - len(tieling)]]


def _sectors() -> dict[int, str]:
    """Enterprise → its sector, of those whose kind is one."""
    known = set(Sector.objects.values_list("pk", flat=True))
    kinds = EnterpriseKindSince.objects.order_by("pk").values_list("enterprise", "kind")
    return {enterprise: kind for enterprise, kind in kinds if kind in known}


def _visits(
    served: Sequence[Enterprise], campaign: ServiceCampaign, team_of: dict[int, ServiceTeam], sector_of: dict[int, str]
) -> Iterator[ServiceVisit]:
    """One visit each; what was published is spread over them as evenly as whole numbers allow."""
    for number, enterprise in enumerate(served):
        on = FIRST + timedelta(days=number * 37 % (LAST - FIRST).days)
        solved = _share(SOLVED, SERVED, number)
        is_asked = number % 3 != 0
        in_tieling = number < TIELING_SERVED
        yield ServiceVisit(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            agency=enterprise.office.name,
            visited_on=on,
            sector_id=sector_of.get(enterprise.pk),
            campaign=campaign,
            team=team_of[enterprise.office_id],
            people_reached=_share(PERSON_TIMES, SERVED, number),
            problems_found=solved + (number % 40 == 0),
            problems_solved=solved,
            asked_on=on + timedelta(days=20) if is_asked else None,
            is_satisfied=number % 50 != 1 if is_asked else None,
            benefit=_share(TIELING_BENEFIT, TIELING_SERVED, number) if in_tieling else None,
            benefit_method=METHOD if in_tieling else "",
            fees_waived=200 + number % 7 * 50,
        )


def _visits_now(
    served: Sequence[Enterprise], campaign: ServiceCampaign, team_of: dict[int, ServiceTeam], sector_of: dict[int, str]
) -> Iterator[ServiceVisit]:
    for number, enterprise in enumerate(served[:: len(served) // SERVED_NOW][:SERVED_NOW]):
        yield ServiceVisit(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            agency=enterprise.office.name,
            visited_on=FIRST_NOW + timedelta(days=number * 37 % (LAST_VISIT - FIRST_NOW).days),
            sector_id=sector_of.get(enterprise.pk),
            campaign=campaign,
            team=team_of[enterprise.office_id],
            people_reached=5 + number % 6,
            problems_found=number % 3,
            problems_solved=number % 3 - (number % 12 == 11),
            fees_waived=300,
        )


def _activities(visits: Sequence[ServiceVisit], now: Sequence[ServiceVisit]) -> Iterator[VisitActivity]:
    for number, visit in enumerate((*visits, *now)):
        kind = ACTIVITIES[number % len(ACTIVITIES)]
        pieces = number % 12 + 1 if kind in ("verification", "calibration", "test") else 1
        yield VisitActivity(visit=visit, activity_id=kind, count=pieces)
    for number, visit in enumerate(visits[:TIELING_SERVED]):
        if count := _share(TIELING_SOLUTIONS, TIELING_SERVED, number):
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


def _contact(enterprise: Enterprise) -> ContactPoint:
    return ContactPoint(
        agency=enterprise.office.name,
        enterprise=enterprise,
        office=enterprise.office,
        region_id=enterprise.region_id,
        begins_on=date(2016, 1, 15),
        task="建立测量管理体系",
    )


def _trainings(cities: Sequence[Office], campaign: ServiceCampaign) -> Iterator[Training]:
    """Three sessions in Tieling, as many people as were published; elsewhere two a city."""
    for place, office in enumerate(cities):
        in_tieling = office.region_id == TIELING
        for number in range(3 if in_tieling else 2):
            yield Training(
                office=office,
                region_id=office.region_id,
                agency=office.name,
                topic=f"{TOPICS[(place + number) % len(TOPICS)]}培训班",
                held_on=date(2016, 4 + number * 2, 5 + place),
                hours=4 + number * 2,
                people_trained=_share(TIELING_TRAINED, 3, number) if in_tieling else 40 + place,
                campaign=campaign,
            )


def _trained(trainings: Sequence[Training], served: Sequence[Enterprise]) -> Iterator[TrainingEnterprise]:
    of_office: dict[int, list[Enterprise]] = {}
    for enterprise in served:
        of_office.setdefault(enterprise.office_id, []).append(enterprise)
    for training in trainings:
        for enterprise in of_office[training.office_id][:12]:
            yield TrainingEnterprise(training=training, enterprise=enterprise)


def _share(whole: int, parts: int, number: int) -> int:
    """The part of that number when a whole is spread over parts: they differ by one at most and add up."""
    return whole // parts + (number < whole % parts)
