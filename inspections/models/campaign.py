from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models import Sector
from inspections.models.subject import InspectionSubject


class CampaignQuerySet(RecordQuerySet):
    def on(self, day: date) -> "CampaignQuerySet":
        return self.filter(NOT_VOIDED, begins_on__lte=day, ends_on__gte=day)


class InspectionCampaign(Record):
    """A special campaign of inspections (专项检查): what is looked at, in which sectors, from when to when.

    Every office sees it, since a campaign of the province is carried out by its cities and counties.
    """

    SCOPE = "everyone"

    agency = models.CharField(_("ordering authority"), max_length=100)
    name = models.CharField(_("campaign name"), max_length=120)
    subject = models.ForeignKey(
        InspectionSubject, on_delete=models.PROTECT, related_name="+", verbose_name=_("inspection subject")
    )
    checklist_edition = models.CharField(
        _("edition of the checklist"),
        max_length=40,
        blank=True,
        help_text=_("Empty: the items in force on the day of each inspection."),
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    planned_sites = models.PositiveIntegerField(_("sites planned"), null=True, blank=True)
    document_no = models.CharField(_("document no."), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("inspection campaign")
        verbose_name_plural = _("inspection campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=NOT_VOIDED,
                name="inspections_inspectioncampaign_once",
                violation_error_message=_("This authority already has a campaign of this name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="inspections_inspectioncampaign_dates",
                violation_error_message=_("A campaign cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignSector(Tracked):
    """A sector that a campaign covers, with the number of sites planned there."""

    SCOPE = "as_parent"
    PARENT = "campaign"

    campaign = models.ForeignKey(InspectionCampaign, on_delete=models.PROTECT, related_name="sectors")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    planned_sites = models.PositiveIntegerField(_("sites planned"), null=True, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("sector of the campaign")
        verbose_name_plural = _("sectors of the campaign")
        ordering = ["sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "sector"],
                condition=NOT_VOIDED,
                name="inspections_campaignsector_once",
                violation_error_message=_("The campaign already covers this sector."),
            )
        ]

    def __str__(self) -> str:
        return str(self.sector)


def campaigns() -> list[tuple[int, str]]:
    """Key and name of each, as a dimension of figures lists them."""
    return list(InspectionCampaign.objects.not_voided().order_by("-begins_on", "pk").values_list("pk", "name"))
