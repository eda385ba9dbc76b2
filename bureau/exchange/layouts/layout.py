"""How one file is read: which of its sheets, where their headers stand, and what each column of the file means."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from bureau.exchange.sheets import heading


@dataclass(frozen=True)
class Place:
    """What stands in one column of the file."""

    column: str = ""  # name of our column; "" if it is not read
    unit: str = ""  # that the heading or the line of units above it states; "" if none
    month: str = ""  # of a column per month: "2016-05", or "05" where the year is that of the sheet
    fill_down: bool = False  # an empty cell takes the value above it
    is_counter: bool = False  # not read, since it only numbers the rows; its heading alone would not say so


@dataclass(frozen=True)
class Part:
    """A sheet of the file that is read; ``first`` and ``last`` are Excel's numbers of its header's rows.

    ``year`` is stated above the header; 0 if it is not.
    """

    name: str
    first: int
    last: int
    year: int = 0


@dataclass(frozen=True)
class Layout:
    """``parts`` share ``headings`` (by position from column A, "" where none); ``places`` are by position.

    ``constants``: by the name of a column of ours that no column of the file holds, what each row has in it, written
    as a clerk would write it in a cell.
    """

    parts: tuple[Part, ...] = ()
    headings: tuple[str, ...] = ()
    places: Mapping[int, Place] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        return signature_of(self.headings)

    def as_json(self) -> dict[str, Any]:
        return {
            "parts": [asdict(part) for part in self.parts],
            "headings": list(self.headings),
            "places": places_as_json(self.places),
            "constants": dict(self.constants),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Layout":
        return cls(
            tuple(Part(**part) for part in data["parts"]),
            tuple(data["headings"]),
            places_from_json(data["places"]),
            data.get("constants", {}),  # a layout of before there were any
        )


class Decision(NamedTuple):
    """What a clerk decided for files with one header: ``Layout.places`` as JSON, and ``Layout.constants``."""

    places: Mapping[str, Any]
    constants: Mapping[str, str] = {}


def places_as_json(places: Mapping[int, Place]) -> dict[str, Any]:
    return {str(position): asdict(place) for position, place in places.items()}


def places_from_json(data: Mapping[str, Any]) -> dict[int, Place]:
    return {int(position): Place(**place) for position, place in data.items()}


def signature_of(headings: Sequence[str]) -> str:
    """The same for headers that differ in width, case, blanks and empty columns at the end only."""
    forms = [heading(text) for text in headings]
    while forms and not forms[-1]:
        forms.pop()
    return hashlib.sha256("\x1f".join(forms).encode()).hexdigest()
