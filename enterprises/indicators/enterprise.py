"""How many enterprises are of a kind."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, Section, register
from enterprises.models import EnterpriseKind, EnterpriseKindSince


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, str(kind)) for kind in EnterpriseKind.objects.all()]


@register
class EnterprisesOfKind(Indicator):
    key = "enterprises.of_kind"
    label = _("Enterprises on record by kind")
    unit = _("units")
    section = Section.INDUSTRIAL
    definition = _(
        "Enterprises that are of at least one kind (key energy-using unit, market, fuel station …) on the last day of "
        "the period. One of several kinds counts once in the whole and once under each of its kinds; a merged double "
        "does not count."
    )
    model = EnterpriseKindSince
    measure = Distinct("enterprise")
    interval = Between("begins_on", "ends_on")
    region_path = "enterprise__region"
    dimensions = {"kind": Dimension("kind", _("Kind"), _kinds)}
