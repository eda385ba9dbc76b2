"""A comparison evaluated: which results count, the reference values, En of each, and the verdict on each laboratory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from standards.evaluation import Measured, NotComparable, birge_ratio, measured, normalised_error, weighted_mean
from standards.models import (
    Comparison,
    ComparisonFollowUp,
    ComparisonParticipant,
    ComparisonPoint,
    ComparisonResult,
    ComparisonRule,
)

Verdict = ComparisonParticipant.Verdict
SETTLED = 500


@dataclass(frozen=True)
class Submission:
    """A result as it was handed in, and how it stands to the days of the comparison."""

    result: ComparisonResult
    is_late: bool
    is_too_late: bool  # the reference values were known by then
    counts: bool

    @property
    def is_correction(self) -> bool:
        return self.result.submission > 1


@dataclass
class Line:
    """One laboratory at one point. Without a result that counts, or without a reference value, there is no En."""

    participant: ComparisonParticipant
    submissions: list[Submission]
    counted: ComparisonResult | None = None
    expanded: Decimal | None = None  # of the counted result, at the coverage factor of the rule
    deviation: Decimal | None = None
    en: Decimal | None = None
    verdict: Verdict = Verdict.OPEN
    problem: str = ""


@dataclass
class PointEvaluation:
    """``expanded``: the uncertainty of the reference value at the coverage factor of the rule."""

    point: ComparisonPoint
    lines: list[Line]
    reference: Measured | None = None
    expanded: Decimal | None = None
    birge: Decimal | None = None
    problem: str = ""


@dataclass
class Evaluation:
    """All of a comparison. ``rule`` is the edition in force when it began; None where no edition was."""

    comparison: Comparison
    rule: ComparisonRule | None
    points: list[PointEvaluation] = field(default_factory=list)
    participants: list[ComparisonParticipant] = field(default_factory=list)
    follow_ups: list[ComparisonFollowUp] = field(default_factory=list)

    @cached_property
    def verdicts(self) -> dict[Any, Verdict]:
        """By laboratory: unsatisfactory with one such result, satisfactory with all of them so, else open."""
        found: dict[Any, list[Verdict]] = defaultdict(list)
        for point in self.points:
            for line in point.lines:
                found[line.participant.pk].append(line.verdict)
        return {participant.pk: _of_all(found[participant.pk]) for participant in self.participants}

    @property
    def satisfactory(self) -> int:
        return sum(verdict == Verdict.SATISFACTORY for verdict in self.verdicts.values())

    @property
    def evaluated(self) -> int:
        return sum(verdict != Verdict.OPEN for verdict in self.verdicts.values())

    @property
    def without_follow_up(self) -> list[ComparisonParticipant]:
        """Unsatisfactory laboratories of which nothing was demanded yet."""
        followed = {follow_up.participant_id for follow_up in self.follow_ups}
        return [
            participant
            for participant in self.participants
            if self.verdicts[participant.pk] == Verdict.UNSATISFACTORY and participant.pk not in followed
        ]


def evaluate(comparison: Comparison) -> Evaluation:
    return evaluate_all([comparison])[0]


def evaluate_all(comparisons: Sequence[Comparison]) -> list[Evaluation]:
    """Each comparison evaluated from what is on record; five queries for all."""
    keys = [comparison.pk for comparison in comparisons]
    points = _by_comparison(ComparisonPoint, keys)
    participants = _by_comparison(ComparisonParticipant, keys, "lab_code", "pk")
    results = _by_comparison(ComparisonResult, keys, "submission")
    follow_ups = _by_comparison(ComparisonFollowUp, keys, "due_on", "pk")
    rules = list(ComparisonRule.objects.newest_first())
    evaluations = []
    for comparison in comparisons:
        rule = next((rule for rule in rules if rule.holds(comparison.begins_on)), None)
        evaluation = Evaluation(comparison, rule)
        evaluation.participants = participants[comparison.pk]
        evaluation.follow_ups = follow_ups[comparison.pk]
        evaluation.points = [
            _at_point(evaluation, point, [result for result in results[comparison.pk] if result.point_id == point.pk])
            for point in points[comparison.pk]
        ]
        evaluations.append(evaluation)
    return evaluations


def settle(comparisons: Iterable[Comparison], *, by: Staff | None, import_id: int | None = None) -> None:
    """Bring the verdicts on record in step with the results; what agrees is not written."""
    waiting = list({comparison.pk: comparison for comparison in comparisons}.values())
    for first in range(0, len(waiting), SETTLED):
        changed = []
        for evaluation in evaluate_all(waiting[first : first + SETTLED]):
            for participant in evaluation.participants:
                verdict = evaluation.verdicts[participant.pk]
                if participant.verdict != verdict:
                    participant.verdict = verdict
                    changed.append(participant)
        reason = str(_("Follows from the results"))
        records.bulk_change(changed, ["verdict"], by=by, reason=reason, import_id=import_id)


# -------------------------------------------------------------------------------------------------


def _by_comparison(model: Any, keys: Sequence[Any], *order: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in model.objects.not_voided().filter(comparison__in=keys).order_by(*(order or ("pk",))):
        found[row.comparison_id].append(row)
    return found


def _at_point(evaluation: Evaluation, point: ComparisonPoint, results: list[ComparisonResult]) -> PointEvaluation:
    comparison = evaluation.comparison
    lines = []
    for participant in evaluation.participants:
        own = [result for result in results if result.participant_id == participant.pk]
        lines.append(_line(participant, own, comparison))
    found = PointEvaluation(point, lines)
    rule = evaluation.rule
    if rule is None:
        found.problem = _("No edition of the rule for comparisons was in force when the comparison began.")
        return found
    try:
        found.reference = _reference(point, lines)
    except NotComparable:
        found.problem = _("The reference value needs at least two results of laboratories that are in it.")
        return found
    found.expanded = rule.factor * found.reference.u
    if point.reference_kind == ComparisonPoint.Reference.WEIGHTED_MEAN:
        found.birge = birge_ratio(_inside(lines), found.reference)
    for line in lines:
        if line.counted is not None:
            _judge(line, line.counted, found.reference, point, rule)
    return found


def _line(participant: ComparisonParticipant, results: list[ComparisonResult], comparison: Comparison) -> Line:
    """The last submission that came before the reference values could be known is the one that counts."""
    due, closed = comparison.results_due_on, comparison.closed_on
    in_time = [result for result in results if not _is_after(result, closed)]
    counted = in_time[-1] if in_time else None
    submissions = [
        Submission(result, _is_after(result, due), _is_after(result, closed), result is counted) for result in results
    ]
    return Line(participant, submissions, counted)


def _is_after(result: ComparisonResult, day: date | None) -> bool:
    return day is not None and result.submitted_on > day


def _reference(point: ComparisonPoint, lines: list[Line]) -> Measured:
    if point.reference_kind == ComparisonPoint.Reference.GIVEN:
        # The constraint of the model: given with all three.
        return measured(point.reference_value, point.reference_uncertainty, point.reference_factor)  # type: ignore[arg-type]
    return weighted_mean(_inside(lines))


def _inside(lines: list[Line]) -> list[Measured]:
    """The results that the reference value is made of."""
    return [_measured(line.counted) for line in lines if line.counted and line.participant.is_in_reference]


def _measured(result: ComparisonResult) -> Measured:
    return measured(result.value, result.uncertainty, result.factor)


def _judge(
    line: Line, counted: ComparisonResult, reference: Measured, point: ComparisonPoint, rule: ComparisonRule
) -> None:
    result = _measured(counted)
    line.expanded = rule.factor * result.u
    line.deviation = result.value - reference.value
    try:
        line.en = normalised_error(
            result,
            reference,
            factor=rule.factor,
            instability=point.instability if rule.with_instability else Decimal(0),
            is_in_reference=line.participant.is_in_reference and rule.with_correlation,
        )
    except NotComparable:
        line.problem = _("Its result is the reference value itself: there is nothing to compare.")
        return
    # Unrounded: what is printed is rounded.
    line.verdict = Verdict.SATISFACTORY if abs(line.en) <= rule.limit else Verdict.UNSATISFACTORY


def _of_all(verdicts: Sequence[Verdict]) -> Verdict:
    if Verdict.UNSATISFACTORY in verdicts:
        return Verdict.UNSATISFACTORY
    if verdicts and all(verdict == Verdict.SATISFACTORY for verdict in verdicts):
        return Verdict.SATISFACTORY
    return Verdict.OPEN
