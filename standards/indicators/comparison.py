"""Comparisons: how many were held, how many laboratories took part, how many with a satisfactory result."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.indicators import Dimension, Indicator, On, Rate, Section, register
from standards.models import Comparison, ComparisonParticipant, MeasurementField

BASIS = _("Rules for the administration of comparisons (SAMR order 69); JJF 1117")
Verdict = ComparisonParticipant.Verdict


def _fields() -> list[tuple[str, str]]:
    return [(field.code, str(field)) for field in MeasurementField.objects.all()]


class OfComparisons(Indicator):
    section = Section.SCIENTIFIC
    basis = BASIS


class OfLaboratories(OfComparisons):
    model = ComparisonParticipant
    unit = pgettext_lazy("unit", "laboratories")
    region_path = "comparison__region"
    interval = On("comparison__reported_on")
    dimensions = {
        "tier": Dimension("comparison__level", _("Level"), Comparison.Level.choices),
        "field": Dimension("comparison__field", _("Field"), _fields),
    }


@register
class Held(OfComparisons):
    key = "comparisons.held"
    label = _("Comparisons held")
    unit = pgettext_lazy("unit", "comparisons")
    definition = _(
        "Comparisons between institutions whose report was issued in the period. One that is still under way counts "
        "in the period of its report."
    )
    model = Comparison
    interval = On("reported_on")
    dimensions = {
        "tier": Dimension("level", _("Level"), Comparison.Level.choices),
        "field": Dimension("field", _("Field"), _fields),
    }


@register
class Participants(OfLaboratories):
    key = "comparisons.participants"
    label = _("Laboratories in comparisons")
    definition = _(
        "Laboratories, the pilot laboratory included, in comparisons whose report was issued in the period. One that "
        "took part in two comparisons counts twice."
    )
    dimensions = {
        **OfLaboratories.dimensions,
        "verdict": Dimension("verdict", _("Verdict"), Verdict.choices),
    }


@register
class Evaluated(OfLaboratories):
    key = "comparisons.evaluated"
    label = _("Laboratories evaluated in comparisons")
    definition = _(
        "Of the laboratories in comparisons whose report was issued in the period, those with a result that could be "
        "judged at every measurement point, or with an unsatisfactory one at any."
    )
    predicate = ~Q(verdict=Verdict.OPEN)


@register
class Satisfactory(OfLaboratories):
    key = "comparisons.satisfactory"
    label = _("Laboratories with satisfactory results in comparisons")
    definition = _(
        "Of the laboratories in comparisons whose report was issued in the period, those with |En| within the limit of "
        "the rule at every measurement point (JJF 1117: 1)."
    )
    predicate = Q(verdict=Verdict.SATISFACTORY)


@register
class SatisfactoryRate(Rate):
    key = "comparisons.satisfactory_rate"
    label = _("Satisfactory rate of comparisons")
    unit = "%"
    section = Section.SCIENTIFIC
    basis = BASIS
    definition = _("Laboratories with satisfactory results by laboratories evaluated, in per cent.")
    numerator = "comparisons.satisfactory"
    denominator = "comparisons.evaluated"
