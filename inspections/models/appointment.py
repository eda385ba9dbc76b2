from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise
from inspections.models.instrument import Instrument
from inspections.models.verification import Verification
from standards.models import Institution


class Stage(models.TextChoices):
    """How far an appointment has come; received and done follow from its pieces."""

    REQUESTED = "requested", _("Requested")
    BOOKED = "booked", _("Booked")
    RECEIVED = "received", _("Pieces received")
    DONE = "done", _("All results there")
    CANCELLED = "cancelled", _("Cancelled")


class AppointmentQuerySet(RecordQuerySet):
    def standing(self) -> "AppointmentQuerySet":
        """Those that take up room at their institution."""
        return self.filter(NOT_VOIDED).exclude(state=Appointment.State.CANCELLED)

    def with_progress(self) -> "AppointmentQuerySet":
        """With what ``stage`` is read from."""
        items: Any = AppointmentItem.objects.coming().filter(appointment=OuterRef("pk"))
        return self.annotate(
            has_received=Exists(items.filter(received_on__isnull=False)),
            has_items=Exists(items),
            is_waiting=Exists(items.without_result()),
        )

    def at_stage(self, stage: str) -> "AppointmentQuerySet":
        rows, open_ = self.with_progress(), Q(state__in=(Appointment.State.REQUESTED, Appointment.State.BOOKED))
        if stage == Stage.CANCELLED:
            return rows.filter(state=Appointment.State.CANCELLED)
        if stage == Stage.DONE:
            return rows.filter(open_, has_items=True, is_waiting=False)
        rows = rows.filter(open_).exclude(has_items=True, is_waiting=False)
        if stage == Stage.RECEIVED:
            return rows.filter(has_received=True)
        return rows.filter(state=stage, has_received=False)


class Appointment(Record):
    """An appointment of a holder at an institution (约检): these pieces, on that day.

    ``region`` is the pieces' place of use. Written by ``inspections.bookings``, which sees to it that no day takes more
    pieces than the institution stated, unless ``override_reason`` says why.
    """

    AREA = "verification"

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        BOOKED = "booked", _("Booked")
        CANCELLED = "cancelled", _("Cancelled")

    holder = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("holder")
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    day = models.DateField(_("day of the appointment"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BOOKED)
    submission = models.CharField(
        _("way of submission"),
        max_length=10,
        choices=Instrument.Submission.choices,
        default=Instrument.Submission.SENT_IN,
    )
    contact = models.CharField(_("contact person"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    override_reason = models.CharField(
        _("why beyond the rule"),
        max_length=200,
        blank=True,
        help_text=_("Why the day may take more pieces than stated, is closed, or is nearer than the rule allows."),
    )
    cancel_reason = models.CharField(_("reason of cancelling"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(cancel_reason="") | ~Q(state="cancelled") & Q(cancel_reason=""),
                name="inspections_appointment_cancelled",
                violation_error_message=_("A cancelled appointment says why, and no other does."),
            )
        ]
        indexes = [models.Index(fields=["institution", "day"], name="inspections_appointment_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.holder}"

    @property
    def number(self) -> str:
        """As printed on the submission form."""
        return f"{self.pk:08}" if self.pk else "—"

    @property
    def stage(self) -> Stage:
        """Of a row that was read ``with_progress()``."""
        row: Any = self
        if self.state == self.State.CANCELLED:
            return Stage.CANCELLED
        if row.has_items and not row.is_waiting:
            return Stage.DONE
        return Stage.RECEIVED if row.has_received else Stage(self.state)


class AppointmentItemQuerySet(RecordQuerySet):
    def coming(self) -> "AppointmentItemQuerySet":
        """Without those taken out of the appointment, or voided in the ledger: nobody brings them."""
        return self.filter(NOT_VOIDED, instrument__voided_at__isnull=True)

    def without_result(self) -> "AppointmentItemQuerySet":
        """Pieces of which no paper was issued since they were received, or since the day where that was not noted."""
        made = Verification.objects.not_voided().filter(
            instrument=OuterRef("instrument"), verified_on__gte=OuterRef("since")
        )
        return self.annotate(since=Coalesce("received_on", "appointment__day")).filter(~Exists(made))

    def open(self, on: date) -> "AppointmentItemQuerySet":
        """Pieces that are to be brought on ``on`` or later, or were received and wait for their result."""
        standing = Q(appointment__voided_at__isnull=True) & ~Q(appointment__state=Appointment.State.CANCELLED)
        comes = Q(appointment__day__gte=on) | Q(received_on__isnull=False)
        return self.filter(NOT_VOIDED, standing, comes).without_result()


class AppointmentItem(Tracked):
    """A piece of an appointment, or ``quantity`` like pieces of a batch, and when it was received.

    Its result is the verification of the piece that was made since: nobody has to link the two.
    """

    AREA = "verification"
    SCOPE = "as_parent"
    PARENT = "appointment"

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="items", verbose_name=_("appointment")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="appointment_items", verbose_name=_("measuring instrument")
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    received_on = models.DateField(_("received on"), null=True, blank=True)

    objects: ClassVar[Any] = AppointmentItemQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("piece of the appointment")
        verbose_name_plural = _("pieces of the appointment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "instrument"],
                condition=NOT_VOIDED,
                name="inspections_appointmentitem_once",
                violation_error_message=_("The appointment already has this piece."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="inspections_appointmentitem_quantity",
                violation_error_message=_("The quantity is at least 1."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.instrument)

    def clean(self) -> None:
        super().clean()
        if self.received_on and self.received_on > timezone.localdate():
            raise ValidationError({"received_on": _("This day is in the future.")})
