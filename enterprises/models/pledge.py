from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.ending import Ending, EndingQuerySet, ending_constraints
from enterprises.models.enterprise import Enterprise
from enterprises.models.pledge_text import PledgeText, Texts
from enterprises.models.sector import Sector


class PledgeQuerySet(EndingQuerySet):
    def unchecked(self, on: date) -> "PledgeQuerySet":
        """In force on that day, and without a spot check of its sector in the year until then."""
        from enterprises.models.spot_check import PledgeSpotCheck

        of_pledge = {"enterprise": OuterRef("enterprise"), "sector": OuterRef("sector")}
        checks = PledgeSpotCheck.objects.not_voided().filter(checked_on__range=(date(on.year, 1, 1), on), **of_pledge)
        pledges: Any = self.in_force(on)
        return pledges.filter(~Q(Exists(checks)))  # type: ignore[no-any-return]


class Pledge(Ending, Record):
    """An enterprise's own pledge of integrity in metrology (诚信计量自我承诺), in one sector, from signature to end."""

    BEGINS = "signed_on"

    class CheckResult(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="pledges", verbose_name=_("enterprise")
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    number = CodeField(_("pledge no."), max_length=60, blank=True)
    text = models.ForeignKey(
        PledgeText,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("edition of the text"),
    )
    signed_on = models.DateField(_("signed on"))
    complaint_phone = models.CharField(
        _("complaint telephone on it"), max_length=40, blank=True, help_text=_("A public number, for example 12315.")
    )
    posted_on = models.DateField(_("posted at the place on"), null=True, blank=True)
    checked_on = models.DateField(_("checked by the county on"), null=True, blank=True)
    check_result = models.CharField(
        _("result of the county check"), max_length=10, choices=CheckResult.choices, blank=True
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    withdrawal_remark = models.CharField(_("about the withdrawal"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = PledgeQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("integrity pledge")
        verbose_name_plural = _("integrity pledges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "sector", "signed_on"],
                condition=NOT_VOIDED,
                name="enterprises_pledge_once",
                violation_error_message=_("The enterprise's pledge of that day in this sector is already recorded."),
            ),
            *ending_constraints(
                "enterprises_pledge", "signed_on", before=_("A pledge cannot be withdrawn before it was signed.")
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, check_result="")
                | Q(checked_on__isnull=False) & ~Q(check_result=""),
                name="enterprises_pledge_checked",
                violation_error_message=_("A county check has a date and a result."),
            ),
            models.CheckConstraint(
                condition=(Q(posted_on__isnull=True) | Q(posted_on__gte=F("signed_on")))
                & (Q(checked_on__isnull=True) | Q(checked_on__gte=F("signed_on")))
                & (Q(published_on__isnull=True) | Q(published_on__gte=F("signed_on"))),
                name="enterprises_pledge_dates",
                violation_error_message=_("A pledge cannot be posted, checked or published before it was signed."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "signed_on"], name="enterprises_pledge_signed"),
            models.Index(fields=["enterprise", "signed_on"], name="enterprises_pledge_of"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.signed_on}"

    def clean(self) -> None:
        super().clean()
        if not self.signed_on:
            return
        if self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": _("A pledge cannot be signed in the future.")})
        if self.valid_until is None:
            self.valid_until = Texts().last_day(self.text_id, self.signed_on)
        if self.region_id and (problem := self.region.problem_on(self.signed_on)):
            raise ValidationError({"region": problem})


class Pledged:
    """From when to when enterprises were bound by a pledge, by sector; one query for any number of them."""

    def __init__(self, enterprises: Any) -> None:
        rows = Pledge.objects.not_voided().filter(enterprise__in=enterprises)
        self._spans: dict[tuple[int, str], list[tuple[date, date | None]]] = {}
        for enterprise, sector, begins, ends in rows.values_list("enterprise", "sector", "signed_on", "ends_on"):
            self._spans.setdefault((enterprise, sector), []).append((begins, ends))

    def problem(self, enterprise: int, sector: str, on: date) -> Any:
        """A sentence where the enterprise had no pledge in force in the sector on that day, else None."""
        spans = self._spans.get((enterprise, sector), [])
        if any(begins <= on and (ends is None or on <= ends) for begins, ends in spans):
            return None
        return _("On %(day)s this enterprise had no pledge in force in this sector.") % {"day": on.isoformat()}
