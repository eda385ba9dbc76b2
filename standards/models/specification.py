from datetime import date
from itertools import combinations
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards import specification_number
from standards.models.dated import region_problem
from standards.specification_number import BadNumber

# The life of a text in the order of its days. It is in force from ``in_force_on`` until the day before ``ended_on``.
LIFE = ("planned_on", "drafted_on", "issued_on", "in_force_on", "revision_begun_on", "ended_on")


class SpecificationState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DRAFTED = "drafted", _("Drafted")
    ISSUED = "issued", _("Issued")
    IN_FORCE = "in_force", _("Text in force")
    UNDER_REVISION = "under_revision", _("Under revision")
    REPLACED = "replaced", _("Replaced")
    ABOLISHED = "abolished", _("Abolished")
    DROPPED = "dropped", _("Dropped from the plan")


# Which state begins with which day; the last one is said by ``ending``.
_BEGINS = dict(zip(LIFE, list(SpecificationState)[:5], strict=False))
_IN_ORDER = Q()
for _earlier, _later in combinations(LIFE, 2):
    _IN_ORDER &= Q((f"{_earlier}__isnull", True)) | Q((f"{_later}__isnull", True)) | Q((f"{_earlier}__lte", F(_later)))


class SpecificationQuerySet(RecordQuerySet):
    def in_force(self, on: date) -> "SpecificationQuerySet":
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), in_force_on__lte=on)

    def in_state(self, state: str, on: date) -> "SpecificationQuerySet":
        """Those of which ``state_on(on)`` is ``state``."""
        if state in Specification.Ending.values:
            return self.filter(ending=state, ended_on__lte=on)
        begins = next((day for day, begun in _BEGINS.items() if begun == state), None)
        if begins is None:
            return self.none()
        rows = self.filter((f"{begins}__lte", on))
        for later in LIFE[LIFE.index(begins) + 1 :]:
            rows = rows.filter(Q((f"{later}__isnull", True)) | Q((f"{later}__gt", on)))
        return rows


class NumberField(CodeField):
    """The number of a local specification in its normal form."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return specification_number.normalised(text) if text else text


class FromNumber(NamedTuple):
    """What the number and the stated provinces say of a text."""

    kind: str
    joint_provinces: str
    is_joint: bool
    number_key: str


def from_number(number: str, joint_provinces: str, kind: str) -> FromNumber:
    """``number`` empty: of a project that has none yet. Raises ``ValidationError`` by field."""
    provinces = _checked("joint_provinces", specification_number.parse_provinces, joint_provinces)
    if not number:
        return FromNumber(kind, provinces, len(provinces) > 1, "")
    parsed = _checked("number", specification_number.parse, number)
    own = parsed.provinces
    if kind and kind != parsed.kind:
        raise ValidationError({"kind": gettext("The number says %(kind)s.") % {"kind": parsed.kind}})
    printed = specification_number.in_order(own)
    stated = specification_number.in_order(provinces)
    if provinces and (not set(printed) <= set(stated) or (len(own) > 1 and printed != stated)):
        raise ValidationError({"joint_provinces": gettext("The number names %(provinces)s.") % {"provinces": own}})
    together = provinces or (own if len(own) > 1 else "")
    return FromNumber(parsed.kind, together, len(together) > 1, parsed.key)


def _checked(field: str, parse: Any, text: str) -> Any:
    try:
        return parse(text) if text else ""
    except BadNumber as error:
        raise ValidationError({field: str(error)}) from None


class Specification(Record):
    """A local technical specification, from its place in the yearly plan to the day on which another replaces it.

    Its state on any day follows from its dates. A joint text may bear one number of all its provinces or one of each:
    these are numbers of their own. ``number_key`` and ``is_joint`` follow from the number, ``review_due_on`` from the
    reviews (``standards.specification_life``).
    """

    class Kind(models.TextChoices):
        JJG = "JJG", _("Verification regulation (JJG)")
        JJF = "JJF", _("Calibration or other technical specification (JJF)")

    class Making(models.TextChoices):
        NEW = "new", _("New text")
        REVISION = "revision", _("Revision of an earlier text")

    class Ending(models.TextChoices):
        REPLACED = SpecificationState.REPLACED.value, SpecificationState.REPLACED.label
        ABOLISHED = SpecificationState.ABOLISHED.value, SpecificationState.ABOLISHED.label
        DROPPED = SpecificationState.DROPPED.value, SpecificationState.DROPPED.label

    SCOPE = "everyone"

    number = NumberField(
        _("specification number"),
        max_length=40,
        blank=True,
        help_text=_("As printed, for example JJG(冀) 121-2015 or JJF(京津冀) 3001-2021; empty before it is issued."),
    )
    number_key = models.CharField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("title of the specification"), max_length=200)
    name_en = models.CharField(_("English title"), max_length=300, blank=True)
    kind = models.CharField(_("kind of specification"), max_length=10, choices=Kind.choices, blank=True)
    making = models.CharField(_("new or revised"), max_length=10, choices=Making.choices, default=Making.NEW)
    joint_provinces = models.CharField(
        _("joint provinces"),
        max_length=10,
        blank=True,
        help_text=_("Short names of all provinces that issue the text together, such as 京津冀; empty for one alone."),
    )
    is_joint = models.BooleanField(_("joint text"), default=False, editable=False)
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("replaces the text"),
    )
    organisation = models.CharField(_("unit in charge"), max_length=100, blank=True)
    drafting_units = models.CharField(_("drafting units"), max_length=300, blank=True)
    drafters = models.CharField(_("drafters"), max_length=300, blank=True, help_text=_("As printed in the text."))
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    due_on = models.DateField(_("to be issued by"), null=True, blank=True, help_text=_("As the plan says."))
    drafted_on = models.DateField(_("drafted on"), null=True, blank=True)
    issued_on = models.DateField(_("published on"), null=True, blank=True)
    in_force_on = models.DateField(_("comes into force on"), null=True, blank=True)
    revision_begun_on = models.DateField(_("revision begun on"), null=True, blank=True)
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("The first day on which it is no longer in force.")
    )
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending.choices, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = SpecificationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("local specification")
        verbose_name_plural = _("local specifications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=NOT_VOIDED & ~Q(number=""),
                name="standards_specification_number",
                violation_error_message=_("A specification with this number is already on record."),
            ),
            models.UniqueConstraint(
                fields=["number_key"],
                condition=NOT_VOIDED & ~Q(number_key=""),
                name="standards_specification_same_number",
                violation_error_message=_(
                    "A specification with this number is already on record, written in another way."
                ),
            ),
            models.UniqueConstraint(
                fields=["name", "planned_on"],
                condition=NOT_VOIDED & Q(planned_on__isnull=False),
                name="standards_specification_project",
                violation_error_message=_("A project of this title is already in the plan of that day."),
            ),
            models.CheckConstraint(
                condition=_IN_ORDER,
                name="standards_specification_order",
                violation_error_message=_(
                    "The days of a specification follow each other: planned, drafted, issued, in force, revision "
                    "begun, ended."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number="", issued_on__isnull=True, in_force_on__isnull=True, planned_on__isnull=False)
                | ~Q(number="") & (Q(issued_on__isnull=False) | Q(in_force_on__isnull=False)),
                name="standards_specification_issued",
                violation_error_message=_(
                    "A specification that was issued has a number and the day of issue or of coming into force; one "
                    "that was not has neither, but the day on which it was planned."
                ),
            ),
            models.CheckConstraint(
                condition=Q(revision_begun_on__isnull=True) | Q(in_force_on__isnull=False),
                name="standards_specification_revision",
                violation_error_message=_("Only a specification that is in force is revised."),
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True)
                | Q(ending="dropped", ended_on__isnull=False, number="")
                | Q(ending__in=["replaced", "abolished"], ended_on__isnull=False, in_force_on__isnull=False),
                name="standards_specification_ending",
                violation_error_message=_(
                    "An end has a day and a kind: what was in force is replaced or abolished, what was only planned is "
                    "dropped from the plan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("planned_on")),
                name="standards_specification_due",
                violation_error_message=_("A project is to be issued after it is planned."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(making="revision"),
                name="standards_specification_replaces",
                violation_error_message=_("A text that replaces another is a revision."),
            ),
        ]
        indexes = [
            models.Index(fields=["in_force_on", "ended_on"], name="standards_spec_in_force"),
            models.Index(fields=["planned_on"], name="standards_spec_planned"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def clean(self) -> None:
        self.take_from_number()
        if self.replaces_id and self.replaces_id == self.pk:
            raise ValidationError({"replaces": _("A specification cannot replace itself.")})
        if unfit := self.problem_with_replaced():
            raise ValidationError({"replaces": unfit})
        first = self.begun_on
        if first and self.region_id and (problem := region_problem(self.region, first, self.ended_on)):
            raise ValidationError({"region": problem})

    def take_from_number(self) -> None:
        """Set what follows from the number. Raises ``ValidationError`` by field."""
        for name, value in from_number(self.number, self.joint_provinces, self.kind)._asdict().items():
            setattr(self, name, value)

    def problem_with_replaced(self) -> str:
        """Why this text cannot replace the one that it names, as a sentence; "" if it can."""
        former = self.replaces
        if former is None:
            return ""
        if former.in_force_on is None:
            return gettext("The replaced specification was never in force.")
        if self.in_force_on and self.in_force_on < max(former.in_force_on, former.revision_begun_on or date.min):
            return gettext("A text cannot replace another before that one was in force or its revision was begun.")
        return ""

    @property
    def begun_on(self) -> date | None:
        return next((day for name in LIFE if (day := getattr(self, name))), None)

    def state_on(self, on: date) -> SpecificationState | None:
        """None before anything was known of it."""
        if self.ended_on and self.ended_on <= on:
            return SpecificationState(self.ending)
        begun = [state for name, state in _BEGINS.items() if (day := getattr(self, name)) and day <= on]
        return begun[-1] if begun else None
