from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise
from enterprises.models.service_campaign import ServiceCampaign


class CampaignVolunteer(Record):
    """An enterprise that joined a service campaign of its own will; kept by the office that put it on the list."""

    campaign = models.ForeignKey(
        ServiceCampaign, on_delete=models.PROTECT, related_name="volunteers", verbose_name=_("service campaign")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="joined_campaigns", verbose_name=_("enterprise")
    )
    joined_on = models.DateField(_("joined on"))
    wish = models.CharField(_("what it asks for"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("enterprise of a service campaign")
        verbose_name_plural = _("enterprises of service campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "enterprise"],
                condition=NOT_VOIDED,
                name="enterprises_campaignvolunteer_once",
                violation_error_message=_("This enterprise is already on the list of the campaign."),
            )
        ]
        indexes = [models.Index(fields=["region", "joined_on"], name="enterprises_volunteer_joined")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.joined_on}"

    def clean(self) -> None:
        super().clean()
        if not self.joined_on:
            return
        campaign = self.campaign if self.campaign_id else None
        if campaign and (problem := problem_of_joining(campaign.begins_on, campaign.ends_on, self.joined_on)):
            raise ValidationError({"joined_on": problem})
        if self.region_id and (problem := self.region.problem_on(self.joined_on)):
            raise ValidationError({"region": problem})


def problem_of_joining(begins_on: date, ends_on: date | None, joined_on: date) -> Any:
    """Why an enterprise cannot have joined on that day, as a sentence; None if it can. Before the first day it can."""
    if joined_on > timezone.localdate():
        return _("This day lies in the future.")
    return _("The campaign was over on this day.") if ends_on and joined_on > ends_on else None
