from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models import Level, MeteredEnergy
from enterprises.models.metered_energy import JUDGED_LEVELS
from inspections.models.energy_audit import EnergyAudit


class DeclaredNumber(Tracked):
    """A summary number as the unit declares it in its forms (JJF 1356, annex B), to stand beside the computed one.

    ``line`` is the code of the metered energy or of the use of the meters, "" for all together.
    """

    AREA = "fieldwork"
    SCOPE = "as_parent"
    PARENT = "audit"

    class Figure(models.TextChoices):
        PEOPLE = "people", _("B.1: people in energy metering")
        EQUIPMENT = "equipment", _("B.2: pieces of main equipment")
        METERS = "meters", _("B.3 to B.7: energy meters")
        VALID = "valid", _("B.3: energy meters with a valid verification or calibration")
        NEEDED = "needed", _("B.8: meters needed")
        INSTALLED = "installed", _("B.8: meters installed")
        OF_USE = "of_use", _("B.9: meters for the use")
        CLASS_MET = "class_met", _("B.9: meters of the class asked for")

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="declared", verbose_name=_("energy-metering audit")
    )
    figure = models.CharField(_("number of a form"), max_length=20, choices=Figure.choices)
    line = models.CharField(_("energy or use"), max_length=30, blank=True)
    level = models.CharField(_("level of the meter"), max_length=10, choices=Level.choices, blank=True)
    count = models.PositiveIntegerField(_("declared number"))

    class Meta(Tracked.Meta):
        verbose_name = _("number declared by the unit")
        verbose_name_plural = _("numbers declared by units")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "figure", "line", "level"],
                condition=NOT_VOIDED,
                name="inspections_declarednumber_once",
                violation_error_message=_("This number is stated already."),
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.get_figure_display(), self.line, self.get_level_display())))


class AuditedEquipping(Tracked):
    """What an audit found of an energy at a level when it was concluded: meters, and points needed and installed.

    Kept as it was then: the meters of the unit go on changing. Written by ``inspections.audits`` alone.
    """

    AREA = "fieldwork"
    SCOPE = "as_parent"
    PARENT = "audit"

    audit = models.ForeignKey(
        EnergyAudit, on_delete=models.PROTECT, related_name="equipping", verbose_name=_("energy-metering audit")
    )
    energy = models.ForeignKey(
        MeteredEnergy, on_delete=models.PROTECT, related_name="+", verbose_name=_("metered kind of energy")
    )
    level = models.CharField(_("level of the meter"), max_length=10, choices=Level.choices)
    meters = models.PositiveIntegerField(_("meters examined"), default=0)
    needed = models.PositiveIntegerField(_("meters needed"), default=0)
    installed = models.PositiveIntegerField(_("meters installed"), default=0)

    class Meta(Tracked.Meta):
        verbose_name = _("equipping found by an audit")
        verbose_name_plural = _("equipping found by audits")
        ordering = ["audit", "energy__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "energy", "level"],
                condition=NOT_VOIDED,
                name="inspections_auditedequipping_once",
                violation_error_message=_("This energy is stated at the level already."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=JUDGED_LEVELS) | Q(needed=0, installed=0),
                name="inspections_auditedequipping_level",
                violation_error_message=_("No equipping rate is asked for at this level."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.energy} {self.get_level_display()}"
