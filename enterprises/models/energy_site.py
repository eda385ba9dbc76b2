from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.energy_unit import EnergyUnit
from enterprises.models.metered_energy import MeteredEnergy
from enterprises.rated import unit_problem


class EnergyDepartment(Tracked):
    """A department, workshop or process of an energy-using unit; a main one (主要次级用能单位) has meters."""

    SCOPE = "as_parent"
    PARENT = "unit"

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="departments", verbose_name=_("energy-using unit")
    )
    name = models.CharField(_("department"), max_length=60)
    is_main = models.BooleanField(_("main sub-unit"), default=True)
    process = models.CharField(_("process"), max_length=100, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("department of an energy-using unit")
        verbose_name_plural = _("departments of energy-using units")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=NOT_VOIDED,
                name="enterprises_energydepartment_once",
                violation_error_message=_("The unit already has a department of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnergyEquipment(Tracked):
    """A piece of main energy-using equipment (主要用能设备): what it uses, and how much when it runs as rated."""

    SCOPE = "as_parent"
    PARENT = "unit"

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="equipment", verbose_name=_("energy-using unit")
    )
    number = CodeField(_("equipment no."), max_length=40)
    name = models.CharField(_("equipment"), max_length=60)
    model = CodeField(_("model"), max_length=80, blank=True)
    department = models.ForeignKey(
        EnergyDepartment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="equipment",
        verbose_name=_("department"),
    )
    energy = models.ForeignKey(
        MeteredEnergy, on_delete=models.PROTECT, related_name="+", verbose_name=_("metered kind of energy")
    )
    rated = models.DecimalField(
        _("rated power or use"), max_digits=12, decimal_places=3, null=True, blank=True, help_text=_("Of one piece.")
    )
    rated_unit = models.CharField(
        _("unit of the rated power"), max_length=10, blank=True, help_text=_("Such as kW, t/h, m3/h or MW.")
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    process = models.CharField(_("process"), max_length=100, blank=True)
    is_metered_above = models.BooleanField(
        _("metered as part of a system"),
        default=False,
        help_text=_("Such as in a boiler room or pump house that is metered as a whole: it needs no meter alone."),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("main energy-using equipment")
        verbose_name_plural = _("main energy-using equipment of units")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=NOT_VOIDED,
                name="enterprises_energyequipment_once",
                violation_error_message=_("The unit already has equipment with this number."),
            ),
            models.CheckConstraint(
                condition=Q(rated__isnull=True, rated_unit="") | Q(rated__gt=0) & ~Q(rated_unit=""),
                name="enterprises_energyequipment_rated",
                violation_error_message=_("A rated power or use above nothing has a unit, or neither is stated."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="enterprises_energyequipment_quantity",
                violation_error_message=_("The quantity is at least 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def clean(self) -> None:
        super().clean()
        of_department = self.department.unit_id if self.department else None
        problems = equipment_problems(unit=self.unit_id, of_department=of_department, rated_unit=self.rated_unit)
        if problems:
            raise ValidationError(problems)

    @property
    def rated_shown(self) -> str:
        return f"{Decimal(self.rated).normalize():f} {self.rated_unit}" if self.rated is not None else ""


def equipment_problems(*, unit: int | None, of_department: int | None, rated_unit: str) -> dict[str, Any]:
    """Sentences by field. ``of_department``: the unit that the department belongs to, if one is stated."""
    found: dict[str, Any] = {}
    if of_department is not None and of_department != unit:
        found["department"] = _("This department belongs to another unit.")
    if problem := unit_problem(rated_unit or ""):
        found["rated_unit"] = problem
    return found
