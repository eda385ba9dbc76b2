from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class StandardItem(Dated, Tracked):
    """What may be verified or calibrated with a standard: an item with its range, class and the specification followed.

    As listed on the certificate of the standard (JJF 1033), from the day on which it was added to the day on which it
    was dropped.
    """

    class Kind(models.TextChoices):
        VERIFICATION = "verification", _("Verification")
        CALIBRATION = "calibration", _("Calibration")

    SCOPE = "as_parent"
    PARENT = "standard"

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("measurement standard"),
    )
    name = models.CharField(_("item"), max_length=100, help_text=_("The kind of instrument, for example 燃油加油机."))
    kind = models.CharField(_("verified or calibrated"), max_length=20, choices=Kind.choices)
    measuring_range = models.CharField(_("measuring range"), max_length=200)
    accuracy = models.CharField(_("accuracy class, MPE or uncertainty"), max_length=200, blank=True)
    specification = models.CharField(
        _("specification followed"),
        max_length=200,
        help_text=_("Number and name, for example JJG 443-2015 燃油加油机."),
    )
    local_specification = models.ForeignKey(
        "standards.Specification",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("local specification"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("item of a standard")
        verbose_name_plural = _("items of standards")
        ordering = ["standard_id", "name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "name", "kind", "measuring_range"],
                condition=NOT_VOIDED,
                name="standards_standarditem_once",
                violation_error_message=_("The standard already has this item with this range."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_item_days")]

    def __str__(self) -> str:
        return f"{self.name} {self.measuring_range}"
