"""How a unit is equipped with energy meters (GB 17167): rates by energy and level, accuracy classes, and from what
limit on a meter is needed. Pure: what an edition asks is handed in, and without its table nothing is judged.

The equipping rate is Rp = Ns / Nl × 100 %: of the places that need a meter, those that have one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.texts import narrow
from enterprises.models import Level
from enterprises.rated import OtherUnit, counted_in

WHOLE, HUNDREDTH = Decimal(100), Decimal("0.01")
# (energy, level) → the rate asked for, in per cent.
Rates = Mapping[tuple[str, str], Decimal]


class Verdict(TextChoices):
    MET = "met", gettext_lazy("Met")
    NOT_MET = "not_met", gettext_lazy("Not met")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("Not applicable")
    NOT_ASKED = "not_asked", gettext_lazy("Nothing asked for")
    NOT_JUDGED = "not_judged", gettext_lazy("Not judged")


@dataclass(frozen=True)
class Point:
    """A place that needs a meter; ``is_metered``: a meter in use is there."""

    energy: str
    level: str
    is_metered: bool = False
    is_exempt: bool = False


@dataclass(frozen=True)
class Cell:
    """An energy at a level: Nl ``needed``, Ns ``installed``, both without the ``exempt`` points.

    ``asked`` in per cent, None where the edition asks nothing here; without a table (``is_judged`` false) it is None as
    well. Numbers may also be those that a unit declares.
    """

    needed: int = 0
    installed: int = 0
    exempt: int = 0
    asked: Decimal | None = None
    is_judged: bool = True

    @property
    def rate(self) -> Decimal | None:
        """Rp in per cent, unrounded; None where nothing is needed. Above 100 it stays as computed."""
        return WHOLE * self.installed / self.needed if self.needed else None

    @property
    def shown(self) -> Decimal | None:
        """With two places, rounded down: what just fails a limit must not look as if it met it."""
        rate = self.rate
        return None if rate is None else rate.quantize(HUNDREDTH, rounding=ROUND_DOWN)

    @property
    def verdict(self) -> Verdict:
        rate = self.rate
        if rate is None:
            return Verdict.NOT_APPLICABLE
        if not self.is_judged:
            return Verdict.NOT_JUDGED
        if self.asked is None:
            return Verdict.NOT_ASKED
        return Verdict.MET if rate >= self.asked else Verdict.NOT_MET

    @property
    def warning(self) -> str:
        """A sentence where the numbers cannot be right; "" otherwise."""
        if self.installed > self.needed:
            return _("%(installed)s installed of %(needed)s needed: please check what is needed.") % {
                "installed": self.installed,
                "needed": self.needed,
            }
        return ""

    def __add__(self, other: "Cell") -> "Cell":
        """Of several energies together; nothing is asked of such a sum."""
        return Cell(
            self.needed + other.needed, self.installed + other.installed, self.exempt + other.exempt, is_judged=False
        )


def cells(points: Iterable[Point], rates: Rates | None) -> dict[tuple[str, str], Cell]:
    """Each energy and level that has a point, or of which the edition asks a rate. ``rates``: None without a table."""
    counts: dict[tuple[str, str], list[int]] = {key: [0, 0, 0] for key in rates or ()}
    for point in points:
        needed_installed_exempt = counts.setdefault((point.energy, point.level), [0, 0, 0])
        if point.is_exempt:
            needed_installed_exempt[2] += 1
        else:
            needed_installed_exempt[0] += 1
            needed_installed_exempt[1] += point.is_metered
    return {
        key: Cell(*numbers, asked=(rates or {}).get(key), is_judged=rates is not None)
        for key, numbers in counts.items()
    }


# Accuracy ----------------------------------------------------------------------------------------

_CLASS = re.compile(r"(\d+(?:\.\d+)?) ?(S?) ?级?", re.IGNORECASE)


class Accuracy(TextChoices):
    MET = "met", gettext_lazy("Class met")
    NOT_MET = "not_met", gettext_lazy("Class not met")
    UNKNOWN = "unknown", gettext_lazy("Class cannot be compared")
    NOT_ASKED = "not_asked", gettext_lazy("No class asked for")


@dataclass(frozen=True)
class Asked:
    """The class that an edition asks of meters for a use; "" where it asks no other below the unit or for trade."""

    accuracy_class: str
    below_unit: str = ""
    for_trade: str = ""

    def of(self, *, level: str, is_for_trade: bool) -> str:
        """Trade settlement goes before the relief for meters below the whole unit."""
        if is_for_trade and self.for_trade:
            return self.for_trade
        return self.below_unit if level != Level.UNIT and self.below_unit else self.accuracy_class


def parsed_class(text: str) -> tuple[Decimal, bool] | None:
    """The number of a class and whether it is an S class: 0.5S级 → (0.5, True). None for any other writing."""
    match = _CLASS.fullmatch(narrow(text).strip())
    return (Decimal(match[1]), bool(match[2])) if match else None


def accuracy(stated: str, asked: str) -> Accuracy:
    """Whether a meter of the class is good enough; an S class fulfils the plain one of its number, not the reverse."""
    if not asked:
        return Accuracy.NOT_ASKED
    mine, theirs = parsed_class(stated), parsed_class(asked)
    if mine is None or theirs is None:
        return Accuracy.UNKNOWN
    if mine[0] != theirs[0]:
        return Accuracy.MET if mine[0] < theirs[0] else Accuracy.NOT_MET
    return Accuracy.MET if mine[1] or not theirs[1] else Accuracy.NOT_MET


# From what limit on ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limit:
    """``energy``: "" for all kinds that the edition does not name."""

    energy: str
    level: str
    limit: Decimal
    unit: str


@dataclass(frozen=True)
class Need:
    """Whether a meter of its own is needed; None where that cannot be told. ``reason`` is a sentence."""

    is_needed: bool | None
    reason: str


def need(
    *,
    energy: str,
    level: str,
    amount: Decimal | None,
    unit: str,
    limits: Sequence[Limit],
    is_metered_above: bool = False,
) -> Need:
    """For a piece of equipment by its rated power or use, for a sub-unit by what it uses (GB 17167, 4.3.2 to 4.3.4).

    What is metered as a whole (a boiler room, a pump house) needs no meter on its single pieces.
    """
    if is_metered_above:
        return Need(False, _("It is metered as part of a system."))
    named = {each.energy: each for each in limits if each.level == level}
    limit = named.get(energy) or named.get("")
    if limit is None:
        return Need(None, _("The edition has no limit for this energy at this level."))
    text = f"{limit.limit.normalize():f} {limit.unit}"
    if amount is None:
        return Need(None, _("Its rated power or use is not stated; the limit is %(limit)s.") % {"limit": text})
    try:
        found = counted_in(amount, unit, limit.unit)
    except OtherUnit as error:
        return Need(None, str(error))
    said = {"amount": f"{found.normalize():f} {limit.unit}", "limit": text}
    if found >= limit.limit:
        return Need(True, _("%(amount)s is not below the limit of %(limit)s.") % said)
    return Need(False, _("%(amount)s is below the limit of %(limit)s.") % said)
