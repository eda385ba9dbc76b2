"""The red and the black list of integrity in metrology."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, Section, register
from enterprises.models import ListedEnterprise
from enterprises.models.sector import sectors


class Listed(Indicator):
    unit = _("units")
    section = Section.INTEGRITY
    model = ListedEnterprise
    measure = Distinct("enterprise")
    interval = Between("from_on", "until_on")
    dimensions = {"sector": Dimension("sector", _("Sector"), sectors)}


@register
class RedListed(Listed):
    key = "integrity.red_listed"
    label = _("Enterprises on the red list")
    definition = _("Enterprises that stand on the red list on the last day of the period, published or not.")
    predicate = Q(colour=ListedEnterprise.Colour.RED)


@register
class BlackListed(Listed):
    key = "integrity.black_listed"
    label = _("Enterprises on the black list")
    definition = _("Enterprises that stand on the black list on the last day of the period, published or not.")
    predicate = Q(colour=ListedEnterprise.Colour.BLACK)
