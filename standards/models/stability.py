from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.characteristic_rows import stability_row
from standards.models.characteristic import Method, StabilityPurpose, Verdict
from standards.models.measured import MeasuredField
from standards.models.requirement import Requirements


class StabilityCheck(Tracked):
    """A stability check of a standard: groups of readings of several days, or this year's result beside last year's.

    ``result`` is S; it, the verdict and its clause follow from the groups and from the check before
    (``standards.judging``). Where a control chart shows control, that is entered instead of groups.
    """

    SCOPE = "as_parent"
    PARENT = "standard"

    class LimitKind(models.TextChoices):
        MPE = "mpe", _("|MPE|, used without correction")
        UNCERTAINTY = "uncertainty", _("U of the correction (k = 2 or U95), used with correction")

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="stability_checks",
        verbose_name=_("measurement standard"),
    )
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=StabilityPurpose.choices, default=StabilityPurpose.IN_USE
    )
    method = models.CharField(_("method"), max_length=20, choices=Method.choices, default=Method.CHECK_STANDARD)
    on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("The day of the last group; needed for a control chart only.")
    )
    point = models.CharField(
        _("measured quantity and point"),
        max_length=60,
        help_text=_("For example 100 g. Checks of one point are compared with each other."),
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    groups = models.CharField(
        _("groups of readings"),
        max_length=2000,
        blank=True,
        help_text=_("Each group begins with its day: 2026-01-05: 10.0012 10.0013; 2026-02-10: 10.0011 10.0014."),
    )
    previous_mean = MeasuredField(
        _("last year's result"),
        null=True,
        blank=True,
        help_text=_("Where last year's check is not on record here."),
    )
    limit_kind = models.CharField(_("kind of limit"), max_length=15, choices=LimitKind.choices, blank=True)
    limit = MeasuredField(_("limit"), null=True, blank=True)
    is_in_control = models.BooleanField(_("in control by the chart"), null=True, blank=True)
    fewer_reason = models.CharField(_("reason for fewer groups"), max_length=200, blank=True)
    tested_by = models.CharField(_("tested by"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    group_count = models.PositiveSmallIntegerField(_("number of groups m"), default=0, editable=False)
    mean = MeasuredField(_("result of the last group"), null=True, blank=True, editable=False)
    result = MeasuredField(_("stability S"), null=True, blank=True, editable=False)
    next_due_on = models.DateField(_("next due by"), null=True, blank=True, editable=False)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices, blank=True, editable=False)
    clause = models.CharField(_("clause"), max_length=90, blank=True, editable=False)

    class Meta(Tracked.Meta):
        verbose_name = _("stability check")
        verbose_name_plural = _("stability checks")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "point", "on"],
                condition=NOT_VOIDED,
                name="standards_stabilitycheck_once",
                violation_error_message=_("A stability check of that day at this point is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(method="control_chart", is_in_control__isnull=False, groups="")
                | ~Q(method="control_chart") & Q(is_in_control__isnull=True, limit__isnull=False) & ~Q(groups=""),
                name="standards_stabilitycheck_kind",
                violation_error_message=_(
                    "A control chart says whether it is in control and has no groups; any other method has groups of "
                    "readings and a limit."
                ),
            ),
            models.CheckConstraint(
                condition=Q(limit__isnull=True, limit_kind="") | Q(limit__gt=0) & ~Q(limit_kind=""),
                name="standards_stabilitycheck_limit",
                violation_error_message=_("A limit is greater than zero and says whether it is |MPE| or U."),
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=False),
                name="standards_stabilitycheck_day",
                violation_error_message=_("A stability check has a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on or ''} {self.point}".strip()

    def clean(self) -> None:
        values = stability_row(
            purpose=self.purpose,
            method=self.method,
            on=self.on,
            groups=self.groups,
            fewer_reason=self.fewer_reason,
            unit=self.unit,
            requirements=Requirements.load(),
        )
        for name, value in values.items():
            setattr(self, name, value)
        if self.on is None:
            raise ValidationError({"on": _("A stability check has a day.")})
