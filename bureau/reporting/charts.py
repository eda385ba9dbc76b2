"""Charts without a script: places of points and bars, drawn by the templates as SVG or CSS, so that they print too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bureau.reporting.engine import totals
from bureau.reporting.figures import Figure, Value
from bureau.reporting.lines import Line, breakdowns, number_text
from bureau.reporting.periods import Period

SHADES = 4
# So many bars are read at a glance; of more the longest are drawn, the workbook has all.
MOST_BARS = 40


@dataclass(frozen=True)
class Bar:
    """``share`` of the longest one, in percent."""

    label: str
    text: str
    share: int
    url: str = ""


def broken_down(figure: Figure) -> list[dict[str, Any]]:
    """Each dimension by which the figure is not narrowed yet, as bars."""
    found = []
    for each in breakdowns(figure):
        lines = list(each["lines"])
        drawn = longest(lines)
        found.append({"label": each["label"], "bars": bars(drawn), "more": len(lines) - len(drawn)})
    return found


def longest(lines: Sequence[tuple[str, Line]]) -> Sequence[tuple[str, Line]]:
    """In their order; all where they are not too many."""
    if len(lines) <= MOST_BARS:
        return lines
    places = sorted(range(len(lines)), key=lambda place: (-(lines[place][1].value or 0), place))[:MOST_BARS]
    return [lines[place] for place in sorted(places)]


def bars(lines: Iterable[tuple[str, Line]]) -> list[Bar]:
    found = list(lines)
    highest = max((Decimal(line.value or 0) for _label, line in found), default=Decimal())
    return [Bar(str(label), line.text, _share(line.value, highest), line.url) for label, line in found]


def course(figure: Figure, user: Any) -> list[Bar]:
    """A flow month by month, up to two years of them; nothing where the period is not of whole months."""
    indicator, months = figure.indicator, _months(figure.period)
    if not months or indicator.is_stock or not indicator.is_additive:
        return []
    narrowed: dict[str, Any] = {"values": figure.values, "own_level": figure.own_level}
    values = totals(indicator, figure.region, months, user=user, **narrowed)
    highest = max(Decimal(value or 0) for value in values)
    return [
        Bar(
            f"{month.first:%Y-%m}",
            number_text(value, indicator.decimals),
            _share(value, highest),
            replace(figure, period=month).url(),
        )
        for month, value in zip(months, values, strict=True)
    ]


def heat(values: Sequence[Value]) -> list[int]:
    """By how much each of a row stands out: 0 (nothing) to ``SHADES``."""
    highest = max((Decimal(value) for value in values if value is not None), default=Decimal())
    return [-(-_share(value, highest) * SHADES // 100) for value in values]


def _share(value: Value, highest: Decimal) -> int:
    if value is None or value <= 0 or highest <= 0:
        return 0
    return max(1, round(Decimal(value) * 100 / highest))


def _months(period: Period) -> list[Period]:
    found = []
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.last.year, period.last.month):
        found.append(Period.month(year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    is_whole = found[0].first == period.first and found[-1].last == period.last
    return found if is_whole and 1 < len(found) <= 24 else []
