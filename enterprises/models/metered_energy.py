from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class Level(models.TextChoices):
    """Where a meter measures: the whole unit, a main sub-unit, a piece of main equipment, or something else."""

    UNIT = "unit", _("Level 1: whole unit")
    SUB_UNIT = "sub_unit", _("Level 2: main sub-unit")
    EQUIPMENT = "equipment", _("Level 3: main equipment")
    SUB_ITEM = "sub_item", _("Sub-item")


# The levels for which GB 17167 asks an equipping rate, in the order of its table.
JUDGED_LEVELS = (Level.UNIT, Level.SUB_UNIT, Level.EQUIPMENT)


class MeteredEnergy(ReferenceRow):
    """A kind of energy as GB 17167 sorts it, for which meters are asked for: electricity, coal, steam …

    It keeps its code through all editions, so that rates of several years can be compared.
    """

    class Group(models.TextChoices):
        ELECTRICITY = "electricity", _("Electricity")
        SOLID = "solid", _("Solid energy")
        LIQUID = "liquid", _("Liquid energy")
        GAS = "gas", _("Gaseous energy")
        MEDIUM = "medium", _("Energy-carrying medium")
        RESIDUAL = "residual", _("Recoverable residual energy")

    code = models.CharField(_("code of the metered energy"), max_length=20, primary_key=True)
    name = models.CharField(_("metered energy"), max_length=30, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    group = models.CharField(_("group of energy"), max_length=20, choices=Group.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("metered kind of energy")
        verbose_name_plural = _("metered kinds of energy")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def metered_energies() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(each.code, str(each)) for each in MeteredEnergy.objects.all()]
