from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import EnergyDepartment, EnergyEquipment, EnergyUnit, Level, MeteredEnergy, MeterUse
from inspections.models.instrument import Instrument


def in_use_on(day: date) -> Q:
    """Meters that measure on that day; the day on which one was stopped is its last."""
    return Q(in_use_from__lte=day) & (Q(in_use_until__isnull=True) | Q(in_use_until__gte=day))


class EnergyMeterQuerySet(RecordQuerySet):
    def on(self, day: date) -> "EnergyMeterQuerySet":
        return self.filter(NOT_VOIDED, in_use_on(day))


class EnergyMeter(Record):
    """An energy meter of a unit (能源计量器具), in the columns of JJF 1356, forms B.3 to B.7.

    ``level`` is one alone: what is measured at two places is measured by two meters. ``accuracy_class`` is the one on
    the valid certificate. A piece of the ledger of instruments is linked, and verified there.
    """

    AREA = "fieldwork"

    class State(models.TextChoices):
        QUALIFIED = "qualified", _("Qualified")
        LIMITED = "limited", _("Limited use")
        STOPPED = "stopped", _("Stopped")

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="meters", verbose_name=_("energy-using unit")
    )
    own_no = CodeField(_("unit's own no."), max_length=40, blank=True)
    name = models.CharField(_("meter name"), max_length=60)
    model = CodeField(_("model"), max_length=80, blank=True)
    accuracy_class = CodeField(
        _("accuracy class"), max_length=30, blank=True, help_text=_("As on the valid certificate, such as 0.5S.")
    )
    measuring_range = CodeField(_("measuring range"), max_length=80, blank=True)
    maker = models.CharField(_("manufacturer"), max_length=100, blank=True)
    serial_no = CodeField(_("serial no."), max_length=60, blank=True)
    energy = models.ForeignKey(
        MeteredEnergy, on_delete=models.PROTECT, related_name="+", verbose_name=_("metered kind of energy")
    )
    level = models.CharField(_("level of the meter"), max_length=10, choices=Level.choices)
    use = models.ForeignKey(
        MeterUse,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("use of the meter"),
        help_text=_("By which its accuracy class is judged."),
    )
    is_for_trade = models.BooleanField(_("for trade settlement"), default=False)
    department = models.ForeignKey(
        EnergyDepartment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meters",
        verbose_name=_("department"),
    )
    equipment = models.ForeignKey(
        EnergyEquipment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meters",
        verbose_name=_("equipment measured"),
    )
    place = models.CharField(_("place and use"), max_length=200, blank=True)
    interval_months = models.PositiveSmallIntegerField(
        _("verification period or calibration interval"), null=True, blank=True
    )
    last_verified_on = models.DateField(_("last verified or calibrated on"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Empty: from the last verification and the period.")
    )
    state = models.CharField(_("state of the meter"), max_length=10, choices=State.choices, default=State.QUALIFIED)
    in_use_from = models.DateField(_("in use from"))
    in_use_until = models.DateField(
        _("in use until"), null=True, blank=True, help_text=_("Last day in use of a meter that is stopped.")
    )
    instrument = models.ForeignKey(
        Instrument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="energy_meters",
        verbose_name=_("in the ledger of instruments"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = EnergyMeterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("energy meter")
        verbose_name_plural = _("energy meters")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "own_no"],
                condition=NOT_VOIDED & ~Q(own_no=""),
                name="inspections_energymeter_own_no",
                violation_error_message=_("The unit already has a meter with this number: a meter has one level."),
            ),
            models.UniqueConstraint(
                fields=["unit", "name", "serial_no"],
                condition=NOT_VOIDED & ~Q(serial_no=""),
                name="inspections_energymeter_serial",
                violation_error_message=_("The unit already has such a meter with this serial no."),
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=NOT_VOIDED & Q(instrument__isnull=False),
                name="inspections_energymeter_instrument",
                violation_error_message=_("This piece of the ledger is linked to another energy meter."),
            ),
            models.CheckConstraint(
                condition=~Q(own_no="") | ~Q(serial_no=""),
                name="inspections_energymeter_number",
                violation_error_message=_("A meter has a serial no. or a number of the unit's own."),
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", in_use_until__isnull=False)
                | ~Q(state="stopped") & Q(in_use_until__isnull=True),
                name="inspections_energymeter_stopped",
                violation_error_message=_("A stopped meter states its last day in use, and no other does."),
            ),
            models.CheckConstraint(
                condition=Q(in_use_until__isnull=True) | Q(in_use_until__gte=F("in_use_from")),
                name="inspections_energymeter_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("last_verified_on")),
                name="inspections_energymeter_validity",
                violation_error_message=_("It cannot run out before its first day."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "energy", "level"], name="inspections_energymeter_cell")]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.own_no or self.serial_no)))

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        self.valid_until = self.valid_until or last_valid_day(self.last_verified_on, self.interval_months)
        for name in ("in_use_from", "in_use_until", "last_verified_on"):
            if (day := getattr(self, name)) and day > today:
                raise ValidationError({name: _("This day lies in the future.")})
        if self.region_id and (problem := self.region.problem_on(today)):
            raise ValidationError({"region": problem})
        if problems := self._problems():
            raise ValidationError(problems)

    def _problems(self) -> dict[str, Any]:
        """What is linked belongs to the same unit; sentences by field."""
        found = problems_of_place(self)
        if self.unit_id and self.instrument and self.instrument.holder_id != self.unit.enterprise_id:
            found["instrument"] = _("This piece is kept by another holder.")
        return found


def last_valid_day(verified_on: date | None, months: int | None) -> date | None:
    """The last good day of a verification or calibration; None where one of the two is not known."""
    return add_months(verified_on, months) - timedelta(days=1) if verified_on and months else None


def filled(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A row of a file with what follows from it: units state neither since when a meter is in use nor its last day."""
    found = {**values, "in_use_from": values.get("in_use_from") or values.get("last_verified_on") or today}
    if found.get("valid_until") is None:
        found["valid_until"] = last_valid_day(found.get("last_verified_on"), found.get("interval_months"))
    return found


def problems_of_place(row: Any) -> dict[str, Any]:
    """Of a meter or a metering point: department and equipment are of its unit; sentences by field."""
    found: dict[str, Any] = {}
    if row.unit_id and row.department and row.department.unit_id != row.unit_id:
        found["department"] = _("This department belongs to another unit.")
    if row.unit_id and row.equipment and row.equipment.unit_id != row.unit_id:
        found["equipment"] = _("This equipment belongs to another unit.")
    return found
