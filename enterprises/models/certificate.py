from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.ending import Ending, ending_constraints
from enterprises.models.enterprise import Enterprise


class ManagementSystemCertificate(Ending, Record):
    """That the measurement management system of an enterprise was certified (测量管理体系认证)."""

    BEGINS = "issued_on"

    class Grade(models.TextChoices):
        AAA = "AAA", "AAA"
        AA = "AA", "AA"
        A = "A", "A"

    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        related_name="management_system_certificates",
        verbose_name=_("enterprise"),
    )
    body = models.CharField(_("certification body"), max_length=100)
    certificate_no = CodeField(_("certificate no."), max_length=60)
    grade = models.CharField(_("certified grade"), max_length=5, choices=Grade.choices, blank=True)
    coverage = models.CharField(_("activities covered"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("measurement management system certificate")
        verbose_name_plural = _("measurement management system certificates")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "certificate_no"],
                condition=NOT_VOIDED,
                name="enterprises_managementsystemcertificate_number",
                violation_error_message=_("This body already issued a certificate with this number."),
            ),
            *ending_constraints(
                "enterprises_managementsystemcertificate",
                "issued_on",
                before=_("A certificate cannot be withdrawn before it was issued."),
            ),
        ]
        indexes = [models.Index(fields=["region", "issued_on"], name="enterprises_mscert_issued")]

    def __str__(self) -> str:
        return f"{self.certificate_no} {self.enterprise}"

    def clean(self) -> None:
        super().clean()
        if not self.issued_on:
            return
        if self.issued_on > timezone.localdate():
            raise ValidationError({"issued_on": _("A certificate cannot be issued in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.issued_on)):
            raise ValidationError({"region": problem})
