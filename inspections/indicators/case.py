"""Violation cases: how many were filed, decided and closed, and what they cost the parties."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Indicator, On, Section, Sum, register
from enterprises.models.sector import sectors
from inspections.models import ViolationCase
from inspections.models.cause import causes


class Cases(Indicator):
    unit = _("cases")
    section = Section.DAILY_LIFE
    basis = _("Metrology Law, articles 23 to 30")
    model = ViolationCase
    dimensions = {
        "cause": Dimension("cause", _("Cause"), causes),
        "source": Dimension("source", _("Source"), ViolationCase.Source.choices),
        "sector": Dimension("sector", _("Sector"), sectors),
    }


@register
class Filed(Cases):
    key = "cases.filed"
    label = _("Violation cases filed")
    definition = _("Cases of violations of metrology law that were filed in the period, whatever became of them.")
    interval = On("filed_on")
    shown_by = ("cause",)
    on_dashboard = True


@register
class Decided(Cases):
    key = "cases.decided"
    label = _("Violation cases decided")
    definition = _("Cases in which the decision was made in the period.")
    interval = On("decided_on")


@register
class Closed(Cases):
    key = "cases.closed"
    label = _("Violation cases closed")
    definition = _("Cases that were closed in the period, with or without a decision.")
    interval = On("closed_on")


@register
class Fines(Cases):
    key = "cases.fines"
    label = _("Fines in violation cases")
    unit = _("yuan")
    definition = _("Sum of the fines in decisions of the period, as decided; what was paid is not counted here.")
    predicate = Q(fine__gt=0)
    measure = Sum("fine")
    interval = On("decided_on")


@register
class Confiscated(Cases):
    key = "cases.confiscated"
    label = _("Confiscations in violation cases")
    unit = _("yuan")
    definition = _("Sum of the unlawful gains that decisions of the period confiscate.")
    predicate = Q(confiscated__gt=0)
    measure = Sum("confiscated")
    interval = On("decided_on")
