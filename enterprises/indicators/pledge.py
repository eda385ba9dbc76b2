"""Integrity pledges, and the spot checks of whether they are kept."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Count, Dimension, Distinct, Indicator, On, Rate, Section, register
from enterprises.models import Pledge, PledgeSpotCheck
from enterprises.models.sector import sectors
from enterprises.models.withdrawal_reason import withdrawal_reasons


class Pledges(Indicator):
    unit = _("units")
    section = Section.INTEGRITY
    model = Pledge
    measure = Distinct("enterprise")
    dimensions = {"sector": Dimension("sector", _("Sector"), sectors)}


@register
class PledgesSigned(Pledges):
    key = "integrity.pledges_signed"
    label = _("Enterprises that signed an integrity pledge")
    definition = _(
        "Enterprises that signed an integrity pledge in the period. One that pledged in several sectors counts once in "
        "the whole and once under each sector; a pledge that was withdrawn later still counts."
    )
    interval = On("signed_on")
    shown_by = ("sector",)
    on_dashboard = True


@register
class PledgesInForce(Pledges):
    key = "integrity.pledges_in_force"
    label = _("Enterprises with an integrity pledge in force")
    definition = _(
        "Enterprises with a pledge in force on the last day of the period: signed, not run out, and not withdrawn on "
        "or before that day."
    )
    interval = Between("signed_on", "ends_on")


@register
class PledgesWithdrawn(Pledges):
    key = "integrity.pledges_withdrawn"
    label = _("Enterprises whose integrity pledge was withdrawn")
    definition = _("Enterprises with a pledge that was withdrawn in the period. One that ran out does not count.")
    interval = On("withdrawn_on")
    dimensions = {
        **Pledges.dimensions,
        "reason": Dimension("withdrawal_reason", _("Reason"), withdrawal_reasons),
    }


class SpotChecks(Indicator):
    unit = _("checks")
    section = Section.INTEGRITY
    model = PledgeSpotCheck
    measure = Count()
    interval = On("checked_on")
    dimensions = {"sector": Dimension("sector", _("Sector"), sectors)}


@register
class SpotChecksMade(SpotChecks):
    key = "integrity.spot_checks"
    label = _("Spot checks of integrity pledges")
    definition = _("Spot checks of pledges that were made in the period, whatever their result.")


@register
class SpotChecksFailed(SpotChecks):
    key = "integrity.spot_checks_failed"
    label = _("Spot checks that found the pledge broken")
    definition = _("Spot checks of the period that found the pledge broken, corrected later or not.")
    predicate = Q(result=PledgeSpotCheck.Result.BROKEN)


@register
class SpotCheckFailureRate(Rate):
    key = "integrity.spot_check_failure_rate"
    label = _("Failure rate of spot checks")
    unit = "%"
    section = Section.INTEGRITY
    definition = _("Spot checks that found the pledge broken, divided by all spot checks of the period.")
    numerator = "integrity.spot_checks_failed"
    denominator = "integrity.spot_checks"
