from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED


class TrialMonth(Record):
    """Pieces verified at a holder in a month, as offices keep them with one column per month."""

    holder = models.CharField(_("holder"), max_length=100)
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    pieces = models.PositiveIntegerField(_("pieces"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("trial month")
        verbose_name_plural = _("trial months")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "month"],
                condition=NOT_VOIDED,
                name="benchmarks_trialmonth_once",
                violation_error_message=_("This holder has an entry for the month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="benchmarks_trialmonth_first_day",
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.month:%Y-%m}"
