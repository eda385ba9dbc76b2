from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class Administrator(Dated, Record):
    """A person who administers metrology at an administration, with the days in that office."""

    ONE_AT_A_TIME = ("unit", "staff_no")

    unit = models.CharField(_("administration"), max_length=100)
    staff_no = CodeField(
        _("staff no."), max_length=30, help_text=_("By which the unit knows the person; no identity card.")
    )
    name = models.CharField(_("name of the person"), max_length=50)
    post = models.CharField(_("post or professional title"), max_length=50, blank=True)
    is_law_enforcer = models.BooleanField(_("holds a law-enforcement certificate"), default=False)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("metrology administrator")
        verbose_name_plural = _("metrology administrators")
        ordering = ["-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "staff_no", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_administrator_once",
                violation_error_message=_("This person of the administration is already on record from that day."),
            ),
            models.UniqueConstraint(
                fields=["unit", "staff_no"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True),
                name="standards_administrator_present",
                violation_error_message=_("This staff number is already that of a person in office."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_administrator_days")]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_no}".strip()
