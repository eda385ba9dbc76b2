"""Figures that the national annual statistics table asks for beside those of a summary's own."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Distinct, Indicator, Section, register
from standards.indicators.institution import by_kind
from standards.indicators.people import PERSONS, ValidOfStaff
from standards.indicators.standard import BASIS, IN_FORCE
from standards.models import MeasurementStandard, Qualification

Kind = MeasurementStandard.Kind
TO_VERIFY = [
    Qualification.Kind.REGISTERED_1,
    Qualification.Kind.REGISTERED_2,
    Qualification.Kind.ABILITY,
    Qualification.Kind.VERIFIER,
]


class Standards(Indicator):
    unit = _("items")
    section = Section.SCIENTIFIC
    basis = BASIS
    model = MeasurementStandard
    interval = IN_FORCE


@register
class PublicByInstitution(Standards):
    key = "standards.public_by_institution"
    label = _("Public measurement standards in force, by kind of institution")
    definition = _(
        "Public measurement standards in force on the last day of the period, by the kind of the institution on record "
        "that keeps them."
    )
    predicate = Q(kind=Kind.PUBLIC)
    dimensions = {"institution_kind": by_kind("institution__kind")}


@register
class OthersInForce(Standards):
    key = "standards.others_in_force"
    label = _("Other examined measurement standards in force")
    definition = _(
        "Measurement standards in force on the last day of the period that are not public: highest standards of "
        "departments and of enterprises, and those of units authorised for special verifications."
    )
    predicate = ~Q(kind=Kind.PUBLIC)
    dimensions = {"kind": Dimension("kind", _("Kind"), [each for each in Kind.choices if each[0] != Kind.PUBLIC])}


@register
class HighestOfUnits(Standards):
    key = "standards.highest_of_units"
    label = _("Highest measurement standards of departments and enterprises in force")
    definition = _(
        "Highest measurement standards of departments and of enterprises and other units that are in force on the last "
        "day of the period."
    )
    predicate = Q(kind__in=[Kind.DEPARTMENT_HIGHEST, Kind.ENTERPRISE_HIGHEST])


@register
class Verifiers(Indicator):
    key = "people.verifiers"
    label = _("Persons qualified to verify")
    unit = PERSONS
    section = Section.SCIENTIFIC
    definition = _(
        "Technicians on the staff of institutions on the last day of the period who hold a registration as a "
        "metrologist, a proof of ability or a verifier's licence (until 2016) that is valid that day; each once."
    )
    model = Qualification
    predicate = Q(kind__in=TO_VERIFY)
    measure = Distinct("technician")
    interval = ValidOfStaff("issued_on", "valid_until")
    region_path = "technician__region"
    dimensions = {"institution_kind": by_kind("technician__institution__kind")}
