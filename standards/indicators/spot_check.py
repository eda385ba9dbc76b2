"""Supervision: standards that were checked, those with problems, those ordered to stop."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Distinct, Indicator, On, Rate, Section, register
from standards.indicators.file import DIMENSIONS
from standards.models import MeasurementStandard, SpotCheck

BASIS = _("Metrology Law; Measures for the administration of measurement standards")


class SpotChecks(Indicator):
    unit = _("items")
    section = Section.SCIENTIFIC
    basis = BASIS
    model = SpotCheck
    measure = Distinct("standard")
    interval = On("on")
    dimensions = {
        "kind": Dimension("standard__kind", _("Kind of standard"), MeasurementStandard.Kind.choices),
        "plan": Dimension("plan", _("Occasion"), SpotCheck.Plan.choices),
        **DIMENSIONS,
    }


@register
class Checked(SpotChecks):
    key = "standards.checked"
    label = _("Measurement standards checked")
    definition = _(
        "Measurement standards of any kind that were looked at by a spot check in the period; a standard that was "
        "checked several times counts once."
    )


@register
class WithProblems(SpotChecks):
    key = "standards.with_problems"
    label = _("Checked standards with problems")
    definition = _("Of the standards checked in the period, those with problems, the ones ordered to stop included.")
    predicate = ~Q(outcome=SpotCheck.Outcome.CONFORMING)


@register
class Stopped(SpotChecks):
    key = "standards.stopped"
    label = _("Checked standards ordered to stop")
    definition = _("Of the standards checked in the period, those that were ordered to stop being used.")
    predicate = Q(outcome=SpotCheck.Outcome.STOPPED)


@register
class ProblemRate(Rate):
    key = "standards.problem_rate"
    label = _("Checked standards with problems, share")
    unit = "%"
    section = Section.SCIENTIFIC
    definition = _("Checked standards with problems / standards checked × 100.")
    basis = BASIS
    numerator = "standards.with_problems"
    denominator = "standards.checked"
