from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.comparison import Comparison, ComparisonPart
from standards.models.measured import MeasuredField


class ComparisonResult(ComparisonPart, Tracked):
    """What a laboratory handed in for a point on a day, as it did: a correction stands beside it, never in its place.

    ``submission`` counts what the laboratory handed in for the point: 1 the first, 2 its correction, and so on.
    """

    SIBLINGS = ("participant", "point")

    comparison = models.ForeignKey(
        "standards.Comparison", on_delete=models.PROTECT, related_name="results", verbose_name=_("comparison")
    )
    participant = models.ForeignKey(
        "standards.ComparisonParticipant",
        on_delete=models.PROTECT,
        related_name="results",
        verbose_name=_("laboratory in a comparison"),
    )
    point = models.ForeignKey(
        "standards.ComparisonPoint",
        on_delete=models.PROTECT,
        related_name="results",
        verbose_name=_("measurement point"),
    )
    submission = models.PositiveSmallIntegerField(
        _("submission"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("1 for the first, 2 for its correction, and so on."),
    )
    submitted_on = models.DateField(_("submitted on"))
    value = MeasuredField(_("result"))
    uncertainty = MeasuredField(_("expanded uncertainty U"))
    factor = models.DecimalField(_("coverage factor k"), max_digits=4, decimal_places=2, default=2)
    reason = models.CharField(
        _("reason of the correction"), max_length=200, blank=True, help_text=_("Needed from the second submission on.")
    )

    class Meta(Tracked.Meta):
        verbose_name = _("result in a comparison")
        verbose_name_plural = _("results in comparisons")
        ordering = ["comparison", "point", "participant", "submission"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "point", "submission"],
                condition=NOT_VOIDED,
                name="standards_comparisonresult_once",
                violation_error_message=_("This submission is already recorded; a correction has the next number."),
            ),
            models.CheckConstraint(
                condition=Q(uncertainty__gt=0, factor__gt=0),
                name="standards_comparisonresult_uncertainty",
                violation_error_message=_(
                    "A result in a comparison needs an expanded uncertainty and a coverage factor, both above zero "
                    "(JJF 1117)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(submission=1) | Q(submission__gt=1) & ~Q(reason=""),
                name="standards_comparisonresult_reason",
                violation_error_message=_("A correction needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} · {self.point} · {self.submission}"

    def clean(self) -> None:
        super().clean()
        if self.comparison_id and self.submitted_on and (problem := out_of_order([self])[0]):
            raise ValidationError({"submitted_on": problem})


def out_of_order(rows: Sequence[ComparisonResult]) -> list[str | None]:
    """For each row, saved or not, a sentence if its day does not go with the comparison's first day, or with those of
    the other submissions on record or in ``rows`` for the same laboratory and point. Two queries."""
    keys = {row.comparison_id for row in rows}
    begins = dict(Comparison.objects.filter(pk__in=keys).values_list("pk", "begins_on"))
    known = {row.pk for row in rows if row.pk is not None}
    stored = ComparisonResult.objects.filter(
        NOT_VOIDED,
        participant__in={row.participant_id for row in rows},
        point__in={row.point_id for row in rows},
    ).exclude(pk__in=known)
    days: dict[tuple[Any, Any], list[tuple[int, date]]] = defaultdict(list)
    for row in (*stored, *rows):
        if row.voided_at is None and row.submitted_on and row.submission:
            days[row.participant_id, row.point_id].append((row.submission, row.submitted_on))
    return [_problem(row, begins.get(row.comparison_id), days[row.participant_id, row.point_id]) for row in rows]


def _problem(row: ComparisonResult, begins_on: date | None, submissions: list[tuple[int, date]]) -> str | None:
    if row.voided_at is not None or not (row.submitted_on and row.submission):
        return None
    if begins_on is not None and row.submitted_on < begins_on:
        return gettext("The comparison had not begun on that day.")
    for number, day in submissions:
        if (number < row.submission and day > row.submitted_on) or (number > row.submission and day < row.submitted_on):
            return gettext("A correction cannot be submitted before what it corrects.")
    return None
