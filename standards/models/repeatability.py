from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.characteristic_rows import repeatability_row
from standards.models.characteristic import Verdict
from standards.models.measured import MeasuredField
from standards.models.requirement import Requirements


class RepeatabilityTest(Tracked):
    """A repeatability test of verification or calibration results: raw readings of one day and what follows from them.

    ``n``, ``mean`` and ``s`` follow from the readings (``standards.characteristic_rows``); what they are compared
    with, the verdict and its clause from the standard's other tests at the point (``standards.judging``).
    """

    SCOPE = "as_parent"
    PARENT = "standard"

    class Purpose(models.TextChoices):
        SET_UP = "set_up", _("When it was set up")
        IN_USE = "in_use", _("In use, yearly")

    class Reevaluation(models.TextChoices):
        MEETS = "meets", _("Evaluated anew with this s: meets the need")
        FAILS = "fails", _("Evaluated anew with this s: does not meet the need")

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="repeatability_tests",
        verbose_name=_("measurement standard"),
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.IN_USE)
    on = models.DateField(_("date"))
    point = models.CharField(
        _("measured quantity and point"),
        max_length=60,
        help_text=_("For example 100 g. Tests of one point are compared with each other."),
    )
    unit = models.CharField(_("unit"), max_length=20)
    readings = models.CharField(
        _("readings"),
        max_length=1000,
        help_text=_("In the order in which they were taken, separated by blanks, commas or lines."),
    )
    fewer_reason = models.CharField(_("reason for fewer readings"), max_length=200, blank=True)
    reevaluation = models.CharField(
        _("uncertainty evaluated anew"),
        max_length=10,
        choices=Reevaluation.choices,
        blank=True,
        help_text=_("Needed where s is larger than the one accepted before."),
    )
    tested_by = models.CharField(_("tested by"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    n = models.PositiveSmallIntegerField(_("number of readings n"), blank=True, editable=False)
    mean = MeasuredField(_("mean"), blank=True, editable=False)
    s = MeasuredField(_("repeatability s"), blank=True, editable=False)
    accepted_s = MeasuredField(_("accepted s"), null=True, blank=True, editable=False)
    next_due_on = models.DateField(_("next due by"), null=True, blank=True, editable=False)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices, blank=True, editable=False)
    clause = models.CharField(_("clause"), max_length=90, blank=True, editable=False)

    class Meta(Tracked.Meta):
        verbose_name = _("repeatability test")
        verbose_name_plural = _("repeatability tests")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "point", "on"],
                condition=NOT_VOIDED,
                name="standards_repeatabilitytest_once",
                violation_error_message=_("A repeatability test of that day at this point is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(n__gte=2),
                name="standards_repeatabilitytest_readings",
                violation_error_message=_("A repeatability test has at least two readings."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.point}".strip()

    def clean(self) -> None:
        if self.on and self.readings:
            values = repeatability_row(
                on=self.on, readings=self.readings, fewer_reason=self.fewer_reason, requirements=Requirements.load()
            )
            for name, value in values.items():
                setattr(self, name, value)
