from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class TimeLimit(ReferenceRow):
    """Within how many calendar days an authority acts, by the edition in force on the day on which the time begins.

    Limits that a rule gives in working days are entered as the calendar days that the bureau counts for them.
    """

    class Act(models.TextChoices):
        CASE_DECISION = "case_decision", _("Decision in a violation case, after filing")
        COMPLAINT_ANSWER = "complaint_answer", _("Answer to a complaint, after receipt")
        LICENCE_DECISION = "licence_decision", _("Decision on a licence, after acceptance")
        C_MARK_PUBLICATION = "c_mark_publication", _("Publication of a C-mark declaration, after it was made")

    act = models.CharField(_("act"), max_length=30, choices=Act.choices)
    days = models.PositiveSmallIntegerField(_("calendar days"))

    class Meta(ReferenceRow.Meta):
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["act", "effective_from"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "act"],
                name="enterprises_timelimit_once",
                violation_error_message=_("This edition already has a limit for the act."),
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1),
                name="enterprises_timelimit_days",
                violation_error_message=_("A limit is of one day at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.days}"


class Limits:
    """The editions of one act's limit, read once."""

    def __init__(self, act: str) -> None:
        self._rows = list(TimeLimit.objects.filter(act=act).newest_first())

    def last_day(self, begins_on: date) -> date | None:
        """The last day within the limit; None where no edition holds on the day on which the time begins."""
        limit = next((row for row in self._rows if row.holds(begins_on)), None)
        return begins_on + timedelta(days=limit.days) if limit else None
