"""Energy-using units, how their data come in, and what they report."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, On, Section, register
from enterprises.models import EnergyConnection, EnergyUnit, EnergyYear

BASIS = _("Measures for the supervision of energy metering, article 17; Energy Conservation Law, article 52")
KIND, SECTOR = _("Kind of energy-using unit"), _("Sector of energy use")


@register
class Units(Indicator):
    key = "energy.units"
    label = _("Energy-using units on record")
    unit = _("units")
    section = Section.ENERGY
    basis = BASIS
    definition = _(
        "Energy-using units that are listed on the last day of the period: key units, public institutions and others."
    )
    model = EnergyUnit
    measure = Distinct("enterprise")
    interval = Between("begins_on", "ends_on")
    dimensions = {
        "kind": Dimension("kind", KIND, EnergyUnit.Kind.choices),
        "sector": Dimension("sector", SECTOR, EnergyUnit.Sector.choices),
        "class": Dimension("size_class", _("Class by yearly use"), EnergyUnit.SizeClass.choices),
    }
    shown_by = ("kind",)


class Connections(Indicator):
    unit = _("units")
    section = Section.ENERGY
    basis = BASIS
    model = EnergyConnection
    measure = Distinct("unit__enterprise")
    interval = Between("begins_on", "ends_on")
    region_path = "unit__region"
    dimensions = {
        "kind": Dimension("unit__kind", KIND, EnergyUnit.Kind.choices),
        "sector": Dimension("unit__sector", SECTOR, EnergyUnit.Sector.choices),
    }


@register
class ConnectedRealtime(Connections):
    key = "energy.connected_realtime"
    label = _("Energy-using units connected in real time")
    definition = _(
        "Energy-using units whose data are collected in real time by the platform on the last day of the period."
    )
    predicate = Q(mode=EnergyConnection.Mode.REALTIME)


@register
class ConnectedManual(Connections):
    key = "energy.connected_manual"
    label = _("Energy-using units that report by hand")
    definition = _("Energy-using units whose data come to the platform by hand on the last day of the period.")
    predicate = Q(mode=EnergyConnection.Mode.MANUAL)


@register
class DirectReporting(Indicator):
    key = "energy.direct_reporting_units"
    label = _("Energy-using units that reported online")
    unit = _("units")
    section = Section.ENERGY
    basis = _("Energy Conservation Law, article 53")
    definition = _(
        "Energy-using units that reported the energy use of a year online themselves on a day of the period. One that "
        "reported several years counts once."
    )
    model = EnergyYear
    predicate = Q(way=EnergyYear.Way.ONLINE)
    measure = Distinct("unit__enterprise")
    interval = On("reported_on")
    dimensions = {
        "kind": Dimension("unit__kind", KIND, EnergyUnit.Kind.choices),
        "sector": Dimension("unit__sector", SECTOR, EnergyUnit.Sector.choices),
    }
