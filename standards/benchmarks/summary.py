"""The whole summary of a province by the engine, beside the same figures asked one query a cell."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from bureau.bench import Measure, benchmark, faster, seconds
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.figures import Figure
from bureau.reporting.indicators import Rate
from bureau.reporting.periods import Period
from standards.benchmarks import load

PERIOD = Period.year(2018)


@benchmark("summary", full_rows=20_000, quick_rows=1_000)
def run(rows: int) -> Iterator[Measure]:
    load.store(load.standards(rows))
    ours = seconds(whole_summary, repeat=3)
    theirs = seconds(one_query_a_cell)
    yield faster(
        "summary of a province, all figures with breakdowns and last year",
        ours,
        "one query for each cell",
        theirs,
        goal=5,
        judged=rows >= 20_000,
    )


def whole_summary() -> list[Figure]:
    return compute(indicators.every(), load.PROVINCE, PERIOD)


def one_query_a_cell() -> int:
    """Every number of the summary from ``Indicator.rows``, the way it would be asked without an engine.

    Rates are left out: they are divided from figures that are there.
    """
    cells = 0
    for figure in whole_summary():
        if isinstance(figure.indicator, Rate):
            continue
        for period in (PERIOD, PERIOD.previous):
            ask(figure.indicator, figure.indicator.rows(period, load.PROVINCE))
            for dimension, values in figure.breakdowns.items():
                for value in values:
                    if dimension == "region":
                        ask(figure.indicator, figure.indicator.rows(period, value))
                    else:
                        ask(figure.indicator, figure.indicator.rows(period, load.PROVINCE, **{dimension: value}))
                    cells += 1
    return cells


def ask(indicator: Any, rows: QuerySet) -> int:
    return (
        rows.values(indicator.measure.path).distinct().count() if hasattr(indicator.measure, "path") else rows.count()
    )
