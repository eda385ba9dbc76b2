from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Office, Region
from inspections.models.instrument import Instrument
from inspections.models.verification import Verification

OPEN = Q(closed_on__isnull=True, answered_at__isnull=True)


class DoubtQuerySet(models.QuerySet):
    def open(self) -> "DoubtQuerySet":
        return self.filter(OPEN)


class Doubt(models.Model):
    """Something about an instrument or a verification that is allowed but unlikely: a question to the clerk.

    Kept by ``inspections.doubts``; a clerk adds the answer. ``facts`` are what the sentence says, days as texts. One
    that no longer holds is closed; an answer holds for the facts that it was given to.
    """

    SCOPE = "region"
    AREA = "verification"

    class Kind(models.TextChoices):
        SERIAL = "serial", _("Same serial no. at two holders")
        LIFE = "life", _("Day of replacement")
        VALIDITY = "validity", _("Validity off by some days")
        INTERVAL = "interval", _("Interval far from the period")
        FLIPS = "flips", _("Results that flip")
        STANDARD = "standard", _("Standard not in force")
        BEFORE_USE = "before_use", _("Verified before it was in use")

    SENTENCES: ClassVar[dict[str, Any]] = {
        Kind.SERIAL: _("An instrument of this kind and make with the same serial no. stands with another holder."),
        Kind.LIFE: _(
            "To be replaced on %(stated)s; by the %(months)s months that its kind may be used, it would be %(usual)s."
        ),
        Kind.VALIDITY: _("Valid until %(stated)s; by the period of %(months)s months it would be %(usual)s."),
        Kind.INTERVAL: _("Valid until %(stated)s; by the period of %(months)s months it would be %(usual)s."),
        Kind.FLIPS: _("Failed on %(first)s, passed on %(second)s, failed again on %(third)s."),
        Kind.STANDARD: _("The measurement standard used was not in force on %(day)s."),
        Kind.BEFORE_USE: _("Verified on %(day)s, while the ledger has it in use from %(from)s."),
    }

    kind = models.CharField(_("question"), max_length=12, choices=Kind.choices)
    instrument = models.ForeignKey(
        Instrument, null=True, on_delete=models.PROTECT, related_name="doubts", verbose_name=_("instrument")
    )
    verification = models.ForeignKey(
        Verification, null=True, on_delete=models.PROTECT, related_name="doubts", verbose_name=_("verification")
    )
    facts = models.JSONField(default=dict)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("kept by office")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("region")
    )
    noted_on = models.DateField(_("noted on"))
    closed_on = models.DateField(_("settled on"), null=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects: ClassVar[Any] = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("question on an entry")
        verbose_name_plural = _("questions on entries")
        ordering = ["-noted_on", "-pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=True, verification__isnull=False)
                | Q(instrument__isnull=False, verification__isnull=True),
                name="inspections_doubt_about",
                violation_error_message=_("A question is about an instrument or about a verification."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "kind"],
                condition=Q(instrument__isnull=False),
                name="inspections_doubt_instrument",
                violation_error_message=_("This question stands already."),
            ),
            models.UniqueConstraint(
                fields=["verification", "kind"],
                condition=Q(verification__isnull=False),
                name="inspections_doubt_verification",
                violation_error_message=_("This question stands already."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-noted_on"], condition=OPEN, name="inspections_doubt_open"),
            models.Index(fields=["-noted_on", "-id"], name="inspections_doubt_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.about}"

    @property
    def about(self) -> Any:
        return self.instrument or self.verification

    @property
    def sentence(self) -> str:
        return str(self.SENTENCES[self.Kind(self.kind)]) % self.facts

    @property
    def is_open(self) -> bool:
        return self.closed_on is None and self.answered_at is None
