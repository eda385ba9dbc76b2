from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.models import ReferenceRow, Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.requirement import Requirements


class Examination(Tracked):
    """The examination of a standard by the authority's team: checklist, rectification, conclusion (JJF 1033)."""

    SCOPE = "as_parent"
    PARENT = "standard"

    class Kind(models.TextChoices):
        NEW = "new", _("New standard")
        REEXAMINATION = "reexamination", _("Re-examination")

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="examinations",
        verbose_name=_("measurement standard"),
    )
    kind = models.CharField(_("kind of examination"), max_length=15, choices=Kind.choices)
    begun_on = models.DateField(_("begun on"))
    on_site_on = models.DateField(_("examined on site on"), null=True, blank=True)
    authority = models.CharField(_("authority in charge"), max_length=100, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    outcome = models.CharField(
        pgettext_lazy("examination", "outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    conclusion = models.CharField(_("conclusion of the team"), max_length=500, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("examination of a standard")
        verbose_name_plural = _("examinations of standards")
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "begun_on"],
                condition=NOT_VOIDED,
                name="standards_examination_once",
                violation_error_message=_("An examination of the standard from that day is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, outcome="") | Q(concluded_on__isnull=False) & ~Q(outcome=""),
                name="standards_examination_concluded",
                violation_error_message=_("A concluded examination has a day and an outcome; an open one has neither."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("begun_on")),
                name="standards_examination_order",
                violation_error_message=_("An examination cannot be concluded before it is begun."),
            ),
            models.CheckConstraint(
                condition=Q(on_site_on__isnull=True) | Q(on_site_on__gte=F("begun_on")),
                name="standards_examination_on_site",
                violation_error_message=_("The standard cannot be examined on site before the examination is begun."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begun_on} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class ExaminationMember(Tracked):
    """A member of the team that examines a standard."""

    SCOPE = "as_parent"
    PARENT = "examination"

    examination = models.ForeignKey(
        Examination, on_delete=models.PROTECT, related_name="members", verbose_name=_("examination of a standard")
    )
    name = models.CharField(_("name"), max_length=40)
    is_leader = models.BooleanField(_("leader"), default=False)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    examiner_no = CodeField(_("examiner's certificate no."), max_length=40, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        ordering = ["examination", "-is_leader", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "name"],
                condition=NOT_VOIDED,
                name="standards_examinationmember_once",
                violation_error_message=_("This member is on the team already."),
            ),
            models.UniqueConstraint(
                fields=["examination"],
                condition=NOT_VOIDED & Q(is_leader=True),
                name="standards_examinationmember_leader",
                violation_error_message=_("A team has one leader."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChecklistItem(ReferenceRow):
    """What a team looks at, by edition of JJF 1033: one line of the record of examination."""

    class Part(models.TextChoices):
        DEVICES = "devices", _("Measurement standard and auxiliary equipment")
        CHARACTERISTICS = "characteristics", _("Main metrological characteristics")
        ENVIRONMENT = "environment", _("Environment and facilities")
        STAFF = "staff", _("Staff")
        DOCUMENTS = "documents", _("Document set")
        CAPABILITY = "capability", _("Confirmation of the measuring capability")

    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    number = models.CharField(_("number"), max_length=20)
    text = models.CharField(_("what is looked at"), max_length=200)
    is_key = models.BooleanField(_("key item"), default=False)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("line of the examination checklist")
        verbose_name_plural = _("lines of the examination checklist")
        ordering = ["edition", "pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="standards_checklistitem_once",
                violation_error_message=_("This edition already has a line with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class ExaminationFinding(Tracked):
    """What the team found on a line of the checklist, and what became of a defect."""

    SCOPE = "as_parent"
    PARENT = "examination"

    class Result(models.TextChoices):
        CONFORMS = "conforms", _("Conforms")
        DEFECT = "defect", _("Has defects")
        FAILS = "fails", _("Does not conform")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    examination = models.ForeignKey(
        Examination, on_delete=models.PROTECT, related_name="findings", verbose_name=_("examination of a standard")
    )
    item = models.ForeignKey(
        ChecklistItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("line of the checklist")
    )
    result = models.CharField(pgettext_lazy("examination", "result"), max_length=15, choices=Result.choices)
    problem = models.CharField(_("what was found"), max_length=500, blank=True)
    rectify_by = models.DateField(_("to be rectified by"), null=True, blank=True)
    rectified_on = models.DateField(_("rectified on"), null=True, blank=True)
    rectification = models.CharField(_("how it was rectified"), max_length=500, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("finding of an examination")
        verbose_name_plural = _("findings of an examination")
        ordering = ["examination", "item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "item"],
                condition=NOT_VOIDED,
                name="standards_examinationfinding_once",
                violation_error_message=_("This line has a result already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    result__in=["conforms", "not_applicable"], rectify_by__isnull=True, rectified_on__isnull=True
                )
                | Q(result__in=["defect", "fails"]) & ~Q(problem=""),
                name="standards_examinationfinding_problem",
                violation_error_message=_("A defect says what was found; what conforms has nothing to rectify."),
            ),
        ]
        indexes = [models.Index(fields=["rectified_on", "rectify_by"], name="standards_finding_due")]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def is_open(self) -> bool:
        """A defect that was not rectified yet."""
        return self.result in OPEN_RESULTS and self.rectified_on is None

    def clean(self) -> None:
        """A defect without a day for its rectification gets that of the edition."""
        if not self.examination_id:
            return
        begun_on = self.examination.begun_on
        if self.result in OPEN_RESULTS and self.rectify_by is None:
            first = self.examination.on_site_on or begun_on
            self.rectify_by = first + timedelta(days=Requirements.load().on(first).rectification_days)
        if self.rectified_on and self.rectified_on < begun_on:
            raise ValidationError({"rectified_on": _("It cannot be rectified before the examination is begun.")})


OPEN_RESULTS = (ExaminationFinding.Result.DEFECT, ExaminationFinding.Result.FAILS)
