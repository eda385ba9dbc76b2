from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models import Enterprise
from inspections.models.campaign import InspectionCampaign
from inspections.models.inspection import SiteInspection


class NetContentLot(Record):
    """A lot of prepackaged goods that was sampled for its net content (JJF 1070), and whether it conformed."""

    AREA = "fieldwork"

    agency = models.CharField(_("sampling authority"), max_length=100)
    sample_no = CodeField(_("sample no."), max_length=60)
    sampled_on = models.DateField(_("sampled on"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="net_content_lots", verbose_name=_("producer")
    )
    inspection = models.ForeignKey(
        SiteInspection,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lots",
        verbose_name=_("site inspection"),
    )
    campaign = models.ForeignKey(
        InspectionCampaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lots",
        verbose_name=_("inspection campaign"),
    )
    product = models.CharField(_("product"), max_length=100)
    brand = models.CharField(_("brand"), max_length=50, blank=True)
    net_content = models.CharField(_("net content as marked"), max_length=40, help_text=_("For example 500 g."))
    lot_no = CodeField(_("lot no. or production date"), max_length=60, blank=True)
    lot_size = models.PositiveIntegerField(_("pieces in the lot"), null=True, blank=True)
    sampled = models.PositiveIntegerField(_("pieces sampled"))
    failed = models.PositiveIntegerField(_("pieces short of the net content"), default=0)
    is_content_conforming = models.BooleanField(_("net content conforms"))
    is_marking_conforming = models.BooleanField(_("marking conforms"))
    tester = models.CharField(_("testing body"), max_length=100, blank=True)
    report_no = CodeField(_("report no."), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("net-content lot")
        verbose_name_plural = _("net-content lots")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sample_no"],
                condition=NOT_VOIDED,
                name="inspections_netcontentlot_number",
                violation_error_message=_("This authority already has a sample with this number."),
            ),
            models.CheckConstraint(
                condition=Q(failed__lte=F("sampled")),
                name="inspections_netcontentlot_failed",
                violation_error_message=_("More pieces are short than were sampled."),
            ),
            models.CheckConstraint(
                condition=Q(sampled__gte=1) & (Q(lot_size__isnull=True) | Q(lot_size__gte=F("sampled"))),
                name="inspections_netcontentlot_sampled",
                violation_error_message=_("At least one piece is sampled, and not more than the lot has."),
            ),
        ]
        indexes = [models.Index(fields=["region", "sampled_on"], name="inspections_lot_on")]

    def __str__(self) -> str:
        return f"{self.sample_no} {self.product}"

    def clean(self) -> None:
        super().clean()
        if not self.sampled_on:
            return
        if self.sampled_on > timezone.localdate():
            raise ValidationError({"sampled_on": _("A sample cannot be taken in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.sampled_on)):
            raise ValidationError({"region": problem})
