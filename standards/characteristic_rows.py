"""The row rules of repeatability tests and stability checks: what one row must hold, and what follows from it alone.

Pure functions over cleaned values, called by the models' ``clean()`` and by the sheets alike. They raise
``ValidationError`` by field.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.dates import add_months
from standards import characteristics
from standards.models.characteristic import Method, StabilityPurpose
from standards.models.measured import PLACES
from standards.models.requirement import Requirements, StandardRequirement
from standards.readings import MOST_DIGITS, Group, format_groups, format_readings, parse_groups, parse_readings

_KEPT = Context(prec=MOST_DIGITS)
YEARLY = 12  # months between two records of a standard in use
_STEP = Decimal(1).scaleb(-PLACES)


def kept(value: Decimal | Fraction) -> Decimal:
    """A result as the table keeps it. Verdicts are never drawn from this, but from the readings."""
    return _KEPT.create_decimal(characteristics.decimal(value)).quantize(_STEP)


def repeatability_row(*, on: date, readings: str, fewer_reason: str, requirements: Requirements) -> dict[str, Any]:
    """Readings in their one form, n, mean and s."""
    _not_to_come(on)
    with _of_field("readings"):
        values = parse_readings(readings)
    if len(values) < 2:
        raise ValidationError({"readings": _("A repeatability test has at least two readings.")})
    asked = requirements.on(on)
    if len(values) < asked.repeatability_readings and not fewer_reason:
        raise ValidationError(
            {
                "fewer_reason": _("%(n)s readings; %(rule)s asks for %(asked)s. Fewer are accepted with a reason.")
                % {
                    "n": len(values),
                    "asked": asked.repeatability_readings,
                    "rule": asked.named(asked.repeatability_clause),
                }
            }
        )
    return {
        "readings": format_readings(values),
        "n": len(values),
        "mean": kept(characteristics.mean(values)),
        "s": kept(characteristics.repeatability(values)),
        "next_due_on": add_months(on, YEARLY),
    }


def stability_row(
    *,
    purpose: str,
    method: str,
    on: date | None,
    groups: str,
    fewer_reason: str,
    unit: str,
    requirements: Requirements,
) -> dict[str, Any]:
    """Groups in their one form, how many they are, the day and the mean of the last one."""
    if method == Method.CONTROL_CHART:
        if on is not None:
            _not_to_come(on)
        return {"group_count": 0, "mean": None, "next_due_on": on and add_months(on, YEARLY)}
    with _of_field("groups"):
        found = parse_groups(groups)
    if not found:
        raise ValidationError({"groups": _("A group begins with its day, such as 2026-01-05: 10.0012 10.0013.")})
    if not unit:
        raise ValidationError({"unit": _("Readings have a unit.")})
    last = found[-1]
    _not_to_come(last.on)
    if on is not None and on != last.on:
        raise ValidationError({"on": _("The last group is of %(on)s.") % {"on": last.on}})
    if purpose == StabilityPurpose.SET_UP:
        _check_set_up(found, fewer_reason, requirements.on(last.on))
    elif len(found) > 1:
        raise ValidationError({"groups": _("In use a check has one group: last year's is the one before.")})
    return {
        "groups": format_groups(found),
        "on": last.on,
        "group_count": len(found),
        "mean": kept(characteristics.mean(last.readings)),
        "next_due_on": add_months(last.on, YEARLY),
    }


def _check_set_up(groups: Sequence[Group], fewer_reason: str, asked: StandardRequirement) -> None:
    rule = asked.named(asked.stability_clause)
    if len(groups) < 2:
        raise ValidationError({"groups": _("The stability at set-up follows from at least two groups.")})
    if len(groups) < asked.stability_groups and not fewer_reason:
        raise ValidationError(
            {
                "fewer_reason": _("%(m)s groups; %(rule)s asks for %(asked)s. Fewer are accepted with a reason.")
                % {"m": len(groups), "asked": asked.stability_groups, "rule": rule}
            }
        )
    for before, after in pairwise(groups):
        if after.on <= add_months(before.on, asked.group_months):
            raise ValidationError(
                {
                    "groups": _("Between %(before)s and %(after)s lies no more than %(months)s month(s): %(rule)s.")
                    % {"before": before.on, "after": after.on, "months": asked.group_months, "rule": rule}
                }
            )


def _not_to_come(on: date) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": _("%(on)s is still to come.") % {"on": on}})


@contextmanager
def _of_field(name: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from None
