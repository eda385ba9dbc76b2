from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class AuthorisedItem(Dated, Tracked):
    """What an institution is entitled to verify, calibrate, test or evaluate, within which range, from when to when."""

    class Service(models.TextChoices):
        VERIFICATION = "verification", _("Verification")
        CALIBRATION = "calibration", _("Calibration")
        TEST = "test", _("Test")
        TYPE_EVALUATION = "type_evaluation", _("Type evaluation")

    SCOPE = "as_parent"
    PARENT = "institution"
    ONE_AT_A_TIME = ("institution_id", "service", "name", "measuring_range")

    institution = models.ForeignKey(
        "standards.Institution",
        on_delete=models.PROTECT,
        related_name="authorised_items",
        verbose_name=_("institution"),
    )
    service = models.CharField(_("service"), max_length=20, choices=Service.choices)
    name = models.CharField(_("item"), max_length=100)
    measuring_range = models.CharField(_("measuring range"), max_length=200)
    accuracy = models.CharField(
        _("uncertainty, accuracy class or maximum permissible error"), max_length=200, blank=True
    )
    specification = models.CharField(_("specification followed"), max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("authorised item")
        verbose_name_plural = _("authorised items")
        ordering = ["name", "-begins_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["institution", "service", "name", "measuring_range", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_authoriseditem_once",
                violation_error_message=_("This item of the institution is already on record from that day."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_authitem_days")]

    def __str__(self) -> str:
        return f"{self.name} {self.measuring_range}".strip()
