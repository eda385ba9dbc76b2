"""Energy data and assessments of which this system keeps no records yet: entered values with their source."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.entered import Entered, EnteredAlone, EnteredStock
from bureau.reporting.indicators import Section, register


@register
class SubcentresConnected(EnteredStock):
    key = "energy.subcentres_connected"
    label = _("Cities connected as sub-centres")
    unit = pgettext_lazy("unit", "cities")
    section = Section.ENERGY
    definition = _("Cities whose sub-centre of energy-metering data is connected at the end of the period; entered.")


@register
class SubcentresReady(EnteredStock):
    key = "energy.subcentres_ready"
    label = _("Cities ready to be connected as sub-centres")
    unit = pgettext_lazy("unit", "cities")
    section = Section.ENERGY
    definition = _(
        "Cities that are ready to connect their sub-centre of energy-metering data at the end of the period; entered."
    )


@register
class IntensityDecline(EnteredAlone):
    key = "energy.intensity_decline"
    label = _("Decline of energy use per unit of GDP")
    unit = "%"
    section = Section.ENERGY
    places = 2
    basis = _("Energy Conservation Law, article 6")
    definition = _(
        "By how much the energy used per 10,000 yuan of gross domestic product fell, in the days of the period as the "
        "bureau of statistics stated them; entered for each region by itself."
    )


@register
class Decomposed(Entered):
    key = "targets.decomposed"
    label = _("Energy-saving targets handed down to the cities")
    unit = pgettext_lazy("unit", "targets")
    section = Section.ENERGY
    basis = _("Energy Conservation Law, article 6")
    definition = _("Energy-saving targets of the region that were divided among its parts in the period; entered.")


@register
class Subjects(Entered):
    key = "assessments.subjects"
    label = _("Kinds of those assessed on energy-saving targets")
    unit = pgettext_lazy("unit", "kinds")
    section = Section.ENERGY
    basis = _("Energy Conservation Law, article 6")
    definition = _("Kinds of those whose energy-saving targets were assessed in the period; entered.")
