"""Technical institutions in force on a day, what they are entitled to do, and what they produce."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Indicator, On, Section, register
from standards.models import AuthorisedItem, Institution, ReferenceMaterialProduct

Kind = Institution.Kind
IN_FORCE = Between("begins_on", "ends_on")
BY_TIER = Dimension("tier", _("Tier"), Institution.Tier.choices)
BASIS = _("Metrology Law, article 20")


def by_kind(path: str = "kind", *kinds: Kind) -> Dimension:
    return Dimension(path, _("Kind of institution"), [(kind.value, kind.label) for kind in kinds or Kind])


class Institutions(Indicator):
    unit = _("bodies")
    section = Section.SCIENTIFIC
    basis = BASIS
    model = Institution
    interval = IN_FORCE
    dimensions = {"tier": BY_TIER}


@register
class LegalVerification(Institutions):
    key = "institutions.legal_verification"
    label = _("Legal verification institutions")
    definition = _(
        "Verification institutions that administrations have set up by law, on the last day of the period: set up on "
        "that day or before, and not closed before it. Authorised institutions are counted apart."
    )
    predicate = Q(kind=Kind.LEGAL_VERIFICATION)
    shown_by = ("tier",)


@register
class Authorised(Institutions):
    key = "institutions.authorised"
    label = _("Authorised verification institutions")
    definition = _(
        "Institutions and units authorised to verify, on the last day of the period: verification institutions set up "
        "by authorisation, and other units authorised for special verifications."
    )
    predicate = Q(kind__in=[Kind.AUTHORISED_VERIFICATION, Kind.SPECIAL_AUTHORISATION])
    dimensions = {"kind": by_kind("kind", Kind.AUTHORISED_VERIFICATION, Kind.SPECIAL_AUTHORISATION), "tier": BY_TIER}
    shown_by = ("kind",)


@register
class TypeEvaluation(Institutions):
    key = "institutions.type_evaluation"
    label = _("Type-evaluation institutions")
    definition = _("Institutions authorised for the type evaluation of measuring instruments, on the last day.")
    predicate = Q(kind=Kind.TYPE_EVALUATION)


@register
class IndustryTestCentres(Institutions):
    key = "institutions.industry_test_centres"
    label = _("Industry metrology test centres")
    definition = _(
        "Industry metrology test centres approved by the last day of the period and not withdrawn before it."
    )
    predicate = Q(kind=Kind.INDUSTRY_TEST_CENTRE)
    basis = ""
    shown_by = ("tier",)


@register
class ReferenceMaterialProducers(Institutions):
    key = "institutions.reference_material_producers"
    label = _("Reference-material producers")
    definition = _(
        "Units that develop or produce certified reference materials, on the last day of the period, whatever the "
        "number of their products."
    )
    predicate = Q(kind=Kind.REFERENCE_MATERIAL_PRODUCER)
    basis = ""


STATIONS = (Kind.WEIGHING_STATION, Kind.OTHER_STATION)


@register
class PublicStations(Institutions):
    key = "institutions.public_stations"
    label = _("Public measuring stations")
    definition = _("Public weighing stations and other public measuring stations, on the last day of the period.")
    predicate = Q(kind__in=STATIONS)
    basis = ""
    dimensions = {"kind": by_kind("kind", *STATIONS)}
    shown_by = ("kind",)


@register
class PublicStationsEstablished(PublicStations):
    key = "institutions.public_stations_established"
    label = _("Public measuring stations set up")
    definition = _("Public weighing stations and other public measuring stations set up in the period.")
    interval = On("begins_on")


@register
class AuthorisedItems(Indicator):
    key = "institutions.authorised_items"
    label = _("Authorised items")
    unit = _("items")
    section = Section.SCIENTIFIC
    basis = BASIS
    definition = _(
        "Items that institutions are entitled to verify, calibrate, test or evaluate, on the last day of the period: "
        "one of each institution, service, item and range."
    )
    model = AuthorisedItem
    interval = IN_FORCE
    region_path = "institution__region"
    dimensions = {
        "kind": by_kind("institution__kind"),
        "service": Dimension("service", _("Service"), AuthorisedItem.Service.choices),
    }
    shown_by = ("kind",)


@register
class ReferenceMaterials(Indicator):
    key = "institutions.reference_materials"
    label = _("Certified reference materials")
    unit = _("materials")
    section = Section.SCIENTIFIC
    definition = _("Certified reference materials that producers are approved to make, on the last day of the period.")
    model = ReferenceMaterialProduct
    interval = IN_FORCE
    region_path = "institution__region"
    dimensions = {"material_level": Dimension("level", _("Level"), ReferenceMaterialProduct.Level.choices)}
    shown_by = ("material_level",)
