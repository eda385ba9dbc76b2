"""Times from a day to a day, both included, as plain pairs; ``FOREVER`` ends what has no end. Pure functions."""

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date]
FOREVER = date.max
_DAY = timedelta(days=1)


def span(first: date, last: date | None) -> Span:
    return first, last or FOREVER


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in order, with nothing said twice: times that overlap or follow each other become one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if last < first:
            continue
        if found and (found[-1][1] == FOREVER or first <= found[-1][1] + _DAY):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def common(ones: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The days that stand in both."""
    others = list(others)
    pairs = [(max(one[0], other[0]), min(one[1], other[1])) for one in ones for other in others]
    return merged(pair for pair in pairs if pair[0] <= pair[1])


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The days of ``spans`` that do not stand in ``taken``."""
    left = merged(spans)
    for first, last in merged(taken):
        left = [part for each in left for part in _cut(each, first, last)]
    return left


def _cut(one: Span, first: date, last: date) -> list[Span]:
    if last < one[0] or first > one[1]:
        return [one]
    before = [(one[0], first - _DAY)] if one[0] < first else []
    after = [(last + _DAY, one[1])] if last < one[1] else []
    return before + after


def held_by_fewer(count: int, each: Iterable[Iterable[Span]], within: Iterable[Span]) -> list[Span]:
    """The days of ``within`` on which fewer than ``count`` of several holders hold; ``each``: the days of one holder.

    ``count`` = 1 gives the days on which nobody does.
    """
    holders = [merged(spans) for spans in each]
    found: list[Span] = []
    for first, last in merged(within):
        turns = {first} | {day for spans in holders for day in _turns(spans) if first < day <= last}
        edges = sorted(turns)
        for begin, end in zip(edges, [*(day - _DAY for day in edges[1:]), last], strict=True):
            if sum(any(a <= begin <= b for a, b in spans) for spans in holders) < count:
                found.append((begin, end))
    return merged(found)


def _turns(spans: Iterable[Span]) -> Iterable[date]:
    """The days from which on it may be otherwise than on the day before."""
    for first, last in spans:
        yield first
        if last != FOREVER:
            yield last + _DAY
