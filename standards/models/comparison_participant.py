from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.comparison import ComparisonPart


class ComparisonParticipant(ComparisonPart, Tracked):
    """A laboratory in a comparison, under the code by which its results are shown.

    ``verdict`` follows from its results; written only by ``standards.comparisons.settle``.
    """

    class Role(models.TextChoices):
        PILOT = "pilot", _("Pilot laboratory")
        PARTICIPANT = "participant", _("Participating laboratory")

    class Verdict(models.TextChoices):
        OPEN = "open", _("Not evaluated")
        SATISFACTORY = "satisfactory", _("Satisfactory")
        UNSATISFACTORY = "unsatisfactory", _("Unsatisfactory")

    comparison = models.ForeignKey(
        "standards.Comparison", on_delete=models.PROTECT, related_name="participants", verbose_name=_("comparison")
    )
    lab_code = CodeField(_("laboratory code"), max_length=20)
    name = models.CharField(_("laboratory"), max_length=100)
    institution = models.ForeignKey(
        "standards.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comparisons",
        verbose_name=_("institution on record"),
    )
    role = models.CharField(_("part in the comparison"), max_length=20, choices=Role.choices, default=Role.PARTICIPANT)
    is_in_reference = models.BooleanField(
        _("result is in the reference value"),
        default=False,
        help_text=_("Then its result and the reference value are correlated, and En takes a minus sign (JJF 1117)."),
    )
    verdict = models.CharField(
        _("verdict"), max_length=20, choices=Verdict.choices, default=Verdict.OPEN, editable=False
    )

    class Meta(Tracked.Meta):
        verbose_name = _("laboratory in a comparison")
        verbose_name_plural = _("laboratories in comparisons")
        ordering = ["comparison", "lab_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "lab_code"],
                condition=NOT_VOIDED,
                name="standards_comparisonparticipant_code",
                violation_error_message=_("Another laboratory of this comparison has this code."),
            ),
            models.UniqueConstraint(
                fields=["comparison"],
                condition=NOT_VOIDED & Q(role="pilot"),
                name="standards_comparisonparticipant_pilot",
                violation_error_message=_("The comparison already has a pilot laboratory."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lab_code} {self.name}"
