from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class MeterUse(ReferenceRow):
    """What an energy meter is for, as the table of accuracy classes sorts it (GB 17167, table 4).

    It keeps its code through all editions; what is asked of it stands in ``MeterAccuracyRequirement``.
    """

    class Sort(models.TextChoices):
        WEIGHING = "weighing", _("Weighing instrument")
        ELECTRICITY = "electricity", _("Electricity meter")
        OIL_FLOW = "oil_flow", _("Oil flow meter")
        GAS_FLOW = "gas_flow", _("Gas flow meter")
        WATER_FLOW = "water_flow", _("Water flow meter")
        TEMPERATURE = "temperature", _("Temperature instrument")
        PRESSURE = "pressure", _("Pressure instrument")

    code = models.CharField(_("code of the use"), max_length=30, primary_key=True)
    sort = models.CharField(_("sort of meter"), max_length=20, choices=Sort.choices)
    name = models.CharField(_("use of the meter"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("use of energy meters")
        verbose_name_plural = _("uses of energy meters")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


class MeterAccuracyRequirement(ReferenceRow):
    """The accuracy class that an edition of GB 17167 asks of meters for a use (its table 4), such as 0.5S.

    ``below_unit``: the class asked below the whole unit, where another one is allowed there (electricity meters);
    ``for_trade``: the class asked where the meter serves trade settlement.
    """

    use = models.ForeignKey(
        MeterUse, on_delete=models.PROTECT, related_name="requirements", verbose_name=_("use of the meter")
    )
    accuracy_class = models.CharField(_("accuracy class not worse than"), max_length=10)
    below_unit = models.CharField(_("not worse than, below the whole unit"), max_length=10, blank=True)
    for_trade = models.CharField(_("not worse than, for trade settlement"), max_length=10, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("accuracy class asked for")
        verbose_name_plural = _("accuracy classes asked for")
        ordering = ["edition", "use__position"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "use"],
                name="enterprises_meteraccuracyrequirement_once",
                violation_error_message=_("This edition already asks a class for the use."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.accuracy_class} {self.edition}"
