from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.ending import Ending, EndingQuerySet, ending_constraints
from enterprises.models.enterprise import Enterprise
from enterprises.models.pledge import Pledge, Pledged
from enterprises.models.sector import Sector


class AwardQuerySet(EndingQuerySet):
    def without_pledge(self, on: date) -> "AwardQuerySet":
        """In force on that day although the pledge that it stands on no longer is."""
        of_award = {"enterprise": OuterRef("enterprise"), "sector": OuterRef("sector")}
        bound = Pledge.objects.in_force(on).filter(NOT_VOIDED, **of_award)
        awards: Any = self.in_force(on)
        return awards.filter(~Q(Exists(bound)))  # type: ignore[no-any-return]


class DemonstrationAward(Ending, Record):
    """That an enterprise became a demonstration unit of integrity in metrology (诚信计量示范单位).

    Awarded by decision of people: ``checklist`` keeps what the criteria said when the decision was entered here, as
    rows of key, label, verdict and sentence; empty for awards that were entered from a file.
    """

    BEGINS = "awarded_on"

    class Tier(models.TextChoices):
        PROVINCIAL = "provincial", _("Provincial")
        MUNICIPAL = "municipal", _("Municipal")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="demonstration_awards", verbose_name=_("enterprise")
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices)
    recommended_by = models.CharField(_("recommended by"), max_length=100, blank=True)
    awarded_on = models.DateField(_("awarded on"))
    document_no = CodeField(_("document no."), max_length=60, blank=True)
    decision = models.CharField(
        _("grounds of the decision"),
        max_length=300,
        blank=True,
        help_text=_("Needed in particular where a criterion is not met."),
    )
    checklist = models.JSONField(_("criteria as they stood"), default=list, editable=False)
    withdrawal_remark = models.CharField(_("about the withdrawal"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = AwardQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("demonstration unit")
        verbose_name_plural = _("demonstration units")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "tier", "awarded_on"],
                condition=NOT_VOIDED,
                name="enterprises_demonstrationaward_once",
                violation_error_message=_("This award of that day is already recorded."),
            ),
            *ending_constraints(
                "enterprises_demonstrationaward",
                "awarded_on",
                before=_("An award cannot be withdrawn before it was made."),
            ),
        ]
        indexes = [models.Index(fields=["region", "awarded_on"], name="enterprises_award_on")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_tier_display()}"

    def clean(self) -> None:
        super().clean()
        if not self.awarded_on:
            return
        if self.awarded_on > timezone.localdate():
            raise ValidationError({"awarded_on": _("An award cannot be made in the future.")})
        if self.enterprise_id and self.sector_id:
            asked = (self.enterprise_id, self.sector_id, self.awarded_on)
            if problem := Pledged([self.enterprise_id]).problem(*asked):
                raise ValidationError({"awarded_on": problem})
        if self.region_id and (problem := self.region.problem_on(self.awarded_on)):
            raise ValidationError({"region": problem})
