from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from inspections.models.energy_audit import EnergyAudit
from inspections.models.energy_meter import EnergyMeter


class ExaminedMeter(Tracked):
    """How the team found a meter of the unit on site, beside what is on record of it.

    ``accuracy_class`` and ``last_verified_on`` are those of the certificate that was shown, empty where they are as on
    record. Written by ``inspections.audits``, which brings them to the meter.
    """

    AREA = "fieldwork"
    SCOPE = "as_parent"
    PARENT = "audit"

    class Result(models.TextChoices):
        AS_RECORDED = "as_recorded", _("As on record")
        DIFFERS = "differs", _("Differs from the record")
        NOT_THERE = "not_there", _("Not found at its place")
        STOPPED = "stopped", _("Out of use")

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="examined", verbose_name=_("energy-metering audit")
    )
    meter = models.ForeignKey(
        EnergyMeter, on_delete=models.PROTECT, related_name="examined", verbose_name=_("energy meter")
    )
    result = models.CharField(_("found on site"), max_length=20, choices=Result.choices)
    accuracy_class = CodeField(_("class on the certificate"), max_length=30, blank=True)
    last_verified_on = models.DateField(_("verified or calibrated on"), null=True, blank=True)
    finding = models.CharField(_("what was found"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("meter examined on site")
        verbose_name_plural = _("meters examined on site")
        ordering = ["audit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "meter"],
                condition=NOT_VOIDED,
                name="inspections_examinedmeter_once",
                violation_error_message=_("This meter was examined already."),
            ),
            models.CheckConstraint(
                condition=~Q(result="differs")
                | ~Q(finding="")
                | ~Q(accuracy_class="")
                | Q(last_verified_on__isnull=False),
                name="inspections_examinedmeter_said",
                violation_error_message=_("Say in what it differs: the class, the day of verification, or in words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.get_result_display()}"

    def clean(self) -> None:
        super().clean()
        if self.last_verified_on and self.last_verified_on > timezone.localdate():
            raise ValidationError({"last_verified_on": _("This day lies in the future.")})
        if self.audit_id and self.meter_id and self.meter.unit_id != self.audit.unit_id:
            raise ValidationError({"meter": _("This meter belongs to another unit.")})
