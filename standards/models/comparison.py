from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.field import MeasurementField


class Comparison(Record):
    """A comparison of measurement results between institutions (计量比对; SAMR order 69, JJF 1117).

    Its state follows from its days. ``disclosed_on``: the first day on which the laboratories could know the reference
    values; what they hand in later is kept, but counts no more.
    """

    class Level(models.TextChoices):
        NATIONAL = "national", _("National comparison")
        PROVINCIAL = "provincial", _("Provincial comparison")
        MUNICIPAL = "municipal", _("Municipal comparison")
        COUNTY = "county", _("County comparison")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        CLOSED = "closed", _("Being evaluated")
        REPORTED = "reported", _("Report issued")

    number = CodeField(_("comparison no."), max_length=40, help_text=_("As in the plan, for example 2026-LN-03."))
    name = models.CharField(_("name of the comparison"), max_length=100)
    level = models.CharField(_("level of the comparison"), max_length=20, choices=Level.choices)
    field = models.ForeignKey(MeasurementField, on_delete=models.PROTECT, related_name="+", verbose_name=_("field"))
    organiser = models.CharField(_("organised by"), max_length=100)
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("Number of the notice or plan by which it is held.")
    )
    transfer_standard = models.CharField(
        _("transfer standard"), max_length=200, help_text=_("Name, model and serial number.")
    )
    begins_on = models.DateField(_("begins on"))
    results_due_on = models.DateField(
        _("results due on"), null=True, blank=True, help_text=_("Last day; what comes later is marked as late.")
    )
    disclosed_on = models.DateField(
        _("reference values made known on"),
        null=True,
        blank=True,
        help_text=_("Results handed in later are kept but do not count; empty: the day of the report."),
    )
    reported_on = models.DateField(_("report issued on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "number"],
                condition=NOT_VOIDED,
                name="standards_comparison_number",
                violation_error_message=_("This organiser already has a comparison with this number."),
            ),
            models.CheckConstraint(
                condition=Q(results_due_on__gte=F("begins_on")),
                name="standards_comparison_due",
                violation_error_message=_("Results cannot be due before the comparison begins."),
            ),
            models.CheckConstraint(
                condition=Q(disclosed_on__gte=F("begins_on")),
                name="standards_comparison_disclosed",
                violation_error_message=_("Reference values cannot be made known before the comparison begins."),
            ),
            models.CheckConstraint(
                condition=Q(disclosed_on__gte=F("results_due_on")),
                name="standards_comparison_disclosed_after_due",
                violation_error_message=_("Reference values are made known after the results are due (JJF 1117)."),
            ),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("begins_on")),
                name="standards_comparison_reported",
                violation_error_message=_("The report cannot be issued before the comparison begins."),
            ),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("disclosed_on")),
                name="standards_comparison_reported_after_disclosed",
                violation_error_message=_("The report makes the reference values known: they cannot be so later."),
            ),
        ]
        indexes = [models.Index(fields=["region", "reported_on"], name="standards_comparison_reported")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        if self.region_id and self.begins_on and (problem := self.region.problem_on(self.begins_on)):
            raise ValidationError({"region": problem})

    @property
    def closed_on(self) -> date | None:
        """The last day on which a result counts."""
        return self.disclosed_on or self.reported_on

    @property
    def state(self) -> State:
        today = timezone.localdate()
        if self.reported_on is not None:
            return self.State.REPORTED
        if self.disclosed_on is not None and self.disclosed_on <= today:
            return self.State.CLOSED
        return self.State.RUNNING if self.begins_on <= today else self.State.PLANNED


class ComparisonPart:
    """What hangs on a comparison, and may point to other rows of the same one only (``SIBLINGS``)."""

    SCOPE = "as_parent"
    PARENT = "comparison"
    SIBLINGS: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        row: Any = self
        for name in self.SIBLINGS:
            other = getattr(row, name, None) if getattr(row, f"{name}_id") else None
            if other is not None and row.comparison_id and other.comparison_id != row.comparison_id:
                raise ValidationError({name: _("This belongs to another comparison.")})
