from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReferenceQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "ReferenceQuerySet":
        return self.filter(
            Q(effective_from__isnull=True) | Q(effective_from__lte=on),
            Q(effective_to__isnull=True) | Q(effective_to__gte=on),
        )

    def newest_first(self) -> "ReferenceQuerySet":
        """By edition; one without a first day is the oldest, wherever the database would put it by itself."""
        return self.order_by(F("effective_from").desc(nulls_last=True), "-pk")


class ReferenceRow(models.Model):
    """A row of a rule table: which edition it comes from and from when to when it holds, both days included.

    ``is_verified`` is false while the row was not compared with the official text; an administrator corrects it.
    """

    SCOPE = "everyone"
    AREA = "reference"

    edition = models.CharField(_("edition"), max_length=40)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    is_verified = models.BooleanField(_("compared with the official text"), default=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message=_("A rule cannot end before it begins."),
            )
        ]

    def holds(self, on: date) -> bool:
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)
