from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise


class EnterpriseStaff(Record):
    """The qualification file that a bureau keeps of a person who does metrology work at an enterprise (计量员建档)."""

    class Work(models.TextChoices):
        MANAGEMENT = "management", _("Metrology management")
        VERIFICATION = "verification", _("Verification and calibration")
        TESTING = "testing", _("Testing and measuring")
        ENERGY = "energy", _("Energy metering")
        OTHER = "other", _("Other metrology work")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="staff_files", verbose_name=_("enterprise")
    )
    name = models.CharField(_("person"), max_length=50)
    file_no = CodeField(_("file no."), max_length=40)
    work = models.CharField(_("metrology work"), max_length=20, choices=Work.choices, default=Work.OTHER)
    qualification = models.CharField(
        _("qualification"), max_length=100, blank=True, help_text=_("As on the proof, for example 二级注册计量师.")
    )
    certificate_no = CodeField(_("certificate no."), max_length=60, blank=True)
    archived_on = models.DateField(_("file opened on"))
    left_on = models.DateField(
        _("left on"), null=True, blank=True, help_text=_("Last day at the enterprise; the file stays.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("qualification file of enterprise staff")
        verbose_name_plural = _("qualification files of enterprise staff")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name", "file_no"],
                condition=NOT_VOIDED,
                name="enterprises_enterprisestaff_once",
                violation_error_message=_("This enterprise already has a file of this person under the number."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("archived_on")),
                name="enterprises_enterprisestaff_dates",
                violation_error_message=_("A person cannot leave before the file was opened."),
            ),
        ]
        indexes = [models.Index(fields=["region", "archived_on"], name="enterprises_staff_archived")]

    def __str__(self) -> str:
        return f"{self.name} {self.file_no}"
