from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField, CreditCodeField
from bureau.models.record import NOT_VOIDED


class TrialVerification(Record):
    """A verification as a province enters millions of, to measure and to test the exchange with."""

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Initial verification")
        SUBSEQUENT = "subsequent", _("Subsequent verification")
        IN_SERVICE = "in_service", _("In-service inspection")

    certificate_no = CodeField(_("certificate no."), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SUBSEQUENT)
    instrument = models.CharField(_("instrument"), max_length=100)
    model = models.CharField(_("model"), max_length=60, blank=True)
    measuring_range = models.CharField(_("measuring range"), max_length=100, blank=True)
    accuracy = models.CharField(_("accuracy class"), max_length=60, blank=True)
    serial_no = CodeField(_("serial no."), max_length=60, blank=True)
    holder = models.CharField(_("holder"), max_length=100)
    credit_code = CreditCodeField(_("unified credit code"), blank=True)
    verified_on = models.DateField(_("verified on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_conforming = models.BooleanField(_("conforming"), default=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    unverified = models.JSONField(default=list, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("trial verification")
        verbose_name_plural = _("trial verifications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_no"],
                condition=NOT_VOIDED,
                name="benchmarks_trialverification_certificate",
                violation_error_message=_("This certificate number is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("verified_on")),
                name="benchmarks_trialverification_validity",
                violation_error_message=_("A certificate cannot run out before the day of the verification."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="benchmarks_trialverification_quantity",
                violation_error_message=_("A verification covers at least one piece."),
            ),
        ]
        indexes = [models.Index(fields=["region", "verified_on"], name="benchmarks_trial_region_day")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.certificate_no}"
