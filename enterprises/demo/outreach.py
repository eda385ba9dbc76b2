"""The quiz on metrology of 2016 as Liaoning published it, and smaller events of later years."""

from collections.abc import Iterator
from datetime import date, timedelta

from bureau import records
from bureau.demo import PROVINCE, Demo
from enterprises.models import OutreachAward, OutreachEvent

REGISTERED, PARTICIPANTS = 1363, 1214
# By grade: people in all, and over how many days of award.
AWARDS = {"weekly": (476, 28), "monthly": (170, 7), "annual": (72, 1)}
DAYS_BETWEEN = {"weekly": 7, "monthly": 30, "annual": 0}
FIRST_DAY, FIRST_AWARD, LAST_AWARD = date(2016, 5, 20), date(2016, 5, 27), date(2016, 12, 15)
CITIES = ("210100", "210200", "211200")


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    office = demo.offices[f"{PROVINCE}-01"]
    quiz = OutreachEvent(
        office=office,
        region_id=PROVINCE,
        organiser=office.name,
        name="计量科普知识问答",
        topic="世界计量日",
        place="微信公众号",
        begins_on=FIRST_DAY,
        until_on=LAST_AWARD,
        registered=REGISTERED,
        participants=PARTICIPANTS,
    )
    records.bulk_add([quiz, *_open_days(demo)], by=by)
    records.bulk_add(list(_awards(quiz)), by=by)


def _open_days(demo: Demo) -> Iterator[OutreachEvent]:
    for year in (2025, 2026):
        for number, code in enumerate(CITIES):
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
