from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED, RecordQuerySet


class QualificationQuerySet(RecordQuerySet):
    def valid(self, on: date) -> "QualificationQuerySet":
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), issued_on__lte=on)


class Qualification(Tracked):
    """A proof that a technician is able to verify or calibrate, from the day of issue to the last day of validity.

    The state licence of verifiers was abolished in 2016; registered metrologists and other proofs of ability stand in
    its place.
    """

    class Kind(models.TextChoices):
        REGISTERED_1 = "registered_1", _("Registered metrologist, first class")
        REGISTERED_2 = "registered_2", _("Registered metrologist, second class")
        ABILITY = "ability", _("Proof of ability to verify or calibrate")
        VERIFIER = "verifier", _("Verifier's licence (until 2016)")
        ASSESSOR = "assessor", _("Assessor of measurement standards")
        OTHER = "other", _("Other qualification")

    SCOPE = "as_parent"
    PARENT = "technician"

    technician = models.ForeignKey(
        "standards.Technician",
        on_delete=models.PROTECT,
        related_name="qualifications",
        verbose_name=_("technician"),
    )
    kind = models.CharField(_("qualification"), max_length=20, choices=Kind.choices)
    certificate_no = CodeField(_("certificate no."), max_length=60)
    authority = models.CharField(_("issuing authority"), max_length=100)
    items = models.CharField(_("items covered"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar[Any] = QualificationQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="standards_qualification_validity",
                violation_error_message=_("The certificate cannot run out before it is issued."),
            ),
            models.UniqueConstraint(
                fields=["authority", "certificate_no"],
                condition=NOT_VOIDED,
                name="standards_qualification_certificate",
                violation_error_message=_("This authority already issued a certificate with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.certificate_no}"
