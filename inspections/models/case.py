from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise, Sector
from enterprises.models.time_limit import Limits, TimeLimit
from inspections.models.cause import ViolationCause
from inspections.models.complaint import Complaint
from inspections.models.finding import Finding

UNDECIDED = Q(decided_on__isnull=True, closed_on__isnull=True, transferred_on__isnull=True)


class CaseQuerySet(RecordQuerySet):
    def in_state(self, state: str) -> "CaseQuerySet":
        """As ``ViolationCase.state`` says of each row."""
        conditions = {
            ViolationCase.State.FILED: UNDECIDED,
            ViolationCase.State.DECIDED: Q(
                decided_on__isnull=False, closed_on__isnull=True, transferred_on__isnull=True
            ),
            ViolationCase.State.TRANSFERRED: Q(closed_on__isnull=True, transferred_on__isnull=False),
            ViolationCase.State.CLOSED: Q(closed_on__isnull=False),
        }
        return self.filter(conditions[ViolationCase.State(state)])

    def overdue(self, on: date) -> "CaseQuerySet":
        """Without a decision although the time for it has run out."""
        return self.filter(UNDECIDED, decision_due_on__lt=on)


class ViolationCase(Record):
    """A case of a violation of metrology law, from its filing to decision, closing and publication (计量违法案件).

    The state follows from the dates.
    """

    class Source(models.TextChoices):
        INSPECTION = "inspection", _("Inspection")
        SPOT_CHECK = "spot_check", _("Spot check")
        COMPLAINT = "complaint", _("Complaint or report")
        TRANSFER = "transfer", _("Transferred by another authority")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        FILED = "filed", _("Under investigation")
        DECIDED = "decided", _("Decided")
        TRANSFERRED = "transferred", _("Transferred")
        CLOSED = "closed", _("Closed")

    agency = models.CharField(_("handling authority"), max_length=100)
    case_no = CodeField(_("case no."), max_length=60)
    name = models.CharField(_("case name"), max_length=150)
    filed_on = models.DateField(_("filed on"))
    source = models.CharField(_("source"), max_length=20, choices=Source.choices)
    cause = models.ForeignKey(ViolationCause, on_delete=models.PROTECT, related_name="+", verbose_name=_("cause"))
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector")
    )
    enterprise = models.ForeignKey(
        Enterprise,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("party (enterprise)"),
    )
    party = models.CharField(
        _("party (not on record as an enterprise)"),
        max_length=100,
        blank=True,
        help_text=_("Only where the party is no enterprise, such as a stall."),
    )
    complaint = models.ForeignKey(
        Complaint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("complaint that led to it"),
    )
    finding = models.ForeignKey(
        Finding,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("finding that led to it"),
    )
    instruments = models.CharField(_("instruments concerned"), max_length=200, blank=True)
    facts = models.TextField(_("facts"), max_length=4000, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    decision_due_on = models.DateField(
        _("decision due on"),
        null=True,
        blank=True,
        help_text=_("Empty: by the time limit of the day; an extension is entered here."),
    )
    decision_no = CodeField(_("decision no."), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    is_warned = models.BooleanField(_("warning"), default=False)
    is_ordered_to_correct = models.BooleanField(_("ordered to correct"), default=False)
    fine = models.DecimalField(_("fine (yuan)"), max_digits=14, decimal_places=2, default=0)
    confiscated = models.DecimalField(_("confiscated (yuan)"), max_digits=14, decimal_places=2, default=0)
    transferred_on = models.DateField(_("transferred on"), null=True, blank=True)
    transferred_to = models.CharField(_("transferred to"), max_length=100, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    published_on = models.DateField(_("decision published on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("violation case")
        verbose_name_plural = _("violation cases")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "case_no"],
                condition=NOT_VOIDED,
                name="inspections_violationcase_number",
                violation_error_message=_("This authority already has a case with this number."),
            ),
            models.UniqueConstraint(
                fields=["agency", "decision_no"],
                condition=NOT_VOIDED & ~Q(decision_no=""),
                name="inspections_violationcase_decision",
                violation_error_message=_("This authority already has a decision with this number."),
            ),
            models.UniqueConstraint(
                fields=["finding"],
                condition=NOT_VOIDED & Q(finding__isnull=False),
                name="inspections_violationcase_finding",
                violation_error_message=_("A case was filed on this finding already."),
            ),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, party="") | Q(enterprise__isnull=True) & ~Q(party=""),
                name="inspections_violationcase_party",
                violation_error_message=_("A case has one party: an enterprise on record, or a name."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decision_no="") | Q(decided_on__isnull=False) & ~Q(decision_no=""),
                name="inspections_violationcase_decided",
                violation_error_message=_("A decision has a number and a date."),
            ),
            models.CheckConstraint(
                condition=Q(fine__gte=0, confiscated__gte=0),
                name="inspections_violationcase_amounts",
                violation_error_message=_("An amount of money cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(fine=0, confiscated=0) | Q(decided_on__isnull=False),
                name="inspections_violationcase_penalty",
                violation_error_message=_("A fine or a confiscation needs a decision with number and date."),
            ),
            models.CheckConstraint(
                condition=(Q(decided_on__isnull=True) | Q(decided_on__gte=F("filed_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("filed_on")))
                & (Q(transferred_on__isnull=True) | Q(transferred_on__gte=F("filed_on"))),
                name="inspections_violationcase_dates",
                violation_error_message=_("A case cannot be decided, closed or transferred before it is filed."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(decided_on__isnull=True) | Q(closed_on__gte=F("decided_on")),
                name="inspections_violationcase_closed",
                violation_error_message=_("A case cannot be closed before it is decided."),
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(decided_on__isnull=False, published_on__gte=F("decided_on")),
                name="inspections_violationcase_published",
                violation_error_message=_("What is published is a decision: not before there is one."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "filed_on"], name="inspections_case_filed"),
            models.Index(
                fields=["decision_due_on"],
                name="inspections_case_due",
                condition=UNDECIDED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.name}"

    def clean(self) -> None:
        super().clean()
        if not self.filed_on:
            return
        if self.filed_on > timezone.localdate():
            raise ValidationError({"filed_on": _("A case cannot be filed in the future.")})
        if self.decision_due_on is None:
            self.decision_due_on = Limits(TimeLimit.Act.CASE_DECISION).last_day(self.filed_on)
        if self.region_id and (problem := self.region.problem_on(self.filed_on)):
            raise ValidationError({"region": problem})

    @property
    def state(self) -> "ViolationCase.State":
        if self.closed_on:
            return self.State.CLOSED
        if self.transferred_on:
            return self.State.TRANSFERRED
        return self.State.DECIDED if self.decided_on else self.State.FILED

    @property
    def is_overdue(self) -> bool:
        if self.state != self.State.FILED or self.decision_due_on is None:
            return False
        return self.decision_due_on < timezone.localdate()

    @property
    def party_name(self) -> str:
        return self.enterprise.name if self.enterprise else self.party
