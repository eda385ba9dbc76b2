from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bureau.reporting.periods import FIRST_YEAR, LAST_YEAR, Period

LONGEST_REMARK = 500


class YearReport(models.Model):
    """An office confirms the figures of its region for a year, and the office above accepts them.

    ``region`` is that of the office when it was asked. Written by ``bureau.reporting.chain`` alone: ``version`` rises
    with each step, so that of two managers who take a step at once the second is told.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("report of a year", "being prepared")
        SUBMITTED = "submitted", pgettext_lazy("report of a year", "submitted")
        RETURNED = "returned", pgettext_lazy("report of a year", "returned")
        ACCEPTED = "accepted", pgettext_lazy("report of a year", "accepted")

    SCOPE = "region"
    AREA = "figure"
    # The office has yet to hand it in.
    WAITING = (State.DRAFT, State.RETURNED)

    office = models.ForeignKey(
        "bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("reporting office")
    )
    region = models.ForeignKey("bureau.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    due_on = models.DateField(_("to be submitted by"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("report of a year")
        verbose_name_plural = _("reports of years")
        ordering = ["-year", "region", "pk"]
        default_permissions = ("view", "confirm")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year"],
                name="reporting_yearreport_once",
                violation_error_message=_("The office has a report of this year already."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="reporting_yearreport_year",
                violation_error_message=_("No figures are reported for such a year."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Report of %(office)s for %(year)s") % {"office": self.office, "year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("reporting:year-report", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period.year(self.year)

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    def days_late(self, on: date) -> int:
        """Days since the last good day, of a report that is not handed in; otherwise none."""
        return max(0, (on - self.due_on).days) if self.due_on and self.is_waiting else 0


class YearReportStep(models.Model):
    """What was done with the report of a year: when, by whom, and why; nothing of it is ever changed.

    ``findings``: what the checks found and the manager confirmed to have looked through, as it was shown:
    ``[{"severity", "figure", "sentence", "url"}]``.
    """

    class Did(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("report of a year", "begun")
        ASKED = "asked", pgettext_lazy("report of a year", "asked for")
        SUBMITTED = "submitted", pgettext_lazy("report of a year", "submitted")
        RETURNED = "returned", pgettext_lazy("report of a year", "returned")
        ACCEPTED = "accepted", pgettext_lazy("report of a year", "accepted")
        REOPENED = "reopened", pgettext_lazy("report of a year", "reopened")

    SCOPE = "as_parent"
    PARENT = "report"
    AREA = "figure"

    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    did = models.CharField(_("step"), max_length=10, choices=Did.choices)
    due_on = models.DateField(_("to be submitted by"), null=True)
    remark = models.CharField(_("reason or remark"), max_length=LONGEST_REMARK, blank=True)
    findings: Any = models.JSONField(_("findings"), default=list)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.get_did_display()}"
