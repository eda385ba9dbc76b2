from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.outreach_grade import OutreachGrade

BEFORE = _("No award is given before the event begins.")


def too_early(participants: int | None, begins_on: date | None) -> Any:
    """A sentence if people are said to have taken part in what has not begun, else None."""
    if participants and begins_on and begins_on > timezone.localdate():
        return _("Nobody can have taken part before the event began.")
    return None


class OutreachEvent(Record):
    """What a bureau did to make metrology known to the public (计量科普): a quiz, an open day, a lecture.

    Counts of people only: who they were is nobody's business.
    """

    organiser = models.CharField(_("organised by"), max_length=100)
    name = models.CharField(_("event name"), max_length=120)
    topic = models.CharField(_("topic"), max_length=120, blank=True, help_text=_("For example 世界计量日."))
    place = models.CharField(_("place or web site"), max_length=120, blank=True)
    begins_on = models.DateField(_("first day"))
    until_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty for an event of one day; it counts on its first day.")
    )
    registered = models.PositiveIntegerField(
        _("persons registered"), null=True, blank=True, help_text=_("Empty where nobody needed to register.")
    )
    participants = models.PositiveIntegerField(_("persons taking part"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("outreach event")
        verbose_name_plural = _("outreach events")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "name", "begins_on"],
                condition=NOT_VOIDED,
                name="enterprises_outreachevent_once",
                violation_error_message=_("This organiser's event of that day is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("begins_on")),
                name="enterprises_outreachevent_dates",
                violation_error_message=_("An event cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(registered__isnull=True)
                | Q(participants__isnull=True)
                | Q(participants__lte=F("registered")),
                name="enterprises_outreachevent_participants",
                violation_error_message=_(
                    "More people took part than had registered: leave the number of registered persons empty where "
                    "nobody needed to."
                ),
            ),
        ]
        indexes = [models.Index(fields=["region", "begins_on"], name="enterprises_outreach_begins")]

    def __str__(self) -> str:
        return f"{self.name} {self.begins_on}"

    def clean(self) -> None:
        super().clean()
        if problem := too_early(self.participants, self.begins_on):
            raise ValidationError({"participants": problem})
        if self.region_id and self.begins_on and (problem := self.region.problem_on(self.begins_on)):
            raise ValidationError({"region": problem})


class OutreachAward(Tracked):
    """How many people won one grade of award at an outreach event on one day."""

    SCOPE = "as_parent"
    PARENT = "event"

    event = models.ForeignKey(
        OutreachEvent, on_delete=models.PROTECT, related_name="awards", verbose_name=_("outreach event")
    )
    grade = models.ForeignKey(OutreachGrade, on_delete=models.PROTECT, related_name="+", verbose_name=_("award grade"))
    awarded_on = models.DateField(_("awarded on"))
    people = models.PositiveIntegerField(_("persons awarded"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("outreach award")
        verbose_name_plural = _("outreach awards")
        ordering = ["awarded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "grade", "awarded_on"],
                condition=NOT_VOIDED,
                name="enterprises_outreachaward_once",
                violation_error_message=_("The awards of this grade and day are already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="enterprises_outreachaward_people",
                violation_error_message=_("An award is given to one person at least."),
            ),
        ]
        indexes = [models.Index(fields=["awarded_on"], name="enterprises_outreachaward_on")]

    def __str__(self) -> str:
        return f"{self.grade} {self.awarded_on}"

    def clean(self) -> None:
        super().clean()
        if not self.awarded_on:
            return
        if self.awarded_on > timezone.localdate():
            raise ValidationError({"awarded_on": _("An award cannot be made in the future.")})
        event = getattr(self, "event", None)
        if event and event.begins_on and self.awarded_on < event.begins_on:
            raise ValidationError({"awarded_on": BEFORE})
