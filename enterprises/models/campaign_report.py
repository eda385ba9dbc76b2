from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from enterprises.models.service_campaign import ServiceCampaign


class ReportState(models.TextChoices):
    OPEN = "open", _("Not reported yet")
    OVERDUE = "overdue", _("Overdue")
    IN_TIME = "in_time", _("Reported in time")
    LATE = "late", _("Reported late")


class CampaignReportQuerySet(RecordQuerySet):
    def in_state(self, state: str, on: date) -> "CampaignReportQuerySet":
        """As ``CampaignReport.state_on`` says of each row; of a campaign without a due day nothing is ever late."""
        due, no_day = "campaign__report_due_on", Q(campaign__report_due_on__isnull=True)
        missing = Q(reported_on__isnull=True)
        conditions = {
            ReportState.OPEN: missing & (no_day | Q((f"{due}__gte", on))),
            ReportState.OVERDUE: missing & Q((f"{due}__lt", on)),
            ReportState.IN_TIME: ~missing & (no_day | Q(reported_on__lte=F(due))),
            ReportState.LATE: Q(reported_on__gt=F(due)),
        }
        return self.filter(conditions[ReportState(state)])

    def of_standing(self) -> "CampaignReportQuerySet":
        """Neither the row nor its campaign is voided."""
        return self.filter(NOT_VOIDED, campaign__voided_at__isnull=True)


class CampaignReport(Record):
    """That an office reports on a service campaign, and on which day it has; open until then."""

    campaign = models.ForeignKey(
        ServiceCampaign, on_delete=models.PROTECT, related_name="reports", verbose_name=_("service campaign")
    )
    agency = models.CharField(_("reporting office"), max_length=100)
    reported_on = models.DateField(_("has reported on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = CampaignReportQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("report on a service campaign")
        verbose_name_plural = _("reports on service campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "agency"],
                condition=NOT_VOIDED,
                name="enterprises_campaignreport_once",
                violation_error_message=_("This office is already asked to report on the campaign."),
            )
        ]

    def __str__(self) -> str:
        return self.agency

    def clean(self) -> None:
        super().clean()
        if not (self.reported_on and self.campaign_id):
            return
        if problem := problem_of_report(self.campaign.begins_on, self.reported_on):
            raise ValidationError({"reported_on": problem})

    def state_on(self, day: date) -> ReportState:
        due = self.campaign.report_due_on
        if self.reported_on is None:
            return ReportState.OVERDUE if due and due < day else ReportState.OPEN
        return ReportState.LATE if due and self.reported_on > due else ReportState.IN_TIME


def problem_of_report(begins_on: date, reported_on: date) -> Any:
    """Why an office cannot have reported on that day, as a sentence; None if it can."""
    if reported_on > timezone.localdate():
        return _("This day lies in the future.")
    return _("Nobody reports on a campaign before it begins.") if reported_on < begins_on else None
