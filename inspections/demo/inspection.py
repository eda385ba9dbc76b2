"""Inspections of a demo province; of Liaoning also a campaign of this year that is under way.

As Liaoning published of 2016: 476 markets, 1,518 shops and supermarkets and 18,108 instruments checked; in Shenyang the
energy metering of 70 key energy-using units and 65 public institutions supervised. Sites that the enterprises of the
demo do not suffice for are added here. Of Hebei nothing was published; it has a campaign a year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bureau import records
from bureau.credit_code import completed
from bureau.demo import HEBEI, LIAONING, Demo, spread
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


@dataclass(frozen=True)
class Round:
    """A year's campaign: how many sites of each sector, and instruments at all of them together; lots of goods."""

    year: int
    sites: dict[str, int]
    instruments: int
    planned: int
    lots: int


ROUNDS = {
    LIAONING: (Round(2016, {"market": 476, "retail": 1518}, 18_108, 2000, 120),),
    HEBEI: (
        Round(2019, {"market": 260, "retail": 610}, 8_940, 850, 40),
        Round(2020, {"market": 310, "retail": 690}, 10_260, 1000, 60),
        Round(2021, {"market": 330, "retail": 720}, 10_815, 1000, 60),
        Round(2025, {"market": 350, "retail": 750}, 11_430, 1100, 60),
    ),
}
# Whose energy metering was supervised, and in which year.
SUPERVISED = {LIAONING: ("210100", 2016), HEBEI: ("130200", 2020)}
ENDINGS = {"market": "集贸市场", "retail": "便民超市"}
SHENYANG = "210100"
ENERGY = {
    "key_energy": SiteInspection.EnergyKind.KEY,
    "public_institution": SiteInspection.EnergyKind.PUBLIC_INSTITUTION,
}
# One inspection in so many finds something.
FINDS = 20


def fill(demo: Demo) -> None:
    by, rounds = demo.by, ROUNDS[demo.province]
    *of_rounds, energy = records.bulk_add([*_campaigns(demo, rounds), *_of_energy(demo)], by=by)
    present = records.bulk_add([_of_this_year(demo)], by=by) if demo.province == LIAONING else []
    for part, campaign in zip(rounds, of_rounds, strict=True):
        _inspect(demo, part, campaign)
    records.bulk_add(list(_supervised(demo, energy)), by=by)
    for part, campaign in zip(rounds, of_rounds, strict=True):
        visits = list(SiteInspection.objects.filter(campaign=campaign).select_related("office").order_by("pk"))
        records.bulk_add(list(_lots(demo, part, visits, campaign)), by=by)
    for campaign in present:
        _draw(demo, campaign)


def _inspect(demo: Demo, part: Round, campaign: InspectionCampaign) -> None:
    by, visits = demo.by, list[SiteInspection]()
    for sector, count in part.sites.items():
        sites = _sites(demo, sector, count)
        visits += [_visit(demo, site, number, sector, campaign) for number, site in enumerate(sites)]
    records.bulk_add(visits, by=by)
    records.bulk_add(list(_instruments(part, visits)), by=by)
    records.bulk_add([_finding(visit) for visit in visits[::FINDS]], by=by)


def _campaign(demo: Demo, year: int, subject: str, name: str, planned: int) -> InspectionCampaign:
    return InspectionCampaign(
        office=demo.head,
        region_id=demo.province.code,
        agency=demo.head.name,
        name=f"{year}年{name}",
        subject_id=subject,
        begins_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        planned_sites=planned,
    )


def _campaigns(demo: Demo, rounds: tuple[Round, ...]) -> Iterator[InspectionCampaign]:
    for part in rounds:
        yield _campaign(demo, part.year, "instruments", "集贸市场、商场超市计量专项检查", part.planned)


def _of_energy(demo: Demo) -> Iterator[InspectionCampaign]:
    _city, year = SUPERVISED[demo.province]
    yield _campaign(demo, year, "energy_metering", "能源计量监督检查", 150)


def _of_this_year(demo: Demo) -> InspectionCampaign:
    return _campaign(demo, 2026, "instruments", "加油站计量双随机抽查", 150)


def _of_kind(demo: Demo, kind: str, on: date) -> Any:
    return Enterprise.objects.of_kind(kind, on).filter(demo.within()).not_voided().order_by("pk")


def _sites(demo: Demo, kind: str, count: int) -> list[Enterprise]:
    """As many of that kind as were inspected: those of the demo, and new ones in city after city."""
    known = list(_of_kind(demo, kind, date(2016, 12, 31)))
    if len(known) > count:
        known = [known[number * len(known) // count] for number in range(count)]
    made = [_site(demo.cities[number % len(demo.cities)], kind, number) for number in range(count - len(known))]
    records.bulk_add(made, by=demo.by)
    since = [EnterpriseKindSince(enterprise=site, kind_id=kind, begins_on=date(2014, 1, 1)) for site in made]
    records.bulk_add(since, by=demo.by)
    return known + made


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
    on = date(campaign.begins_on.year, 1, 6) + timedelta(days=number * 97 % 355)
    keeper = demo.keeper(site.region_id)
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


def _instruments(part: Round, visits: list[SiteInspection]) -> Iterator[InspectedInstruments]:
    """Spread evenly over the sites, so that the sum is the published one."""
    for number, (visit, checked) in enumerate(zip(visits, spread(part.instruments, len(visits)), strict=True)):
        failed = 1 + number % 3 if visit.result == "not_conforming" else 0
        yield InspectedInstruments(inspection=visit, category_id="scale", checked=checked, failed=failed)


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
    city, year = SUPERVISED[demo.province]
    keeper = demo.offices[f"{city}-01"]
    for kind, supervised_as in ENERGY.items():
        for number, unit in enumerate(_of_kind(demo, kind, date(year, 12, 31)).filter(office=keeper)):
            on = date(year, 3, 1) + timedelta(days=number * 3)
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


def _lots(
    demo: Demo, part: Round, visits: list[SiteInspection], campaign: InspectionCampaign
) -> Iterator[NetContentLot]:
    producers = list(_of_kind(demo, "prepack", date(2016, 12, 31)))
    for number in range(part.lots):
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
