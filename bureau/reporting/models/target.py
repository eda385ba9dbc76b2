from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from bureau.reporting.models.of_days import OfDays


class Target(OfDays):
    """What a region is to reach in a figure: a flow in exactly these days, a stock or rate of a day on the last one."""

    class Sense(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    sense = models.CharField(_("reached with"), max_length=10, choices=Sense.choices, default=Sense.AT_LEAST)
    basis = models.CharField(
        _("set by"), max_length=200, blank=True, help_text=_("Plan or document that the target stands in.")
    )

    class Meta(OfDays.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-ends_on", "indicator", "region"]
        constraints = [
            *OfDays.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "region", "begins_on", "ends_on"],
                condition=NOT_VOIDED,
                name="reporting_target_once",
                violation_error_message=_("The region has a target of this figure for these days already."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="reporting_target_value",
                violation_error_message=_("A target is not negative."),
            ),
        ]
        indexes = [models.Index(fields=["region", "ends_on"], name="reporting_target_of")]
        default_permissions = Record.Meta.default_permissions
