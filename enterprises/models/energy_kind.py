from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau import units
from bureau.models import ReferenceRow
from enterprises.models.metered_energy import MeteredEnergy


class EnergyKind(ReferenceRow):
    """A kind of energy as GB/T 2589 converts it to coal equivalent: raw coal, diesel oil, fresh water …

    ``metered_as``: as what GB 17167 asks for its meters; empty where it names no kind of its own.
    """

    class Nature(models.TextChoices):
        FUEL = "fuel", _("Fuel: one factor")
        POWER = "power", _("Electricity or heat: equivalent value and equal value")
        MEDIUM = "medium", _("Energy-consumed medium: equal value alone")

    code = models.CharField(_("code of the energy"), max_length=20, primary_key=True)
    name = models.CharField(_("energy"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    nature = models.CharField(_("how it is converted"), max_length=10, choices=Nature.choices)
    unit = models.CharField(
        _("unit of its factor"),
        max_length=10,
        help_text=_("What factors and calorific values are stated per: kg, m3 (standard state), kWh, MJ or t."),
    )
    metered_as = models.ForeignKey(
        MeteredEnergy,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="energies",
        verbose_name=_("metered as"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("kind of energy")
        verbose_name_plural = _("kinds of energy")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en

    def clean(self) -> None:
        super().clean()
        if self.unit and units.find(self.unit) is None:
            raise ValidationError({"unit": _("This is not a unit that is known here.")})
