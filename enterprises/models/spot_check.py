from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise
from enterprises.models.pledge import Pledged
from enterprises.models.sector import Sector


class PledgeSpotCheck(Record):
    """The yearly look at whether an enterprise keeps its pledge."""

    class Result(models.TextChoices):
        KEPT = "kept", _("Pledge kept")
        BROKEN = "broken", _("Pledge broken")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="pledge_spot_checks", verbose_name=_("enterprise")
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    checked_on = models.DateField(_("checked on"))
    agency = models.CharField(_("checking authority"), max_length=100, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    findings = models.CharField(_("what was found"), max_length=300, blank=True)
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("spot check of a pledge")
        verbose_name_plural = _("spot checks of pledges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "sector", "checked_on"],
                condition=NOT_VOIDED,
                name="enterprises_pledgespotcheck_once",
                violation_error_message=_("The spot check of that day is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=F("checked_on"), result="broken"),
                name="enterprises_pledgespotcheck_corrected",
                violation_error_message=_("What is corrected is a broken pledge: not before the check found it."),
            ),
        ]
        indexes = [models.Index(fields=["region", "checked_on"], name="enterprises_spotcheck_on")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.checked_on}"

    def clean(self) -> None:
        super().clean()
        if not self.checked_on:
            return
        if self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("A check cannot lie in the future.")})
        if self.enterprise_id and self.sector_id:
            asked = (self.enterprise_id, self.sector_id, self.checked_on)
            if problem := Pledged([self.enterprise_id]).problem(*asked):
                raise ValidationError({"checked_on": problem})
        if self.region_id and (problem := self.region.problem_on(self.checked_on)):
            raise ValidationError({"region": problem})
