from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.rule import CERTIFYING, EventKind


class StandardEvent(Tracked):
    """Something that happened to a standard on a day; its state and its days in force follow from these.

    What the report forms of JJF 1033 ask beside the day (situation, reason, effect; period of sealing; opinions) is
    kept here as well; the papers handed in hang on it.
    """

    SCOPE = "as_parent"
    PARENT = "standard"

    class Situation(models.TextChoices):
        MAIN_RENEWED = "main_renewed", _("Main standard renewed")
        MAIN_ADDED = "main_added", _("Main standard added")
        MAIN_REDUCED = "main_reduced", _("Main standard taken out")
        AUXILIARY_RENEWED = "auxiliary_renewed", _("Main auxiliary equipment renewed")
        AUXILIARY_ADDED = "auxiliary_added", _("Main auxiliary equipment added")
        AUXILIARY_REDUCED = "auxiliary_reduced", _("Main auxiliary equipment taken out")
        SPECIFICATION = "specification", _("Specification followed changed")
        RESPONSIBLE = "responsible", _("Person responsible changed")
        STAFF = "staff", _("Verification or calibration staff changed")
        ENVIRONMENT = "environment", _("Environment or facilities changed")
        OTHER = "other", _("Other")

    class Cause(models.TextChoices):
        SPECIFICATION = "specification", _("Change of the specification")
        TROUBLE = "trouble", _("Trouble with the equipment")
        WORKLOAD = "workload", _("Change of the workload")
        OTHER = "other", _("Other")

    class Effect(models.TextChoices):
        UNCHANGED = "unchanged", _("Range, class and items unchanged")
        CHANGED = "changed", _("Range, class or items changed")

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("measurement standard"),
    )
    kind = models.CharField(_("event"), max_length=20, choices=EventKind.choices)
    on = models.DateField(_("date"))
    certificate_no = CodeField(_("certificate no."), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    situation = models.CharField(_("situation"), max_length=20, choices=Situation.choices, blank=True)
    cause = models.CharField(_("reason of the change"), max_length=20, choices=Cause.choices, blank=True)
    effect = models.CharField(_("effect of the change"), max_length=20, choices=Effect.choices, blank=True)
    before = models.CharField(
        _("before the change"),
        max_length=500,
        blank=True,
        help_text=_("Equipment by name, model, range, class, maker and serial no.; or the specification, the person."),
    )
    after = models.CharField(_("after the change"), max_length=500, blank=True)
    sealed_until = models.DateField(_("to stay sealed until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    unit_opinion = models.CharField(_("opinion of the establishing unit"), max_length=200, blank=True)
    superior_opinion = models.CharField(_("opinion of its superior body"), max_length=200, blank=True)
    authority_opinion = models.CharField(_("opinion of the authority"), max_length=200, blank=True)
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
            models.CheckConstraint(
                condition=Q(sealed_until__isnull=True) | Q(kind=EventKind.SEALED, sealed_until__gte=F("on")),
                name="standards_standardevent_sealed_period",
                violation_error_message=_("Only a sealing has a period, and it ends on its day or later."),
            ),
            models.CheckConstraint(
                condition=Q(situation="", cause="", effect="", before="", after="")
                | Q(kind__in=[EventKind.EQUIPMENT_REPLACED, EventKind.CHANGED]),
                name="standards_standardevent_change",
                violation_error_message=_(
                    "Situation, reason and effect of a change, and what was before and after, belong to a replacement "
                    "of equipment or another change."
                ),
            ),
        ]
        indexes = [models.Index(fields=["on", "kind"], name="standards_event_days")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def clean(self) -> None:
        if problem := event_problem(kind=self.kind, valid_until=self.valid_until):
            raise ValidationError(problem)


def event_problem(*, kind: str, valid_until: Any) -> dict[str, Any]:
    """Sentences by field; of the first certificate of an older standard perhaps only the day is known."""
    if kind == EventKind.REEXAMINED and valid_until is None:
        return {"valid_until": _("A certificate needs the day until which it is valid.")}
    return {}
