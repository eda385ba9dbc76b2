"""Pledges, demonstration units, spot checks and lists of a demo province.

As published: Liaoning had 630 pledges in 2016, 153 of them in Dalian, and 38 demonstration units there; Hebei 7,000
demonstration units in May 2021.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import HEBEI, LIAONING, Demo, mixed
from enterprises.demo import enterprise
from enterprises.models import (
    DemonstrationAward,
    Enterprise,
    ListedEnterprise,
    Pledge,
    PledgeSpotCheck,
    PledgeText,
    Sector,
)

DALIAN = "210200"
OF_2016, OF_DALIAN, AWARDS_OF_DALIAN = 630, 153, 38
# Of other years, among all cities; the last one is not over yet.
OTHER_YEARS = {2015: 90, 2025: 120, 2026: 110}
LAST_DAY = date(2026, 9, 30)
VALID_YEARS = 3
# Of Hebei: how many signed first in a year; how many held an award on the day of its report, and had lost one by then.
SIGNED = {2016: 1180, 2017: 1330, 2018: 1480, 2019: 1760, 2020: 1550, 2021: 100}
HOLDING, ON_THE_DAY, LOST = 7000, date(2021, 5, 18), 120
EACH = 59  # one in so many lost it


@dataclass(frozen=True)
class Signing:
    """Who signs on which day; ``number`` counts within the year."""

    enterprise: Enterprise
    number: int
    on: date


def fill(demo: Demo) -> None:
    sector_of = _sectors(demo)
    rows = Enterprise.objects.filter(pk__in=sector_of).select_related("office", "region")
    pledging = list(rows.order_by("pk"))
    signings = SIGNINGS[demo.province](pledging)
    text = PledgeText.objects.order_by("pk")[0]
    pledges = records.bulk_add([_pledge(signing, sector_of, text) for signing in signings], by=demo.by)
    records.bulk_add(list(AWARDS[demo.province](pledges)), by=demo.by)
    records.bulk_add(list(_spot_checks(pledges[::4])), by=demo.by)
    records.bulk_add(list(_listings(pledges)), by=demo.by)


def _sectors(demo: Demo) -> dict[int, str]:
    """Enterprise → its sector, of those whose kind is one of daily life."""
    known = set(Sector.objects.values_list("pk", flat=True))
    return {key: kind for key, kind in enterprise.kind_of(demo).items() if kind in known}


def _of_liaoning(pledging: Sequence[Enterprise]) -> Iterator[Signing]:
    in_dalian = [each for each in pledging if each.office.region_id == DALIAN]
    elsewhere = [each for each in pledging if each.office.region_id != DALIAN]
    years = {2016: [*in_dalian[:OF_DALIAN], *elsewhere[: OF_2016 - OF_DALIAN]]}
    rest = [*in_dalian[OF_DALIAN:], *elsewhere[OF_2016 - OF_DALIAN :]]
    for year, count in OTHER_YEARS.items():
        years[year] = [rest[number * 7 % len(rest)] for number in range(count)]
    for year, enterprises in years.items():
        days = (LAST_DAY if year == LAST_DAY.year else date(year, 12, 20)) - date(year, 1, 10)
        for number, each in enumerate(enterprises):
            signed_on = date(year, 1, 10) + timedelta(days=number * 37 % (days.days - 45))
            if not each.region.problem_on(signed_on):  # a district that there was already
                yield Signing(each, number, signed_on)


def _of_hebei(pledging: Sequence[Enterprise]) -> Iterator[Signing]:
    """In each year new ones from all cities; whoever kept the pledge renews it each time before it runs out."""
    left = iter(mixed(pledging))
    for year, count in SIGNED.items():
        for number, each in zip(range(count), left, strict=False):
            on = date(year, 1, 10) + timedelta(days=number * 37 % 310)
            while on <= LAST_DAY:
                yield Signing(each, number, on)
                if _is_broken(number):
                    break
                on = add_months(on, 12 * VALID_YEARS) - timedelta(days=5)


def _is_broken(number: int) -> bool:
    """Whether the pledge is withdrawn after some weeks."""
    return number % 70 == 69


def _pledge(signing: Signing, sector_of: Mapping[int, str], text: PledgeText) -> Pledge:
    number, signed_on, pledging = signing.number, signing.on, signing.enterprise
    is_withdrawn = _is_broken(number)
    return Pledge(
        enterprise=pledging,
        office=pledging.office,
        region_id=pledging.region_id,
        sector_id=sector_of[pledging.pk],
        number=f"{signed_on.year}-{pledging.pk:05}",
        text=text,
        signed_on=signed_on,
        complaint_phone="12315",
        posted_on=signed_on + timedelta(days=3),
        checked_on=signed_on + timedelta(days=20) if number % 3 else None,
        check_result=Pledge.CheckResult.PASSED if number % 3 else "",
        published_on=signed_on + timedelta(days=25) if number % 3 else None,
        valid_until=add_months(signed_on, 12 * VALID_YEARS) - timedelta(days=1),
        withdrawn_on=signed_on + timedelta(days=40) if is_withdrawn else None,
        withdrawal_reason_id="short_measure" if is_withdrawn else None,
    )


def _awards_of_liaoning(pledges: Sequence[Pledge]) -> Iterator[DemonstrationAward]:
    """Some of those that pledged in 2016, at the year's end; two of them by the province as well."""
    standing = [pledge for pledge in pledges if pledge.signed_on.year == 2016 and pledge.withdrawn_on is None]
    in_dalian = [pledge for pledge in standing if pledge.office.region_id == DALIAN][:AWARDS_OF_DALIAN]
    elsewhere = [pledge for pledge in standing if pledge.office.region_id != DALIAN][::12]
    for number, pledge in enumerate([*in_dalian, *elsewhere]):
        yield from _by_tiers(pledge, number, date(2016, 12, 22))


def _awards_of_hebei(pledges: Sequence[Pledge]) -> Iterator[DemonstrationAward]:
    """At the end of the year of their first pledge, all but the last that pledged before the year of the report; some
    lost the award before its day, some after it."""
    first: dict[int, Pledge] = {}
    for pledge in pledges:
        if pledge.withdrawn_on is None:
            first.setdefault(pledge.enterprise_id, pledge)
    by_then = [pledge for pledge in first.values() if pledge.signed_on.year < ON_THE_DAY.year][: HOLDING + LOST]
    after = [pledge for pledge in first.values() if pledge.signed_on.year == ON_THE_DAY.year]
    for number, pledge in enumerate([*by_then, *after]):
        awarded_on = date(pledge.signed_on.year, 12, 22)
        lost_on = None
        if number % EACH == 3 and number < EACH * LOST:
            lost_on = ON_THE_DAY - timedelta(days=7 + number % 90)
        elif number % 97 == 5:
            lost_on = ON_THE_DAY + timedelta(days=240 + number % 1300)
        yield from _by_tiers(pledge, number, awarded_on, lost_on)


def _by_tiers(
    pledge: Pledge, number: int, awarded_on: date, lost_on: date | None = None
) -> Iterator[DemonstrationAward]:
    tiers = DemonstrationAward.Tier
    for tier in (tiers.MUNICIPAL, tiers.PROVINCIAL) if number % 20 == 19 else (tiers.MUNICIPAL,):
        yield DemonstrationAward(
            enterprise=pledge.enterprise,
            office=pledge.office,
            region_id=pledge.region_id,
            sector_id=pledge.sector_id,
            tier=tier,
            awarded_on=awarded_on,
            document_no=f"市监计量〔{awarded_on.year}〕88号",
            withdrawn_on=lost_on,
            withdrawal_reason_id="conditions_lost" if lost_on else None,
        )


SIGNINGS = {LIAONING: _of_liaoning, HEBEI: _of_hebei}
AWARDS = {LIAONING: _awards_of_liaoning, HEBEI: _awards_of_hebei}


def _spot_checks(pledges: Sequence[Pledge]) -> Iterator[PledgeSpotCheck]:
    for number, pledge in enumerate(pledges):
        checked_on = pledge.signed_on + timedelta(days=35)
        is_broken = number % 15 == 14
        yield PledgeSpotCheck(
            enterprise=pledge.enterprise,
            office=pledge.office,
            region_id=pledge.region_id,
            sector_id=pledge.sector_id,
            checked_on=checked_on,
            agency=pledge.office.name,
            result="broken" if is_broken else "kept",
            findings="在用计量器具超过检定周期" if is_broken else "",
            corrected_on=checked_on + timedelta(days=15) if is_broken and number % 2 else None,
        )


def _listings(pledges: Sequence[Pledge]) -> Iterator[ListedEnterprise]:
    """Of those that were withdrawn, all on the black list; of those that stand, every fortieth on the red one.

    No enterprise on two at a time.
    """
    withdrawn = [pledge for pledge in pledges if pledge.withdrawn_on]
    red = [pledge for pledge in pledges if not pledge.withdrawn_on][::40]
    listed: set[int] = set()
    for pledge in (*withdrawn, *red):
        from_on = pledge.withdrawn_on or date(pledge.signed_on.year, 12, 25)
        if from_on > LAST_DAY or pledge.enterprise_id in listed:
            continue
        listed.add(pledge.enterprise_id)
        yield ListedEnterprise(
            enterprise=pledge.enterprise,
            office=pledge.office,
            region_id=pledge.region_id,
            sector_id=pledge.sector_id,
            colour="black" if pledge.withdrawn_on else "red",
            from_on=from_on,
            until_on=add_months(from_on, 36),
            reason="短斤缺两查实" if pledge.withdrawn_on else "履行诚信计量承诺良好",
            published_on=from_on + timedelta(days=7),
        )
