from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED


class SpotCheck(Record):
    """A supervisory spot check of a standard on a day: what was found, and what became of it."""

    class Outcome(models.TextChoices):
        CONFORMING = "conforming", _("Without problems")
        PROBLEMS = "problems", _("With problems")
        STOPPED = "stopped", _("Ordered to stop")

    class Plan(models.TextChoices):
        YEARLY = "yearly", _("Yearly plan")
        SPECIAL = "special", _("Special inspection")
        COMPLAINT = "complaint", _("Complaint")

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="spot_checks",
        verbose_name=_("measurement standard"),
    )
    on = models.DateField(_("checked on"))
    plan = models.CharField(_("occasion"), max_length=10, choices=Plan.choices, default=Plan.YEARLY)
    checked_by = models.CharField(_("checked by"), max_length=100, blank=True)
    outcome = models.CharField(pgettext_lazy("spot check", "outcome"), max_length=12, choices=Outcome.choices)
    problems = models.CharField(_("problems found"), max_length=500, blank=True)
    rectify_by = models.DateField(_("to be rectified by"), null=True, blank=True)
    rectified_on = models.DateField(_("rectified on"), null=True, blank=True)
    follow_up = models.CharField(
        _("follow-up"), max_length=500, blank=True, help_text=_("How it was rectified, or what was decided.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("spot check of a standard")
        verbose_name_plural = _("spot checks of standards")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "on"],
                condition=NOT_VOIDED,
                name="standards_spotcheck_once",
                violation_error_message=_("A spot check of this standard on that day is already on record."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="conforming") & ~Q(problems="")
                | Q(outcome="conforming", problems="", rectify_by__isnull=True, rectified_on__isnull=True),
                name="standards_spotcheck_problems",
                violation_error_message=_(
                    "A check with problems says which; one without has none, and nothing to rectify."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rectify_by__isnull=True) | Q(rectify_by__gte=F("on")),
                name="standards_spotcheck_due",
                violation_error_message=_("The day for rectification cannot lie before the check."),
            ),
            models.CheckConstraint(
                condition=Q(rectified_on__isnull=True) | Q(rectified_on__gte=F("on")),
                name="standards_spotcheck_rectified",
                violation_error_message=_("It cannot be rectified before the check."),
            ),
        ]
        indexes = [models.Index(fields=["region", "on"], name="standards_check_region_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.standard}"

    def clean(self) -> None:
        if self.on and (problem := spot_check_problem(self.on)):
            raise ValidationError({"on": problem})
        if self.region_id and self.on and (problem := self.region.problem_on(self.on)):
            raise ValidationError({"region": problem})


def spot_check_problem(on: Any) -> Any:
    """Why a check cannot be of that day; None if it can."""
    return _("%(on)s is still to come.") % {"on": on} if on > timezone.localdate() else None
