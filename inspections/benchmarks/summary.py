"""The whole year-end summary of a province: page, workbook, one figure's records, beside one query for each cell."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection, reset_queries
from django.db.models import Max, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bureau import demo, records
from bureau.bench import Measure, at_most, benchmark, faster, seconds
from bureau.models import Staff
from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import counted_from_rows
from bureau.reporting.figures import Figure, query_of
from bureau.reporting.indicators import Distinct, Indicator
from bureau.reporting.models import Target
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build
from inspections.benchmarks.other_kinds import multiply
from inspections.generators import PROVINCE, Load
from inspections.models import Instrument, UsePeriod, Verification

FULL, OTHERS = 32_500_000, 20_000
YEAR = Period.year(2025)
# Of the cells of the peer so many are asked; their time stands for all.
ASKED_CELLS = 60
FEWEST = 1000


@benchmark("summary", full_rows=FULL, quick_rows=5_000)
def run(rows: int) -> Iterator[Measure]:
    judged, on = rows >= FULL, connection.vendor
    reader = _prepare(min(OTHERS, rows))
    load = _load()
    load.add(rows // 10)
    at_first = seconds(lambda: whole(reader), repeat=5)
    load.add(rows - rows // 10)
    connection.close()  # a new one: nothing is planned or prepared yet
    reset_queries()  # the log of them is full
    with CaptureQueriesContext(connection) as queries:
        cold = seconds(lambda: whole(reader))
    warm = seconds(lambda: whole(reader), repeat=5)
    yield at_most(f"summary of a province, cold ({on})", cold, 1.5, unit="s", judged=judged)
    yield at_most("queries of it", len(queries), 40, unit="queries", judged=judged)
    few = f"the same beside over {rows // 10} verifications, times"
    yield at_most(few, warm / at_first, 1.2, unit="times", judged=judged)
    summary = whole(reader)
    yield at_most("the workbook of it", seconds(lambda: build(summary)), 4, unit="s", judged=judged)
    yield from _pages(reader, judged)
    peer = f"one query for each cell, by {ASKED_CELLS} of them"
    yield faster("summary of a province, warm", warm, peer, one_query_a_cell(summary), goal=5, judged=judged)


def _load() -> Load:
    """Load data numbers its rows itself: behind those of the demo."""
    load = Load(years=5, seed=1)
    load.verification, load.piece, load.period = (
        model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in (Verification, Instrument, UsePeriod)
    )
    return load


def whole(reader: Staff) -> Summary:
    return Summary.make(PROVINCE, YEAR, user=reader)


def _prepare(count: int) -> Staff:
    """Both demo provinces, every kind but those of the ledger multiplied, a target for each figure.

    A few rows are for trying the benchmark itself: then the provinces are empty.
    """
    made = demo.fill() if count >= FEWEST else demo.fill_ground()
    people = made[0].people
    models = {each.model for each in counted_from_rows(indicators.every())} - {Verification, Instrument}
    multiply(sorted(models, key=lambda model: model._meta.label), count)
    reader = people["hebei-manager"]
    of_year = {"begins_on": YEAR.first, "ends_on": YEAR.last, "office": reader.office, "region_id": PROVINCE}
    records.bulk_add([Target(indicator=each.key, value=100, **of_year) for each in indicators.every()], by=reader)
    return reader


def _pages(reader: Staff, judged: bool) -> Iterator[Measure]:
    client = Client()
    client.force_login(reader)
    asked = query_of(PROVINCE, YEAR)
    for key in ("verification.instruments", "services.person_times"):
        url = reverse("reporting:drilldown", args=[key])
        took = seconds(partial(_opened, client, url, asked), repeat=3)
        yield at_most(f"the page of {key}", took * 1000, 300, unit="ms", judged=judged)
    took = seconds(lambda: _opened(client, reverse("reporting:summary"), asked), repeat=3)
    yield at_most("the page of the summary", took, 3, unit="s", judged=judged)


def _opened(client: Any, url: str, query: Any) -> None:
    assert client.get(url, query).status_code == 200, url


# The peer ----------------------------------------------------------------------------------------


def one_query_a_cell(summary: Summary) -> float:
    """Seconds for all cells, by those of a sample spread evenly over them."""
    cells = [cell for figure in summary.figures if isinstance(figure.indicator, Indicator) for cell in _cells(figure)]
    asked = cells[:: max(1, len(cells) // ASKED_CELLS)]
    return seconds(lambda: [ask(*cell) for cell in asked]) / len(asked) * len(cells)


def _cells(figure: Figure) -> Iterator[tuple[Indicator, Period, str, dict[str, str]]]:
    indicator: Any = figure.indicator
    for period in (figure.period, figure.period.previous):
        yield indicator, period, figure.region, {}
        for name, values in figure.breakdowns.items():
            for value in values:
                region, narrowed = (value, {}) if name == REGION else (figure.region, {name: value})
                yield indicator, period, region, narrowed


def ask(indicator: Indicator, period: Period, region: str, values: dict[str, str]) -> None:
    rows = indicator.rows(period, region, **values)
    if isinstance(indicator.measure, Distinct):
        rows.values(indicator.measure.path).distinct().count()
    else:
        rows.aggregate(amount=indicator.measure.amount(indicator.model, Q(pk__isnull=False)))
