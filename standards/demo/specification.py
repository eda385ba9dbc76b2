"""Local specifications of the demo province: 83 issued and 283 reviewed in 2016, as Liaoning published; plan of 2026.

Of the 300 texts of earlier years, 23 were replaced by revisions of 2016 and 60 were abolished after the review.
"""

from datetime import date, timedelta

from bureau import records
from bureau.demo import PROVINCE, Demo
from standards import specification_life
from standards.models import Specification, SpecificationReview

SUBJECTS = (
    "电子皮带秤",
    "燃气报警器",
    "粮食水分测定仪",
    "汽车衡",
    "热量表",
    "噪声监测仪",
    "医用输液泵",
    "压力变送器",
    "标准筛",
    "充电桩",
)
EARLIER, ISSUED, REVISED, REVIEWED, ABOLISHED, PLANNED, JOINT = 300, 83, 23, 283, 60, 12, 3


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    earlier = [_text(demo, number, 1990 + number % 23) for number in range(1, EARLIER + 1)]
    records.bulk_add(earlier, by=by)
    issued = [_of_2016(demo, number, earlier) for number in range(ISSUED)]
    records.bulk_add([*issued, *(_project(demo, number) for number in range(PLANNED))], by=by)
    reviews = [_review(number, text) for number, text in enumerate(earlier[:REVIEWED])]
    abolished = earlier[REVISED : REVISED + ABOLISHED]
    kept = [*earlier[REVISED + ABOLISHED :], *issued]
    reviews += [_later_review(number, text) for number, text in enumerate(kept) if number % 50]
    records.bulk_add(reviews, by=by)
    for text in abolished:
        text.ended_on, text.ending = date(2016, 12, 20), Specification.Ending.ABOLISHED
    records.bulk_change(abolished, ["ended_on", "ending"], by=by, reason="清理废止")
    specification_life.follow([*earlier, *issued], by=by)


def _text(demo: Demo, number: int, year: int, /, **values: object) -> Specification:
    kind = "JJG" if number % 3 else "JJF"
    issued_on = date(year, 2, 1) + timedelta(days=number * 7 % 300)
    text = Specification(
        office=demo.offices[f"{PROVINCE}-01"],
        region_id=PROVINCE,
        **{
            "number": f"{kind}(辽) {number}-{year}",
            "name": f"{SUBJECTS[number % len(SUBJECTS)]}{'检定规程' if kind == 'JJG' else '校准规范'}（{number}）",
            "issued_on": issued_on,
            "in_force_on": issued_on + timedelta(days=60),
            "organisation": "辽宁省市场监督管理局",
            "drafting_units": "辽宁省计量科学研究院",
            **values,
        },
    )
    text.take_from_number()
    return text


def _of_2016(demo: Demo, number: int, earlier: list[Specification]) -> Specification:
    """The first of them revise the first of the earlier texts under its number."""
    if number >= REVISED:
        return _text(demo, EARLIER + 1 + number, 2016)
    former = earlier[number]
    running = former.number.partition(") ")[2].partition("-")[0]
    values = {"number": f"{former.kind}(辽) {running}-2016", "name": former.name, "making": "revision"}
    return _text(demo, number + 1, 2016, **values, replaces=former)


def _review(number: int, text: Specification) -> SpecificationReview:
    conclusion = "revise" if number < REVISED else "abolish" if number < REVISED + ABOLISHED else "keep"
    on = date(2016, 1, 10) + timedelta(days=number % 20)
    return SpecificationReview(specification=text, on=on, conclusion=conclusion)


def _later_review(number: int, text: Specification) -> SpecificationReview:
    """The next one is due within the year that follows; a few were forgotten."""
    on = date(2021, 12, 1) + timedelta(days=number)
    return SpecificationReview(specification=text, on=on, conclusion="keep")


def _project(demo: Demo, number: int) -> Specification:
    """Of the plan for 2026, three with neighbours; a third is drafted."""
    planned_on = date(2026, 2, 10)
    return _text(
        demo,
        900 + number,
        2026,
        number="",
        issued_on=None,
        in_force_on=None,
        planned_on=planned_on,
        due_on=date(2026, 12, 31),
        drafted_on=planned_on + timedelta(days=150) if number % 3 == 0 else None,
        joint_provinces="辽吉黑" if number < JOINT else "",
    )
