"""Energy meters of units, and how many of the points that need one have it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import All, Between, Dimension, Indicator, Rate, Section, register
from enterprises.models import EnergyUnit, Level
from enterprises.models.metered_energy import JUDGED_LEVELS, metered_energies
from inspections.models import EnergyMeter, MeteringPoint

LEVELS = [(level.value, level.label) for level in JUDGED_LEVELS]
NEEDED = Between("begins_on", "ends_on")
IN_USE = Between("meter__in_use_from", "meter__in_use_until", only=Q(meter__voided_at__isnull=True))
OF_UNIT = {
    "energy": Dimension("energy", _("Metered kind of energy"), metered_energies),
    "kind": Dimension("unit__kind", _("Kind of energy-using unit"), EnergyUnit.Kind.choices),
    "sector": Dimension("unit__sector", _("Sector of energy use"), EnergyUnit.Sector.choices),
}


@register
class Meters(Indicator):
    key = "energy.meters"
    label = _("Energy meters in use")
    unit = _("pieces")
    section = Section.ENERGY
    basis = "GB 17167"
    definition = _("Energy meters of energy-using units that are in use on the last day of the period.")
    model = EnergyMeter
    interval = Between("in_use_from", "in_use_until")
    dimensions = {**OF_UNIT, "metering_level": Dimension("level", _("Level of the meter"), Level.choices)}


class Points(Indicator):
    unit = _("points")
    section = Section.ENERGY
    basis = "GB 17167"
    model = MeteringPoint
    predicate = Q(is_exempt=False)
    dimensions = {
        **OF_UNIT,
        "metering_level": Dimension(
            "level", _("Level of the point"), [(level.value, level.label) for level in JUDGED_LEVELS]
        ),
    }


@register
class PointsNeeded(Points):
    key = "energy.points_needed"
    label = _("Metering points that need a meter")
    definition = _(
        "Points of energy-using units at which a meter is needed on the last day of the period; exempt ones do not "
        "count."
    )
    interval = NEEDED


@register
class PointsMetered(Points):
    key = "energy.points_metered"
    label = _("Metering points with a meter in use")
    definition = _(
        "Of the points that need a meter on the last day of the period, those with a meter that is in use on that day."
    )
    interval = All((NEEDED, IN_USE))


@register
class EquippingRate(Rate):
    key = "energy.equipping_rate"
    label = _("Equipping rate with energy meters")
    unit = "%"
    section = Section.ENERGY
    basis = "GB 17167"
    definition = _("Metering points with a meter in use, divided by those that need one, without exempt ones.")
    numerator = "energy.points_metered"
    denominator = "energy.points_needed"
