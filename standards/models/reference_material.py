from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class ReferenceMaterialProduct(Dated, Tracked):
    """A certified reference material that a producer was approved to make, from the day of approval."""

    class Level(models.TextChoices):
        PRIMARY = "primary", _("Primary reference material (GBW)")
        SECONDARY = "secondary", _("Secondary reference material (GBW(E))")

    SCOPE = "as_parent"
    PARENT = "institution"
    ONE_AT_A_TIME = ("code",)

    institution = models.ForeignKey(
        "standards.Institution", on_delete=models.PROTECT, related_name="products", verbose_name=_("institution")
    )
    code = CodeField(_("reference material no."), max_length=30, help_text=_("As approved, for example GBW(E) 080123."))
    name = models.CharField(_("reference material"), max_length=100)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    certified_value = models.CharField(_("certified value and uncertainty"), max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("reference material product")
        verbose_name_plural = _("reference material products")
        ordering = ["code", "-begins_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_referencematerialproduct_once",
                violation_error_message=_("This reference material is already on record from that day."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True),
                name="standards_referencematerialproduct_present",
                violation_error_message=_("This reference material is already on record and has not ended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
