"""From amounts of energy to coal equivalent (GB/T 2589): of each kind, in all, and per output and product. Pure.

Amounts come in any unit that fits the factor's, results are in tonnes of coal equivalent (tce); nothing is rounded
before it is shown. A measured calorific value goes before the printed factor, and that before a factor derived from the
printed calorific value, since several printed factors do not follow from theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import units

KG_A_TONNE = 1000
HUNDREDTH = Decimal("0.01")
WHOLE = Decimal(100)
# Shares as units state them were rounded, mostly to one place: so much each may be off.
ROUNDED_BY = Decimal("0.05")
_GAS_VOLUMES = {"volume", "normal volume"}


class Unconvertible(ValueError):
    """The message is a sentence for the reader."""


class Source(TextChoices):
    """Where a factor comes from, the best first."""

    MEASURED = "measured", gettext_lazy("Measured calorific value")
    PRINTED = "printed", gettext_lazy("Printed factor")
    CHOSEN = "chosen", gettext_lazy("Chosen within the printed range")
    DERIVED = "derived", gettext_lazy("From the printed calorific value")


@dataclass(frozen=True)
class Factor:
    """What a table prints per its unit: kgce (``low`` to ``high``) and kJ; one value alone stands in ``low``."""

    low: Decimal | None = None
    high: Decimal | None = None
    ncv_low: Decimal | None = None
    ncv_high: Decimal | None = None


@dataclass(frozen=True)
class Use:
    """An amount of a kind of energy. ``per``: the unit of its factor and of ``ncv``, the measured low calorific value
    in kJ; ``chosen``: the factor that the unit chose where the table prints a range, in kgce."""

    name: str
    amount: Decimal
    unit: str
    per: str
    ncv: Decimal | None = None
    chosen: Decimal | None = None


@dataclass(frozen=True)
class Converted:
    """``amount`` is in ``use.per``, ``factor`` in kgce of that, unrounded."""

    use: Use
    amount: Decimal
    factor: Decimal
    source: Source
    tce: Decimal


def convert(use: Use, factor: Factor | None, *, kj_per_kgce: Decimal) -> Converted:
    """Raises ``Unconvertible``."""
    amount = in_unit(use)
    if use.ncv is not None:
        if use.ncv <= 0:
            raise Unconvertible(_("%(energy)s: a calorific value is above nothing.") % {"energy": use.name})
        tce = amount * use.ncv / (kj_per_kgce * KG_A_TONNE)
        return Converted(use, amount, use.ncv / kj_per_kgce, Source.MEASURED, tce)
    by, source = _factor(use, factor, kj_per_kgce)
    return Converted(use, amount, by, source, amount * by / KG_A_TONNE)


def in_unit(use: Use) -> Decimal:
    """The amount in the unit of the factor. Raises ``Unconvertible`` if it is negative, or in a unit that does not fit.

    A factor per m3 is one of a gas at standard state, so that Nm3 is the same there.
    """
    if use.amount < 0:
        raise Unconvertible(_("%(energy)s: the amount cannot be negative.") % {"energy": use.name})
    stated, wanted = units.find(use.unit), units.find(use.per)
    if stated is None or wanted is None:
        raise Unconvertible(
            _("%(energy)s: “%(unit)s” is not a unit that is known here.")
            % {"energy": use.name, "unit": use.per if stated else use.unit}
        )
    if {stated.kind, wanted.kind} == _GAS_VOLUMES:
        return use.amount * stated.size / wanted.size
    try:
        above, below = units.ratio(stated, wanted)
    except units.OtherKind:
        raise Unconvertible(
            _("%(energy)s is converted per %(per)s; an amount in %(unit)s does not fit.")
            % {"energy": use.name, "per": use.per, "unit": use.unit}
        ) from None
    return use.amount * above / below


def _factor(use: Use, factor: Factor | None, kj_per_kgce: Decimal) -> tuple[Decimal, Source]:
    low, high = (factor.low, factor.high) if factor else (None, None)
    if use.chosen is not None:
        if low is None or not low <= use.chosen <= (high or low):
            raise Unconvertible(_outside(use, low, high))
        return use.chosen, Source.CHOSEN if high else Source.PRINTED
    if low is not None:
        if high is not None and high != low:
            raise Unconvertible(_range(use, low, high))
        return low, Source.PRINTED
    if factor is None or factor.ncv_low is None:
        raise Unconvertible(
            _("%(energy)s: no factor is on record. State its measured low calorific value, or enter the factor.")
            % {"energy": use.name}
        )
    if factor.ncv_high is not None and factor.ncv_high != factor.ncv_low:
        raise Unconvertible(_range(use, factor.ncv_low / kj_per_kgce, factor.ncv_high / kj_per_kgce))
    return factor.ncv_low / kj_per_kgce, Source.DERIVED


def _range(use: Use, low: Decimal, high: Decimal) -> str:
    return _(
        "%(energy)s: the table prints a range from %(low)s to %(high)s kgce/%(per)s. State the measured low calorific "
        "value, or the factor chosen within it."
    ) % {"energy": use.name, "low": f"{low:.4f}", "high": f"{high:.4f}", "per": use.per}


def _outside(use: Use, low: Decimal | None, high: Decimal | None) -> str:
    if low is None:
        return _("%(energy)s: no factor is printed that one could be chosen from.") % {"energy": use.name}
    if high is None:
        return _("%(energy)s: the table prints one factor, %(low)s kgce/%(per)s; no other can be chosen.") % {
            "energy": use.name,
            "low": f"{low:.4f}",
            "per": use.per,
        }
    return _("%(energy)s: the factor chosen is outside the printed range from %(low)s to %(high)s kgce/%(per)s.") % {
        "energy": use.name,
        "low": f"{low:.4f}",
        "high": f"{high:.4f}",
        "per": use.per,
    }


# Sums and quotients ------------------------------------------------------------------------------


def total(lines: Iterable[Converted]) -> Decimal:
    """The comprehensive energy consumption E, in tce."""
    return sum((line.tce for line in lines), Decimal(0))


def shares(amounts: Sequence[Decimal]) -> list[Decimal | None]:
    """The share of each in per cent, with two places, so that they add up to exactly 100; None where all are nothing.

    What rounding down leaves over goes to those that lost most, as with seats of a parliament.
    """
    whole = sum(amounts, Decimal(0))
    if not whole:
        return [None] * len(amounts)
    exact = [amount * WHOLE / whole for amount in amounts]
    rounded = [share.quantize(HUNDREDTH, rounding=ROUND_DOWN) for share in exact]
    left = int((WHOLE - sum(rounded, Decimal(0))) / HUNDREDTH)
    by_loss = sorted(range(len(exact)), key=lambda place: (rounded[place] - exact[place], place))
    for place in by_loss[:left]:
        rounded[place] += HUNDREDTH
    return list(rounded)


def problem_of_shares(stated: Sequence[Decimal]) -> str | None:
    """Why shares that a unit states cannot be right, as a sentence; rounding each is no mistake."""
    if any(share < 0 for share in stated):
        return _("A share cannot be negative.")
    added = sum(stated, Decimal(0))
    if not stated or abs(added - WHOLE) <= ROUNDED_BY * len(stated):
        return None
    return _("The shares stated add up to %(sum)s %%, not to 100 %%.") % {"sum": f"{added.normalize():f}"}


def per_output(tce: Decimal, output: Decimal | None) -> Decimal:
    """Energy per output value, e = E / G, in tce per 10,000 yuan; ``output`` in 10,000 yuan. Raises
    ``Unconvertible``."""
    if output is None or output <= 0:
        raise Unconvertible(_("Without an output value above nothing there is no energy per output value."))
    return tce / output


def per_product(tce: Decimal | None, amount: Decimal | None, *, product: str) -> Decimal:
    """Energy per unit of a product, e = E / P, in tce per the product's unit. Raises ``Unconvertible``."""
    if tce is None:
        raise Unconvertible(_("%(product)s: the energy used for it is not stated.") % {"product": product})
    if amount is None or amount <= 0:
        raise Unconvertible(
            _("%(product)s: without an amount made there is no energy per product.") % {"product": product}
        )
    return tce / amount
