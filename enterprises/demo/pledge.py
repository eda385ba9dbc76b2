"""Pledges, demonstration units, spot checks and lists of the demo province.

Of 2016 as Liaoning published: 630 pledges, 153 of them in Dalian, and 38 demonstration units there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import Demo
from enterprises.models import (
    DemonstrationAward,
    Enterprise,
    EnterpriseKindSince,
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


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    sector_of = _sectors()
    pledging = list(Enterprise.objects.filter(pk__in=sector_of).select_related("office", "region").order_by("pk"))
    text = PledgeText.objects.order_by("pk")[0]
    pledges = records.bulk_add(list(_pledges(pledging, sector_of, text)), by=by)
    records.bulk_add(list(_awards([pledge for pledge in pledges if pledge.signed_on.year == 2016])), by=by)
    records.bulk_add(list(_spot_checks(pledges[::4])), by=by)
    records.bulk_add(list(_listings(pledges)), by=by)


def _sectors() -> dict[int, str]:
    """Enterprise → its sector, of those whose kind is one of daily life."""
    known = set(Sector.objects.values_list("pk", flat=True))
    kinds = EnterpriseKindSince.objects.order_by("pk").values_list("enterprise", "kind")
    return {enterprise: kind for enterprise, kind in kinds if kind in known}


def _pledges(pledging: Sequence[Enterprise], sector_of: dict[int, str], text: PledgeText) -> Iterator[Pledge]:
    in_dalian = [each for each in pledging if each.office.region_id == DALIAN]
    elsewhere = [each for each in pledging if each.office.region_id != DALIAN]
    years = {2016: [*in_dalian[:OF_DALIAN], *elsewhere[: OF_2016 - OF_DALIAN]]}
    rest = [*in_dalian[OF_DALIAN:], *elsewhere[OF_2016 - OF_DALIAN :]]
    for year, count in OTHER_YEARS.items():
        years[year] = [rest[number * 7 % len(rest)] for number in range(count)]
    for year, enterprises in years.items():
        days = (LAST_DAY if year == LAST_DAY.year else date(year, 12, 20)) - date(year, 1, 10)
        for number, enterprise in enumerate(enterprises):
            signed_on = date(year, 1, 10) + timedelta(days=number * 37 % (days.days - 45))
            if enterprise.region.problem_on(signed_on):  # a district that there was not yet
                continue
            is_withdrawn = number % 70 == 69
            yield Pledge(
                enterprise=enterprise,
                office=enterprise.office,
                region_id=enterprise.region_id,
                sector_id=sector_of[enterprise.pk],
                number=f"{year}-{enterprise.pk:05}",
                text=text,
                signed_on=signed_on,
                complaint_phone="12315",
                posted_on=signed_on + timedelta(days=3),
                checked_on=signed_on + timedelta(days=20) if number % 3 else None,
                check_result=Pledge.CheckResult.PASSED if number % 3 else "",
                published_on=signed_on + timedelta(days=25) if number % 3 else None,
                valid_until=add_months(signed_on, 36) - timedelta(days=1),
                withdrawn_on=signed_on + timedelta(days=40) if is_withdrawn else None,
                withdrawal_reason_id="short_measure" if is_withdrawn else None,
            )


def _awards(pledges: Sequence[Pledge]) -> Iterator[DemonstrationAward]:
    """Some of those that pledged in 2016, at the year's end; two of them by the province as well."""
    standing = [pledge for pledge in pledges if pledge.withdrawn_on is None]
    in_dalian = [pledge for pledge in standing if pledge.office.region_id == DALIAN][:AWARDS_OF_DALIAN]
    elsewhere = [pledge for pledge in standing if pledge.office.region_id != DALIAN][::12]
    tiers = DemonstrationAward.Tier
    for number, pledge in enumerate([*in_dalian, *elsewhere]):
        for tier in (tiers.MUNICIPAL, tiers.PROVINCIAL) if number % 20 == 19 else (tiers.MUNICIPAL,):
            yield DemonstrationAward(
                enterprise=pledge.enterprise,
                office=pledge.office,
                region_id=pledge.region_id,
                sector_id=pledge.sector_id,
                tier=tier,
                awarded_on=date(2016, 12, 22),
                document_no="市监计量〔2016〕88号",
            )


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
