"""Open days of laboratories, and the quiz on metrology of 2016 as Liaoning published it."""

from collections.abc import Iterator
from datetime import date, timedelta

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo
from enterprises.models import OutreachAward, OutreachEvent

REGISTERED, PARTICIPANTS = 1363, 1214
# By grade: people in all, and over how many days of award.
AWARDS = {"weekly": (476, 28), "monthly": (170, 7), "annual": (72, 1)}
DAYS_BETWEEN = {"weekly": 7, "monthly": 30, "annual": 0}
FIRST_DAY, FIRST_AWARD, LAST_AWARD = date(2016, 5, 20), date(2016, 5, 27), date(2016, 12, 15)
# Open days: in which years and cities.
OPEN_DAYS = {
    LIAONING: ((2025, 2026), ("210100", "210200", "211200")),
    HEBEI: ((2019, 2020, 2021, 2025, 2026), ("130100", "130200", "130600", "130900")),
}


def fill(demo: Demo) -> None:
    quiz = [_quiz(demo)] if demo.province == LIAONING else []
    records.bulk_add([*quiz, *_open_days(demo)], by=demo.by)
    records.bulk_add([award for each in quiz for award in _awards(each)], by=demo.by)


def _quiz(demo: Demo) -> OutreachEvent:
    office = demo.head
    return OutreachEvent(
        office=office,
        region_id=office.region_id,
        organiser=office.name,
        name="计量科普知识问答",
        topic="世界计量日",
        place="微信公众号",
        begins_on=FIRST_DAY,
        until_on=LAST_AWARD,
        registered=REGISTERED,
        participants=PARTICIPANTS,
    )


def _open_days(demo: Demo) -> Iterator[OutreachEvent]:
    years, cities = OPEN_DAYS[demo.province]
    for year in years:
        for number, code in enumerate(cities):
            office = demo.offices[f"{code}-01"]
            yield OutreachEvent(
                office=office,
                region_id=code,
                organiser=office.name,
                name="实验室开放日",
                topic="世界计量日",
                begins_on=date(year, 5, 20),
                participants=80 + 15 * number + year % 10,
            )


def _awards(quiz: OutreachEvent) -> Iterator[OutreachAward]:
    """Spread evenly over the days; the first ones get what is left over."""
    for grade, (people, days) in AWARDS.items():
        each, over = divmod(people, days)
        first = LAST_AWARD if days == 1 else FIRST_AWARD
        for number in range(days):
            yield OutreachAward(
                event=quiz,
                grade_id=grade,
                awarded_on=first + timedelta(days=number * DAYS_BETWEEN[grade]),
                people=each + (number < over),
            )
