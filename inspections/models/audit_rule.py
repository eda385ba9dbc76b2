from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class AuditRule(ReferenceRow):
    """Within how many days a nonconformity is rectified, and in which years every key unit is audited once; by edition.

    No text that was found gives the days; a round is that of a five-year plan.
    """

    rectification_days = models.PositiveSmallIntegerField(_("days for rectification"), default=30)
    round_begins = models.PositiveSmallIntegerField(
        _("first year of a round"), help_text=_("Any round's first year, such as 2026: the others follow.")
    )
    round_years = models.PositiveSmallIntegerField(_("years of a round"), default=5)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("rule of energy-metering audits")
        verbose_name_plural = _("rules of energy-metering audits")
        ordering = ["-effective_from", "edition"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                name="inspections_auditrule_once",
                violation_error_message=_("This edition is already there."),
            ),
            models.CheckConstraint(
                condition=Q(rectification_days__gte=1),
                name="inspections_auditrule_days",
                violation_error_message=_("A limit is of one day at least."),
            ),
            models.CheckConstraint(
                condition=Q(round_years__gte=1, round_years__lte=20, round_begins__gte=1990, round_begins__lte=2100),
                name="inspections_auditrule_round",
                violation_error_message=_("A round has 1 to 20 years, and a year is written with four digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.edition

    @classmethod
    def on(cls, day: date) -> "AuditRule":
        """The rule of the day, of which one ships with the system; ``ValidationError`` where all of them have ended."""
        found = cls.objects.in_force(day).newest_first().first()
        if found is None:
            said = _("No rule of energy-metering audits is in force on %(day)s: the system administrator enters one.")
            raise ValidationError(said % {"day": day})
        return found

    def due_on(self, found_on: date) -> date:
        """The last day for rectifying what was found on a day."""
        return found_on + timedelta(days=self.rectification_days)

    def round_of(self, year: int) -> "Round":
        first = self.round_begins + (year - self.round_begins) // self.round_years * self.round_years
        return Round(first, first + self.round_years - 1)


@dataclass(frozen=True)
class Round:
    """The years in which every key unit is audited once, both included."""

    first_year: int
    last_year: int

    @property
    def begins_on(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def ends_on(self) -> date:
        return date(self.last_year, 12, 31)

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"
