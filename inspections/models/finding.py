from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from inspections.models.cause import ViolationCause
from inspections.models.checklist import ChecklistItem
from inspections.models.inspection import SiteInspection

MEASURE_OPEN = Q(due_on__isnull=False, rechecked_on__isnull=True)


class FindingQuerySet(RecordQuerySet):
    def overdue(self, on: date) -> "FindingQuerySet":
        """Measures whose day has passed without a re-check."""
        return self.filter(MEASURE_OPEN, due_on__lt=on)

    def to_recheck(self) -> "FindingQuerySet":
        return self.filter(MEASURE_OPEN)


class Finding(Record):
    """Something wrong that an inspection found, the measure that was ordered, and what the re-check gave."""

    AREA = "fieldwork"

    class Measure(models.TextChoices):
        ADVICE = "advice", _("Advice")
        ON_THE_SPOT = "on_the_spot", _("Corrected on the spot")
        ORDERED = "ordered", _("Ordered to correct within a time")
        STOPPED = "stopped", _("Use stopped until corrected")

    inspection = models.ForeignKey(
        SiteInspection, on_delete=models.PROTECT, related_name="findings", verbose_name=_("site inspection")
    )
    number = models.PositiveSmallIntegerField(_("finding no."))
    cause = models.ForeignKey(
        ViolationCause,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("violation"),
    )
    item = models.ForeignKey(
        ChecklistItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("checklist item"),
    )
    facts = models.TextField(_("what was found"), max_length=2000)
    instruments = models.CharField(_("instruments concerned"), max_length=200, blank=True)
    measure = models.CharField(_("measure"), max_length=20, choices=Measure.choices)
    due_on = models.DateField(_("to be corrected by"), null=True, blank=True)
    rechecked_on = models.DateField(_("re-checked on"), null=True, blank=True)
    is_corrected = models.BooleanField(_("corrected"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"],
                condition=NOT_VOIDED,
                name="inspections_finding_number",
                violation_error_message=_("This inspection already has a finding with this number."),
            ),
            models.CheckConstraint(
                condition=Q(measure__in=("ordered", "stopped"), due_on__isnull=False)
                | Q(measure__in=("advice", "on_the_spot"), due_on__isnull=True),
                name="inspections_finding_due",
                violation_error_message=_(
                    "What is ordered has a day until which it is corrected; advice and what was corrected on the "
                    "spot have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rechecked_on__isnull=True, is_corrected__isnull=True)
                | Q(rechecked_on__isnull=False, is_corrected__isnull=False),
                name="inspections_finding_recheck",
                violation_error_message=_("A re-check has a day and a result."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="inspections_finding_open", condition=MEASURE_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.inspection.number}/{self.number}"

    def clean(self) -> None:
        super().clean()
        on = self.inspection.inspected_on if self.inspection_id else None
        if on is None:
            return
        if self.due_on and self.due_on < on:
            raise ValidationError({"due_on": _("It cannot be due before the inspection.")})
        if self.rechecked_on and not on <= self.rechecked_on <= timezone.localdate():
            raise ValidationError({"rechecked_on": _("A re-check is after the inspection and not in the future.")})

    @property
    def is_overdue(self) -> bool:
        return bool(self.due_on and self.rechecked_on is None and self.due_on < timezone.localdate())
