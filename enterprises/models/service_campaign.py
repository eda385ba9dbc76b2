from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Office, Record, RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from bureau.models.region import region_tree, subtree_q
from enterprises.models.sector import Sector


class ServiceCampaignQuerySet(RecordQuerySet):
    def concerning(self, office: Office) -> "ServiceCampaignQuerySet":
        """Of places in the office's region, and of those that its region lies in: what it carries out or supervises."""
        above, places = [office.region_id], region_tree().places
        while (place := places.get(above[-1])) and place.parent:
            above.append(place.parent)
        return self.filter(subtree_q(office.region_id) | Q(region__in=above))


class ServiceCampaign(Record):
    """A campaign of services to enterprises (计量服务中小企业行 and the like): from when to when, for whom, and by
    which day the offices below report on it. Nothing is charged.

    Every office sees it, since a campaign of the province is carried out by its cities and counties; what is done in
    it is seen by place.
    """

    SCOPE = "everyone"

    agency = models.CharField(_("ordering authority"), max_length=100)
    name = models.CharField(_("name of the service campaign"), max_length=120)
    document_no = models.CharField(_("document no."), max_length=60, blank=True)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    plan = models.TextField(_("plan of the campaign"), max_length=4000, blank=True)
    report_due_on = models.DateField(_("report due on"), null=True, blank=True)
    fees_charged = models.DecimalField(
        _("fees charged"),
        max_digits=12,
        decimal_places=2,
        default=0,
        help_text=_("In yuan; nothing is charged but what the state's tariff prescribes, so this stays 0."),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = ServiceCampaignQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("service campaign")
        verbose_name_plural = _("service campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=NOT_VOIDED,
                name="enterprises_servicecampaign_once",
                violation_error_message=_("This authority already has a service campaign of this name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="enterprises_servicecampaign_dates",
                violation_error_message=_("A service campaign cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(report_due_on__isnull=True) | Q(report_due_on__gte=F("begins_on")),
                name="enterprises_servicecampaign_report_due",
                violation_error_message=_("The report cannot be due before the campaign begins."),
            ),
            models.CheckConstraint(
                condition=Q(fees_charged=0),
                name="enterprises_servicecampaign_free",
                violation_error_message=_("A service campaign charges nothing: the fees charged are 0."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pk and self.begins_on and self.ends_on and (problem := left_outside([self]).get(self.pk)):
            raise ValidationError({"ends_on": problem})


class ServiceCampaignSector(Tracked):
    """A sector whose enterprises a campaign is meant for."""

    SCOPE = "as_parent"
    PARENT = "campaign"

    campaign = models.ForeignKey(ServiceCampaign, on_delete=models.PROTECT, related_name="sectors")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))

    class Meta(Tracked.Meta):
        verbose_name = _("sector of the service campaign")
        verbose_name_plural = _("sectors of the service campaign")
        ordering = ["sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "sector"],
                condition=NOT_VOIDED,
                name="enterprises_servicecampaignsector_once",
                violation_error_message=_("The service campaign already covers this sector."),
            )
        ]

    def __str__(self) -> str:
        return str(self.sector)


def problem_on(begins_on: date, ends_on: date, day: date) -> str | None:
    """Why something of that day is no part of a campaign, as a sentence; None if it is."""
    if begins_on <= day <= ends_on:
        return None
    return gettext("The campaign runs from %(first)s to %(last)s; this day is not in it.") % {
        "first": begins_on.isoformat(),
        "last": ends_on.isoformat(),
    }


def left_outside(campaigns: Iterable[ServiceCampaign]) -> dict[int, str]:
    """Why a campaign cannot get the period that it has now: some of what was done in it would lie outside."""
    from enterprises.models.service_visit import ServiceVisit
    from enterprises.models.training import Training

    periods = {campaign.pk: (campaign.begins_on, campaign.ends_on) for campaign in campaigns}
    outside: dict[int, int] = {}
    for model, day in ((ServiceVisit, "visited_on"), (Training, "held_on")):
        rows = model.objects.not_voided().filter(campaign__in=periods)
        for campaign, on in rows.values_list("campaign", day):
            first, last = periods[campaign]
            outside[campaign] = outside.get(campaign, 0) + (not first <= on <= last)
    return {
        pk: ngettext(
            "%(count)s visit or training of the campaign would lie outside of this period.",
            "%(count)s visits and trainings of the campaign would lie outside of this period.",
            count,
        )
        % {"count": count}
        for pk, count in outside.items()
        if count
    }


def service_campaigns() -> list[tuple[int, str]]:
    """Key and name of each, as a dimension of figures lists them."""
    return list(ServiceCampaign.objects.not_voided().order_by("-begins_on", "pk").values_list("pk", "name"))
