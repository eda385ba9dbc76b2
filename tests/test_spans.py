"""Times as pairs of days, compared with counting day by day."""

import random
from datetime import date, timedelta

import pytest

from standards.spans import FOREVER, common, held_by_fewer, merged, span, without

FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(40)]


def days_of(spans):
    return {day for day in DAYS for first, last in spans if first <= day <= last}


def some_spans(chance):
    spans = []
    for _ in range(chance.randrange(5)):
        first, last = sorted(chance.choices(DAYS, k=2))
        spans.append((first, FOREVER if chance.random() < 0.2 else last))
    return spans


@pytest.mark.parametrize("seed", range(200))
def test_it_agrees_with_counting_days(seed):
    chance = random.Random(seed)
    one, other, third = (some_spans(chance) for _ in range(3))
    assert days_of(merged(one)) == days_of(one)
    assert days_of(common(one, other)) == days_of(one) & days_of(other)
    assert days_of(without(one, other)) == days_of(one) - days_of(other)
    for count in (1, 2, 3):
        held = {day: sum(day in days_of(each) for each in (one, other, third)) for day in DAYS}
        fewer = held_by_fewer(count, [one, other, third], [(DAYS[0], DAYS[-1])])
        assert days_of(fewer) == {day for day in DAYS if held[day] < count}


def test_times_that_follow_each_other_become_one():
    assert merged([(DAYS[5], DAYS[9]), (DAYS[0], DAYS[4])]) == [(DAYS[0], DAYS[9])]
    assert merged([(DAYS[0], DAYS[4]), (DAYS[6], DAYS[9])]) == [(DAYS[0], DAYS[4]), (DAYS[6], DAYS[9])]
    assert merged([span(DAYS[0], None), (DAYS[3], DAYS[4])]) == [(DAYS[0], FOREVER)]
