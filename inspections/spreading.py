"""Which piece comes on which day, when more are due than a day can take: a pure function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class DuePiece:
    """``key`` of a piece or a batch of ``quantity`` pieces, which comes whole; ``due_on`` is the last day in time."""

    key: Any
    due_on: date
    quantity: int = 1
    holder: Any = 0


def spread(pieces: Iterable[DuePiece], room: Mapping[date, int]) -> dict[Any, date]:
    """The day of each piece for which there is room; who is not in the answer has to wait.

    ``room``: the free places of each day. Earliest due first, each on the first day that still takes it: no day gets
    more than its room, and where single pieces can all come in time, they do. Of each day only so large a share is
    taken, in tenths, as is needed for that, and for pieces that come late to come no later: the load is even, and every
    day keeps places for who comes next.
    Pieces of one holder that are due on the same day stand together.
    """
    wanted = sorted(pieces, key=lambda piece: (piece.due_on, piece.holder, piece.key))
    full = _fill(wanted, room)
    late = _days_late(wanted, full)
    for tenths in range(1, 10):
        found = _fill(wanted, {day: -(-free * tenths // 10) for day, free in room.items()})
        if found.keys() == full.keys() and _days_late(wanted, found) <= late:
            return found | _fill([piece for piece in wanted if piece.key not in found], _left(wanted, found, room))
    return full


def _fill(wanted: Iterable[DuePiece], room: Mapping[date, int]) -> dict[Any, date]:
    """``wanted`` in order, each on the first day that takes it."""
    days = sorted(day for day, free in room.items() if free > 0)
    free = {day: room[day] for day in days}
    found = {}
    for piece in wanted:
        day = next((day for day in days if free[day] >= piece.quantity), None)
        if day is None:
            continue
        found[piece.key] = day
        free[day] -= piece.quantity
        while days and not free[days[0]]:
            days.pop(0)
    return found


def _days_late(wanted: Iterable[DuePiece], found: Mapping[Any, date]) -> int:
    """Over all pieces that come after their due day."""
    placed = (piece for piece in wanted if piece.key in found)
    return sum(piece.quantity * max((found[piece.key] - piece.due_on).days, 0) for piece in placed)


def _left(wanted: Iterable[DuePiece], found: Mapping[Any, date], room: Mapping[date, int]) -> dict[date, int]:
    left = dict(room)
    for piece in wanted:
        if piece.key in found:
            left[found[piece.key]] -= piece.quantity
    return left
