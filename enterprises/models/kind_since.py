from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.kind import EnterpriseKind


class KindSinceQuerySet(RecordQuerySet):
    def on(self, day: date) -> "KindSinceQuerySet":
        return self.filter(NOT_VOIDED, Q(begins_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class EnterpriseKindSince(Tracked):
    """From when to when an enterprise is of a kind, both days included; no end: it still is."""

    SCOPE = "as_parent"
    PARENT = "enterprise"

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="kinds_since", verbose_name=_("enterprise")
    )
    kind = models.ForeignKey(EnterpriseKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind"))
    begins_on = models.DateField(_("of this kind from"))
    ends_on = models.DateField(_("of this kind until"), null=True, blank=True)

    objects: ClassVar[Any] = KindSinceQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("kind of the enterprise")
        verbose_name_plural = _("kinds of the enterprise")
        ordering = ["kind", "begins_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "begins_on"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True),
                name="enterprises_enterprisekindsince_open",
                violation_error_message=_("This kind is already recorded from that day."),
            ),
            models.UniqueConstraint(
                fields=["enterprise", "kind", "begins_on", "ends_on"],
                condition=NOT_VOIDED,
                name="enterprises_enterprisekindsince_once",
                violation_error_message=_("This kind is already recorded from that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="enterprises_enterprisekindsince_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.begins_on} – {self.ends_on or ''}".strip()
