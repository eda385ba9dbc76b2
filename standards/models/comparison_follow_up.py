from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.comparison import ComparisonPart


class ComparisonFollowUp(ComparisonPart, Tracked):
    """What a laboratory with an unsatisfactory result has to put right, until when, and what came of it."""

    SIBLINGS = ("participant",)

    comparison = models.ForeignKey(
        "standards.Comparison", on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("comparison")
    )
    participant = models.ForeignKey(
        "standards.ComparisonParticipant",
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("laboratory in a comparison"),
    )
    ordered_on = models.DateField(_("ordered on"))
    due_on = models.DateField(_("to be settled by"))
    measures = models.CharField(_("cause and measures"), max_length=200, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=200, blank=True, help_text=_("For example: repeated, |En| = 0.4.")
    )

    class Meta(Tracked.Meta):
        verbose_name = _("follow-up of a comparison")
        verbose_name_plural = _("follow-ups of comparisons")
        ordering = ["comparison", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "ordered_on"],
                condition=NOT_VOIDED,
                name="standards_comparisonfollowup_once",
                violation_error_message=_("A follow-up ordered on that day is already recorded for this laboratory."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("ordered_on")),
                name="standards_comparisonfollowup_due",
                violation_error_message=_("It cannot be due before it is ordered."),
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("ordered_on")) & ~Q(outcome=""),
                name="standards_comparisonfollowup_settled",
                violation_error_message=_("It is settled after it was ordered, and with its outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} {self.due_on}"
