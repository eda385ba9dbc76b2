"""Digests of the rows behind the figures of a year: a figure may stay the same while records behind it change places.

By what was counted (a model and the days by which it counts), part of the region and month; stocks as of the last day.
Of rows by the million, for which a tally answers, the figures of each month stand in the place of the rows.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import ExtractMonth

from bureau.reporting import figures
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import buckets, compute_each
from bureau.reporting.indicators import Indicator
from bureau.reporting.intervals import On
from bureau.reporting.periods import Period
from bureau.reporting.questions import region_column

LENGTH = 12
AT_THE_END = 0  # the month of a stock
# By what is counted: part of the region, then month, then digest.
Digests = dict[str, dict[str, dict[str, str]]]


def of_rows(indicators: Iterable[Indicator], region: str, period: Period) -> Digests:
    """One query for each model and the days by which it counts."""
    alike: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        alike.setdefault(name_of(indicator), []).append(indicator)
    found = {}
    for name, some in sorted(alike.items()):
        tallied = [each for each in some if each.tally]
        digests = _of_figures(tallied, region, period) if tallied else _of_alike(some, region, period)
        if digests:
            found[name] = digests
    return found


def _of_figures(indicators: list[Indicator], region: str, period: Period) -> dict[str, dict[str, str]]:
    """By part of the region and month; parts and months of which nothing is counted are left out."""
    is_stock = indicators[0].is_stock
    periods = [period] if is_stock else [Period.month(period.first.year, month) for month in range(1, 13)]
    numbers: dict[tuple[str, str], list[figures.Value]] = {}
    for figure in compute_each(indicators, region, periods):
        month = AT_THE_END if is_stock else figure.period.first.month
        for code, value in figure.breakdowns[REGION].items():
            numbers.setdefault((code, str(month)), []).append(value)
    return _digests({place: values for place, values in numbers.items() if any(values)})


def differing(before: Digests, now: Digests) -> dict[str, dict[str, list[int]]]:
    """By what is counted and part of the region the months of which the rows are others now."""
    found: dict[str, dict[str, list[int]]] = {}
    for name in sorted({*before, *now}):
        old, new = before.get(name, {}), now.get(name, {})
        for code in sorted({*old, *new}):
            ones, others = old.get(code, {}), new.get(code, {})
            months = sorted(int(month) for month in {*ones, *others} if ones.get(month) != others.get(month))
            if months:
                found.setdefault(name, {})[code] = months
    return found


def name_of(indicator: Indicator) -> str:
    interval = indicator.interval
    day = interval.path if isinstance(interval, On) else interval.begins
    return f"{indicator.model._meta.label} {day}"


def _of_alike(indicators: list[Indicator], region: str, period: Period) -> dict[str, dict[str, str]]:
    first, counted = indicators[0], Q()
    for indicator in indicators:
        counted |= indicator.counts_if({}) & indicator.interval.condition(
            indicator.model, period.since(indicator.since)
        )
    interval = first.interval
    month: Any = ExtractMonth(interval.path) if isinstance(interval, On) else Value(AT_THE_END)
    rows = first.candidates(region, user=None).filter(counted)
    groups = rows.values(column_0=F(region_column(first)), column_1=month)
    sums = {
        "amount_0": Count("pk"),
        "amount_1": Sum("pk"),
        "amount_2": Sum("version"),
        "amount_3": Sum(F("pk") * F("version")),
    }
    return _by_part(groups.annotate(**sums).values_list("column_0", "column_1", *sums), region)


def _by_part(sums: Iterable[tuple[Any, ...]], region: str) -> dict[str, dict[str, str]]:
    bucket = buckets(region)
    added: dict[tuple[str, str], list[Any]] = {}
    for code, month, *numbers in sums:
        place = bucket(code), str(month)
        added[place] = [one + other for one, other in zip(added.get(place, [0] * len(numbers)), numbers, strict=True)]
    return _digests({place: [int(number) for number in numbers] for place, numbers in added.items()})


def _digests(numbers: Mapping[tuple[str, str], Sequence[Any]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (code, month), each in sorted(numbers.items()):
        text = " ".join(map(str, each))
        found.setdefault(code, {})[month] = hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
    return found
