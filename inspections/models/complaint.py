from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise, Sector
from enterprises.models.time_limit import Limits, TimeLimit


class ComplaintQuerySet(RecordQuerySet):
    def open(self) -> "ComplaintQuerySet":
        return self.filter(answered_on__isnull=True)

    def overdue(self, on: date) -> "ComplaintQuerySet":
        return self.open().filter(answer_due_on__lt=on)


class Complaint(Record):
    """A complaint about metrology, from its receipt to the answer. Who complained is not kept."""

    class Channel(models.TextChoices):
        HOTLINE = "hotline", _("Hotline 12315")
        ONLINE = "online", _("Online")
        LETTER = "letter", _("Letter")
        VISIT = "visit", _("Visit")
        TRANSFERRED = "transferred", _("Passed on by another authority")

    class Result(models.TextChoices):
        UPHELD = "upheld", _("Justified")
        NOT_UPHELD = "not_upheld", _("Not justified")
        SETTLED = "settled", _("Settled between the parties")
        PASSED_ON = "passed_on", _("Passed on to the competent authority")

    agency = models.CharField(_("handling authority"), max_length=100)
    number = CodeField(_("complaint no."), max_length=60)
    received_on = models.DateField(_("received on"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    enterprise = models.ForeignKey(
        Enterprise,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="complaints",
        verbose_name=_("enterprise complained about"),
    )
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector")
    )
    content = models.TextField(_("content"), max_length=2000, help_text=_("Without names or numbers of persons."))
    answer_due_on = models.DateField(
        _("answer due on"),
        null=True,
        blank=True,
        help_text=_("Empty: by the time limit of the day; an extension is entered here."),
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result.choices, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    is_satisfied = models.BooleanField(_("satisfied with the answer"), null=True, blank=True)

    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=NOT_VOIDED,
                name="inspections_complaint_number",
                violation_error_message=_("This authority already has a complaint with this number."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="inspections_complaint_dates",
                violation_error_message=_("A complaint cannot be answered before it is received."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, result="") | Q(answered_on__isnull=False) & ~Q(result=""),
                name="inspections_complaint_result",
                violation_error_message=_("The day of the answer and the result are given together."),
            ),
            models.CheckConstraint(
                condition=Q(is_satisfied__isnull=True) | Q(answered_on__isnull=False),
                name="inspections_complaint_satisfied",
                violation_error_message=_("Satisfaction is recorded once the complaint is answered."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "received_on"], name="inspections_complaint_in"),
            models.Index(fields=["answer_due_on"], name="inspections_complaint_due", condition=Q(answered_on=None)),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        super().clean()
        if self.received_on and self.received_on > timezone.localdate():
            raise ValidationError({"received_on": _("A complaint cannot be received in the future.")})
        if self.received_on and self.answer_due_on is None:
            self.answer_due_on = Limits(TimeLimit.Act.COMPLAINT_ANSWER).last_day(self.received_on)
        if self.region_id and self.received_on and (problem := self.region.problem_on(self.received_on)):
            raise ValidationError({"region": problem})

    @property
    def is_overdue(self) -> bool:
        return bool(self.answered_on is None and self.answer_due_on and self.answer_due_on < timezone.localdate())
