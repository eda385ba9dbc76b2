from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class BookingRule(ReferenceRow):
    """How long before the day an appointment is made, and how far ahead days are offered; by edition.

    No regulation gives the time: places ask for their own, mostly 15 working days.
    """

    working_days_ahead = models.PositiveSmallIntegerField(_("working days ahead"))
    weeks_offered = models.PositiveSmallIntegerField(_("weeks offered"))

    class Meta(ReferenceRow.Meta):
        verbose_name = _("rule of appointments")
        verbose_name_plural = _("rules of appointments")
        ordering = ["-effective_from", "edition"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                name="inspections_bookingrule_once",
                violation_error_message=_("This edition is already there."),
            ),
            models.CheckConstraint(
                condition=Q(weeks_offered__gte=1, weeks_offered__lte=52),
                name="inspections_bookingrule_weeks",
                violation_error_message=_("Days are offered for 1 to 52 weeks."),
            ),
        ]

    def __str__(self) -> str:
        return self.edition

    @classmethod
    def on(cls, day: date) -> "BookingRule":
        """The rule of the day; without one any day may be booked, eight weeks are offered."""
        found = cls.objects.in_force(day).newest_first().first()
        return found or cls(working_days_ahead=0, weeks_offered=8)
