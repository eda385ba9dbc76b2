from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class StandardDevice(Dated, Tracked):
    """A piece of equipment of a standard: the measurement standard itself or what goes with it (JJF 1033).

    A piece that serves two standards has a row in each. One that was replaced keeps its row, with its last day.
    """

    SCOPE = "as_parent"
    PARENT = "standard"

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="devices",
        verbose_name=_("measurement standard"),
    )
    is_main = models.BooleanField(
        _("main device"), default=True, help_text=_("The measurement standard itself, not what goes with it.")
    )
    name = models.CharField(_("device name"), max_length=100)
    model = models.CharField(_("model"), max_length=100, blank=True)
    measuring_range = models.CharField(_("measuring range"), max_length=200, blank=True)
    uncertainty = models.CharField(
        _("uncertainty, accuracy class or maximum permissible error"), max_length=200, blank=True
    )
    maker = models.CharField(_("maker"), max_length=100, blank=True)
    serial_no = CodeField(
        _("serial no."), max_length=60, help_text=_("Where it has none, the number that the unit gave it.")
    )
    interval_months = models.PositiveSmallIntegerField(
        _("traceability interval (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("From it follows the last day of a certificate that states none."),
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("device of a standard")
        verbose_name_plural = _("devices of standards")
        ordering = ["standard_id", "-is_main", "name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "name", "serial_no"],
                condition=NOT_VOIDED,
                name="standards_standarddevice_once",
                violation_error_message=_("The standard already has a device of this name with this serial number."),
            ),
            models.CheckConstraint(
                condition=Q(interval_months__isnull=True) | Q(interval_months__gte=1),
                name="standards_standarddevice_interval",
                violation_error_message=_("A traceability interval has at least one month."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="standards_standarddevice_replaces",
                violation_error_message=_("A device cannot replace itself."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_device_days")]

    def __str__(self) -> str:
        return f"{self.name} {self.serial_no}"

    def clean(self) -> None:
        super().clean()
        before = self.replaces
        if before is None:
            return
        if self.standard_id and before.standard_id != self.standard_id:
            raise ValidationError({"replaces": _("A device replaces one of the same standard.")})
        if self.begins_on and self.begins_on < before.begins_on:
            raise ValidationError({"replaces": _("A device cannot replace one that came later than itself.")})
