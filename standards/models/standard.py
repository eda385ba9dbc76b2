import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from standards.models.field import MeasurementField
from standards.models.rule import State


class MeasurementStandardQuerySet(RecordQuerySet):
    def in_force(self, on: date) -> "MeasurementStandardQuerySet":
        from standards.models.interval import InForceInterval

        holding = InForceInterval.objects.filter(begins_on__lte=on, ends_on__gte=on)
        return self.filter(pk__in=holding.values("standard"))

    def expiring_soon(self, on: date) -> "MeasurementStandardQuerySet":
        """In service, with a certificate that runs out between ``on`` and the end of the warning period."""
        until = add_months(on, max(settings.DUE_WARNING_MONTHS))
        return self.filter(state__in=IN_SERVICE, valid_until__gte=on, valid_until__lte=until)

    def expired(self, on: date) -> "MeasurementStandardQuerySet":
        """Still in service on paper, but the certificate ran out before ``on``."""
        return self.filter(state__in=IN_SERVICE, valid_until__lt=on)


IN_SERVICE = (State.VALID, State.REEXAMINATION)


def code_problem(code: str, field: str | None, fields: Mapping[str, MeasurementField], on: date) -> str | None:
    """Why a standard of the field cannot have this classification code on the day (JJF 1022); None if it can.

    ``fields`` by their code. A certificate may be older than the edition whose codes are used, so that only the end of
    a code counts.
    """
    if not code:
        return None
    # No check of the database: SQLite knows no patterns, so that its own tools could not write the table any more.
    if not re.fullmatch(r"[0-9]{8}", code):
        return gettext("A classification code has eight digits (JJF 1022).")
    known = fields.get(code[:2])
    if known is None or (known.effective_to is not None and known.effective_to < on):
        return gettext("“%(level)s” is no first level of the classification (JJF 1022).") % {"level": code[:2]}
    if field and known.pk != field:
        return gettext("The code belongs to the field “%(field)s” (JJF 1022), not to the field stated.") % {
            "field": known
        }
    return None


class MeasurementStandard(Record):
    """A measurement standard with the certificate that it holds.

    ``state``, ``established_on`` and the intervals in force follow from the events (``standards.lifecycle``);
    certificate number, date and validity are those of the latest certificate, empty while the standard is being set up.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public measurement standard")
        DEPARTMENT_HIGHEST = "department_highest", _("Highest standard of a department")
        ENTERPRISE_HIGHEST = "enterprise_highest", _("Highest standard of an enterprise")
        AUTHORISED = "authorised", _("Authorised standard")

    class Tier(models.TextChoices):
        REGIONAL = "regional", _("Regional centre")
        PROVINCIAL = "provincial", _("Provincial")
        MUNICIPAL = "municipal", _("Municipal")
        COUNTY = "county", _("County")

    class Grade(models.TextChoices):
        HIGHEST = "highest", _("Highest")
        WORKING = "working", _("Working")

    name = models.CharField(_("name of the standard"), max_length=100)
    kind = models.CharField(_("kind of standard"), max_length=20, choices=Kind.choices, default=Kind.PUBLIC)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices)
    grade = models.CharField(_("grade"), max_length=20, choices=Grade.choices)
    field = models.ForeignKey(MeasurementField, on_delete=models.PROTECT, related_name="+", verbose_name=_("field"))
    classification_code = CodeField(
        _("classification code"),
        max_length=8,
        blank=True,
        help_text=_("Eight digits of JJF 1022; the first two are those of the field, for example 12."),
    )
    holder = models.CharField(_("establishing unit"), max_length=100)
    institution = models.ForeignKey(
        "standards.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="standards",
        verbose_name=_("institution on record"),
    )
    place = models.CharField(_("place kept"), max_length=100, blank=True)
    original_value = models.DecimalField(
        _("original value (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    temperature_needed = models.CharField(
        _("temperature needed"), max_length=60, blank=True, help_text=_("For example (20 ± 2) ℃.")
    )
    humidity_needed = models.CharField(
        _("relative humidity needed"), max_length=60, blank=True, help_text=_("For example (30–70) %.")
    )
    environment = models.CharField(
        _("environment and facilities"),
        max_length=300,
        blank=True,
        help_text=_("What else the room has to offer, and how it is kept up and recorded."),
    )
    measuring_range = models.CharField(_("measuring range"), max_length=200)
    uncertainty = models.CharField(
        _("uncertainty, accuracy class or maximum permissible error"),
        max_length=200,
        help_text=_("As printed on the certificate, for example U = 0.02 mm (k = 2) or class 0.05."),
    )
    issuing_authority = models.CharField(_("issuing authority"), max_length=100)
    certificate_no = CodeField(
        _("certificate no."),
        max_length=60,
        blank=True,
        help_text=_("As printed, for example [2016] 辽量标 证字第 001 号."),
    )
    former_certificate_no = CodeField(
        _("former certificate no."),
        max_length=60,
        blank=True,
        help_text=_("Of the certificate that this one renews. With it, a new number and date are a re-examination."),
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    established_on = models.DateField(
        _("set up on"),
        null=True,
        blank=True,
        help_text=_("Date of the first certificate; the same as the date of issue if empty."),
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.VALID, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = MeasurementStandardQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("measurement standard")
        verbose_name_plural = _("measurement standards")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuing_authority", "certificate_no"],
                condition=NOT_VOIDED & ~Q(certificate_no=""),
                name="standards_measurementstandard_certificate",
                violation_error_message=_("This authority already issued a certificate with this number."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_no="", issued_on__isnull=True, valid_until__isnull=True)
                | ~Q(certificate_no="") & Q(issued_on__isnull=False, valid_until__isnull=False),
                name="standards_measurementstandard_complete",
                violation_error_message=_(
                    "A certificate has a number, a date of issue and a last day; a standard that is still being set up "
                    "has none of the three."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("issued_on")),
                name="standards_measurementstandard_validity",
                violation_error_message=_("The certificate cannot run out before it is issued."),
            ),
            models.CheckConstraint(
                condition=Q(established_on__lte=F("issued_on")),
                name="standards_measurementstandard_established",
                violation_error_message=_("The standard cannot be set up after its certificate was issued."),
            ),
            models.CheckConstraint(
                condition=Q(original_value__isnull=True) | Q(original_value__gte=0),
                name="standards_measurementstandard_value",
                violation_error_message=_("A value cannot be below zero."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "established_on"], name="standards_std_region_est"),
            models.Index(fields=["state", "valid_until"], name="standards_std_due"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.certificate_no}".strip()

    def clean(self) -> None:
        if self.issued_on and not self.established_on:
            self.established_on = self.issued_on
        if self.region_id:
            problem = self.region.problem_on(self.issued_on or timezone.localdate())
            if problem:
                raise ValidationError({"region": problem})
        fields = MeasurementField.objects.in_bulk() if self.classification_code else {}
        problem = code_problem(self.classification_code, self.field_id, fields, self.issued_on or timezone.localdate())
        if problem:
            raise ValidationError({"classification_code": problem})

    @property
    def is_expired(self) -> bool:
        ended = self.valid_until is not None and self.valid_until < timezone.localdate()
        return ended and self.state in IN_SERVICE
