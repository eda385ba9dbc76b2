"""All numbers that a report of a region and year may mean: each figure, its parts, and what is reckoned from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _

from bureau.reporting.figures import Figure, Value, change, ratio
from bureau.reporting.indicators import Rate

# Key, dimension and value: of the figure itself the last two are "".
Slot = tuple[str, str, str]
Frozen = Mapping[Slot, Value]


class Kind(Enum):
    """Which number of a figure; ``YEAR`` is that of an earlier year of its course."""

    VALUE = "value"
    PREVIOUS = "previous"
    CHANGE = "change"
    RATIO = "ratio"
    TARGET = "target"
    COMPLETION = "completion"
    SHARE = "share"
    YEAR = "year"


PERCENTAGES = (Kind.RATIO, Kind.COMPLETION, Kind.SHARE)


@dataclass(frozen=True)
class Candidate:
    """``counted_in``: the unit of the figure. ``dimension`` and ``part`` are "" for the figure itself; ``year`` is that
    of ``Kind.YEAR``."""

    figure: Figure
    counted_in: str
    kind: Kind
    dimension: str = ""
    part: str = ""
    year: int = 0

    @property
    def slot(self) -> Slot:
        return self.figure.indicator.key, self.dimension, self.part

    @property
    def is_percent(self) -> bool:
        return self.kind in PERCENTAGES or self.counted_in == "%"

    @property
    def unit(self) -> str:
        return "%" if self.kind in PERCENTAGES else self.counted_in

    @property
    def decimals(self) -> int:
        return 1 if self.kind in PERCENTAGES else self.figure.indicator.decimals

    @property
    def url(self) -> str:
        return self.figure.url(self.dimension, self.part)

    @property
    def label(self) -> str:
        """The figure, the part of it and which number, as the reader's language has them."""
        pieces = [str(self.figure.indicator.label)]
        if self.dimension:
            pieces.append(self.figure.labels[self.dimension][self.part])
        if told := self._kind_label:
            pieces.append(told)
        return " · ".join(pieces)

    @property
    def _kind_label(self) -> str:
        labels = {
            Kind.PREVIOUS: _("Same period last year"),
            Kind.CHANGE: _("Difference"),
            Kind.RATIO: _("Difference in %"),
            Kind.TARGET: _("Target"),
            Kind.COMPLETION: _("Completion"),
            Kind.SHARE: _("Share"),
            Kind.YEAR: str(self.year),
        }
        return str(labels.get(self.kind, ""))

    @property
    def live(self) -> Value:
        """As it is reckoned now; percentages as 28.4."""
        return self._number(self._value)

    def frozen(self, values: Frozen) -> Value:
        """As it stood when the year was frozen. Only what was counted is kept: nothing of what follows from it."""
        return values.get(self.slot) if self.kind is Kind.VALUE else None

    def is_frozen(self, values: Frozen) -> bool:
        return self.kind is Kind.VALUE and self.slot in values

    @property
    def _value(self) -> Value:
        return self.figure.breakdowns[self.dimension].get(self.part) if self.dimension else self.figure.value

    @property
    def _previous(self) -> Value:
        if self.dimension:
            return self.figure.previous_breakdowns.get(self.dimension, {}).get(self.part)
        return self.figure.previous

    def _number(self, value: Value) -> Value:
        if self.kind is Kind.PREVIOUS:
            return self._previous
        if self.kind is Kind.CHANGE:
            return change(value, self._previous)
        if self.kind is Kind.RATIO:
            share = ratio(value, self._previous)
            return None if share is None else Decimal(share) * 100
        if self.kind is Kind.SHARE:
            whole = self.figure.value
            return Decimal(value) * 100 / Decimal(whole) if value is not None and whole else None
        if self.kind is Kind.TARGET:
            return self.figure.target
        if self.kind is Kind.COMPLETION:
            return self.figure.completion
        return self._of_year() if self.kind is Kind.YEAR else value

    def _of_year(self) -> Value:
        series = self.figure.series
        back = self.figure.period.last.year - self.year
        return series[-1 - back] if 0 <= back < len(series) else None

    @property
    def exists(self) -> bool:
        """A target that nobody set, the share of a rate, a year that is not counted: nobody can have meant them."""
        if self.kind in (Kind.TARGET, Kind.COMPLETION):
            return not self.dimension and self.figure.goal is not None
        if self.kind is Kind.SHARE:
            return bool(self.dimension) and self.figure.indicator.is_additive
        if self.kind is Kind.YEAR:
            return not self.dimension and 0 <= self.figure.period.last.year - self.year < len(self.figure.series)
        return not (self.kind is Kind.RATIO and isinstance(self.figure.indicator, Rate))


def parts(figure: Figure) -> Iterator[tuple[str, str, str]]:
    """Dimension, value and label of every part."""
    for dimension, labels in figure.labels.items():
        for value, label in labels.items():
            yield dimension, value, label
