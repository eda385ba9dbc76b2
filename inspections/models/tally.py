"""Rollups of the ledger, written by triggers of the database alone (``inspections.rollups``).

A row is a change: the amounts of a key are the sums over all its rows. On PostgreSQL each statement appends what it
changes (``is_delta``), so that two writers never wait for each other, and ``rollups.compact`` joins them now and then;
on SQLite, which has one writer at a time, a key has one row.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Office, Region
from inspections.models.instrument_kind import InstrumentKind
from standards.models import Institution


def _pointer(model: type[models.Model]) -> models.ForeignKey:
    """The rows that are added up hold the constraint already."""
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")


class Rolled(models.Model):
    SCOPE = "region"
    AREA = "verification"

    region = _pointer(Region)
    office = _pointer(Office)
    purpose = models.CharField(max_length=20)
    is_delta = models.BooleanField(default=True, db_default=True)

    class Meta:
        abstract = True


class VerificationTally(Rolled):
    """Verifications of a month or of a year: ``span`` says which, ``begins_on`` is its first day.

    ``fee`` and ``fee_waived`` in fen; ``timed`` counts the records of which the days to the result are known,
    ``days_taken`` adds these up.
    """

    class Span(models.TextChoices):
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    span = models.CharField(max_length=5)
    begins_on = models.DateField()
    institution = _pointer(Institution)
    instrument_kind = _pointer(InstrumentKind)
    service = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    legal_kind = models.CharField(max_length=10)
    conclusion = models.CharField(max_length=10)
    is_free = models.BooleanField()
    is_emergency = models.BooleanField()
    records = models.BigIntegerField()
    quantity = models.BigIntegerField()
    fee = models.BigIntegerField()
    fee_waived = models.BigIntegerField()
    timed = models.BigIntegerField()
    days_taken = models.BigIntegerField()

    class Meta:
        verbose_name = _("tally of verifications")
        verbose_name_plural = _("tallies of verifications")
        indexes = [
            models.Index(fields=["span", "begins_on", "region"], name="inspections_vtally_when"),
            models.Index(fields=["id"], condition=models.Q(is_delta=True), name="inspections_vtally_delta"),
        ]


class UseTally(Rolled):
    """Pieces whose days in use began in a month, less those whose days ended: added up from the first month on, the
    pieces in use at its end. ``begins_on`` is the first day of the month; an end counts on the day after the last.
    ``records`` counts the instruments: each has one period on a day at most."""

    begins_on = models.DateField()
    kind = _pointer(InstrumentKind)
    legal_kind = models.CharField(max_length=10)
    is_verified = models.BooleanField()
    records = models.BigIntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("tally of pieces in use")
        verbose_name_plural = _("tallies of pieces in use")
        indexes = [
            models.Index(fields=["begins_on", "region"], name="inspections_utally_when"),
            models.Index(fields=["id"], condition=models.Q(is_delta=True), name="inspections_utally_delta"),
        ]


class DueTally(Rolled):
    """Pieces by the month in which their next verification is owed and that in which it was made (the last of all
    months where it was not)."""

    due_month = models.DateField()
    met_month = models.DateField()
    instrument_kind = _pointer(InstrumentKind)
    is_in_time = models.BooleanField()
    records = models.BigIntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("tally of verifications owed")
        verbose_name_plural = _("tallies of verifications owed")
        indexes = [
            models.Index(fields=["due_month", "region"], name="inspections_dtally_when"),
            models.Index(fields=["id"], condition=models.Q(is_delta=True), name="inspections_dtally_delta"),
        ]
