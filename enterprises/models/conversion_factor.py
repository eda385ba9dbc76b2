from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow
from enterprises.models.energy_kind import EnergyKind


class Basis(models.TextChoices):
    """By what energy is converted: by the heat that it has, or by what it took to make it."""

    EQUIVALENT = "equivalent", _("Equivalent value")
    EQUAL = "equal", _("Equal value")


class ConversionFactor(ReferenceRow):
    """What GB/T 2589 prints of a kind of energy: factor in kgce and low calorific value in kJ, per the kind's unit.

    Where the table prints a range, both ends are kept; a single value stands in the lower field alone. ``year``: an
    equal value of electricity or heat holds for one year and is entered by the bureau.
    """

    energy = models.ForeignKey(
        EnergyKind, on_delete=models.PROTECT, related_name="factors", verbose_name=_("kind of energy")
    )
    basis = models.CharField(_("basis of the conversion"), max_length=10, choices=Basis.choices)
    year = models.PositiveSmallIntegerField(
        _("for the year"), null=True, blank=True, help_text=_("Empty: for every year of the edition.")
    )
    factor_low = models.DecimalField(_("factor, kgce per unit"), max_digits=10, decimal_places=5, null=True, blank=True)
    factor_high = models.DecimalField(
        _("upper end of the factor"), max_digits=10, decimal_places=5, null=True, blank=True
    )
    ncv_low = models.DecimalField(
        _("low calorific value, kJ per unit"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    ncv_high = models.DecimalField(
        _("upper end of the calorific value"), max_digits=10, decimal_places=1, null=True, blank=True
    )

    class Meta(ReferenceRow.Meta):
        verbose_name = _("conversion factor")
        verbose_name_plural = _("conversion factors to coal equivalent")
        ordering = ["edition", "energy__position", "basis", "year"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "energy", "basis", "year"],
                name="enterprises_conversionfactor_of_year",
                violation_error_message=_("This edition already has a factor of the energy for that year."),
            ),
            models.UniqueConstraint(
                fields=["edition", "energy", "basis"],
                condition=Q(year__isnull=True),
                name="enterprises_conversionfactor_once",
                violation_error_message=_("This edition already has a factor of the energy."),
            ),
            models.CheckConstraint(
                condition=Q(factor_low__gt=0) | Q(factor_low__isnull=True, ncv_low__gt=0),
                name="enterprises_conversionfactor_stated",
                violation_error_message=_("A factor or a calorific value above nothing has to be stated."),
            ),
            models.CheckConstraint(
                condition=(Q(factor_high__isnull=True) | Q(factor_high__gte=F("factor_low")))
                & (Q(ncv_high__isnull=True) | Q(ncv_high__gte=F("ncv_low"))),
                name="enterprises_conversionfactor_range",
                violation_error_message=_("The upper end is not below the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(map(str, filter(None, (self.energy, self.get_basis_display(), self.year, self.edition))))
