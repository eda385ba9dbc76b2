"""Series of values over the years as a chart: where every mark, line and number stands, for a template to draw as SVG.

Sizes are in units of the drawing, ``WIDTH`` by ``HEIGHT``; values keep their own unit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import floor, log10

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 24, 16, 34
TICKS = 4


@dataclass(frozen=True)
class Point:
    """A value of a day; ``limit`` is what it is held against, ``is_bad`` that it fails."""

    on: date
    value: Decimal
    limit: Decimal | None
    is_bad: bool


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    text: str
    is_bad: bool


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """``line`` and ``limits`` are points of a polyline; ``limits`` are stretches with one limit each."""

    marks: list[Mark]
    line: str
    limits: list[str]
    across: list[Tick]
    up: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(points: Sequence[Point], unit: str = "") -> Chart | None:
    """The points in the order of their days; None where there is nothing to draw."""
    if not points:
        return None
    step = _step(max(max(point.value, point.limit or Decimal(0)) for point in points))
    top = step * TICKS
    first, last = points[0].on, points[-1].on

    def x(on: date) -> float:
        share = (on - first).days / ((last - first).days or 1) if last > first else 0.5
        return round(LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40), 1)

    def y(value: Decimal) -> float:
        return round(HEIGHT - BOTTOM - float(value / top) * (HEIGHT - TOP - BOTTOM), 1)

    marks = [Mark(x(p.on), y(p.value), f"{p.on}: {shown(p.value)} {unit}".strip(), p.is_bad) for p in points]
    return Chart(
        marks=marks,
        line=" ".join(f"{mark.x},{mark.y}" for mark in marks),
        limits=_stretches(points, x, y),
        across=_days(points, x),
        up=[Tick(y(step * number), shown(step * number)) for number in range(TICKS + 1)],
    )


def _stretches(points: Sequence[Point], x: Callable[[date], float], y: Callable[[Decimal], float]) -> list[str]:
    """The limit of each point, from half the way from the one before to half the way to the next."""
    places = [x(point.on) for point in points]
    edges = [LEFT, *((one + other) / 2 for one, other in pairwise(places)), WIDTH - RIGHT]
    return [
        f"{first:.1f},{y(point.limit)} {last:.1f},{y(point.limit)}"
        for point, (first, last) in zip(points, pairwise(edges), strict=True)
        if point.limit is not None
    ]


def _days(points: Sequence[Point], x: Callable[[date], float]) -> list[Tick]:
    """Years where they have room, so that no two labels lie on each other."""
    ticks: list[Tick] = []
    for point in points:
        at = x(point.on)
        if not ticks or at - ticks[-1].at > 64:
            ticks.append(Tick(at, f"{point.on:%Y-%m}"))
    return ticks


def _step(largest: Decimal) -> Decimal:
    """A round number of which ``TICKS`` reach above the largest value."""
    if largest <= 0:
        return Decimal(1)
    wanted = largest * Decimal("1.1") / TICKS
    power = Decimal(10) ** floor(log10(wanted))
    return next(power * round_one for round_one in (1, 2, 5, 10) if power * round_one >= wanted)


def shown(value: Decimal | None, digits: int = 4) -> str:
    """A value to read: so many digits from the first that counts, without zeros behind."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - value.adjusted())
    rounded = round(value, places)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
