"""The benchmark harness: a benchmark names its peer or limit and runs both in one go, in a database of its own.

An app's ``benchmarks`` module registers functions: ``@benchmark("exchange", full_rows=100_000)`` on
``def run(rows) -> Iterator[Measure]``. A figure is meant as a ratio beside its peer; absolute numbers are those of the
machine at hand.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

Run = Callable[[int], Iterator["Measure"]]


@dataclass(frozen=True)
class Measure:
    """``ratio`` says how many times better than the peer (or within the limit) the value is; above 1 is better."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    goal: str
    met: bool | None

    def as_json(self) -> dict[str, Any]:
        return {key: round(item, 4) if isinstance(item, float) else item for key, item in asdict(self).items()}


@dataclass(frozen=True)
class Benchmark:
    name: str
    run: Run
    full_rows: int
    quick_rows: int


benchmarks: dict[str, Benchmark] = {}


def benchmark(name: str, *, full_rows: int, quick_rows: int) -> Callable[[Run], Run]:
    def register(run: Run) -> Run:
        if name in benchmarks:
            raise ValueError(f"Benchmark {name!r} is registered twice.")
        benchmarks[name] = Benchmark(name, run, full_rows, quick_rows)
        return run

    return register


def seconds(work: Callable[[], Any], *, repeat: int = 1) -> float:
    """Wall-clock seconds of the quickest of ``repeat`` runs: the machine is shared, the quickest is disturbed least."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def faster(name: str, value: float, peer: str, peer_value: float, *, goal: float, judged: bool) -> Measure:
    """Two durations in seconds; the goal is the least ratio. ``judged`` is false below the size the goal speaks of."""
    ratio = peer_value / value
    met = ratio >= goal if judged else None
    return Measure(name, value, "s", peer, peer_value, ratio, f"at least {goal:g} times as fast", met)


def at_most(name: str, value: float, limit: float, *, unit: str, judged: bool) -> Measure:
    met = value <= limit if judged else None
    return Measure(name, value, unit, "limit", limit, limit / value, f"at most {limit:g} {unit}", met)


def at_least(name: str, value: float, limit: float, *, unit: str, judged: bool) -> Measure:
    met = value >= limit if judged else None
    return Measure(name, value, unit, "limit", limit, value / limit, f"at least {limit:g} {unit}", met)
