"""Repeatability and stability of a measurement standard (JJF 1033, annex C), as pure functions over measured values.

Values come in any unit, all of one call in the same; results are in that unit. Everything but the square root is exact:
a verdict never hangs on the rounding of a mean.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

# Digits of what cannot be written out.
PRECISION = 50


def mean(readings: Sequence[Decimal]) -> Fraction:
    """ȳ = Σyᵢ / n. Raises ``ValueError`` without readings."""
    if not readings:
        raise ValueError("There is no mean of no readings.")
    return sum(map(Fraction, readings), Fraction(0)) / len(readings)


def repeatability(readings: Sequence[Decimal]) -> Decimal:
    """The experimental standard deviation of a single reading, s = √(Σ(yᵢ − ȳ)² / (n − 1)), to 50 digits.

    Raises ``ValueError`` for fewer than two readings.
    """
    if len(readings) < 2:
        raise ValueError("A standard deviation needs two readings.")
    centre = mean(readings)
    variance = sum(((Fraction(reading) - centre) ** 2 for reading in readings), Fraction(0)) / (len(readings) - 1)
    with localcontext(prec=PRECISION):
        return decimal(variance).sqrt()


def stability_at_set_up(means: Sequence[Fraction]) -> Fraction:
    """S = max − min of the group means, of a standard that is being set up. Raises ``ValueError`` below two groups."""
    if len(means) < 2:
        raise ValueError("A range needs two groups.")
    return max(means) - min(means)


def stability_over_a_year(this_year: Fraction, last_year: Fraction) -> Fraction:
    """S = |this year's result − last year's|, of a standard in use."""
    return abs(this_year - last_year)


def is_repeatable(s: Decimal, accepted: Decimal) -> bool:
    """Whether s is no larger than the one accepted at set-up, or at the last evaluation of the uncertainty."""
    return s <= accepted


def is_stable(change: Fraction, limit: Decimal) -> bool:
    """Whether S is below |MPE| (used without correction) or below U of the correction (used with it)."""
    return change < Fraction(limit)


def decimal(value: Fraction | Decimal) -> Decimal:
    """To 50 digits."""
    if isinstance(value, Decimal):
        return value
    with localcontext(prec=PRECISION):
        return Decimal(value.numerator) / Decimal(value.denominator)
