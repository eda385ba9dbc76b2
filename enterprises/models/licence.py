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
from enterprises.models.enterprise import Enterprise
from enterprises.models.time_limit import Limits, TimeLimit


class LicenceQuerySet(RecordQuerySet):
    def undecided(self) -> "LicenceQuerySet":
        return self.filter(decided_on__isnull=True)

    def overdue(self, on: date) -> "LicenceQuerySet":
        """Accepted, and without a decision although the time for it has run out."""
        return self.undecided().filter(decision_due_on__lt=on)


class Licence(Record):
    """An application for a licence in metrology, from its receipt to the decision and the certificate."""

    class Kind(models.TextChoices):
        NEW_PRODUCT = "new_product", _("New instrument product")
        TYPE_APPROVAL = "type_approval", _("Type approval of an instrument")
        REFERENCE_MATERIAL = "reference_material", _("Certified reference material")

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        GIVEN_UP = "given_up", _("Application withdrawn")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="licences", verbose_name=_("applicant")
    )
    kind = models.CharField(_("kind of licence"), max_length=20, choices=Kind.choices)
    authority = models.CharField(_("deciding authority"), max_length=100)
    application_no = CodeField(_("application no."), max_length=60)
    product = models.CharField(_("instrument or reference material"), max_length=150)
    specification = models.CharField(_("model and specification"), max_length=200, blank=True)
    is_handled_online = models.BooleanField(
        _("handled online throughout"), default=False, help_text=_("From application to certificate, without paper.")
    )
    applied_on = models.DateField(_("applied on"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    decision_due_on = models.DateField(
        _("decision due on"),
        null=True,
        blank=True,
        help_text=_("Empty: by the time limit of the day of acceptance; an extension is entered here."),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    certificate_no = CodeField(_("certificate no."), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = LicenceQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "application_no"],
                condition=NOT_VOIDED,
                name="enterprises_licence_application",
                violation_error_message=_("This authority already has an application with this number."),
            ),
            models.UniqueConstraint(
                fields=["authority", "certificate_no"],
                condition=NOT_VOIDED & ~Q(certificate_no=""),
                name="enterprises_licence_certificate",
                violation_error_message=_("This authority already granted a licence with this number."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("applied_on")),
                name="enterprises_licence_accepted",
                violation_error_message=_("An application cannot be accepted before it was made."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decision="") | Q(decided_on__isnull=False) & ~Q(decision=""),
                name="enterprises_licence_decided",
                violation_error_message=_("Date and outcome of the decision are given together."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(decided_on__gte=F("accepted_on"), accepted_on__isnull=False)
                | Q(decided_on__gte=F("applied_on"), accepted_on__isnull=True, decision="given_up"),
                name="enterprises_licence_order",
                violation_error_message=_("An application is decided after it was accepted."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_no="") | Q(decision="granted"),
                name="enterprises_licence_granted",
                violation_error_message=_("Only a granted licence has a certificate number."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "decided_on"], name="enterprises_licence_decided_on"),
            models.Index(
                fields=["decision_due_on"], name="enterprises_licence_due", condition=Q(decided_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_no} {self.product}"

    def clean(self) -> None:
        super().clean()
        if self.applied_on and self.applied_on > timezone.localdate():
            raise ValidationError({"applied_on": _("An application cannot be made in the future.")})
        if self.accepted_on and self.decision_due_on is None:
            self.decision_due_on = Limits(TimeLimit.Act.LICENCE_DECISION).last_day(self.accepted_on)
        if self.region_id and self.applied_on and (problem := self.region.problem_on(self.applied_on)):
            raise ValidationError({"region": problem})

    @property
    def is_overdue(self) -> bool:
        due_on = self.decision_due_on
        return self.decided_on is None and due_on is not None and due_on < timezone.localdate()
