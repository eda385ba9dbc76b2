"""What the command ``bench`` finds of this app."""

from collections.abc import Iterator

from benchmarks import effects, exchange, export
from bureau.bench import Measure, benchmark


@benchmark("exchange", full_rows=exchange.FULL, quick_rows=1_000)
def run(rows: int) -> Iterator[Measure]:
    yield from exchange.measures(rows)
    yield from export.measures(rows * 2)
    yield from effects.measures(rows // 5)
