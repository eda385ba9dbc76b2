from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class StandardRequirement(ReferenceRow):
    """What an edition of JJF 1033 asks of a measurement standard in numbers, with the clauses to name."""

    repeatability_readings = models.PositiveSmallIntegerField(
        _("readings of a repeatability test"), default=10, help_text=_("Fewer are accepted with a reason.")
    )
    stability_groups = models.PositiveSmallIntegerField(
        _("groups of a stability check at set-up"), default=4, help_text=_("Fewer are accepted with a reason.")
    )
    group_months = models.PositiveSmallIntegerField(
        _("months between two groups"), default=1, help_text=_("A group follows more than so many months later.")
    )
    has_yearly_records = models.BooleanField(
        _("a record each year"),
        default=True,
        help_text=_("A re-examination needs a record of repeatability and of stability for each year of validity."),
    )
    persons = models.PositiveSmallIntegerField(_("qualified persons"), default=2)
    rectification_days = models.PositiveSmallIntegerField(
        _("days for rectification"), default=21, help_text=_("Fifteen working days are three weeks.")
    )
    repeatability_clause = models.CharField(_("clause on repeatability"), max_length=40, blank=True)
    stability_clause = models.CharField(_("clause on stability"), max_length=40, blank=True)
    reexamination_clause = models.CharField(_("clause on re-examination"), max_length=40, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("requirement of JJF 1033")
        verbose_name_plural = _("requirements of JJF 1033")
        ordering = ["effective_from", "pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                name="standards_standardrequirement_edition",
                violation_error_message=_("This edition is in the table already."),
            ),
        ]

    def __str__(self) -> str:
        return self.edition

    def named(self, clause: str) -> str:
        """The edition with a clause of it, for a verdict or a refusal."""
        return f"{self.edition} {clause}".strip()


@dataclass(frozen=True)
class Requirements:
    """All editions; a record is judged by the one of its day, an older one by the first that is known."""

    rows: tuple[StandardRequirement, ...]

    @classmethod
    def load(cls) -> "Requirements":
        return cls(tuple(StandardRequirement.objects.newest_first()))

    def on(self, day: date) -> StandardRequirement:
        first_known = self.rows[-1] if self.rows else StandardRequirement()
        return next((row for row in self.rows if row.holds(day)), first_known)
