from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.comparison import ComparisonPart
from standards.models.measured import MeasuredField


class ComparisonPoint(ComparisonPart, Tracked):
    """What every laboratory measures: one value of the transfer standard, with the way its reference value is found."""

    class Reference(models.TextChoices):
        GIVEN = "given", _("Given reference value")
        WEIGHTED_MEAN = "weighted_mean", _("Weighted mean of results")

    comparison = models.ForeignKey(
        "standards.Comparison", on_delete=models.PROTECT, related_name="points", verbose_name=_("comparison")
    )
    name = models.CharField(_("measurement point"), max_length=60, help_text=_("For example 500 g, or 10 kPa rising."))
    unit = models.CharField(_("unit of measurement"), max_length=20)
    reference_kind = models.CharField(
        _("reference value by"), max_length=20, choices=Reference.choices, default=Reference.GIVEN
    )
    reference_value = MeasuredField(_("reference value"), null=True, blank=True)
    reference_uncertainty = MeasuredField(_("expanded uncertainty of the reference value"), null=True, blank=True)
    reference_factor = models.DecimalField(
        _("coverage factor of the reference value"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    instability = MeasuredField(
        _("instability of the transfer standard"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("As a standard uncertainty, in the unit of the point; 0 if it is negligible (JJF 1117)."),
    )

    class Meta(Tracked.Meta):
        verbose_name = _("measurement point")
        verbose_name_plural = _("measurement points")
        ordering = ["comparison", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "name"],
                condition=NOT_VOIDED,
                name="standards_comparisonpoint_once",
                violation_error_message=_("The comparison already has this measurement point."),
            ),
            models.CheckConstraint(
                condition=Q(
                    reference_kind="given",
                    reference_value__isnull=False,
                    reference_uncertainty__gt=0,
                    reference_uncertainty__isnull=False,
                    reference_factor__gt=0,
                    reference_factor__isnull=False,
                )
                | Q(
                    reference_kind="weighted_mean",
                    reference_value__isnull=True,
                    reference_uncertainty__isnull=True,
                    reference_factor__isnull=True,
                ),
                name="standards_comparisonpoint_reference",
                violation_error_message=_(
                    "A given reference value needs its expanded uncertainty and its coverage factor, both above zero; "
                    "a weighted mean follows from the results and has none of the three (JJF 1117)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(instability__gte=0),
                name="standards_comparisonpoint_instability",
                violation_error_message=_("An instability is a standard uncertainty: it is not below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
