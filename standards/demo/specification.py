"""Local specifications of a demo province, their reviews and the plans for new ones.

As published: Liaoning issued 83 in 2016 and reviewed 283; of Hebei 94 were in force in May 2021, 17 of them joint with
its neighbours, 15 had been abolished since 2016, and 24 were planned for 2021 and 2022, of these 8 joint ones in 2021.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo
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
THIS_YEAR = 2026


@dataclass(frozen=True)
class Facts:
    """Of the ``earlier`` texts, issued over ``years`` from ``since`` on, the first ``revised`` were replaced by the
    first of the ``issued`` ones, the next ``abolished`` given up; ``reviewed`` of them were reviewed in ``year``, from
    which on, over ``issued_over`` years, the new ones came.

    ``joint``: how many of the ``issued`` ones, from their end, were made with the ``neighbours``. ``plans``: year,
    projects, how many of them joint.
    """

    since: int
    years: int
    earlier: int
    year: int
    issued: int
    issued_over: int
    revised: int
    reviewed: int
    abolished: int
    abolished_on: date
    joint: int
    neighbours: str
    plans: tuple[tuple[int, int, int], ...]
    first_project: int


FACTS = {
    LIAONING: Facts(
        since=1990, years=23, earlier=300, year=2016, issued=83, issued_over=1, revised=23, reviewed=283, abolished=60,
        abolished_on=date(2016, 12, 20), joint=0, neighbours="辽吉黑", plans=((2026, 12, 3),),
        first_project=900,
    ),
    HEBEI: Facts(
        since=2000, years=16, earlier=80, year=2018, issued=38, issued_over=3, revised=9, reviewed=80, abolished=15,
        abolished_on=date(2018, 12, 20), joint=17, neighbours="京津冀",
        plans=((2021, 14, 8), (2022, 10, 0), (2026, 9, 2)), first_project=700,
    ),
}  # fmt: skip


def fill(demo: Demo) -> None:
    facts, by = FACTS[demo.province], demo.by
    earlier = [_text(demo, number, facts.since + number % facts.years) for number in range(1, facts.earlier + 1)]
    records.bulk_add(earlier, by=by)
    issued = [_issued(demo, facts, number, earlier) for number in range(facts.issued)]
    planned = [
        _project(demo, facts, year, number, joint) for year, count, joint in facts.plans for number in range(count)
    ]
    records.bulk_add([*issued, *planned], by=by)
    reviews = [_review(facts, number, text) for number, text in enumerate(earlier[: facts.reviewed])]
    abolished = earlier[facts.revised : facts.revised + facts.abolished]
    kept = [*earlier[facts.revised + facts.abolished :], *issued]
    reviews += [_later_review(number, text) for number, text in enumerate(kept) if number % 50]
    records.bulk_add(reviews, by=by)
    for text in abolished:
        text.ended_on, text.ending = facts.abolished_on, Specification.Ending.ABOLISHED
    records.bulk_change(abolished, ["ended_on", "ending"], by=by, reason="清理废止")
    specification_life.follow([*earlier, *issued, *planned], by=by)


def _text(demo: Demo, number: int, year: int, /, **values: object) -> Specification:
    kind = "JJG" if number % 3 else "JJF"
    issued_on = date(year, 2, 1) + timedelta(days=number * 7 % 300)
    text = Specification(
        office=demo.head,
        region_id=demo.province.code,
        **{
            "number": f"{kind}({demo.province.sign}) {number}-{year}",
            "name": f"{SUBJECTS[number % len(SUBJECTS)]}{'检定规程' if kind == 'JJG' else '校准规范'}（{number}）",
            "issued_on": issued_on,
            "in_force_on": issued_on + timedelta(days=60),
            "organisation": demo.head.name,
            "drafting_units": demo.house.name,
            **values,
        },
    )
    text.take_from_number()
    return text


def _issued(demo: Demo, facts: Facts, number: int, earlier: Sequence[Specification]) -> Specification:
    """The first of them revise the first of the earlier texts under its number, the last are joint ones."""
    year = facts.year + number % facts.issued_over
    if number >= facts.issued - facts.joint:
        running = f"JJF({facts.neighbours}) {3001 + number}-{year}"
        name = f"{SUBJECTS[number % len(SUBJECTS)]}校准规范（{facts.neighbours}{number + 1}）"
        return _text(demo, facts.earlier + 1 + number, year, number=running, name=name)
    if number >= facts.revised:
        return _text(demo, facts.earlier + 1 + number, year)
    former = earlier[number]
    running = former.number.partition(") ")[2].partition("-")[0]
    values = {
        "number": f"{former.kind}({demo.province.sign}) {running}-{year}",
        "name": former.name,
        "making": "revision",
    }
    return _text(demo, number + 1, year, **values, replaces=former)


def _review(facts: Facts, number: int, text: Specification) -> SpecificationReview:
    last_abolished = facts.revised + facts.abolished
    conclusion = "revise" if number < facts.revised else "abolish" if number < last_abolished else "keep"
    on = date(facts.year, 1, 10) + timedelta(days=number % 20)
    return SpecificationReview(specification=text, on=on, conclusion=conclusion)


def _later_review(number: int, text: Specification) -> SpecificationReview:
    """The next one is due within the year that follows; a few were forgotten."""
    on = date(2021, 12, 1) + timedelta(days=number)
    return SpecificationReview(specification=text, on=on, conclusion="keep")


def _project(demo: Demo, facts: Facts, year: int, number: int, joint: int) -> Specification:
    """Of the plan for a year, the first ones with neighbours. What was planned in earlier years is issued by now, all
    but every sixth; of this year's a third is drafted."""
    planned_on, running = date(year, 2, 10), facts.first_project + number
    issued_on = date(year, 11, 1) + timedelta(days=number) if year < THIS_YEAR and number % 6 != 5 else None
    is_joint, kind = number < joint, "JJG" if running % 3 else "JJF"
    provinces = facts.neighbours if is_joint else demo.province.sign
    values = {
        "number": f"{kind}({provinces}) {running}-{year}" if issued_on else "",
        "issued_on": issued_on,
        "in_force_on": issued_on and issued_on + timedelta(days=60),
        "planned_on": planned_on,
        "due_on": date(year, 12, 31),
        "drafted_on": planned_on + timedelta(days=150) if issued_on or number % 3 == 0 else None,
        "joint_provinces": facts.neighbours if is_joint else "",
    }
    return _text(demo, running, year, **values)
