import hashlib
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.measures import Number

# What only a later decision about a frozen year may write; everything else is under its seal.
UNSEALED = ("reopened_by", "reopened_at", "reopen_reason", "carried", "carried_by", "carried_at", "carry_reason")


class FrozenYear(models.Model):
    """The figures of a region and year as they were accepted, with what is needed to explain later differences.

    ``figures``: by key label, unit, decimals, version of the definition, value and breakdowns (numbers as texts, None
    undefined). ``digests``: of the rows behind them, by what was counted, region and month. ``marks``: by model the
    last key and the last line of its history, so that the rows as they were can be told from later ones. ``seal`` is
    a digest of all that and of the seal before: who changes or takes out a frozen year breaks the chain.
    A year that is reopened is frozen again as its next ``number``.
    """

    SCOPE = "region"
    AREA = "figure"

    office = models.ForeignKey(
        "bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by office")
    )
    region = models.ForeignKey("bureau.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    frozen_at = models.DateTimeField(_("frozen at"))
    definitions = models.CharField(_("version of the definitions"), max_length=16)
    figures = models.JSONField(_("figures"))
    digests = models.JSONField()
    marks = models.JSONField()
    previous_seal = models.CharField(max_length=64, unique=True)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reopened by")
    )
    reopened_at = models.DateTimeField(_("reopened at"), null=True)
    reopen_reason = models.CharField(_("reason of reopening"), max_length=200, blank=True)
    # By key the difference that is left to the following year.
    carried = models.JSONField(default=dict)
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("carried forward by"),
    )
    carried_at = models.DateTimeField(_("carried forward at"), null=True)
    carry_reason = models.CharField(_("reason of carrying forward"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("frozen year")
        verbose_name_plural = _("frozen years")
        ordering = ["-year", "region", "-number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                condition=Q(reopened_at__isnull=True),
                name="reporting_frozenyear_once",
                violation_error_message=_("This year of the region is frozen already."),
            ),
            models.UniqueConstraint(fields=["region", "year", "number"], name="reporting_frozenyear_number"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not set(kwargs.get("update_fields") or ("seal",)) <= set(UNSEALED):
            raise TypeError("What is under the seal of a frozen year is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A frozen year is never deleted.")

    @property
    def is_open(self) -> bool:
        return self.reopened_at is not None

    def value(self, key: str, dimension: str = "", part: str = "") -> Number | None:
        """None where it was undefined, where the figure was not among those of the year, or where somebody wrote what
        is no number past the system: the seal tells."""
        figure = self.figures.get(key, {})
        text = figure.get("breakdowns", {}).get(dimension, {}).get(part) if dimension else figure.get("value")
        try:
            return None if text is None else as_number(text)
        except (InvalidOperation, TypeError, ValueError):
            return None

    def reckoned_seal(self) -> str:
        """What ``seal`` is unless somebody changed the row behind the system's back."""
        sealed = {
            "region": self.region_id,
            "office": self.office_id,
            "year": self.year,
            "number": self.number,
            "by": self.frozen_by_id,
            "at": self.frozen_at.isoformat(),
            "definitions": self.definitions,
            "figures": self.figures,
            "digests": self.digests,
            "marks": self.marks,
            "previous": self.previous_seal,
        }
        text = json.dumps(sealed, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def as_number(text: str) -> Number:
    """Whole numbers as they are counted."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
