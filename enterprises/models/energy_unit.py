from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import Enterprise


class EnergyUnitQuerySet(RecordQuerySet):
    def on(self, day: date) -> "EnergyUnitQuerySet":
        return self.filter(NOT_VOIDED, Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)


class EnergyUnit(Record):
    """An energy-using unit under supervision of its metering (用能单位), from the day on which it was listed.

    ``size_class`` is what the authority's list says, by the yearly use in tonnes of coal equivalent.
    """

    class Kind(models.TextChoices):
        KEY = "key", _("Key energy-using unit")
        PUBLIC_INSTITUTION = "public_institution", _("Public institution")
        OTHER = "other", _("Other energy-using unit")

    class Sector(models.TextChoices):
        """As the State administration sums up audits."""

        NONFERROUS = "nonferrous", _("Non-ferrous metals")
        TEXTILE = "textile", _("Textile and dyeing")
        BUILDING_MATERIALS = "building_materials", _("Building materials")
        PETROCHEMICAL = "petrochemical", _("Petrochemical industry")
        COAL_CHEMICAL = "coal_chemical", _("Coal chemical industry")
        ENERGY = "energy", _("Energy industry")
        STEEL = "steel", _("Iron and steel")
        TRANSPORT = "transport", _("Transport")
        PAPER = "paper", _("Paper making")
        DATA_CENTRE = "data_centre", _("Data centre")
        PUBLIC_INSTITUTION = "public_institution", _("Public institution")
        OTHER = "other", _("Other sector")

    class SizeClass(models.TextChoices):
        HUNDRED = "hundred", _("“Hundred”: about 3 million tce and more")
        THOUSAND = "thousand", _("“Thousand”: 500,000 tce and more")
        TEN_THOUSAND = "ten_thousand", _("“Ten thousand”: 10,000 tce and more")
        NAMED = "named", _("5,000 to 10,000 tce, named by the authority")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="energy_units", verbose_name=_("enterprise")
    )
    kind = models.CharField(_("kind of energy-using unit"), max_length=20, choices=Kind.choices)
    sector = models.CharField(_("sector of energy use"), max_length=20, choices=Sector.choices)
    size_class = models.CharField(_("class by yearly use"), max_length=20, choices=SizeClass.choices, blank=True)
    listed_by = models.CharField(
        _("listed by"), max_length=100, blank=True, help_text=_("Authority and number of the list.")
    )
    begins_on = models.DateField(_("listed from"))
    ends_on = models.DateField(_("listed until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = EnergyUnitQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("energy-using unit")
        verbose_name_plural = _("energy-using units")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=NOT_VOIDED,
                name="enterprises_energyunit_once",
                violation_error_message=_("This enterprise is already on record as an energy-using unit."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="enterprises_energyunit_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(size_class="") | Q(kind="key"),
                name="enterprises_energyunit_class",
                violation_error_message=_("Only a key energy-using unit has a class by its yearly use."),
            ),
        ]
        indexes = [models.Index(fields=["region", "begins_on"], name="enterprises_energyunit_begins")]

    def __str__(self) -> str:
        return str(self.enterprise)

    def clean(self) -> None:
        super().clean()
        if not self.begins_on:
            return
        if self.begins_on > timezone.localdate():
            raise ValidationError({"begins_on": _("This day lies in the future.")})
        if self.region_id and (problem := self.region.problem_on(self.begins_on)):
            raise ValidationError({"region": problem})


class ConnectionQuerySet(RecordQuerySet):
    def on(self, day: date) -> "ConnectionQuerySet":
        return self.filter(NOT_VOIDED, Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)


class EnergyConnection(Tracked):
    """How the energy data of a unit come to the collection platform, from a day to a day, both included.

    Between two rows, and before the first, it is not connected.
    """

    SCOPE = "as_parent"
    PARENT = "unit"
    # Set on the rows of a page, which are compared with each other as they will stand.
    is_checked_together = False

    class Mode(models.TextChoices):
        REALTIME = "realtime", _("Collected in real time")
        MANUAL = "manual", _("Reported by hand")
        NONE = "none", _("Not connected")

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="connections", verbose_name=_("energy-using unit")
    )
    mode = models.CharField(_("way of connection"), max_length=10, choices=Mode.choices)
    begins_on = models.DateField(_("connected from"))
    ends_on = models.DateField(_("connected until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: ClassVar[Any] = ConnectionQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("connection of an energy-using unit")
        verbose_name_plural = _("connections of energy-using units")
        ordering = ["begins_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "begins_on"],
                condition=NOT_VOIDED,
                name="enterprises_energyconnection_once",
                violation_error_message=_("A connection of the unit from that day is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="enterprises_energyconnection_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.begins_on} – {self.ends_on or ''}".strip()

    def clean(self) -> None:
        super().clean()
        if self.begins_on and not self.is_checked_together and (problem := overlaps([self])[0]):
            raise ValidationError({"begins_on": problem})


def overlaps(rows: Sequence[EnergyConnection]) -> list[str | None]:
    """For each row, saved or not, a sentence if one on record or one before it holds on one of its days; one query."""
    known = {row.pk for row in rows if row.pk is not None}
    units = {row.unit_id for row in rows if row.unit_id is not None}
    standing = list(EnergyConnection.objects.not_voided().filter(unit__in=units).exclude(pk__in=known)) if units else []
    found: list[str | None] = []
    for row in rows:
        others = [other for other in standing if other.unit_id == row.unit_id]
        found.append(_overlap(row, others))
        standing.append(row)
    return found


def _overlap(row: EnergyConnection, others: Sequence[EnergyConnection]) -> str | None:
    if row.voided_at is not None or not row.begins_on:
        return None
    for other in others:
        if other.voided_at is not None or not other.begins_on:
            continue
        if (other.ends_on is None or row.begins_on <= other.ends_on) and (
            row.ends_on is None or other.begins_on <= row.ends_on
        ):
            return gettext("The unit is already connected from %(begins)s to %(ends)s: end that connection first.") % {
                "begins": other.begins_on,
                "ends": other.ends_on or gettext("now"),
            }
    return None
