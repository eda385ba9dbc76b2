"""Public measurement standards: how many were set up, how many are in force, what they cover."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, On, Section, register
from standards.models import MeasurementField, MeasurementStandard


def fields() -> list[tuple[str, str]]:
    return [(field.code, str(field)) for field in MeasurementField.objects.all()]


def _ten_fields() -> list[tuple[str, str]]:
    found = MeasurementField.objects.filter(group=MeasurementField.Group.TEN_FIELD)
    return [(field.code, str(field)) for field in found]


IS_PUBLIC = Q(kind=MeasurementStandard.Kind.PUBLIC)
IN_FORCE = Between("in_force_intervals__begins_on", "in_force_intervals__ends_on")
BY_TIER_AND_GRADE = {
    "tier": Dimension("tier", _("Tier"), MeasurementStandard.Tier.choices),
    "grade": Dimension("grade", _("Grade"), MeasurementStandard.Grade.choices),
}
BASIS = _("Metrology Law, article 6; JJF 1033")


class PublicStandards(Indicator):
    unit = _("items")
    section = Section.SCIENTIFIC
    basis = BASIS
    model = MeasurementStandard
    predicate = IS_PUBLIC
    dimensions = {**BY_TIER_AND_GRADE, "field": Dimension("field", _("Field"), fields)}
    shown_by = ("tier",)
    on_dashboard = True


@register
class Established(PublicStandards):
    key = "standards.established"
    label = _("Public measurement standards set up")
    definition = _(
        "Public measurement standards whose first examination certificate was issued in the period. "
        "A re-examination or a replacement of equipment does not count again; a standard that was later sealed or "
        "withdrawn still counts in the period in which it was set up."
    )
    interval = On("established_on")


@register
class InForce(PublicStandards):
    key = "standards.in_force"
    label = _("Public measurement standards in force")
    definition = _(
        "Public measurement standards in force on the last day of the period: with a certificate valid on that day, "
        "and neither sealed, withdrawn nor cancelled. A standard under re-examination counts while its certificate is "
        "valid."
    )
    interval = IN_FORCE


@register
class HighestInForce(PublicStandards):
    key = "standards.highest_in_force"
    label = _("Highest public measurement standards in force")
    definition = _(
        "Public measurement standards in force on the last day of the period that are the highest of their quantity "
        "in the place."
    )
    predicate = IS_PUBLIC & Q(grade=MeasurementStandard.Grade.HIGHEST)
    interval = IN_FORCE


@register
class FieldsCovered(PublicStandards):
    key = "standards.fields_covered"
    label = _("Fields of metrology covered")
    unit = _("fields")
    definition = _(
        "How many of the ten fields of metrology (JJF 1022: length, temperature, mechanics, electromagnetics, radio, "
        "time and frequency, optics, acoustics, ionising radiation, chemistry) have at least one public measurement "
        "standard in force on the last day of the period. Special applications do not count."
    )
    predicate = IS_PUBLIC & Q(field__group=MeasurementField.Group.TEN_FIELD)
    measure = Distinct("field")
    interval = IN_FORCE
    dimensions = {**BY_TIER_AND_GRADE, "field": Dimension("field", _("Field"), _ten_fields)}
    shown_by = ()
