import re
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.record import NOT_VOIDED
from bureau.texts import narrow
from enterprises.models.enterprise import Enterprise
from enterprises.models.sector import Sector

# An identity number has a date of birth in the middle; a mobile number begins with 1 and has eleven digits.
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")


def personal_number(text: str) -> Any:
    """A sentence if a text that is published holds the number of a person or of a mobile telephone, else None."""
    if _IDENTITY.search(narrow(text)) or _MOBILE.search(narrow(text)):
        return _("This text is published: it must not hold a person's identity or telephone number.")
    return None


class ListedQuerySet(RecordQuerySet):
    def on_list(self, on: date) -> "ListedQuerySet":
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)

    def public(self, on: date) -> "ListedQuerySet":
        """On a list and published, on that day."""
        return self.on_list(on).filter(published_on__lte=on)


class ListedEnterprise(Record):
    """That an enterprise stands on the red or the black list of integrity in metrology, from a day to a day."""

    class Colour(models.TextChoices):
        RED = "red", _("Red list (trustworthy)")
        BLACK = "black", _("Black list (untrustworthy)")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="listings", verbose_name=_("enterprise")
    )
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector")
    )
    colour = models.CharField(_("list"), max_length=10, choices=Colour.choices)
    from_on = models.DateField(_("on the list from"))
    until_on = models.DateField(_("on the list until"), null=True, blank=True, help_text=_("The last day on it."))
    reason = models.CharField(
        _("reason of the listing"), max_length=200, help_text=_("Is published: without names or numbers of persons.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = ListedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("listed enterprise")
        verbose_name_plural = _("red and black lists")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "colour", "from_on"],
                condition=NOT_VOIDED,
                name="enterprises_listedenterprise_once",
                violation_error_message=_("The enterprise stands on this list from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="enterprises_listedenterprise_dates",
                violation_error_message=_("It cannot leave the list before it came onto it."),
            ),
        ]
        indexes = [models.Index(fields=["region", "from_on"], name="enterprises_listed_from")]

    def __str__(self) -> str:
        return f"{self.get_colour_display()} {self.enterprise}"

    def clean(self) -> None:
        super().clean()
        if problem := personal_number(self.reason):
            raise ValidationError({"reason": problem})
        if self.region_id and self.from_on and (problem := self.region.problem_on(self.from_on)):
            raise ValidationError({"region": problem})
