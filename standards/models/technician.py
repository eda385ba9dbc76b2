from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet, holds_on
from standards.models.qualification import Qualification


class TechnicianQuerySet(DatedQuerySet):
    def qualified(self, on: date) -> "TechnicianQuerySet":
        """On the staff on that day, with at least one qualification valid on it."""
        valid = Qualification.objects.filter(NOT_VOIDED, technician=OuterRef("pk")).valid(on)
        return self.filter(holds_on(on), Exists(valid))


class Technician(Dated, Record):
    """A technical person of an institution, with the days on its staff."""

    ONE_AT_A_TIME = ("institution_id", "staff_no")

    institution = models.ForeignKey(
        "standards.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    staff_no = CodeField(
        _("staff no."), max_length=30, help_text=_("By which the institution knows the person; no identity card.")
    )
    name = models.CharField(_("name of the person"), max_length=50)
    post = models.CharField(_("post or professional title"), max_length=50, blank=True)

    objects: ClassVar[Any] = TechnicianQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("technician")
        verbose_name_plural = _("technicians")
        ordering = ["-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["institution", "staff_no", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_technician_once",
                violation_error_message=_("This person of the institution is already on record from that day."),
            ),
            models.UniqueConstraint(
                fields=["institution", "staff_no"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True),
                name="standards_technician_present",
                violation_error_message=_("This staff number is already that of a person on the staff."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_technician_days")]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_no}".strip()
