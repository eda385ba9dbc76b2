"""Inspections of the demo province: what Liaoning published of 2016, and a campaign of this year that is under way.

As published: 476 markets, 1,518 shops and supermarkets and 18,108 instruments checked; in Shenyang the energy metering
of 70 key energy-using units and 65 public institutions supervised. Sites that the enterprises of the demo do not
suffice for are added here.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bureau import records
from bureau.credit_code import completed
from bureau.demo import PROVINCE, Demo
from bureau.models import Office
from enterprises.models import Enterprise, EnterpriseKindSince
from inspections import draws
from inspections.models import (
    Draw,
    Finding,
    InspectedInstruments,
    InspectionCampaign,
    NetContentLot,
    SiteInspection,
)

SITES = {"market": 476, "retail": 1518}
ENDINGS = {"market": "集贸市场", "retail": "便民超市"}
INSTRUMENTS = 18_108
SHENYANG = "210100"
ENERGY = {
    "key_energy": SiteInspection.EnergyKind.KEY,
    "public_institution": SiteInspection.EnergyKind.PUBLIC_INSTITUTION,
}
LOTS = 120
# One inspection in so many finds something.
FINDS = 20


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    campaign, energy, present = records.bulk_add(list(_campaigns(demo)), by=by)
    visits: list[SiteInspection] = []
    for sector in SITES:
        visits += [_visit(demo, site, number, sector, campaign) for number, site in enumerate(_sites(demo, sector))]
    records.bulk_add(visits, by=by)
    records.bulk_add(list(_instruments(visits)), by=by)
    records.bulk_add([_finding(visit) for visit in visits[::FINDS]], by=by)
    records.bulk_add(list(_supervised(demo, energy)), by=by)
    records.bulk_add(list(_lots(visits, campaign)), by=by)
    _draw(demo, present)


def _campaigns(demo: Demo) -> Iterator[InspectionCampaign]:
    province = demo.offices[f"{PROVINCE}-01"]
    for year, subject, name in (
        (2016, "instruments", "集贸市场、商场超市计量专项检查"),
        (2016, "energy_metering", "能源计量监督检查"),
        (2026, "instruments", "加油站计量双随机抽查"),
    ):
        yield InspectionCampaign(
            office=province,
            region_id=PROVINCE,
            agency=province.name,
            name=f"{year}年{name}",
            subject_id=subject,
            begins_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
            planned_sites=2000 if year == 2016 and subject == "instruments" else 150,
        )


def _sites(demo: Demo, kind: str) -> list[Enterprise]:
    """As many of that kind as were inspected: those of the demo, and new ones in city after city."""
    known = list(Enterprise.objects.of_kind(kind, date(2016, 12, 31)).not_voided().order_by("pk")[: SITES[kind]])
    cities = _cities(demo)
    made = [_site(cities[number % len(cities)], kind, number) for number in range(SITES[kind] - len(known))]
    records.bulk_add(made, by=demo.people["province-clerk"])
    since = [EnterpriseKindSince(enterprise=site, kind_id=kind, begins_on=date(2014, 1, 1)) for site in made]
    records.bulk_add(since, by=demo.people["province-clerk"])
    return known + made


def _cities(demo: Demo) -> list[Office]:
    return [office for code, office in demo.offices.items() if code.endswith("00-01") and office.region_id != PROVINCE]


def _site(keeper: Office, kind: str, number: int) -> Enterprise:
    letter = kind[0].upper()
    return Enterprise(
        office=keeper,
        region_id=keeper.region_id,
        name=f"{keeper.region.name}{number + 1}号{ENDINGS[kind]}",
        credit_code=completed(f"92{keeper.region_id}M{letter}{number + 1:06}"),
        size="micro",
    )


def _visit(demo: Demo, site: Enterprise, number: int, sector: str, campaign: InspectionCampaign) -> SiteInspection:
    on = date(2016, 1, 6) + timedelta(days=number * 97 % 355)
    keeper = demo.offices[f"{site.region_id[:4]}00-01"]
    return SiteInspection(
        office=keeper,
        region_id=site.region_id,
        agency=keeper.name,
        number=f"{on:%Y%m%d}-{sector[0].upper()}{number + 1:04}",
        inspected_on=on,
        enterprise=site,
        sector_id=sector,
        subject_id="instruments",
        campaign=campaign,
        is_double_random=number % 5 == 0,
        inspectors="检查员甲、检查员乙",
        result="not_conforming" if number % FINDS == 0 else "conforming",
    )


def _instruments(visits: list[SiteInspection]) -> Iterator[InspectedInstruments]:
    """Spread evenly over the sites; the first ones have one more, so that the sum is the published one."""
    each, over = divmod(INSTRUMENTS, len(visits))
    for number, visit in enumerate(visits):
        failed = 1 + number % 3 if visit.result == "not_conforming" else 0
        yield InspectedInstruments(inspection=visit, category_id="scale", checked=each + (number < over), failed=failed)


def _finding(visit: SiteInspection) -> Finding:
    due_on = visit.inspected_on + timedelta(days=15)
    return Finding(
        office=visit.office,
        region_id=visit.region_id,
        inspection=visit,
        number=1,
        cause_id="past_period",
        facts="电子计价秤超过检定周期仍在使用",
        instruments="电子计价秤",
        measure="ordered",
        due_on=due_on,
        rechecked_on=due_on,
        is_corrected=visit.pk % 9 != 0,
    )


def _supervised(demo: Demo, campaign: InspectionCampaign) -> Iterator[SiteInspection]:
    keeper = demo.offices[f"{SHENYANG}-01"]
    for kind, supervised_as in ENERGY.items():
        units = Enterprise.objects.of_kind(kind, date(2016, 12, 31)).not_voided().filter(office=keeper).order_by("pk")
        for number, unit in enumerate(units):
            on = date(2016, 3, 1) + timedelta(days=number * 3)
            yield SiteInspection(
                office=keeper,
                region_id=unit.region_id,
                agency=keeper.name,
                number=f"{on:%Y%m%d}-{supervised_as[0].upper()}{number + 1:04}",
                inspected_on=on,
                enterprise=unit,
                sector_id="other",
                subject_id="energy_metering",
                energy_kind=supervised_as,
                campaign=campaign,
                inspectors="检查员甲、检查员乙",
                result="conforming",
            )


def _lots(visits: list[SiteInspection], campaign: InspectionCampaign) -> Iterator[NetContentLot]:
    producers = list(Enterprise.objects.of_kind("prepack", date(2016, 12, 31)).not_voided().order_by("pk"))
    for number in range(LOTS):
        visit, short = visits[number * 13], number % 15 == 0
        yield NetContentLot(
            office=visit.office,
            region_id=visit.region_id,
            agency=visit.agency,
            sample_no=f"J{visit.inspected_on.year}-{number + 1:03}",
            sampled_on=visit.inspected_on,
            enterprise=producers[number % len(producers)],
            inspection=visit,
            campaign=campaign,
            product=("大米", "食用油", "白酒", "洗衣粉")[number % 4],
            net_content=("5 kg", "5 L", "500 mL", "1.5 kg")[number % 4],
            lot_size=500,
            sampled=50,
            failed=6 if short else number % 3,
            is_content_conforming=not short,
            is_marking_conforming=number % 40 != 0,
        )


def _draw(demo: Demo, campaign: InspectionCampaign) -> None:
    """Five fuel stations of Shenyang that its inspector is to see this year."""
    keeper = demo.offices[f"{SHENYANG}-01"]
    draw = Draw(
        office=keeper,
        region=keeper.region,
        campaign=campaign,
        site_kind_id="fuel",
        sites_wanted=5,
        inspectors_per_site=1,
        due_on=date(2026, 12, 20),
        seed="2026-11-02 辽宁",
    )
    draws.run(draw, by=demo.people["shenyang-clerk"])
