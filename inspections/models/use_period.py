from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Office, Region
from inspections.models.instrument import Instrument, LegalKind, Purpose
from inspections.models.instrument_kind import InstrumentKind

COUNTED = ("region", "office", "kind", "purpose", "legal_kind", "is_verified", "quantity")


class InstrumentStop(models.Model):
    """Days on which an instrument was out of use, both included; without an end it still is.

    Kept by ``inspections.succession`` from the states that clerks enter.
    """

    SCOPE = "as_parent"
    PARENT = "instrument"
    AREA = "verification"

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="stops")
    begins_on = models.DateField(_("out of use from"))
    ends_on = models.DateField(_("out of use until"), null=True)

    class Meta:
        verbose_name = _("days out of use")
        verbose_name_plural = _("days out of use")
        ordering = ["begins_on"]

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on or ''}"


class UsePeriod(models.Model):
    """Days in use of an instrument, both included, on which it was verified, or was not; without an end it still is so.

    Derived by ``inspections.succession``. It repeats place and kind of the instrument, so that the pieces that were in
    use on any day, and those of them with a valid paper, are counted from here. A row that no longer holds is
    ``is_dropped``, not deleted: the tally follows inserts and updates.
    """

    SCOPE = "region"
    AREA = "verification"

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="use_periods")
    begins_on = models.DateField(_("in use from"))
    ends_on = models.DateField(_("in use until"), null=True)
    is_verified = models.BooleanField(_("with a valid paper"))
    is_dropped = models.BooleanField(default=False)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("kept by office")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("region")
    )
    kind = models.ForeignKey(
        InstrumentKind,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("kind of instrument"),
    )
    purpose = models.CharField(_("purpose of use"), max_length=20, choices=Purpose.choices)
    legal_kind = models.CharField(_("legal kind"), max_length=10, choices=LegalKind.choices)
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("days in use of an instrument")
        verbose_name_plural = _("days in use of instruments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="inspections_useperiod_dates",
            )
        ]
        indexes = [
            # With all that the figures of a running month count.
            models.Index(
                fields=["begins_on"], include=COUNTED, condition=Q(is_dropped=False), name="inspections_use_begins"
            ),
            models.Index(
                fields=["ends_on"],
                include=COUNTED,
                condition=Q(ends_on__isnull=False, is_dropped=False),
                name="inspections_use_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.begins_on} – {self.ends_on or ''}"
