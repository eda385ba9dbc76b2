from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise, Sector
from inspections.models.assignment import Assignment
from inspections.models.campaign import InspectionCampaign
from inspections.models.category import InstrumentCategory
from inspections.models.checklist import ChecklistItem
from inspections.models.subject import ENERGY_METERING, InspectionSubject


class SiteInspection(Record):
    """An inspection at a site (现场检查): what was looked at, when and by whom, and whether the site conformed."""

    AREA = "fieldwork"

    class Result(models.TextChoices):
        CONFORMING = "conforming", _("Conforming")
        NOT_CONFORMING = "not_conforming", _("Not conforming")

    class EnergyKind(models.TextChoices):
        KEY = "key", _("Key energy-using unit")
        PUBLIC_INSTITUTION = "public_institution", _("Public institution")
        OTHER = "other", _("Other energy-using unit")

    agency = models.CharField(_("inspecting authority"), max_length=100)
    number = CodeField(_("inspection no."), max_length=60)
    inspected_on = models.DateField(_("inspected on"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="site_inspections", verbose_name=_("site")
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    subject = models.ForeignKey(
        InspectionSubject, on_delete=models.PROTECT, related_name="+", verbose_name=_("inspection subject")
    )
    energy_kind = models.CharField(
        _("supervised as"),
        max_length=20,
        choices=EnergyKind.choices,
        blank=True,
        help_text=_("For energy metering: as what kind of unit the site was supervised."),
    )
    campaign = models.ForeignKey(
        InspectionCampaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inspections",
        verbose_name=_("inspection campaign"),
    )
    assignment = models.ForeignKey(
        Assignment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inspections",
        verbose_name=_("assignment"),
    )
    is_double_random = models.BooleanField(_("by double-random draw"), default=False)
    place = models.CharField(_("place on the site"), max_length=100, blank=True)
    inspectors = models.CharField(_("inspectors"), max_length=100)
    escort = models.CharField(_("present for the site"), max_length=50, blank=True)
    result = models.CharField(_("inspection result"), max_length=20, choices=Result.choices)
    opinion = models.TextField(_("opinion"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("site inspection")
        verbose_name_plural = _("site inspections")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=NOT_VOIDED,
                name="inspections_siteinspection_number",
                violation_error_message=_("This authority already has an inspection with this number."),
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=NOT_VOIDED & Q(assignment__isnull=False),
                name="inspections_siteinspection_assignment",
                violation_error_message=_("This assignment was carried out already."),
            ),
            models.CheckConstraint(
                condition=Q(subject=ENERGY_METERING) & ~Q(energy_kind="")
                | ~Q(subject=ENERGY_METERING) & Q(energy_kind=""),
                name="inspections_siteinspection_energy",
                violation_error_message=_(
                    "“Supervised as” is stated for inspections of energy metering, and for these alone."
                ),
            ),
        ]
        indexes = [models.Index(fields=["region", "inspected_on"], name="inspections_visit_on")]

    def __str__(self) -> str:
        return f"{self.number} {self.enterprise}"

    def clean(self) -> None:
        super().clean()
        if not self.inspected_on:
            return
        if self.inspected_on > timezone.localdate():
            raise ValidationError({"inspected_on": _("An inspection cannot be in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.inspected_on)):
            raise ValidationError({"region": problem})
        if self.assignment and self.enterprise_id and self.assignment.enterprise_id != self.enterprise_id:
            raise ValidationError({"enterprise": _("The assignment is about another site.")})


class InspectedInstruments(Tracked):
    """How many instruments of a category were checked at a site, and how many of them failed."""

    SCOPE = "as_parent"
    PARENT = "inspection"
    AREA = "fieldwork"

    inspection = models.ForeignKey(SiteInspection, on_delete=models.PROTECT, related_name="instruments")
    category = models.ForeignKey(
        InstrumentCategory, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    checked = models.PositiveIntegerField(_("pieces checked"))
    failed = models.PositiveIntegerField(_("pieces failed"), default=0)

    class Meta(Tracked.Meta):
        verbose_name = _("instruments checked")
        verbose_name_plural = _("instruments checked")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "category"],
                condition=NOT_VOIDED,
                name="inspections_inspectedinstruments_once",
                violation_error_message=_("This category is stated already."),
            ),
            models.CheckConstraint(
                condition=Q(failed__lte=F("checked")),
                name="inspections_inspectedinstruments_failed",
                violation_error_message=_("More instruments failed than were checked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.checked}"


class CheckedItem(Tracked):
    """The answer to a question of the checklist at a site."""

    SCOPE = "as_parent"
    PARENT = "inspection"
    AREA = "fieldwork"

    class Answer(models.TextChoices):
        YES = "yes", _("Conforming")
        NO = "no", _("Not conforming")
        NOT_APPLICABLE = "na", _("Not applicable")

    inspection = models.ForeignKey(SiteInspection, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    answer = models.CharField(_("check result"), max_length=10, choices=Answer.choices)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("answer of the checklist")
        verbose_name_plural = _("answers of the checklist")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item"],
                condition=NOT_VOIDED,
                name="inspections_checkeditem_once",
                violation_error_message=_("This item is answered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_answer_display()}"
