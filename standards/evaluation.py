"""The formulas of JJF 1117 for comparisons: pure functions of numbers, in the unit of the measurement point.

Uncertainties are standard uncertainties u unless they are called expanded (U = k·u).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

DIGITS = 34


class NotComparable(ValueError):
    """The numbers allow no evaluation: an uncertainty is missing or zero, or nothing is left to compare with."""


@dataclass(frozen=True)
class Measured:
    """A value with its standard uncertainty, which is above zero (``NotComparable`` otherwise)."""

    value: Decimal
    u: Decimal

    def __post_init__(self) -> None:
        if not self.u > 0:
            raise NotComparable("A value to be compared has an uncertainty above zero.")


def measured(value: Decimal, expanded: Decimal, factor: Decimal) -> Measured:
    """From an expanded uncertainty U and its coverage factor k: u = U/k. Both above zero, or ``NotComparable``."""
    if not factor > 0:
        raise NotComparable("A coverage factor is above zero.")
    with localcontext(prec=DIGITS):
        return Measured(value, expanded / factor)


def weighted_mean(results: Sequence[Measured]) -> Measured:
    """Y = Σ(yᵢ/uᵢ²) / Σ(1/uᵢ²) and u = 1/√Σ(1/uᵢ²), for independent results; at least two, or ``NotComparable``."""
    if len(results) < 2:
        raise NotComparable("A weighted mean needs at least two results.")
    with localcontext(prec=DIGITS):
        weights = [1 / (result.u * result.u) for result in results]
        total = sum(weights, Decimal(0))
        mean = sum((weight * result.value for weight, result in zip(weights, results, strict=True)), Decimal(0)) / total
        return Measured(mean, 1 / total.sqrt())


def birge_ratio(results: Sequence[Measured], reference: Measured) -> Decimal:
    """√(Σ((yᵢ − Y)/uᵢ)² / (n − 1)): near 1 if the results agree within their uncertainties, well above 1 if not."""
    if len(results) < 2:
        raise NotComparable("Agreement is a matter of at least two results.")
    with localcontext(prec=DIGITS):
        chi_squared = sum(((each.value - reference.value) / each.u) ** 2 for each in results)
        return (Decimal(chi_squared) / (len(results) - 1)).sqrt()


def normalised_error(
    result: Measured,
    reference: Measured,
    *,
    factor: Decimal,
    instability: Decimal = Decimal(0),
    is_in_reference: bool = False,
) -> Decimal:
    """En = (y − Y) / (k·√(u_lab² + u_ref² + u_e²)), with k = ``factor`` and u_e = ``instability``.

    For a result that is part of the reference value the two are correlated, and u_lab² − u_ref² takes the place of
    the sum. Raises ``NotComparable`` where the difference then has no uncertainty left.
    """
    with localcontext(prec=DIGITS):
        sign = -1 if is_in_reference else 1
        squared = result.u**2 + sign * reference.u**2 + instability**2
        if not squared > 0:
            raise NotComparable("The difference from the reference value has no uncertainty left.")
        return (result.value - reference.value) / (factor * squared.sqrt())
