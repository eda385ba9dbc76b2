"""What page and workbook show of an evaluated comparison: numbers as people read them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from django.utils.translation import gettext as _

from standards.comparisons import Evaluation, Line, PointEvaluation, Verdict
from standards.error_bars import Bar, Chart, draw
from standards.models.measured import plain

NOTHING = "—"
EN_PLACES = 2
DIGITS_OF_UNCERTAINTY = 2


@dataclass(frozen=True)
class Point:
    """One measurement point; numbers are texts."""

    name: str
    unit: str
    kind: str
    reference: str
    expanded: str
    instability: str
    birge: str
    problem: str
    lines: list["Row"]
    chart: Chart | None


@dataclass(frozen=True)
class Row:
    """One submission; ``en`` and ``verdict`` stand beside the one that counts, or the last if none does."""

    code: str
    name: str
    submission: int
    submitted_on: Any
    value: str
    uncertainty: str
    factor: str
    deviation: str
    en: str
    verdict: str
    is_bad: bool
    notes: list[str]


def points(evaluation: Evaluation) -> list[Point]:
    return [_point(each, evaluation) for each in evaluation.points]


def _point(found: PointEvaluation, evaluation: Evaluation) -> Point:
    point = found.point
    return Point(
        name=point.name,
        unit=point.unit,
        kind=point.get_reference_kind_display(),
        reference=to_uncertainty(found.reference.value, found.expanded) if found.reference else NOTHING,
        expanded=significant(found.expanded) if found.expanded is not None else NOTHING,
        instability=f"{plain(point.instability):f}",
        birge=f"{found.birge:.2f}" if found.birge is not None else "",
        problem=found.problem,
        lines=[row for line in found.lines for row in _rows(line, found)],
        chart=_chart(found),
    )


def _rows(line: Line, found: PointEvaluation) -> list[Row]:
    if not line.submissions:
        return [_row(line, found, None)]
    return [_row(line, found, submission) for submission in line.submissions]


def _row(line: Line, found: PointEvaluation, submission: Any) -> Row:
    result = submission.result if submission else None
    judged = submission is not None and submission.counts
    bad = line.verdict == Verdict.UNSATISFACTORY and judged
    return Row(
        code=line.participant.lab_code,
        name=line.participant.name,
        submission=result.submission if result else 0,
        submitted_on=result.submitted_on if result else None,
        value=f"{plain(result.value):f}" if result else NOTHING,
        uncertainty=f"{plain(result.uncertainty):f}" if result else NOTHING,
        factor=f"{plain(result.factor):f}" if result else NOTHING,
        deviation=to_uncertainty(line.deviation, line.expanded, sign="+")
        if judged and line.deviation is not None
        else "",
        en=rounded_en(line.en) if judged and line.en is not None else "",
        verdict=str(line.verdict.label) if judged and line.en is not None else "",
        is_bad=bad,
        notes=_notes(line, submission),
    )


def _notes(line: Line, submission: Any) -> list[str]:
    if submission is None:
        return [_("no result")]
    notes = []
    if submission.is_correction:
        notes.append(_("correction: %(reason)s") % {"reason": submission.result.reason})
    if submission.is_too_late:
        notes.append(_("after the reference values were known: does not count"))
    elif submission.is_late:
        notes.append(_("late"))
    if not submission.counts and not submission.is_too_late:
        notes.append(_("superseded by a correction"))
    if submission.counts and line.participant.is_in_reference:
        notes.append(_("in the reference value"))
    if submission.counts and line.problem:
        notes.append(line.problem)
    return notes


def _chart(found: PointEvaluation) -> Chart | None:
    if found.reference is None or found.expanded is None:
        return None
    bars = [
        Bar(line.participant.lab_code, line.counted.value, line.expanded, line.verdict == Verdict.UNSATISFACTORY)
        for line in found.lines
        if line.counted is not None and line.expanded is not None
    ]
    return draw(bars, found.reference.value, found.expanded)


# Numbers -----------------------------------------------------------------------------------------


def significant(expanded: Decimal) -> str:
    """An uncertainty with two significant digits (JJF 1059.1), without an exponent."""
    return f"{expanded.quantize(_step(expanded), ROUND_HALF_EVEN):f}"


def to_uncertainty(value: Decimal, expanded: Decimal | None, *, sign: str = "") -> str:
    """A value rounded to the last place of its uncertainty."""
    if expanded is None:
        return f"{plain(value):{sign}f}"
    return f"{value.quantize(_step(expanded), ROUND_HALF_EVEN):{sign}f}"


def rounded_en(en: Decimal) -> str:
    """Two places, but never across the limit that the unrounded value decides: 1.003 is printed as 1.003."""
    places = EN_PLACES
    while places < 6 and (abs(en) <= 1) != (abs(round(en, places)) <= 1):
        places += 1
    return f"{round(en, places):.{places}f}"


def _step(expanded: Decimal) -> Decimal:
    """The last place of a number with two significant digits; rounding may add one before them (0.0996 is 0.10)."""
    rounded = Context(prec=DIGITS_OF_UNCERTAINTY, rounding=ROUND_HALF_EVEN).create_decimal(expanded)
    return Decimal(1).scaleb(min(0, rounded.adjusted() - DIGITS_OF_UNCERTAINTY + 1))
