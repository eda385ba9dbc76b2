"""Random files over random standards: the undo leaves all as before, and the file then imports as the first time."""

from datetime import date, timedelta
from random import Random

import pytest

from bureau import records
from bureau.exchange import importing, undo
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.importing import counts, imported, line, number, standing, undone, write_csv

pytestmark = pytest.mark.django_db

HOLDERS = ["市计量测试所", "省计量科学研究院", "区计量所"]
EVENTS = ["replaced", "sealed", "review_begun", "withdrawn"]
DAY = timedelta(days=1)


def new_line(random, of):
    issued = date(random.randint(2010, 2018), random.randint(1, 12), 1)
    established = random.choice([issued, issued, issued - 900 * DAY])
    return line(
        of,
        发证日期=str(issued),
        有效期至=str(issued + 1825 * DAY),
        建标日期=str(established),
        建标单位=random.choice(HOLDERS),
        等级=random.choice(["最高", "次级"]),
        专业=random.choice(["力学", "长度"]),
        行政区划=random.choice(["210100", "210102"]),
    )


def line_of(standard):
    """As the record would stand in a file."""
    return line(
        证书编号=standard.certificate_no,
        原证书编号=standard.former_certificate_no,
        发证日期=str(standard.issued_on),
        有效期至=str(standard.valid_until),
        建标日期=str(standard.established_on),
        建标单位=standard.holder,
        等级=standard.get_grade_display(),
        专业=str(standard.field),
        行政区划=standard.region_id,
        备注=standard.remark,
    )


def changed(random, standard, of):
    """A line of a file that changes the record in one of the ways in which files do."""
    same, issued = line_of(standard), standard.issued_on
    former = standard.certificate_no
    renewed = standard.valid_until - random.randint(0, 200) * DAY
    return {
        **same,
        **random.choice(
            [
                {},
                {"建标单位": random.choice(HOLDERS), "备注": random.choice(["", "甲", "乙"])},
                {"行政区划": random.choice(["210100", "210102", "210200"]), "等级": random.choice(["最高", "次级"])},
                {"有效期至": str(standard.valid_until - random.randint(1, 1000) * DAY)},
                {"建标日期": str(issued - random.choice([0, 400, 900]) * DAY)},
                {"发证日期": str(issued + 30 * DAY), "建标日期": str(issued + 30 * DAY)},
                {"证书编号": number(of), "原证书编号": former},
                {
                    "证书编号": number(of),
                    "原证书编号": former,
                    "发证日期": str(renewed),
                    "有效期至": str(renewed + 1825 * DAY),
                },
                {"发证日期": "2016-02-30"},
            ]
        ),
    }


def random_file(random):
    known = list(MeasurementStandard.objects.not_voided().order_by("pk"))
    some = random.sample(known, len(known) * 3 // 4)
    lines = [changed(random, standard, 100 + standard.pk % 100) for standard in some]
    lines += [new_line(random, of) for of in range(200, 200 + random.randint(2, 8))]
    random.shuffle(lines)
    return lines


def random_life(random, standard, by):
    """An event by hand, where the rules allow it."""
    on = standard.issued_on + random.randint(1, 1500) * DAY
    event = StandardEvent(standard=standard, kind=random.choice(EVENTS), on=on)
    if not lifecycle.impossible(standard, [*lifecycle.on_record(standard), event]):
        records.save(event, by=by)
        lifecycle.derive([standard], by=by)


def all_figures():
    every = [each for each in indicators.every() if each.key.startswith("standards.")]
    figures = [figure for year in (2010, 2014, 2017, 2021) for figure in compute(every, "210000", Period.year(year))]
    return [(figure.value, figure.breakdowns) for figure in figures]


def described():
    """What stands, whatever the keys."""
    stands = standing()
    numbers = {pk: values["certificate_no"] for pk, values in stands["standards"].items()}
    events = [{**values, "standard_id": numbers[values["standard_id"]]} for values in stands["events"].values()]
    intervals = [(numbers[pk], begins_on, ends_on) for pk, begins_on, ends_on in stands["intervals"]]
    return [sorted(map(str, rows)) for rows in (stands["standards"].values(), events, intervals)]


def problems(run):
    return list(run.problems.values_list("row", "column", "value", "reason"))


@pytest.mark.parametrize("seed", range(12))
def test_undo_and_import_again(cast, tmp_path, monkeypatch, seed):
    random = Random(seed)
    monkeypatch.setattr(importing, "CHUNK", random.choice([1, 3, 500]))
    monkeypatch.setattr(undo, "CHUNK", random.choice([1, 4, 500]))
    imported(write_csv(tmp_path / "first.csv", [new_line(random, of) for of in range(20)]), cast.clerk_a)
    for standard in MeasurementStandard.objects.all():
        if random.random() < 0.5:
            random_life(random, standard, cast.clerk_a)
    imported(write_csv(tmp_path / "second.csv", random_file(random)), cast.clerk_a)
    before, figures = standing(), all_figures()

    path = write_csv(tmp_path / "third.csv", random_file(random))
    run = imported(path, cast.clerk_a)
    after, figures_after = described(), all_figures()
    forecast = undo.forecast(run, cast.clerk_a)
    assert forecast.kept == 0
    assert undone(run, cast.clerk_a) == forecast[:3]
    assert standing() == before
    assert all_figures() == figures

    again = imported(path, cast.clerk_a)
    assert counts(again) == counts(run)
    assert problems(again) == problems(run)
    assert (described(), all_figures()) == (after, figures_after)
