"""The sections of a year-end summary, in the order in which bureaus write it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    SCIENTIFIC = "scientific", _("Scientific metrology")
    DAILY_LIFE = "daily_life", _("Metrology for daily life")
    INTEGRITY = "integrity", _("Integrity in metrology")
    ENERGY = "energy", _("Energy metering")
    INDUSTRIAL = "industrial", _("Industrial metrology")
