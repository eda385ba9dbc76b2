from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED, RecordQuerySet
from bureau.texts import match_text
from standards.models.device import StandardDevice
from standards.models.item import StandardItem


def last_day(on: date, interval_months: int) -> date:
    """The day before the next is due; of a month that is too short its end counts (29 Feb 2024 + 12 = 27 Feb 2025)."""
    return add_months(on, interval_months) - timedelta(days=1)


def valid_on(on: date, path: str = "") -> Q:
    """Certificates that make a device fit for use on the day, both days included; ``path`` leads to the certificate."""
    return Q(
        Q((f"{path}valid_until__isnull", True)) | Q((f"{path}valid_until__gte", on)),
        (f"{path}voided_at__isnull", True),
        (f"{path}is_fit", True),
        (f"{path}on__lte", on),
    )


class DeviceTraceQuerySet(RecordQuerySet):
    def valid(self, on: date) -> "DeviceTraceQuerySet":
        return self.filter(valid_on(on))


class DeviceTrace(Tracked):
    """A verification or calibration certificate of a device: by whom, against which standard, until when it is valid.

    The standard above is pointed to where the office sees it; otherwise its certificate number says which it was.
    """

    SCOPE = "as_parent"
    PARENT = "device"

    device = models.ForeignKey(
        "standards.StandardDevice", on_delete=models.PROTECT, related_name="traces", verbose_name=_("device")
    )
    kind = models.CharField(_("verified or calibrated"), max_length=20, choices=StandardItem.Kind.choices)
    on = models.DateField(_("date"))
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("As printed. Empty: it follows from the device's traceability interval."),
    )
    certificate_no = CodeField(_("certificate no."), max_length=60)
    institution_name = models.CharField(
        _("issued by"), max_length=100, blank=True, help_text=_("Empty: the name of the institution on record.")
    )
    institution = models.ForeignKey(
        "standards.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("institution on record"),
    )
    traced_to = models.ForeignKey(
        "standards.MeasurementStandard",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="traces_below",
        verbose_name=_("standard above"),
    )
    traced_to_no = CodeField(
        _("certificate no. of the standard above"),
        max_length=60,
        blank=True,
        help_text=_("As printed on the certificate, where the standard above is not among those on record here."),
    )
    is_fit = models.BooleanField(
        _("fit for use"), default=True, help_text=_("The certificate was confirmed to meet what the standard needs.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = DeviceTraceQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("traceability certificate")
        verbose_name_plural = _("traceability certificates")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("on")),
                name="standards_devicetrace_validity",
                violation_error_message=_("The certificate cannot run out before it is issued."),
            ),
            models.CheckConstraint(
                condition=~Q(institution_name=""),
                name="standards_devicetrace_institution",
                violation_error_message=_("A certificate is issued by an institution."),
            ),
            models.UniqueConstraint(
                fields=["device", "certificate_no"],
                condition=NOT_VOIDED,
                name="standards_devicetrace_once",
                violation_error_message=_("This certificate of the device is already on record."),
            ),
        ]
        indexes = [
            # For "traced on a day" over all devices: most certificates ran out long ago.
            models.Index(
                fields=["valid_until", "on", "device"],
                condition=Q(is_fit=True, voided_at__isnull=True),
                name="standards_trace_days",
            ),
            models.Index(fields=["certificate_no"], name="standards_trace_number"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.certificate_no}"

    def clean(self) -> None:
        if self.institution is not None and not self.institution_name:
            self.institution_name = self.institution.name
        if self.on and self.valid_until is None and self.device_id and self.device.interval_months:
            self.valid_until = last_day(self.on, self.device.interval_months)
        if self.device_id and self.traced_to_id == self.device.standard_id:
            raise ValidationError({"traced_to": _("A standard is not traced to itself.")})


def reused(rows: Sequence[DeviceTrace]) -> list[str | None]:
    """For each certificate, saved or not, a sentence if its institution gave the number to another piece as well.

    A piece is known by its serial number: one that serves two standards has its certificate in each. Two queries.
    """
    numbers = {row.certificate_no for row in rows}
    on_record = DeviceTrace.objects.not_voided().filter(certificate_no__in=numbers, device__voided_at__isnull=True)
    known = {row.pk for row in rows if row.pk is not None}
    standing = [row for row in (*on_record.exclude(pk__in=known), *rows) if row.voided_at is None]
    devices = StandardDevice.objects.filter(pk__in={row.device_id for row in standing})
    serial_nos = dict(devices.values_list("pk", "serial_no"))
    pieces: dict[tuple[str, str], set[str]] = {}
    for row in standing:
        pieces.setdefault(_number(row), set()).add(match_text(serial_nos.get(row.device_id, "")))
    sentence = gettext("This institution already issued a certificate with this number, for another piece.")
    return [sentence if row.voided_at is None and len(pieces[_number(row)]) > 1 else None for row in rows]


def _number(row: DeviceTrace) -> tuple[str, str]:
    return match_text(row.institution_name), match_text(row.certificate_no)
