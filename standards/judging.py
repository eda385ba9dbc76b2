"""Verdicts on repeatability and stability (JJF 1033, annex C): they follow from all records of a standard at a point.

Kept beside the readings and renewed with every change, so that a corrected test at set-up is felt by all later ones.
Everything here runs in the transaction of the change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from standards import characteristics
from standards.characteristic_rows import kept
from standards.models import RepeatabilityTest, StabilityCheck
from standards.models.characteristic import Method, StabilityPurpose, Verdict
from standards.models.requirement import Requirements
from standards.readings import parse_groups, parse_readings

Judged = dict[str, Any]


def judge_repeatability(tests: Iterable[RepeatabilityTest], requirements: Requirements) -> list[Judged]:
    """Accepted s, verdict and clause of each test of one standard at one point, given in the order of their days.

    s may not be larger than at set-up; where it is, and the uncertainty evaluated anew with it meets the need, it is
    accepted from then on.
    """
    accepted: Decimal | None = None
    judged = []
    for test in tests:
        asked = requirements.on(test.on)
        s = characteristics.repeatability(parse_readings(test.readings))
        verdict = _on_repeatability(test, s, accepted)
        compared = None if verdict == Verdict.BASIS or accepted is None else kept(accepted)
        judged.append({"accepted_s": compared, "verdict": verdict, "clause": asked.named(asked.repeatability_clause)})
        if verdict in (Verdict.BASIS, Verdict.REEVALUATED):
            accepted = s
    return judged


def _on_repeatability(test: RepeatabilityTest, s: Decimal, accepted: Decimal | None) -> Verdict:
    if test.purpose == RepeatabilityTest.Purpose.SET_UP:
        return Verdict.BASIS
    if accepted is not None and characteristics.is_repeatable(s, accepted):
        return Verdict.PASSED
    if test.reevaluation == RepeatabilityTest.Reevaluation.MEETS:
        return Verdict.REEVALUATED
    return Verdict.NOTHING_BEFORE if accepted is None and not test.reevaluation else Verdict.FAILED


def judge_stability(checks: Iterable[StabilityCheck], requirements: Requirements) -> list[Judged]:
    """S, verdict and clause of each check of one standard at one point, given in the order of their days."""
    last: Fraction | None = None
    judged = []
    for check in checks:
        asked = requirements.on(check.on)
        change = _change(check, last)
        judged.append(
            {
                "result": None if change is None else kept(change),
                "verdict": _on_stability(check, change),
                "clause": asked.named(asked.stability_clause),
            }
        )
        if check.groups:
            last = _means(check)[-1]
    return judged


def _means(check: StabilityCheck) -> list[Fraction]:
    return [characteristics.mean(group.readings) for group in parse_groups(check.groups)]


def _change(check: StabilityCheck, last: Fraction | None) -> Fraction | None:
    """S; None where there is nothing to compare with."""
    if check.method == Method.CONTROL_CHART:
        return None
    if check.purpose == StabilityPurpose.SET_UP:
        return characteristics.stability_at_set_up(_means(check))
    before = last if check.previous_mean is None else Fraction(check.previous_mean)
    return None if before is None else characteristics.stability_over_a_year(_means(check)[-1], before)


def _on_stability(check: StabilityCheck, change: Fraction | None) -> Verdict:
    if check.method == Method.CONTROL_CHART:
        return Verdict.PASSED if check.is_in_control else Verdict.FAILED
    if change is None or check.limit is None:
        return Verdict.NOTHING_BEFORE
    return Verdict.PASSED if characteristics.is_stable(change, check.limit) else Verdict.FAILED


@transaction.atomic
def judge(standards: Iterable[int], *, by: Staff | None) -> None:
    """Write the verdicts of all standing records of these standards (by key) that differ from what is kept."""
    keys, requirements = set(standards), Requirements.load()
    _renew(RepeatabilityTest, keys, judge_repeatability, requirements, by=by)
    _renew(StabilityCheck, keys, judge_stability, requirements, by=by)


def _renew(model: Any, keys: set[int], judge_all: Any, requirements: Requirements, *, by: Staff | None) -> None:
    series: dict[tuple[int, str], list[Any]] = defaultdict(list)
    rows = model.objects.not_voided().filter(standard__in=keys).select_for_update()
    for row in rows.order_by("standard_id", "on", "pk"):
        series[row.standard_id, row.point].append(row)
    changed: list[Any] = []
    fields: Sequence[str] = ()
    for of_point in series.values():
        for row, judged in zip(of_point, judge_all(of_point, requirements), strict=True):
            fields = tuple(judged)
            if any(getattr(row, name) != value for name, value in judged.items()):
                for name, value in judged.items():
                    setattr(row, name, value)
                changed.append(row)
    records.bulk_change(changed, fields, by=by, reason=_("Follows from the readings"))
