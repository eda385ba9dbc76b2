from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise
from inspections.models.campaign import InspectionCampaign
from inspections.models.draw import Draw


class AssignmentQuerySet(RecordQuerySet):
    def open(self) -> "AssignmentQuerySet":
        """Those that no inspection has come of yet."""
        from inspections.models.inspection import SiteInspection

        made = SiteInspection.objects.not_voided().filter(assignment=OuterRef("pk"))
        return self.filter(NOT_VOIDED, ~Exists(made))

    def of(self, person: Any) -> "AssignmentQuerySet":
        return self.filter(Q(lead=person) | Q(companion=person))


class Assignment(Record):
    """Who is to inspect which site in a campaign; by a draw, or named by the office."""

    campaign = models.ForeignKey(
        InspectionCampaign, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("inspection campaign")
    )
    draw = models.ForeignKey(
        Draw,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("double-random draw"),
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("site")
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("inspector")
    )
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("second inspector"),
    )
    due_on = models.DateField(_("to be inspected by"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("assignment of an inspection")
        verbose_name_plural = _("assignments of inspections")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(companion__isnull=True) | ~Q(companion=F("lead")),
                name="inspections_assignment_two",
                violation_error_message=_("The second inspector is another person."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.campaign}"

    def clean(self) -> None:
        super().clean()
        if self.enterprise_id and self.enterprise.is_voided:
            raise ValidationError({"enterprise": _("This enterprise was voided.")})
