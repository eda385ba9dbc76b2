from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from inspections.models.audit_item import AuditItem
from inspections.models.audit_rule import AuditRule
from inspections.models.energy_audit import EnergyAudit

OPEN = Q(closed_on__isnull=True)


class NonconformityQuerySet(RecordQuerySet):
    def standing(self) -> "NonconformityQuerySet":
        """Neither voided itself nor of a voided audit."""
        return self.filter(NOT_VOIDED, audit__voided_at__isnull=True)

    def overdue(self, on: date) -> "NonconformityQuerySet":
        return self.filter(OPEN, due_on__lt=on)

    def to_rectify(self) -> "NonconformityQuerySet":
        return self.filter(OPEN)


class Nonconformity(Record):
    """A nonconformity of an audit (不符合项): what it is, until when it is rectified, and how that was verified.

    It is closed as rectified or as not rectified; papers of the evidence are its attachments.
    """

    AREA = "fieldwork"

    class Outcome(models.TextChoices):
        RECTIFIED = "rectified", _("Rectified")
        NOT_RECTIFIED = "not_rectified", _("Not rectified")

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="nonconformities", verbose_name=_("energy-metering audit")
    )
    number = models.PositiveSmallIntegerField(_("nonconformity no."))
    item = models.ForeignKey(
        AuditItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("item")
    )
    clause = models.CharField(_("clause"), max_length=60)
    facts = models.TextField(_("what does not conform"), max_length=2000)
    found_on = models.DateField(_("found on"))
    due_on = models.DateField(
        _("to be rectified by"), null=True, blank=True, help_text=_("Empty: by the days of the rule.")
    )
    measures = models.TextField(_("measures of the unit"), max_length=2000, blank=True)
    evidence = models.TextField(_("evidence of the rectification"), max_length=2000, blank=True)
    verified_by = models.CharField(_("rectification verified by"), max_length=40, blank=True)
    verified_on = models.DateField(_("rectification verified on"), null=True, blank=True)
    outcome = models.CharField(_("outcome of the rectification"), max_length=20, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(_("nonconformity closed on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = NonconformityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("nonconformity")
        verbose_name_plural = _("nonconformities")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "number"],
                condition=NOT_VOIDED,
                name="inspections_nonconformity_number",
                violation_error_message=_("This audit already has a nonconformity with this number."),
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by="")
                | Q(verified_on__isnull=False) & ~Q(verified_by=""),
                name="inspections_nonconformity_verified",
                violation_error_message=_("A verification has a day and says by whom."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__isnull=False, outcome="not_rectified", verified_on__isnull=False)
                | Q(closed_on__isnull=False, outcome="rectified", verified_on__isnull=False) & ~Q(evidence=""),
                name="inspections_nonconformity_closed",
                violation_error_message=_(
                    "What is closed was verified and has an outcome; what is rectified has its evidence."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(due_on__isnull=True) | Q(due_on__gte=models.F("found_on")))
                & (Q(verified_on__isnull=True) | Q(verified_on__gte=models.F("found_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("verified_on"))),
                name="inspections_nonconformity_order",
                violation_error_message=_("It is found first, then rectified and verified, then closed."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="inspections_nonconf_open", condition=OPEN),
            models.Index(fields=["region", "found_on"], name="inspections_nonconf_found"),
        ]

    def __str__(self) -> str:
        return f"{self.audit.number}/{self.number}"

    def clean(self) -> None:
        super().clean()
        if self.due_on is None and self.found_on:
            self.due_on = AuditRule.on(self.found_on).due_on(self.found_on)
        if problems := self._problems(timezone.localdate()):
            raise ValidationError(problems)

    def _problems(self, today: date) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: _("This day lies in the future.")
            for name in ("found_on", "verified_on", "closed_on")
            if (day := getattr(self, name)) and day > today
        }
        if not self.audit_id:
            return found
        if self.item and self.item.edition != self.audit.edition:
            found["item"] = _("This item belongs to another edition than the audit.")
        if not self.audit.is_open and self.closed_on is None:
            found["closed_on"] = _("The audit is concluded: nothing of it can be open. Reopen the audit first.")
        return found

    def is_overdue_on(self, day: date) -> bool:
        return bool(self.due_on and self.closed_on is None and self.due_on < day)
