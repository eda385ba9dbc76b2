"""People of metrology: technicians of institutions, registered metrologists, administrators."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, Section, register
from bureau.reporting.periods import Period
from standards.indicators.institution import by_kind
from standards.models import Administrator, Qualification, Technician

PERSONS = _("people")
ON_STAFF = Between("begins_on", "ends_on")
REGISTERED = [Qualification.Kind.REGISTERED_1, Qualification.Kind.REGISTERED_2]


@dataclass(frozen=True)
class ValidOfStaff(Between):
    """A stock of certificates: valid on the last day, and their holder on the staff that day."""

    def condition(self, model: type[Model], period: Period) -> Q:
        staff = Between("technician__begins_on", "technician__ends_on")
        return super().condition(model, period) & staff.condition(model, period)


@register
class Technicians(Indicator):
    key = "people.technicians"
    label = _("Metrology technicians")
    unit = PERSONS
    section = Section.SCIENTIFIC
    definition = _(
        "Technical persons on the staff of institutions on the last day of the period, qualified or not yet. Whoever "
        "is on the staff of two institutions counts in each. Staff of enterprises outside institutions do not count."
    )
    model = Technician
    interval = ON_STAFF
    dimensions = {"institution_kind": by_kind("institution__kind")}
    shown_by = ("institution_kind",)


@register
class RegisteredMetrologists(Indicator):
    key = "people.registered_metrologists"
    label = _("Registered metrologists")
    unit = PERSONS
    section = Section.SCIENTIFIC
    definition = _(
        "Technicians on the staff of institutions on the last day of the period whose registration as a metrologist of "
        "the first or second class is valid that day. Whoever holds both counts once, in the breakdown under each."
    )
    model = Qualification
    predicate = Q(kind__in=REGISTERED)
    measure = Distinct("technician")
    interval = ValidOfStaff("issued_on", "valid_until")
    region_path = "technician__region"
    dimensions = {
        "kind": Dimension("kind", _("Qualification"), [(kind.value, kind.label) for kind in REGISTERED]),
        "institution_kind": by_kind("technician__institution__kind"),
    }
    shown_by = ("kind",)


@register
class Administrators(Indicator):
    key = "people.administrators"
    label = _("Metrology administrators")
    unit = PERSONS
    section = Section.SCIENTIFIC
    definition = _("Persons who administer metrology at an administration, on the last day of the period.")
    model = Administrator
    interval = ON_STAFF
    dimensions = {
        "law_enforcer": Dimension(
            "is_law_enforcer", _("Law-enforcement certificate"), [(True, _("Yes")), (False, _("No"))]
        )
    }
