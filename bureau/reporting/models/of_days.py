from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.reporting import indicators
from bureau.reporting.indicators import BaseIndicator, UnknownIndicator
from bureau.reporting.periods import InvalidPeriod, Period

KEY_LENGTH = 80


class OfDays(Record):
    """A number that somebody states of a figure, for a region and the days of a period, both included.

    ``indicator`` is the key of the figure: figures stand in code, or in the table of those that offices defined.
    """

    AREA = "figure"

    indicator = models.CharField(_("figure"), max_length=KEY_LENGTH)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (included)"))
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=4, help_text=_("In the unit of the figure: yuan, percent as 95.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message=_("The period ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{label_of(self.indicator)} {self.begins_on} – {self.ends_on}"

    @property
    def period(self) -> Period:
        return Period(self.begins_on, self.ends_on)

    def clean(self) -> None:
        super().clean()
        if self.indicator:
            self.check_indicator(known(self.indicator))
        if self.begins_on and self.ends_on and (problem := problem_of_days(self.begins_on, self.ends_on)):
            raise ValidationError({"begins_on": problem})
        if self.region_id and self.ends_on and (problem := self.region.problem_on(self.ends_on)):
            raise ValidationError({"region": problem})

    def check_indicator(self, indicator: BaseIndicator) -> None:
        """Raises ``ValidationError`` where no such number can be stated of the figure."""


def known(key: str) -> BaseIndicator:
    """Raises ``ValidationError`` for the field ``indicator``."""
    try:
        return indicators.get(key)
    except UnknownIndicator as problem:
        raise ValidationError({"indicator": str(problem)}) from None


def label_of(key: str) -> str:
    """Of a figure that is no longer there its key."""
    try:
        return str(indicators.get(key).label)
    except UnknownIndicator:
        return key


def problem_of_days(first: date, last: date) -> Any:
    """A sentence if these are no period of figures; their order is for the constraint."""
    try:
        Period(min(first, last), last)
    except InvalidPeriod as problem:
        return str(problem)
    return None
