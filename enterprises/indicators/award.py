"""Demonstration units of integrity in metrology."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, On, Section, register
from enterprises.models import DemonstrationAward
from enterprises.models.sector import sectors
from enterprises.models.withdrawal_reason import withdrawal_reasons


class Awards(Indicator):
    unit = _("units")
    section = Section.INTEGRITY
    model = DemonstrationAward
    measure = Distinct("enterprise")
    dimensions = {
        "tier": Dimension("tier", _("Tier"), DemonstrationAward.Tier.choices),
        "sector": Dimension("sector", _("Sector"), sectors),
    }


@register
class Awarded(Awards):
    key = "integrity.demonstration_units_awarded"
    label = _("Demonstration units awarded")
    definition = _(
        "Enterprises that were made a demonstration unit in the period, by city or province. One awarded by both "
        "counts once in the whole."
    )
    interval = On("awarded_on")
    shown_by = ("tier",)
    on_dashboard = True


@register
class DemonstrationUnits(Awards):
    key = "integrity.demonstration_units"
    label = _("Demonstration units")
    definition = _(
        "Enterprises that hold an award as demonstration unit on the last day of the period: not run out, and not "
        "withdrawn on or before that day."
    )
    interval = Between("awarded_on", "ends_on")


@register
class AwardsWithdrawn(Awards):
    key = "integrity.demonstration_units_withdrawn"
    label = _("Demonstration units withdrawn")
    definition = _("Enterprises whose award as demonstration unit was withdrawn in the period.")
    interval = On("withdrawn_on")
    dimensions = {
        **Awards.dimensions,
        "reason": Dimension("withdrawal_reason", _("Reason"), withdrawal_reasons),
    }
