from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import EnergyUnit
from inspections.models.audit_item import edition_on
from inspections.models.audit_plan import AuditPlan
from standards.models import Institution


class AuditState(models.TextChoices):
    """How far an audit has come; each state but the first begins on a day (``DAY_OF``)."""

    PLANNED = "planned", _("Planned")
    SELF_CHECK = "self_check", _("Self-check by the unit")
    DOCUMENT_REVIEW = "document_review", _("Document review")
    ON_SITE = "on_site", _("On site")
    RECTIFICATION = "rectification", _("Rectification")
    CONCLUDED = "concluded", _("Concluded")
    REPORTED = "reported", _("Report issued")
    ARCHIVED = "archived", _("Archived")


# State → the field with the day on which it began, in the order of the course.
DAY_OF = {
    AuditState.SELF_CHECK: "self_check_on",
    AuditState.DOCUMENT_REVIEW: "review_on",
    AuditState.ON_SITE: "on_site_on",
    AuditState.RECTIFICATION: "on_site_until",
    AuditState.CONCLUDED: "concluded_on",
    AuditState.REPORTED: "reported_on",
    AuditState.ARCHIVED: "archived_on",
}
STATES = list(AuditState)
# Until the conclusion, what was found may still change.
OPEN_STATES = STATES[: STATES.index(AuditState.CONCLUDED)]


def _course() -> Q:
    """A state goes with its day and those of the states before it, and with no later one."""
    found = Q()
    for place, state in enumerate(STATES):
        reached = Q(state=state.value)
        for number, name in enumerate(DAY_OF.values()):
            reached &= Q((f"{name}__isnull", number >= place))
        found |= reached
    return found


def _order() -> Q:
    names = list(DAY_OF.values())
    found = Q()
    for before, after in pairwise(names):
        found &= Q((f"{after}__isnull", True)) | Q((f"{after}__gte", F(before)))
    return found


class EnergyAuditQuerySet(RecordQuerySet):
    def open(self) -> "EnergyAuditQuerySet":
        return self.filter(NOT_VOIDED, state__in=OPEN_STATES)

    def concluded(self) -> "EnergyAuditQuerySet":
        return self.filter(NOT_VOIDED, concluded_on__isnull=False)

    def of(self, person: Any) -> "EnergyAuditQuerySet":
        """Those on whose team the person is."""
        members = AuditMember.objects.not_voided().filter(person=person)
        return self.filter(pk__in=members.values("audit"))


class EnergyAudit(Record):
    """An audit of the energy metering of a unit (能源计量审查, JJF 1356), from the plan to the archive.

    Written by ``inspections.audits``, which knows what each step asks for. ``edition`` is that of the items by which
    the audit is made. ``judged_by`` says by which text the team judged where a table of the day is not on record.
    """

    AREA = "fieldwork"

    class Conclusion(models.TextChoices):
        CONFORMING = "conforming", _("Meets the requirements")
        AFTER_RECTIFICATION = "after_rectification", _("Meets them after rectification")
        NOT_CONFORMING = "not_conforming", _("Does not meet the requirements")

    agency = models.CharField(
        _("auditing body"), max_length=100, help_text=_("The office or institution that makes the audit.")
    )
    number = CodeField(_("audit no."), max_length=60)
    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="audits", verbose_name=_("energy-using unit")
    )
    plan = models.ForeignKey(
        AuditPlan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audits",
        verbose_name=_("audit plan"),
    )
    institution = models.ForeignKey(
        Institution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("institution"),
        help_text=_("Where a technical institution makes the audit."),
    )
    state = models.CharField(
        _("state of the audit"),
        max_length=20,
        choices=AuditState.choices,
        default=AuditState.PLANNED,
    )
    edition = models.CharField(_("edition of the items"), max_length=40, blank=True)
    self_check_due_on = models.DateField(_("self-check due on"), null=True, blank=True)
    planned_on = models.DateField(_("on site by"), null=True, blank=True)
    self_check_on = models.DateField(_("self-check begun on"), null=True, blank=True)
    review_on = models.DateField(_("document review begun on"), null=True, blank=True)
    on_site_on = models.DateField(_("first day on site"), null=True, blank=True)
    on_site_until = models.DateField(_("last day on site"), null=True, blank=True)
    concluded_on = models.DateField(_("audit concluded on"), null=True, blank=True)
    conclusion = models.CharField(_("conclusion of the audit"), max_length=20, choices=Conclusion.choices, blank=True)
    opinion = models.TextField(_("opinion of the team"), max_length=2000, blank=True)
    judged_by = models.CharField(
        _("judged by the text of"),
        max_length=100,
        blank=True,
        help_text=_("Where a table of the day is not on record: by which text the team judged."),
    )
    report_no = CodeField(_("report no."), max_length=60, blank=True)
    reported_on = models.DateField(_("report issued on"), null=True, blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = EnergyAuditQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("energy-metering audit")
        verbose_name_plural = _("energy-metering audits")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=NOT_VOIDED,
                name="inspections_energyaudit_number",
                violation_error_message=_("This body already has an audit with this number."),
            ),
            models.UniqueConstraint(
                fields=["plan", "unit"],
                condition=NOT_VOIDED & Q(plan__isnull=False),
                name="inspections_energyaudit_plan",
                violation_error_message=_("The audit of this unit was already opened from the plan."),
            ),
            models.CheckConstraint(
                condition=_course(),
                name="inspections_energyaudit_course",
                violation_error_message=_("An audit goes one step after the other: each state has its day."),
            ),
            models.CheckConstraint(
                condition=_order(),
                name="inspections_energyaudit_order",
                violation_error_message=_("A step of an audit cannot be before the step that it follows."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, conclusion="")
                | Q(concluded_on__isnull=False) & ~Q(conclusion=""),
                name="inspections_energyaudit_concluded",
                violation_error_message=_("A concluded audit has a conclusion, and no other has."),
            ),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True, report_no="") | Q(reported_on__isnull=False) & ~Q(report_no=""),
                name="inspections_energyaudit_report",
                violation_error_message=_("An issued report has a number, and a number goes with an issued report."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "concluded_on"], name="inspections_audit_concluded"),
            models.Index(fields=["unit", "state"], name="inspections_audit_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    def clean(self) -> None:
        super().clean()
        if not self.edition:
            self.edition = edition_on(self.day)
        if self.unit_id and self.unit.is_voided and not self.is_voided:
            raise ValidationError({"unit": _("This energy-using unit was voided.")})
        today = timezone.localdate()
        for name in DAY_OF.values():
            if (day := getattr(self, name)) and day > today:
                raise ValidationError({name: _("This day lies in the future.")})
        if self.region_id and (problem := self.region.problem_on(min(self.day, today))):
            raise ValidationError({"region": problem})

    @property
    def day(self) -> date:
        """As of which the unit is looked at: the first day on site, before that the planned one, or today."""
        return self.on_site_on or min(self.planned_on or timezone.localdate(), timezone.localdate())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES and not self.is_voided

    @property
    def next_state(self) -> AuditState | None:
        place = STATES.index(AuditState(self.state)) + 1
        return STATES[place] if place < len(STATES) else None


class AuditMember(Tracked):
    """Who is on the team of an audit, and what for; ``person`` where they log in here."""

    AREA = "fieldwork"
    SCOPE = "as_parent"
    PARENT = "audit"

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="members", verbose_name=_("energy-metering audit")
    )
    name = models.CharField(_("name"), max_length=40)
    is_leader = models.BooleanField(_("leader"), default=False)
    duty = models.CharField(
        _("task in the team"), max_length=60, blank=True, help_text=_("Such as meters, data, documents.")
    )
    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("logs in as"),
    )

    class Meta(Tracked.Meta):
        verbose_name = _("member of an audit team")
        verbose_name_plural = _("members of audit teams")
        ordering = ["audit", "-is_leader", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "name"],
                condition=NOT_VOIDED,
                name="inspections_auditmember_once",
                violation_error_message=_("This member is on the team already."),
            ),
            models.UniqueConstraint(
                fields=["audit"],
                condition=NOT_VOIDED & Q(is_leader=True),
                name="inspections_auditmember_leader",
                violation_error_message=_("A team has one leader."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
