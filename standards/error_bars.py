"""The chart of a comparison at one point: each result with its uncertainty, and the reference value with its own.

Coordinates in the units of an SVG picture; a template draws it, so that it prints and needs no script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

WIDTH_OF_BAR, HEIGHT = 64, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 14, 30
LEAST_WIDTH = 420
TICKS, CAP = 5, 6


@dataclass(frozen=True)
class Bar:
    """``value`` ± ``expanded``; ``is_bad``: unsatisfactory."""

    label: str
    value: Decimal
    expanded: Decimal
    is_bad: bool = False


@dataclass(frozen=True)
class DrawnBar:
    label: str
    x: float
    y: float
    top: float
    bottom: float
    cap_left: float
    cap_right: float
    is_bad: bool


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    left: int
    right: float
    floor: int
    bars: list[DrawnBar]
    ticks: list[tuple[float, str]]
    reference: float
    band_top: float
    band_height: float

    @property
    def inner_width(self) -> float:
        return self.right - self.left


def draw(bars: Sequence[Bar], reference: Decimal, expanded: Decimal) -> Chart | None:
    """None where there is nothing to draw."""
    if not bars:
        return None
    lowest = min(reference - expanded, *(bar.value - bar.expanded for bar in bars))
    highest = max(reference + expanded, *(bar.value + bar.expanded for bar in bars))
    step = _step(highest - lowest)
    first, last = _floor(lowest, step), -_floor(-highest, step)
    room = HEIGHT - TOP - BOTTOM

    def y(value: Decimal) -> float:
        return round(TOP + room * float((last - value) / (last - first)), 1)

    width = max(LEAST_WIDTH, LEFT + RIGHT + WIDTH_OF_BAR * len(bars))
    share = (width - LEFT - RIGHT) / len(bars)
    drawn = []
    for number, bar in enumerate(bars):
        x = round(LEFT + share * (number + 0.5), 1)
        top, bottom = y(bar.value + bar.expanded), y(bar.value - bar.expanded)
        drawn.append(DrawnBar(bar.label, x, y(bar.value), top, bottom, x - CAP, x + CAP, bar.is_bad))
    ticks = []
    value = first
    while value <= last:
        ticks.append((y(value), f"{value:f}"))
        value += step
    band_top = y(reference + expanded)
    return Chart(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=width - RIGHT,
        floor=HEIGHT - BOTTOM,
        bars=drawn,
        ticks=ticks,
        reference=y(reference),
        band_top=band_top,
        band_height=round(y(reference - expanded) - band_top, 1),
    )


def _step(span: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, so that about ``TICKS`` steps fill the span."""
    exact = span / TICKS
    power = floor(log10(exact))
    for digit in (1, 2, 5):
        step = Decimal(digit).scaleb(power)
        if step >= exact:
            return step
    return Decimal(1).scaleb(power + 1)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    steps = (value / step).to_integral_value(rounding="ROUND_FLOOR")
    return steps * step
