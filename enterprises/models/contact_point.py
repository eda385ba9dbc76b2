from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise


class ContactPointQuerySet(RecordQuerySet):
    def on(self, day: date) -> "ContactPointQuerySet":
        return self.filter(NOT_VOIDED, Q(begins_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class ContactPoint(Record):
    """An enterprise that an office keeps lasting contact with and helps one to one (联系点), both days included."""

    agency = models.CharField(_("contact kept by"), max_length=100)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="contact_points", verbose_name=_("enterprise")
    )
    begins_on = models.DateField(_("contact point from"))
    ends_on = models.DateField(_("contact point until"), null=True, blank=True)
    task = models.CharField(_("help agreed on"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = ContactPointQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("contact-point enterprise")
        verbose_name_plural = _("contact-point enterprises")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "agency", "begins_on"],
                condition=NOT_VOIDED,
                name="enterprises_contactpoint_once",
                violation_error_message=_("The enterprise is already a contact point of this office from that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="enterprises_contactpoint_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["region", "begins_on"], name="enterprises_contact_begins")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.begins_on}"

    def clean(self) -> None:
        super().clean()
        if not self.begins_on:
            return
        if self.begins_on > timezone.localdate():
            raise ValidationError({"begins_on": _("This day lies in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.begins_on)):
            raise ValidationError({"region": problem})
