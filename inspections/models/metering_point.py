from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import EnergyDepartment, EnergyEquipment, EnergyUnit, MeteredEnergy
from enterprises.models.metered_energy import JUDGED_LEVELS
from inspections.models.energy_meter import EnergyMeter, problems_of_place


class MeteringPointQuerySet(RecordQuerySet):
    def on(self, day: date) -> "MeteringPointQuerySet":
        return self.filter(NOT_VOIDED, Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)


class MeteringPoint(Record):
    """A place at which a unit needs a meter to know its use of an energy (应配备的计量点), and the meter that is there.

    Of the points that are not exempt, all are counted as needed (Nl) and those with a meter in use as installed (Ns).
    An exempt one counts on neither side, whether or not it has a meter.
    """

    AREA = "fieldwork"

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="metering_points", verbose_name=_("energy-using unit")
    )
    number = CodeField(_("point no."), max_length=40)
    name = models.CharField(_("what is measured"), max_length=100, blank=True)
    energy = models.ForeignKey(
        MeteredEnergy, on_delete=models.PROTECT, related_name="+", verbose_name=_("metered kind of energy")
    )
    level = models.CharField(
        _("level of the point"), max_length=10, choices=[(level.value, level.label) for level in JUDGED_LEVELS]
    )
    department = models.ForeignKey(
        EnergyDepartment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="metering_points",
        verbose_name=_("department"),
    )
    equipment = models.ForeignKey(
        EnergyEquipment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="metering_points",
        verbose_name=_("equipment measured"),
    )
    meter = models.ForeignKey(
        EnergyMeter,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points",
        verbose_name=_("energy meter"),
        help_text=_("Empty while there is none."),
    )
    is_exempt = models.BooleanField(_("exempt"), default=False)
    exempt_reason = models.CharField(
        _("why it is exempt"),
        max_length=200,
        blank=True,
        help_text=_("Such as: metered as a whole with its boiler room; seasonal heating settled otherwise."),
    )
    begins_on = models.DateField(_("needed from"))
    ends_on = models.DateField(_("needed until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = MeteringPointQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("metering point")
        verbose_name_plural = _("metering points")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=NOT_VOIDED,
                name="inspections_meteringpoint_once",
                violation_error_message=_("The unit already has a metering point with this number."),
            ),
            models.UniqueConstraint(
                fields=["meter"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True, meter__isnull=False),
                name="inspections_meteringpoint_meter",
                violation_error_message=_("This meter serves another metering point: each has its own."),
            ),
            models.CheckConstraint(
                condition=Q(is_exempt=True) & ~Q(exempt_reason="") | Q(is_exempt=False, exempt_reason=""),
                name="inspections_meteringpoint_exempt",
                violation_error_message=_("An exempt point says why, and no other does."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="inspections_meteringpoint_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "energy", "level"], name="inspections_point_cell")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def clean(self) -> None:
        super().clean()
        problems = problems_of_place(self)
        if self.meter and (problem := problem_of_meter(self, self.meter)):
            problems["meter"] = problem
        if problems:
            raise ValidationError(problems)


def problem_of_meter(point: MeteringPoint, meter: EnergyMeter) -> Any:
    """Why the meter cannot measure at this point, as a sentence; None if it can."""
    if point.unit_id and meter.unit_id != point.unit_id:
        return _("This meter belongs to another unit.")
    if point.level and meter.level != point.level:
        return _("The meter is recorded at “%(other)s”, the point at “%(own)s”: a meter has one level.") % {
            "other": meter.get_level_display(),
            "own": point.get_level_display(),
        }
    if point.energy_id and meter.energy_id != point.energy_id:
        return _("This meter measures another energy: %(energy)s.") % {"energy": meter.energy}
    return None
