from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow
from enterprises.models.metered_energy import Level, MeteredEnergy
from enterprises.rated import unit_problem


class EquippingRequirement(ReferenceRow):
    """The equipping rate that an edition of GB 17167 asks for an energy at a level (its table 3), in per cent."""

    energy = models.ForeignKey(
        MeteredEnergy, on_delete=models.PROTECT, related_name="+", verbose_name=_("metered kind of energy")
    )
    level = models.CharField(_("level of the meter"), max_length=10, choices=Level.choices)
    rate = models.DecimalField(_("equipping rate asked for, %"), max_digits=5, decimal_places=2)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("equipping rate asked for")
        verbose_name_plural = _("equipping rates asked for")
        ordering = ["edition", "energy__position", "level"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "energy", "level"],
                name="enterprises_equippingrequirement_once",
                violation_error_message=_("This edition already asks a rate for the energy at this level."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=100),
                name="enterprises_equippingrequirement_rate",
                violation_error_message=_("A rate that is asked for is above 0 and at most 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.energy} {self.get_level_display()} {self.edition}"


class EquippingThreshold(ReferenceRow):
    """From what use or rated power on a sub-unit or a piece of equipment needs a meter of its own (tables 1 and 2).

    Without an energy it holds for every kind that the edition does not name.
    """

    energy = models.ForeignKey(
        MeteredEnergy,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("metered kind of energy"),
        help_text=_("Empty: for all other kinds."),
    )
    level = models.CharField(
        _("level of the meter"),
        max_length=10,
        choices=[(level.value, level.label) for level in (Level.SUB_UNIT, Level.EQUIPMENT)],
    )
    limit = models.DecimalField(_("rated or used from"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit of the limit"), max_length=10, help_text=_("Such as kW, t/a or t/h."))

    class Meta(ReferenceRow.Meta):
        verbose_name = _("limit from which a meter is needed")
        verbose_name_plural = _("limits from which a meter is needed")
        ordering = ["edition", "energy__position", "level"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "energy", "level"],
                name="enterprises_equippingthreshold_once",
                violation_error_message=_("This edition already has a limit for the energy at this level."),
            ),
            models.UniqueConstraint(
                fields=["edition", "level"],
                condition=Q(energy__isnull=True),
                name="enterprises_equippingthreshold_other",
                violation_error_message=_("This edition already has a limit for all other kinds at this level."),
            ),
            models.CheckConstraint(
                condition=Q(limit__gt=0),
                name="enterprises_equippingthreshold_limit",
                violation_error_message=_("A limit is above nothing."),
            ),
        ]

    def __str__(self) -> str:
        energy = self.energy or _("All other kinds")
        return f"{energy} {self.get_level_display()} ≥ {self.limit.normalize():f} {self.unit}"

    def clean(self) -> None:
        super().clean()
        if problem := unit_problem(self.unit):
            raise ValidationError({"unit": problem})
