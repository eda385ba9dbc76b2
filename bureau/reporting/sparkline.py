from collections.abc import Sequence
from decimal import Decimal

from bureau.reporting.figures import Value

WIDTH, HEIGHT = 80, 20  # in units of its own


def sparkline(series: Sequence[Value]) -> list[str]:
    """The points of a line from left to right, from nothing (or the lowest below it) to the highest value.

    A year without a value breaks the line: one text of points for each piece.
    """
    known = [value for value in series if value is not None]
    if not known:
        return []
    low, high = min(0, *known), max(0, *known)
    span = Decimal(high - low) or Decimal(1)
    step = Decimal(WIDTH) / max(len(series) - 1, 1)
    pieces: list[list[str]] = [[]]
    for number, value in enumerate(series):
        if value is None:
            pieces.append([])
        else:
            height = HEIGHT - (Decimal(value) - low) / span * HEIGHT
            pieces[-1].append(f"{step * number:.1f},{height:.1f}")
    return [" ".join(piece) for piece in pieces if piece]
