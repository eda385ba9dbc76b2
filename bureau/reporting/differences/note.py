"""What is to be said of figures beside frozen years: whether theirs is one, which of them are others now, and what the
year before left to this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bureau.reporting import freezing
from bureau.reporting.differences.explaining import Difference
from bureau.reporting.differences.lines import number_of
from bureau.reporting.figures import Figure
from bureau.reporting.lines import number_text
from bureau.reporting.models import FrozenYear
from bureau.reporting.models.frozen_year import as_number
from bureau.reporting.periods import Period


@dataclass(frozen=True)
class Note:
    """``texts``: by key of a figure that is another now, what was frozen."""

    frozen: FrozenYear
    texts: dict[str, str]

    @property
    def count(self) -> int:
        return len(self.texts)


def note_of(figures: Sequence[Figure]) -> Note | None:
    """None if these are not the figures of a whole year that is frozen; all figures are of one region and period."""
    year = _year_of(figures)
    frozen = freezing.latest(figures[0].region, year) if year else None
    if frozen is None:
        return None
    difference = Difference(frozen, figures)
    keys = [each.indicator for each in figures if each.indicator.key in frozen.figures]
    return Note(frozen, {each.key: number_of(difference, each) for each in keys if difference.differs(each.key)})


@dataclass(frozen=True)
class Carried:
    """``texts``: by key of a figure what was left to the following year, in words."""

    frozen: FrozenYear
    texts: dict[str, str]

    @classmethod
    def of(cls, frozen: FrozenYear) -> "Carried":
        return cls(frozen, {key: _in_words(frozen.figures[key], text) for key, text in frozen.carried.items()})


def carried_to(figures: Sequence[Figure]) -> Carried | None:
    """What the year before left to these figures; None if it is nothing, or if they are not those of a whole year."""
    year = _year_of(figures)
    before = freezing.latest(figures[0].region, year - 1) if year else None
    carried = Carried.of(before) if before else None
    if carried is None or not any(figure.indicator.key in carried.texts for figure in figures):
        return None
    return carried


def _year_of(figures: Sequence[Figure]) -> int | None:
    if not figures or any(figure.values or figure.own_level for figure in figures):
        return None
    period = figures[0].period
    return period.first.year if period == Period.year(period.first.year) else None


def _in_words(frozen: dict[str, Any], difference: str) -> str:
    return f"{frozen['label']} {number_text(as_number(difference), frozen['decimals'], '+')} {frozen['unit']}"
