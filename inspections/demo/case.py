"""Complaints and violation cases of a demo province, spread over its cities and years.

As Hebei published: 5,235 cases filed from 2016 to 18 May 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo
from enterprises.models import Enterprise
from inspections.models import Complaint, ViolationCase, ViolationCause


@dataclass(frozen=True)
class Span:
    """So many from a day on, over so many days."""

    first: date
    days: int
    cases: int
    complaints: int


def _year(year: int, cases: int, complaints: int) -> Span:
    return Span(date(year, 1, 5), 350, cases, complaints)


SPANS = {
    LIAONING: [_year(year, 60, 40) for year in (2015, 2016, 2025, 2026)],
    HEBEI: [
        _year(2015, 880, 300),
        # 5,235 cases:
        _year(2016, 1046, 320), _year(2017, 1012, 340), _year(2018, 985, 350), _year(2019, 954, 365),
        _year(2020, 893, 390), Span(date(2021, 1, 5), 130, 345, 150),
        Span(date(2021, 5, 20), 220, 520, 240), _year(2025, 830, 410), _year(2026, 800, 400),
    ],
}  # fmt: skip
LAST_DAY = date(2026, 9, 30)
# Every seventh enterprise among so many has to do with it.
WITHIN = {LIAONING: 1500, HEBEI: None}
SECTORS = {"fuel": "加油站", "market": "农贸市场", "retail": "超市"}
CHANNELS = ("hotline", "online", "hotline", "visit", "letter")


def fill(demo: Demo) -> None:
    rows = Enterprise.objects.filter(demo.within()).not_voided().select_related("office").order_by("pk")
    enterprises = list(rows[: WITHIN[demo.province] : 7])
    records.bulk_add(list(_complaints(demo, enterprises)), by=demo.by)
    records.bulk_add(list(_cases(demo, enterprises)), by=demo.by)


def _days(counts: Iterator[tuple[Span, int]]) -> Iterator[tuple[int, date]]:
    """The days that have come, with numbers that begin anew each year."""
    numbers: dict[int, int] = {}
    for span, count in counts:
        for number in range(1, count + 1):
            on = span.first + timedelta(days=number * 89 % span.days)
            numbers[on.year] = numbers.get(on.year, 0) + 1
            if on <= LAST_DAY:
                yield numbers[on.year], on


def _complaints(demo: Demo, enterprises: list[Enterprise]) -> Iterator[Complaint]:
    for number, on in _days((span, span.complaints) for span in SPANS[demo.province]):
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


def _cases(demo: Demo, enterprises: list[Enterprise]) -> Iterator[ViolationCase]:
    causes = list(ViolationCause.objects.order_by("position")[:9])
    for number, on in _days((span, span.cases) for span in SPANS[demo.province]):
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
