"""The lines of a printed summary: each figure, and under it the parts that it is shown by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from bureau.reporting.figures import Figure, Value, change, ratio
from bureau.reporting.indicators import Rate

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """A figure, or with ``dimension`` and ``part`` one part of it; the texts are for reading."""

    figure: Figure
    dimension: str = ""
    part: str = ""

    @property
    def is_part(self) -> bool:
        return bool(self.dimension)

    @property
    def label(self) -> str:
        if self.is_part:
            return _("of which %(part)s") % {"part": self.figure.labels[self.dimension][self.part]}
        return str(self.figure.indicator.label)

    @property
    def unit(self) -> str:
        return str(self.figure.indicator.unit)

    @property
    def value(self) -> Value:
        return self.figure.breakdowns[self.dimension][self.part] if self.is_part else self.figure.value

    @property
    def previous(self) -> Value:
        if not self.is_part:
            return self.figure.previous
        return self.figure.previous_breakdowns.get(self.dimension, {}).get(self.part)

    @property
    def url(self) -> str:
        return self.figure.url(self.dimension, self.part)

    @property
    def text(self) -> str:
        return number_text(self.value, self.figure.indicator.decimals)

    @property
    def previous_text(self) -> str:
        return number_text(self.previous, self.figure.indicator.decimals)

    @property
    def change_text(self) -> str:
        return number_text(change(self.value, self.previous), self.figure.indicator.decimals, sign="+")

    @property
    def ratio_text(self) -> str:
        """In percent; of a percentage the change itself is the answer."""
        share = None if isinstance(self.figure.indicator, Rate) else ratio(self.value, self.previous)
        return NOTHING if share is None else f"{share:{'+' if share else ''}.1%}"


def lines(figures: Iterable[Figure]) -> Iterator[Line]:
    for figure in figures:
        yield Line(figure)
        for name in figure.indicator.shown_by:
            for part in figure.breakdowns[name]:
                yield Line(figure, name, part)


def number_text(value: Value, decimals: int, sign: str = "") -> str:
    """With thousands apart; a plus only before what is more than nothing."""
    if value is None:
        return NOTHING
    shown = round(Decimal(value), decimals) or Decimal()  # no minus before nothing
    return f"{shown:{sign if shown else ''},.{decimals}f}"
