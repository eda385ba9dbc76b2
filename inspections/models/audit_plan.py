from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models import EnergyUnit

FIRST_YEAR, LAST_YEAR = 1990, 2100


class AuditPlan(Record):
    """Which energy-using units are audited in a year (年度审查计划), and until when they check themselves first."""

    agency = models.CharField(_("ordering authority"), max_length=100)
    name = models.CharField(_("audit plan"), max_length=100)
    document_no = models.CharField(_("document no."), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    self_check_due_on = models.DateField(_("self-check due on"), null=True, blank=True)
    on_site_from = models.DateField(_("on site from"), null=True, blank=True)
    on_site_until = models.DateField(_("on site until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("plan of energy-metering audits")
        verbose_name_plural = _("plans of energy-metering audits")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=NOT_VOIDED,
                name="inspections_auditplan_once",
                violation_error_message=_("This authority already has a plan of this name."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="inspections_auditplan_year",
                violation_error_message=_("A year is written with four digits."),
            ),
            models.CheckConstraint(
                condition=(Q(on_site_until__isnull=True) | Q(on_site_until__gte=F("on_site_from")))
                & (
                    Q(self_check_due_on__isnull=True)
                    | Q(on_site_until__isnull=True)
                    | Q(on_site_until__gte=F("self_check_due_on"))
                ),
                name="inspections_auditplan_order",
                violation_error_message=_("The self-check comes first, then the days on site."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedAuditQuerySet(RecordQuerySet):
    def without_audit(self) -> "PlannedAuditQuerySet":
        """Units of a plan for which no audit was opened yet."""
        from inspections.models.energy_audit import EnergyAudit

        opened = EnergyAudit.objects.not_voided().filter(plan=OuterRef("plan"), unit=OuterRef("unit"))
        return self.filter(NOT_VOIDED, ~Exists(opened))


class PlannedAudit(Tracked):
    """A unit of a plan, and by when the team is to have been there."""

    SCOPE = "as_parent"
    PARENT = "plan"

    plan = models.ForeignKey(AuditPlan, on_delete=models.PROTECT, related_name="units", verbose_name=_("audit plan"))
    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="planned_audits", verbose_name=_("energy-using unit")
    )
    body = models.CharField(_("auditing body"), max_length=100, blank=True)
    on_site_by = models.DateField(_("on site by"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = PlannedAuditQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("unit of an audit plan")
        verbose_name_plural = _("units of audit plans")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"],
                condition=NOT_VOIDED,
                name="inspections_plannedaudit_once",
                violation_error_message=_("The plan already has this unit."),
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)

    def clean(self) -> None:
        super().clean()
        if self.unit_id and self.unit.is_voided:
            raise ValidationError({"unit": _("This energy-using unit was voided.")})
