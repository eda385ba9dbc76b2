"""What is to be said of figures beside a frozen year: whether these are its figures, and which are others now."""

from collections.abc import Sequence
from dataclasses import dataclass

from bureau.reporting import freezing
from bureau.reporting.differences.explaining import Difference
from bureau.reporting.differences.lines import number_of
from bureau.reporting.figures import Figure
from bureau.reporting.models import FrozenYear
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
    if not figures or any(figure.values or figure.own_level for figure in figures):
        return None
    region, period = figures[0].region, figures[0].period
    if period != Period.year(period.first.year):
        return None
    frozen = freezing.latest(region, period.first.year)
    if frozen is None:
        return None
    difference = Difference(frozen, figures)
    keys = [each.indicator for each in figures if each.indicator.key in frozen.figures]
    return Note(frozen, {each.key: number_of(difference, each) for each in keys if difference.differs(each.key)})
