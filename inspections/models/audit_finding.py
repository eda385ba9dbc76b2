from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from inspections.models.audit_item import AuditItem
from inspections.models.energy_audit import EnergyAudit


class AuditFinding(Tracked):
    """What the team found on an item of an audit; an item without one is open. Photos are papers of the audit."""

    AREA = "fieldwork"
    SCOPE = "as_parent"
    PARENT = "audit"

    class Result(models.TextChoices):
        CONFORMING = "conforming", _("Conforms")
        DEFECTIVE = "defective", _("Has defects")
        NONCONFORMING = "nonconforming", _("Does not conform")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="findings", verbose_name=_("energy-metering audit")
    )
    item = models.ForeignKey(AuditItem, on_delete=models.PROTECT, related_name="findings", verbose_name=_("item"))
    result = models.CharField(_("result of the item"), max_length=20, choices=Result.choices)
    finding = models.CharField(_("what was found"), max_length=500, blank=True)
    clause = models.CharField(
        _("clause"), max_length=60, blank=True, help_text=_("Such as GB 17167-2006 4.3.8 or JJF 1356-2012 6.")
    )

    class Meta(Tracked.Meta):
        verbose_name = _("finding of an audit")
        verbose_name_plural = _("findings of audits")
        ordering = ["audit", "item__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "item"],
                condition=NOT_VOIDED,
                name="inspections_auditfinding_once",
                violation_error_message=_("This item has a result already."),
            ),
            models.CheckConstraint(
                condition=Q(result__in=["conforming", "not_applicable"]) | ~Q(finding=""),
                name="inspections_auditfinding_said",
                violation_error_message=_("What has defects or is nonconforming says what was found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_result_display()}"

    def clean(self) -> None:
        super().clean()
        if self.audit_id and self.item_id and self.item.edition != self.audit.edition:
            raise ValidationError({"item": _("This item belongs to another edition than the audit.")})


WRONG = (AuditFinding.Result.DEFECTIVE, AuditFinding.Result.NONCONFORMING)
