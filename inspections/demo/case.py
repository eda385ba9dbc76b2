"""Complaints and violation cases of the demo province, spread over its cities and years."""

from collections.abc import Iterator
from datetime import date, timedelta

from bureau import records
from bureau.demo import Demo
from enterprises.models import Enterprise
from inspections.models import Complaint, ViolationCase, ViolationCause

YEARS = (2015, 2016, 2025, 2026)
CASES_OF_A_YEAR, COMPLAINTS_OF_A_YEAR = 60, 40
LAST_DAY = date(2026, 9, 30)
SECTORS = {"fuel": "加油站", "market": "农贸市场", "retail": "超市"}
CHANNELS = ("hotline", "online", "hotline", "visit", "letter")


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    enterprises = list(Enterprise.objects.not_voided().select_related("office").order_by("pk")[:1500:7])
    records.bulk_add(list(_complaints(enterprises)), by=by)
    records.bulk_add(list(_cases(enterprises)), by=by)


def _days(of_a_year: int) -> Iterator[tuple[int, date]]:
    for year in YEARS:
        for number in range(1, of_a_year + 1):
            on = date(year, 1, 5) + timedelta(days=number * 89 % 350)
            if on <= LAST_DAY:
                yield number, on


def _complaints(enterprises: list[Enterprise]) -> Iterator[Complaint]:
    for number, on in _days(COMPLAINTS_OF_A_YEAR):
        about = enterprises[number * 5 % len(enterprises)]
        answered_on = on + timedelta(days=10 + number % 40)
        is_open = answered_on > LAST_DAY
        yield Complaint(
            office=about.office,
            region_id=about.office.region_id,
            agency=about.office.name,
            number=f"T{on.year}-{about.office.region_id}-{number:04}",
            received_on=on,
            channel=CHANNELS[number % len(CHANNELS)],
            enterprise=about,
            sector_id=list(SECTORS)[number % len(SECTORS)],
            content="反映计量器具不准",
            answer_due_on=on + timedelta(days=45),
            answered_on=None if is_open else answered_on,
            result="" if is_open else ("upheld" if number % 3 else "not_upheld"),
            is_satisfied=None if is_open else number % 9 != 0,
        )


def _cases(enterprises: list[Enterprise]) -> Iterator[ViolationCase]:
    causes = list(ViolationCause.objects.order_by("position")[:9])
    for number, on in _days(CASES_OF_A_YEAR):
        party = enterprises[number * 11 % len(enterprises)]
        cause = causes[number % len(causes)]
        decided_on = on + timedelta(days=30 + number % 50)
        is_decided = decided_on <= LAST_DAY
        yield ViolationCase(
            office=party.office,
            region_id=party.office.region_id,
            agency=party.office.name,
            case_no=f"立字〔{on.year}〕{number:03}号",
            name=f"{cause.name}案",
            filed_on=on,
            source="complaint" if number % 4 == 0 else "inspection",
            cause=cause,
            sector_id=list(SECTORS)[number % len(SECTORS)],
            enterprise=party,
            decision_due_on=on + timedelta(days=90),
            decision_no=f"罚字〔{on.year}〕{number:03}号" if is_decided else "",
            decided_on=decided_on if is_decided else None,
            is_ordered_to_correct=is_decided,
            fine=500 * (1 + number % 9) if is_decided else 0,
            confiscated=200 * (number % 3) if is_decided else 0,
            closed_on=decided_on + timedelta(days=20) if is_decided and decided_on.year < LAST_DAY.year else None,
        )
