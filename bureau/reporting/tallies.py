"""Tallies: rollups that answer for the rows of a table too big to be counted each time.

An app keeps its own in ``tallies.py``; an indicator names the one that may answer for it. ``check_tallies`` compares
each with its base rows.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from bureau.reporting.questions import Part, Question


class Tally:
    """Kept exactly equal to its base rows, in the transaction that writes them."""

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""

    def answer(self, question: Question) -> Iterable[Part] | None:
        """What ``question.query()`` adds up to, or None where this tally cannot tell (a column, a distinct key
        or a narrowing that it does not keep): then the rows are counted."""
        raise NotImplementedError(f"{type(self).__name__} answers nothing.")

    def knows(self, path: str) -> bool:
        """Whether it keeps that column of the rows."""
        return False

    def differences(self) -> Iterable[str]:
        """The keys of the tally whose amount is not that of the base rows."""
        raise NotImplementedError(f"{type(self).__name__} compares nothing.")


_tallies: dict[str, Tally] = {}


def register(tally_class: type[Tally]) -> type[Tally]:
    if not (tally_class.key and tally_class.label):
        raise ValueError(f"{tally_class.__name__} needs a key and a label.")
    if tally_class.key in _tallies:
        raise ValueError(f"Tally {tally_class.key!r} is registered twice.")
    _tallies[tally_class.key] = tally_class()
    return tally_class


def unregister(key: str) -> None:
    del _tallies[key]


def find(key: str) -> Tally | None:
    return _tallies.get(key)


def every() -> list[Tally]:
    return list(_tallies.values())
