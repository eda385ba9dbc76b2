from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from standards.models import Institution
from standards.models.dated import Dated, DatedQuerySet


class Capacity(Dated, Record):
    """How many pieces an institution takes a day: from Monday to Friday, on one day of the week, or on certain dates.

    The more special statement holds: certain dates before a day of the week, that before Monday to Friday. None is
    "closed". Every office sees it, since pieces are booked from everywhere.
    """

    class Days(models.TextChoices):
        WORKDAYS = "workdays", _("Monday to Friday")
        MONDAY = "1", _("Mondays")
        TUESDAY = "2", _("Tuesdays")
        WEDNESDAY = "3", _("Wednesdays")
        THURSDAY = "4", _("Thursdays")
        FRIDAY = "5", _("Fridays")
        SATURDAY = "6", _("Saturdays")
        SUNDAY = "7", _("Sundays")
        DATES = "dates", _("Every day of these dates")

    SCOPE = "everyone"
    AREA = "verification"
    ONE_AT_A_TIME = ("institution_id", "days")

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="capacities", verbose_name=_("institution")
    )
    days = models.CharField(_("days"), max_length=10, choices=Days.choices)
    pieces = models.PositiveIntegerField(_("pieces a day"), help_text=_("0: closed, as on public holidays."))
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("capacity for appointments")
        verbose_name_plural = _("capacities for appointments")
        ordering = ["-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["institution", "days", "begins_on"],
                condition=NOT_VOIDED,
                name="inspections_capacity_once",
                violation_error_message=_("The capacity of these days is already stated from that day."),
            ),
            models.CheckConstraint(
                condition=~Q(days="dates") | Q(ends_on__isnull=False),
                name="inspections_capacity_end",
                violation_error_message=_("Certain dates have a first and a last day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_days_display()}: {self.pieces}"
