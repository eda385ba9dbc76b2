from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, without_index
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise
from inspections.label_code import new_label_code
from inspections.models.instrument_kind import Catalogue, InstrumentKind


class Purpose(models.TextChoices):
    """What an instrument is used for: the four fields of mandatory verification, measurement standards, and others."""

    TRADE = "trade", _("Trade settlement")
    SAFETY = "safety", _("Safety protection")
    MEDICAL = "medical", _("Medical care")
    ENVIRONMENT = "environment", _("Environmental monitoring")
    STANDARD = "standard", _("Public or highest measurement standard")
    OTHER = "other", _("Other purpose")


# Use for one of these puts an instrument of a kind in the catalogue under mandatory verification (计量法 第九条).
MANDATORY_PURPOSES = (Purpose.TRADE, Purpose.SAFETY, Purpose.MEDICAL, Purpose.ENVIRONMENT, Purpose.STANDARD)


class LegalKind(models.TextChoices):
    MANDATORY = "mandatory", _("Mandatory verification")
    VOLUNTARY = "voluntary", _("Not mandatory")


class InstrumentQuerySet(RecordQuerySet):
    def with_validity(self, on: date) -> "InstrumentQuerySet":
        """``is_valid``: in use on that day with a valid paper, by the days in use that are derived."""
        from inspections.models.use_period import UsePeriod

        held = UsePeriod.objects.filter(instrument=OuterRef("pk"), is_dropped=False, is_verified=True)
        still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.annotate(is_valid=Exists(held.filter(still, begins_on__lte=on)))

    def in_use(self) -> "InstrumentQuerySet":
        return self.filter(state=Instrument.State.IN_USE)

    def overdue(self, on: date) -> "InstrumentQuerySet":
        """In use under mandatory verification, and past the day on which it had to be verified again."""
        return self.filter(
            NOT_VOIDED, state=Instrument.State.IN_USE, legal_kind=LegalKind.MANDATORY, next_due_on__lte=on
        )


@without_index("created_by", "updated_by", "voided_by", "region")
class Instrument(Record):
    """A measuring instrument of a holder (计量器具台账), in the columns of the national platform.

    ``region`` is the place of use. ``quantity`` is above one for like pieces that bear no numbers of their own. What
    follows from its verifications (``last_verified_on``, ``valid_until``, ``next_due_on``) is kept by
    ``inspections.succession`` and by nobody else; on ``valid_until`` it may still be used, on ``next_due_on`` not.
    """

    AREA = "verification"
    DERIVED = ("last_verified_on", "valid_until", "next_due_on", "label_code")

    class State(models.TextChoices):
        IN_USE = "in_use", _("In use")
        STOPPED = "stopped", _("Out of use")
        SCRAPPED = "scrapped", _("Scrapped")

    class EndReason(models.TextChoices):
        REPLACED = "replaced", _("Replaced when due")
        FAILED = "failed", _("Failed and not repaired")
        OTHER = "other", _("For another reason")

    class Submission(models.TextChoices):
        SENT_IN = "sent_in", _("Sent to the institution")
        ON_SITE = "on_site", _("Verified on site")

    holder = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="instruments", verbose_name=_("holder")
    )
    holder_no = CodeField(_("holder's own no."), max_length=40, blank=True)
    ecqs_no = CodeField(_("no. on the national platform"), max_length=40, blank=True)
    name = models.CharField(_("instrument name"), max_length=100)
    kind = models.ForeignKey(
        InstrumentKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of instrument")
    )
    model = CodeField(_("model and specification"), max_length=80, blank=True)
    measuring_range = CodeField(_("measuring range"), max_length=80, blank=True)
    accuracy_class = CodeField(_("accuracy class"), max_length=60, blank=True)
    serial_no = CodeField(_("serial no."), max_length=60, blank=True)
    maker = models.CharField(_("manufacturer"), max_length=100, blank=True)
    origin = models.CharField(_("place of origin"), max_length=60, blank=True)
    place = models.CharField(_("place of use"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    purpose = models.CharField(_("purpose of use"), max_length=20, choices=Purpose.choices)
    legal_kind = models.CharField(_("legal kind"), max_length=10, choices=LegalKind.choices)
    submission = models.CharField(
        _("way of submission"), max_length=10, choices=Submission.choices, default=Submission.SENT_IN
    )
    period_months = models.PositiveSmallIntegerField(
        _("verification period, months"),
        null=True,
        blank=True,
        help_text=_("Empty: as the catalogue in force says."),
    )
    in_use_from = models.DateField(_("in use from"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.IN_USE)
    state_since = models.DateField(
        _("in this state from"), null=True, blank=True, help_text=_("Empty for instruments that were never out of use.")
    )
    end_reason = models.CharField(_("why it was scrapped"), max_length=10, choices=EndReason.choices, blank=True)
    first_verified_on = models.DateField(
        _("first verified on"),
        null=True,
        blank=True,
        help_text=_("For kinds that are replaced when due: their time in use runs from this day."),
    )
    replace_due_on = models.DateField(_("to be replaced on"), null=True, blank=True)
    last_verified_on = models.DateField(_("last verified on"), null=True, editable=False)
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    next_due_on = models.DateField(_("next due on"), null=True, editable=False)
    # Printed on its label for good: it is never entered and never changes, so no history keeps it.
    label_code = models.CharField(_("label code"), max_length=12, default=new_label_code, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = InstrumentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("measuring instrument")
        verbose_name_plural = _("measuring instruments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "serial_no"],
                condition=NOT_VOIDED & ~Q(serial_no="") & ~Q(state="scrapped"),
                name="inspections_instrument_once",
                violation_error_message=_("This holder already has an instrument of this kind with this serial no."),
            ),
            models.UniqueConstraint(
                fields=["label_code"],
                condition=NOT_VOIDED,
                name="inspections_instrument_label",
                violation_error_message=_("Another instrument has this label code."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="inspections_instrument_quantity",
                violation_error_message=_("The quantity is at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(quantity=1) | Q(serial_no=""),
                name="inspections_instrument_one",
                violation_error_message=_("A serial no. names one piece: pieces with numbers stand in a row each."),
            ),
            models.CheckConstraint(
                condition=Q(state="in_use", state_since__isnull=True)
                | Q(state_since__isnull=False, state_since__gte=F("in_use_from")),
                name="inspections_instrument_since",
                violation_error_message=_(
                    "An instrument that is out of use or scrapped states from which day, not before it came into use."
                ),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(state="scrapped"),
                name="inspections_instrument_end",
                violation_error_message=_("Why it was scrapped is stated of scrapped instruments alone."),
            ),
        ]
        indexes = [
            models.Index(fields=["serial_no"], opclasses=["varchar_pattern_ops"], name="inspections_instr_serial"),
            models.Index(
                fields=["ecqs_no"],
                opclasses=["varchar_pattern_ops"],
                condition=~Q(ecqs_no=""),
                name="inspections_instr_ecqs",
            ),
            models.Index(
                fields=["holder_no"],
                opclasses=["varchar_pattern_ops"],
                condition=~Q(holder_no=""),
                name="inspections_instr_own_no",
            ),
            models.Index(fields=["next_due_on", "region"], name="inspections_instr_due"),
            models.Index(fields=["replace_due_on"], name="inspections_instr_replace"),
            models.Index(fields=["state_since"], condition=Q(end_reason="replaced"), name="inspections_instr_replaced"),
            models.Index(fields=["region", "kind"], name="inspections_instr_place"),
            models.Index(fields=["import_id"], condition=Q(import_id__isnull=False), name="inspections_instr_import"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.model, self.serial_no)))

    def clean(self) -> None:
        from inspections import entry  # which reads this model

        super().clean()
        today = timezone.localdate()
        entry.fill(self, entry.instrument(entry.values_of(self), Catalogue(), today))
        if self.region_id and (problem := self.region.problem_on(today)):
            raise ValidationError({"region": problem})
