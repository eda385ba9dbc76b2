from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise
from enterprises.models.sector import Sector
from enterprises.models.service_activity import ServiceActivity
from enterprises.models.service_campaign import ServiceCampaign, problem_on
from enterprises.models.service_team import ServiceTeam, problem_of_team


class ServiceVisit(Record):
    """A visit to serve an enterprise: by whom, what was found and solved, and what came of it.

    ``benefit`` in yuan. Whether the enterprise was satisfied is known from the day on which it was asked.
    """

    agency = models.CharField(_("serving unit"), max_length=100)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="service_visits", verbose_name=_("enterprise")
    )
    visited_on = models.DateField(_("visited on"))
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector")
    )
    campaign = models.ForeignKey(
        ServiceCampaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("service campaign"),
    )
    team = models.ForeignKey(
        ServiceTeam,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("service team"),
    )
    people_reached = models.PositiveIntegerField(_("people reached"), default=0)
    problems_found = models.PositiveIntegerField(_("problems found at the visit"), default=0)
    problems_solved = models.PositiveIntegerField(_("problems solved"), default=0)
    asked_on = models.DateField(
        _("asked about satisfaction on"), null=True, blank=True, help_text=_("Empty: the enterprise was not asked.")
    )
    is_satisfied = models.BooleanField(_("satisfied"), null=True, blank=True)
    benefit = models.DecimalField(
        _("economic benefit"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In yuan, for the enterprise."),
    )
    benefit_method = models.CharField(
        _("how the benefit was estimated"),
        max_length=200,
        blank=True,
        help_text=_("For example: by the enterprise's own account of the electricity saved."),
    )
    fees_waived = models.DecimalField(
        _("fees waived"), max_digits=14, decimal_places=2, default=0, help_text=_("In yuan.")
    )
    content = models.TextField(_("what was done"), max_length=2000, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("service visit")
        verbose_name_plural = _("service visits")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "visited_on", "agency"],
                condition=NOT_VOIDED,
                name="enterprises_servicevisit_once",
                violation_error_message=_("This unit's visit to the enterprise on that day is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(problems_solved__lte=F("problems_found")),
                name="enterprises_servicevisit_solved",
                violation_error_message=_("More problems cannot be solved than were found."),
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True, is_satisfied__isnull=True)
                | Q(asked_on__isnull=False, is_satisfied__isnull=False),
                name="enterprises_servicevisit_satisfied",
                violation_error_message=_(
                    "Whether the enterprise was satisfied is stated with the day on which it was asked, and only then."
                ),
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(asked_on__gte=F("visited_on")),
                name="enterprises_servicevisit_asked",
                violation_error_message=_("The enterprise cannot be asked before the visit."),
            ),
            models.CheckConstraint(
                condition=Q(benefit__isnull=True) | ~Q(benefit_method=""),
                name="enterprises_servicevisit_benefit_method",
                violation_error_message=_("A benefit is stated together with how it was estimated."),
            ),
            models.CheckConstraint(
                condition=(Q(benefit__isnull=True) | Q(benefit__gte=0)) & Q(fees_waived__gte=0),
                name="enterprises_servicevisit_amounts",
                violation_error_message=_("Benefit and fees waived cannot be less than nothing."),
            ),
        ]
        indexes = [models.Index(fields=["region", "visited_on"], name="enterprises_visit_on")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.visited_on}"

    def clean(self) -> None:
        super().clean()
        on = self.visited_on
        if not on:
            return
        if on > timezone.localdate():
            raise ValidationError({"visited_on": _("A visit cannot be in the future.")})
        if self.asked_on and self.asked_on > timezone.localdate():
            raise ValidationError({"asked_on": _("This day lies in the future.")})
        if self.region_id and (problem := self.region.problem_on(on)):
            raise ValidationError({"region": problem})
        if self.campaign and (problem := problem_on(self.campaign.begins_on, self.campaign.ends_on, on)):
            raise ValidationError({"campaign": problem})
        if self.team and (problem := problem_of_team(self.team.begins_on, self.team.ends_on, on)):
            raise ValidationError({"team": problem})


class VisitActivity(Tracked):
    """How much of a kind of activity there was at a visit, in what that kind is counted in."""

    SCOPE = "as_parent"
    PARENT = "visit"

    visit = models.ForeignKey(
        ServiceVisit, on_delete=models.PROTECT, related_name="activities", verbose_name=_("service visit")
    )
    activity = models.ForeignKey(
        ServiceActivity, on_delete=models.PROTECT, related_name="+", verbose_name=_("service activity")
    )
    count = models.PositiveIntegerField(_("how many"), default=1)

    class Meta(Tracked.Meta):
        verbose_name = _("activity of a visit")
        verbose_name_plural = _("activities of visits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "activity"],
                condition=NOT_VOIDED,
                name="enterprises_visitactivity_once",
                violation_error_message=_("This activity is stated already."),
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="enterprises_visitactivity_count",
                violation_error_message=_("What was done was done at least once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.count}"
