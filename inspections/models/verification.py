from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, without_index
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise
from inspections.models.instrument import Instrument, LegalKind, Purpose
from inspections.models.instrument_kind import Catalogue, InstrumentKind
from standards.models import Institution, MeasurementStandard


class DaysTakenField(models.PositiveIntegerField):
    """From receipt to result; it follows the two days at every write, single or bulk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "null": True, "editable": False})

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        received, done = model_instance.received_on, model_instance.verified_on
        value = (done - received).days if received and done else None
        setattr(model_instance, self.attname, value)
        return value


class ServiceField(models.CharField):
    """Whether it is a verification or a calibration; it follows the kind at every write, single or bulk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": 12, "editable": False})

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = "calibration" if model_instance.kind == "calibration" else "verification"
        setattr(model_instance, self.attname, value)
        return value


@without_index("created_by", "updated_by", "voided_by", "region")
class Verification(Record):
    """A verification or calibration of one piece or of ``quantity`` like pieces, with the paper that was issued.

    ``valid_until`` (有效期至) is the last day on which the piece may be used, ``next_due_on`` (下次检定日期) the day on
    which it has to be verified again. ``region`` is the place of use, of a batch that of its client. What follows from
    the piece's other verifications is kept by ``inspections.succession`` and by nobody else: ``due_on``, the day on
    which the next one is owed, and ``met_on``, the day on which it was made.
    """

    AREA = "verification"
    DERIVED = ("due_on", "met_on")

    class Paper(models.TextChoices):
        CERTIFICATE = "certificate", _("Verification certificate")
        REJECTION = "rejection", _("Rejection notice")
        CALIBRATION = "calibration", _("Calibration certificate")

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Initial verification")
        SUBSEQUENT = "subsequent", _("Subsequent verification")
        IN_SERVICE = "in_service", _("In-service inspection")
        ARBITRATION = "arbitration", _("Arbitration verification")
        CALIBRATION = "calibration", _("Calibration")

    class Conclusion(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Failed")
        NONE = "none", _("No conclusion")

    class Service(models.TextChoices):
        VERIFICATION = "verification", _("Verification")
        CALIBRATION = "calibration", _("Calibration")

    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("verifying institution"),
    )
    certificate_no = CodeField(_("certificate no."), max_length=40)
    paper = models.CharField(_("paper"), max_length=12, choices=Paper.choices)
    kind = models.CharField(_("kind of verification"), max_length=12, choices=Kind.choices)
    service = ServiceField(_("service"), choices=Service.choices)
    verified_on = models.DateField(_("verified on"))
    instrument = models.ForeignKey(
        Instrument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verifications",
        db_index=False,
        verbose_name=_("instrument in the ledger"),
        help_text=_("Empty for a batch of pieces that are not in the ledger, such as new water meters."),
    )
    holder = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        related_name="verifications",
        db_index=False,
        verbose_name=_("client"),
    )
    instrument_kind = models.ForeignKey(
        InstrumentKind,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("kind of instrument"),
    )
    serial_no = CodeField(_("serial no."), max_length=60, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    purpose = models.CharField(_("purpose of use"), max_length=20, choices=Purpose.choices)
    legal_kind = models.CharField(_("legal kind"), max_length=10, choices=LegalKind.choices)
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices)
    accuracy_class = CodeField(_("class found"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    next_due_on = models.DateField(_("next due on"), null=True, blank=True)
    standard = models.ForeignKey(
        MeasurementStandard,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("measurement standard used"),
    )
    verifier = models.CharField(_("verified by"), max_length=40, blank=True)
    checker = models.CharField(_("result checked by"), max_length=40, blank=True)
    approver = models.CharField(_("approved by"), max_length=40, blank=True)
    fee = models.DecimalField(_("fee, yuan"), max_digits=12, decimal_places=2, default=0)
    fee_waived = models.DecimalField(_("of it waived, yuan"), max_digits=12, decimal_places=2, default=0)
    is_free = models.BooleanField(_("free of charge"), default=False)
    is_emergency = models.BooleanField(_("urgent"), default=False)
    requested_at = models.DateTimeField(_("requested at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    days_taken = DaysTakenField(_("days from receipt to result"))
    due_on = models.DateField(_("next one owed on"), null=True, editable=False)
    met_on = models.DateField(_("verified again on"), null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                F("certificate_no"),
                F("institution"),
                ExtractYear("verified_on"),
                condition=NOT_VOIDED,
                name="inspections_verification_number",
                violation_error_message=_("This institution already issued a paper with this number in that year."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="inspections_verification_quantity",
                violation_error_message=_("The quantity is at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0) & Q(fee_waived__gte=0) & Q(fee_waived__lte=F("fee")),
                name="inspections_verification_fee",
                violation_error_message=_("The fee waived is between nothing and the fee."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("verified_on")),
                name="inspections_verification_validity",
                violation_error_message=_("A certificate cannot run out before the day of the verification."),
            ),
            models.CheckConstraint(
                condition=Q(next_due_on__isnull=True) | Q(next_due_on__gt=F("verified_on")),
                name="inspections_verification_due",
                violation_error_message=_("The next verification is due after this one."),
            ),
            models.CheckConstraint(
                condition=Q(kind="calibration", paper="calibration", conclusion="none", legal_kind="voluntary")
                | ~Q(kind="calibration") & Q(paper="certificate", conclusion="passed")
                | ~Q(kind="calibration")
                & Q(paper="rejection", conclusion="failed", valid_until__isnull=True, next_due_on__isnull=True),
                name="inspections_verification_paper",
                violation_error_message=_(
                    "A certificate says that the piece passed, a rejection notice that it failed and sets no validity; "
                    "a calibration has a calibration certificate, no conclusion, and is never mandatory."
                ),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__lte=F("verified_on")),
                name="inspections_verification_received",
                violation_error_message=_("A piece cannot be verified before it was received."),
            ),
            models.CheckConstraint(
                condition=Q(requested_at__isnull=True)
                | Q(finished_at__isnull=True)
                | Q(finished_at__gte=F("requested_at")),
                name="inspections_verification_times",
                violation_error_message=_("It cannot be finished before it was requested."),
            ),
        ]
        # The foreign keys have no index of their own where one of these begins with them.
        indexes = [
            models.Index(fields=["region"], name="inspections_verif_place"),
            models.Index(fields=["verified_on", "id"], name="inspections_verif_on"),
            models.Index(fields=["institution", "id"], name="inspections_verif_by"),
            models.Index(fields=["holder", "verified_on"], name="inspections_verif_holder"),
            models.Index(fields=["instrument", "verified_on"], name="inspections_verif_piece"),
            models.Index(fields=["instrument_kind", "id"], name="inspections_verif_kind"),
            models.Index(fields=["import_id"], condition=Q(import_id__isnull=False), name="inspections_verif_import"),
            models.Index(fields=["serial_no"], opclasses=["varchar_pattern_ops"], name="inspections_verif_serial"),
            models.Index(
                fields=["certificate_no"], opclasses=["varchar_pattern_ops"], name="inspections_verif_no_begins"
            ),
            # With all that the figures of a running month count, which would otherwise be read from all over the table.
            models.Index(
                fields=["due_on"],
                include=["region", "office", "instrument_kind", "purpose", "quantity", "met_on"],
                condition=Q(due_on__isnull=False) & NOT_VOIDED,
                name="inspections_verif_owed",
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_no

    def clean(self) -> None:
        from inspections import entry  # which reads this model

        super().clean()
        values, piece = entry.values_of(self), self.instrument if self.instrument_id else None
        rules = {"may_differ": self._names_what_it_named(values)}
        entry.fill(self, entry.verification(values, piece, Catalogue(), timezone.localdate(), **rules))
        if self.region_id and self.verified_on and (problem := self.region.problem_on(self.verified_on)):
            raise ValidationError({"region": problem})

    def _names_what_it_named(self, values: dict[str, Any]) -> bool:
        """Whether the record on file names this piece in these words already."""
        named = {name: values[name] for name in ("instrument", "holder", "instrument_kind", "serial_no")}
        return self.pk is not None and type(self).objects.filter(pk=self.pk, **named).exists()
