"""Figures of which no record of this system knows: their values are entered, each with its source.

An app keeps its own beside those that are counted::

    @register
    class Subcentres(EnteredStock):
        key = "energy.subcentres_connected"
        ...
"""

from typing import Any, ClassVar

from django.db.models import Q

from bureau.reporting.indicators import Between, Exactly, Indicator, Kind, Stated, Sum, Within
from bureau.reporting.intervals import Interval
from bureau.reporting.models import EnteredValue


class Entered(Indicator):
    """A flow whose parts add up: the values of which all days lie in the period."""

    model = EnteredValue
    interval: ClassVar[Interval] = Within("ends_on", "begins_on")
    measure = Sum("value")
    places: ClassVar[int] = 0

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "predicate" not in vars(cls):  # a part of a figure counts the values of that
            cls.predicate = Q(indicator=cls.key)

    @property
    def kind(self) -> Kind:
        return Kind.ENTERED

    @property
    def decimals(self) -> int:
        return self.places


class EnteredStock(Entered):
    """A stock whose parts add up: the values that hold on the last day of the period."""

    interval = Between("begins_on", "ends_on")


class EnteredAlone(Entered):
    """Stated of each region by itself, for exactly the days of the period: a rate, an index, a rank."""

    interval = Exactly("ends_on", "begins_on")
    measure = Stated("value")
