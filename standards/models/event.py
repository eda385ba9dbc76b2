from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.rule import CERTIFYING, EventKind


class StandardEvent(Tracked):
    """Something that happened to a standard on a day; its state and its days in force follow from these."""

    SCOPE = "as_parent"
    PARENT = "standard"

    standard = models.ForeignKey("standards.MeasurementStandard", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=20, choices=EventKind.choices)
    on = models.DateField(_("date"))
    certificate_no = CodeField(_("certificate no."), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("life-cycle event")
        verbose_name_plural = _("life-cycle events")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=CERTIFYING) | Q(valid_until__gte=F("on")),
                name="standards_standardevent_validity",
                violation_error_message=_("A certificate needs a day until which it is valid, not before its date."),
            ),
            models.UniqueConstraint(
                fields=["standard", "kind", "on"],
                condition=NOT_VOIDED,
                name="standards_standardevent_once",
                violation_error_message=_("This event is already recorded for that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def clean(self) -> None:
        # Of the first certificate of an older standard perhaps only the day is known: then another must follow.
        if self.kind == EventKind.REEXAMINED and self.valid_until is None:
            raise ValidationError({"valid_until": _("A certificate needs the day until which it is valid.")})
