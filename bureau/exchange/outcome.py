"""What became of the rows of a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from bureau.exchange.sheets import Problem

COUNTS = ("rows", "created", "updated", "unchanged", "failed")


class RowError(NamedTuple):
    """``row``: the line; ``column``: the column's name, "" for the whole row."""

    row: int
    column: str
    value: str
    reason: str


@dataclass
class Outcome:
    """What became of some rows; a failed row counts once, however many of its cells are wrong.

    ``unverified``: how many of the failed ones fail for nothing but unverified values.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    unverified: int = 0
    errors: list[RowError] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        for name in (*COUNTS, "unverified"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNTS}

    def refuse(self, number: int, problems: Iterable[Problem]) -> None:
        self.failed += 1
        self.errors += [RowError(number, *problem) for problem in problems]
