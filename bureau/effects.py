"""What a change of records would do to the figures: the exchange tries the change, reporting measures it.

Neither knows the other. A gauge is read over the records that the change touches, before and after it was tried in a
``bureau.whatif.Shadow``; what the figures are now, and what they would be, it says itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.db.models import Model


@dataclass(frozen=True)
class PartEffect:
    """One value of a dimension, or one part of the region; the texts are for reading."""

    dimension: str
    label: str
    change: str


@dataclass(frozen=True)
class Effect:
    """What a figure of a period is now and would be; the texts are for reading, in the language of the moment."""

    key: str
    label: str
    unit: str
    period: str
    before: str
    after: str
    change: str
    parts: list[PartEffect]
    url: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Gauge(Protocol):
    def read(self) -> Any:
        """What the rows in sight of the present connection add up to: only those that the change touches."""

    def compare(self, before: Any, after: Any) -> tuple[list[Effect], str]:
        """From two readings what becomes of the figures, the latest year first; and a sentence on what is not listed,
        "" if that is all. Reads the present figures from the tables in sight."""


# Gets the models whose rows change, the region and the reader; None where no figure counts them.
GaugeMaker = Callable[[Sequence[type[Model]], str, Any], Gauge | None]
_makers: list[GaugeMaker] = []


def register(maker: GaugeMaker) -> GaugeMaker:
    _makers.append(maker)
    return maker


def gauges(models: Sequence[type[Model]], region: str, user: Any) -> list[Gauge]:
    """Gauges of the figures of a region that rows of these models change, as ``user`` would see them."""
    return [gauge for maker in _makers if (gauge := maker(models, region, user))]
