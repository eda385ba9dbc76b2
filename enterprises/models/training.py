from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise
from enterprises.models.sector import Sector
from enterprises.models.service_campaign import ServiceCampaign, problem_on


class Training(Record):
    """A training session for people of enterprises: topic, hours, how many were trained."""

    agency = models.CharField(_("organised by"), max_length=100)
    topic = models.CharField(_("topic"), max_length=120)
    held_on = models.DateField(_("held on"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    people_trained = models.PositiveIntegerField(_("people trained"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector")
    )
    campaign = models.ForeignKey(
        ServiceCampaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainings",
        verbose_name=_("service campaign"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "topic", "held_on"],
                condition=NOT_VOIDED,
                name="enterprises_training_once",
                violation_error_message=_("This training session is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0),
                name="enterprises_training_hours",
                violation_error_message=_("A training session takes more than no time."),
            ),
        ]
        indexes = [models.Index(fields=["region", "held_on"], name="enterprises_training_on")]

    def __str__(self) -> str:
        return f"{self.topic} {self.held_on}"

    def clean(self) -> None:
        super().clean()
        if not self.held_on:
            return
        if self.held_on > timezone.localdate():
            raise ValidationError({"held_on": _("A training session cannot be in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.held_on)):
            raise ValidationError({"region": problem})
        campaign = self.campaign
        if campaign and (problem := problem_on(campaign.begins_on, campaign.ends_on, self.held_on)):
            raise ValidationError({"campaign": problem})


class TrainingEnterprise(Tracked):
    """An enterprise whose people were at a training session."""

    SCOPE = "as_parent"
    PARENT = "training"

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="enterprises", verbose_name=_("training session")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("enterprise")
    )

    class Meta(Tracked.Meta):
        verbose_name = _("enterprise at a training session")
        verbose_name_plural = _("enterprises at training sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "enterprise"],
                condition=NOT_VOIDED,
                name="enterprises_trainingenterprise_once",
                violation_error_message=_("This enterprise is already on the list of the session."),
            )
        ]

    def __str__(self) -> str:
        return str(self.enterprise)
