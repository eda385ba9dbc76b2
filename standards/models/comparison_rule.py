from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class ComparisonRule(ReferenceRow):
    """How an edition of the rule for comparisons (JJF 1117) judges a result by its normalised error En."""

    clause = models.CharField(_("clause"), max_length=60)
    factor = models.DecimalField(
        _("coverage factor of En"), max_digits=4, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    limit = models.DecimalField(
        _("limit of |En|"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("A result is satisfactory up to this value, the value included."),
    )
    with_instability = models.BooleanField(_("instability of the transfer standard counts"), default=True)
    with_correlation = models.BooleanField(_("minus sign for a laboratory in the reference value"), default=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("rule for comparisons")
        verbose_name_plural = _("rules for comparisons")
        ordering = ["effective_from", "edition"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                name="standards_comparisonrule_once",
                violation_error_message=_("This edition already has its rule."),
            ),
            models.CheckConstraint(
                condition=Q(factor__gt=0, limit__gt=0),
                name="standards_comparisonrule_positive",
                violation_error_message=_("Coverage factor and limit are above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.clause}"

    @classmethod
    def of(cls, on: date) -> "ComparisonRule | None":
        """The rule in force on a day; of several the latest."""
        return cls.objects.in_force(on).newest_first().first()
