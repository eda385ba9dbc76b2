"""Where a row of some region's code counts: subtrees, successors, and the children that a figure is broken down by.

The answers come from a copy of the region table in the process (7,000 rows, read in one query). A change through
``Region.save()`` or ``delete()`` drops the copy in its own process at once; another process notices within
``CACHE_SECONDS``. Regions change a few times a year, so a minute's delay is cheaper than a question to the database
in every request. Whoever writes regions in bulk, or takes a change back, calls ``clear_region_cache()``.
"""

import time
from bisect import bisect_left
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

CACHE_SECONDS = 60
# Sorts after every code that consists of nines: no code has ten digits.
AFTER_ALL = "9999999999"


class Place(NamedTuple):
    code: str
    name: str
    full_name: str
    parent: str | None
    successor: str | None
    valid_from: date | None
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def code_range(code: str) -> tuple[str, str] | None:
    """The codes of a region and all below it: from the first included to the second excluded; None: no limit.

    "210000" gives ("210000", "220000"), "210203" ("210203", "210204"), an area "210203001" ("210203001", "210203002").
    Both ends are digits only, so SQLite and every collation of PostgreSQL agree on the order.
    """
    if not code.isascii() or not code.isdigit() or len(code) not in (6, 9):
        raise ValueError(f"Not a region code: {code!r}")
    if code == "000000":
        return None
    prefix = _prefix(code)
    if set(prefix) == {"9"}:
        return code, AFTER_ALL
    # Without its zeros the next prefix sorts before every code that begins with it: after 210203999 comes 210204.
    following = str(int(prefix) + 1).zfill(len(prefix)).rstrip("0")
    return code, following.ljust(6, "0")


def _prefix(code: str) -> str:
    if len(code) == 9:
        return code
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


class RegionTree:
    """The region table at one moment."""

    def __init__(self, places: list[Place]):
        self.places = {place.code: place for place in places}
        self._codes = sorted(self.places)
        self._final = {code: self._counts_at(code) for code in self.places}
        self._moved = [(old, new) for old, new in self._final.items() if old != new]
        self._children: dict[tuple[str, date | None], list[Place]] = {}

    def successors_of(self, code: str) -> list[str]:
        """The code itself, its successor, that one's successor and so on; a circle is left where it would close."""
        chain = [code]
        while (place := self.places.get(chain[-1])) and place.successor and place.successor not in chain:
            chain.append(place.successor)
        return chain

    def _counts_at(self, code: str) -> str:
        """The last successor; what has none goes with its superior region, where that one has a successor."""
        here, above, seen = code, code, set()
        while above in self.places and above not in seen:
            seen.add(above)
            last = self.successors_of(above)[-1]
            if last == above:
                above = self.places[above].parent or ""
            else:
                here = above = last
        return here

    def successor_on(self, code: str, on: date) -> Place | None:
        """The successor that was in force on that day, else the last one; None if the code has no successor."""
        heirs = [self.places[heir] for heir in self.successors_of(code)[1:] if heir in self.places]
        return next((heir for heir in heirs if heir.is_in_force(on)), heirs[-1] if heirs else None)

    def final(self, code: str) -> str:
        """The code at which rows of this code count."""
        return self._final.get(code, code)

    def bucket_of(self, code: str, within: str) -> str | None:
        below, place = None, self.places.get(self.final(code))
        while place:
            if place.code == within:
                return below or within
            below, place = place.code, self.places.get(place.parent or "")
        return None

    def above(self, code: str, top: str = "") -> list[str]:
        """The region and those that it lies in, up to ``top``."""
        chain = [code]
        while chain[-1] != top and (parent := self.places[chain[-1]].parent):
            chain.append(parent)
        return chain

    def moved(self, within: str) -> tuple[list[str], list[str]]:
        """Obsolete codes that lie in the region and count elsewhere; those that lie elsewhere and count in it."""
        low, high = code_range(within) or ("", AFTER_ALL)
        out = [old for old, new in self._moved if low <= old < high and not low <= new < high]
        into = [old for old, new in self._moved if low <= new < high and not low <= old < high]
        return out, into

    def codes_counting_in(self, within: str) -> list[str]:
        low, high = code_range(within) or ("", AFTER_ALL)
        out, into = self.moved(within)
        inside = self._codes[bisect_left(self._codes, low) : bisect_left(self._codes, high)]
        return sorted({*inside, *into} - set(out))

    def children(self, within: str, on: date | None) -> list[Place]:
        if (within, on) not in self._children:
            codes = [code for code in self.codes_counting_in(within) if on is None or self.places[code].is_in_force(on)]
            buckets = {bucket for code in codes if (bucket := self.bucket_of(code, within))} - {within}
            self._children[within, on] = [self.places[bucket] for bucket in sorted(buckets)]
        return self._children[within, on]


def subtree_q(region_code: str, path: str = "region") -> Q:
    """Rows that count in the region: those of its codes, the rows of obsolete codes being where the successor lies.

    ``path`` leads from the row to its region ("region", "standard__region"); "pk" stands for the regions themselves.
    """
    limits = code_range(region_code)
    if limits is None:
        return Q()
    column = path if path == "pk" else f"{path}_id"
    out, into = region_tree().moved(region_code)
    condition = Q((f"{column}__gte", limits[0]), (f"{column}__lt", limits[1]))
    if out:
        condition &= ~Q((f"{column}__in", out))
    return condition | Q((f"{column}__in", into)) if into else condition


def bucket_of(region_code: str, within: str) -> str | None:
    """The direct child of ``within`` (or ``within`` itself) in which a row of that code counts; None: not in it."""
    return region_tree().bucket_of(region_code, within)


def children(region_code: str, on: date | None = None) -> list[Place]:
    """The direct children in which rows can count, by code.

    With a day: the places, as they are called today, that had a code in force on it. Without: of all times; these are
    all the values but ``region_code`` itself that ``bucket_of(…, region_code)`` can give.
    """
    return list(region_tree().children(region_code, on))


def final_code(region_code: str) -> str:
    """The code at which rows of this code count: its last successor, or itself."""
    return region_tree().final(region_code)


_cached: tuple[RegionTree, float] | None = None


def region_tree() -> RegionTree:
    global _cached
    cached = _cached
    if cached is None or cached[1] < time.monotonic():
        cached = _cached = RegionTree(_read_places()), time.monotonic() + CACHE_SECONDS
    return cached[0]


def _read_places() -> list[Place]:
    rows = apps.get_model("bureau", "Region").objects.order_by()
    return [Place(*row) for row in rows.values_list(*_COLUMNS).iterator()]


_COLUMNS = ("code", "name", "full_name", "parent_id", "successor_id", "valid_from", "valid_to")


def clear_region_cache() -> None:
    global _cached
    _cached = None


@receiver([post_save, post_delete], sender="bureau.Region", dispatch_uid="bureau.region_tree")
def _forget(using: str, **kwargs: Any) -> None:
    clear_region_cache()
    # Again after the commit: until then another thread reads the old rows into a new copy.
    transaction.on_commit(clear_region_cache, using=using)
