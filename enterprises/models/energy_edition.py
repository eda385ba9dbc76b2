from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class NoTable(LookupError):
    """Nothing may be worked out or judged: no table holds on the day. The message is a sentence for the reader."""


class EnergyEdition(ReferenceRow):
    """An edition of a standard of energy metering and when it holds, whether or not its tables are on record.

    ``kj_per_kgce``: how many kilojoules (low calorific value) one kilogram of coal equivalent has by that edition.
    """

    class Standard(models.TextChoices):
        CONVERSION = "conversion", _("GB/T 2589: conversion to coal equivalent")
        EQUIPPING = "equipping", _("GB 17167: equipping with energy meters")

    standard = models.CharField(_("standard of energy metering"), max_length=20, choices=Standard.choices)
    name = models.CharField(_("title of the standard"), max_length=100, blank=True)
    kj_per_kgce = models.DecimalField(_("kJ per kgce"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("edition of an energy standard")
        verbose_name_plural = _("editions of energy standards")
        ordering = ["standard", "effective_from"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "edition"],
                name="enterprises_energyedition_once",
                violation_error_message=_("This edition of the standard is already on record."),
            ),
            models.CheckConstraint(
                condition=~Q(standard="conversion") | Q(kj_per_kgce__isnull=False, kj_per_kgce__gt=0),
                name="enterprises_energyedition_kj",
                violation_error_message=_("An edition of GB/T 2589 states how many kJ one kgce has."),
            ),
        ]

    def __str__(self) -> str:
        return self.edition


def edition_on(standard: str, day: date) -> EnergyEdition:
    """The edition in force on that day, the newest where several are. Raises ``NoTable``."""
    found: EnergyEdition | None = EnergyEdition.objects.filter(standard=standard).in_force(day).newest_first().first()
    if found is None:
        raise NoTable(
            gettext("No edition of “%(standard)s” is on record for %(day)s.")
            % {"standard": EnergyEdition.Standard(standard).label, "day": day.isoformat()}
        )
    return found


def table_on(model: type[ReferenceRow], standard: str, day: date) -> tuple[EnergyEdition, list[Any]]:
    """The edition in force on that day and its rows of a rule table.

    Raises ``NoTable`` where that edition has none: an earlier edition never stands in for it.
    """
    edition = edition_on(standard, day)
    rows = list(model._default_manager.filter(edition=edition.edition).in_force(day))  # type: ignore[attr-defined]
    if not rows:
        raise NoTable(_no_rows(edition, model))
    return edition, rows


def _no_rows(edition: EnergyEdition, model: type[ReferenceRow]) -> str:
    said = {"edition": edition.edition, "table": model._meta.verbose_name_plural}
    if edition.effective_from is None:
        return gettext("The table “%(table)s” of %(edition)s is not on record: please import it.") % said
    return gettext(
        "%(edition)s is in force from %(day)s, but its table “%(table)s” is not on record. Please import the table of "
        "this edition; nothing is judged by an earlier one."
    ) % {**said, "day": date_format(edition.effective_from, "Y-m-d")}
