"""What repeatability tests and stability checks have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What a record of repeatability or stability says of the standard."""

    BASIS = "basis", _("Given as the basis")
    PASSED = "passed", _("Meets the requirement")
    REEVALUATED = "reevaluated", _("Meets it after the uncertainty was evaluated anew")
    FAILED = "failed", _("Does not meet the requirement")
    NOTHING_BEFORE = "nothing_before", _("Nothing on record to compare with")


class Method(models.TextChoices):
    """How the stability of a standard is checked (JJF 1033, annex C)."""

    CHECK_STANDARD = "check_standard", _("Check standard")
    HIGHER_STANDARD = "higher_standard", _("Higher measurement standard")
    CONTROL_CHART = "control_chart", _("Control chart")
    SPECIFICATION = "specification", _("Method of the specification")
    MAIN_DEVICE = "main_device", _("Stability of the main device")


class StabilityPurpose(models.TextChoices):
    SET_UP = "set_up", _("When it was set up: largest less smallest group")
    IN_USE = "in_use", _("In use: this year less last year")
