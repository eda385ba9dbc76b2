"""Complaints about metrology, and how soon they are answered."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.indicators import Dimension, Indicator, On, OnPast, Rate, Section, register
from enterprises.models.sector import sectors
from inspections.models import Complaint


class Complaints(Indicator):
    unit = pgettext_lazy("unit", "complaints")
    section = Section.DAILY_LIFE
    model = Complaint
    interval = On("received_on")
    dimensions = {
        "sector": Dimension("sector", _("Sector"), sectors),
        "channel": Dimension("channel", _("Channel"), Complaint.Channel.choices),
    }


@register
class Received(Complaints):
    key = "complaints.received"
    label = _("Complaints received")
    definition = _("Complaints about metrology that were received in the period.")


@register
class Due(Complaints):
    key = "complaints.due"
    label = _("Complaints whose answer was due")
    definition = _("Complaints of which the last day for the answer lies in the period and has come.")
    interval = OnPast("answer_due_on")


@register
class AnsweredInTime(Due):
    key = "complaints.answered_in_time"
    label = _("Complaints answered in time")
    definition = _(
        "Of the complaints of which the last day for the answer lies in the period, those that were answered on that "
        "day or before."
    )
    predicate = Q(answered_on__lte=F("answer_due_on"))


@register
class InTimeRate(Rate):
    key = "complaints.in_time_rate"
    label = _("Rate of complaints answered in time")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Complaints answered in time, divided by the complaints whose answer was due in the period.")
    numerator = "complaints.answered_in_time"
    denominator = "complaints.due"


@register
class Asked(Complaints):
    key = "complaints.asked"
    label = _("Complaints with a word on the answer")
    definition = _("Complaints answered in the period where it was recorded whether the answer satisfied.")
    predicate = Q(is_satisfied__isnull=False)
    interval = On("answered_on")


@register
class Satisfied(Asked):
    key = "complaints.satisfied"
    label = _("Complaints answered to satisfaction")
    definition = _("Complaints answered in the period whose answer satisfied.")
    predicate = Q(is_satisfied=True)


@register
class SatisfactionRate(Rate):
    key = "complaints.satisfaction_rate"
    label = _("Satisfaction with answers to complaints")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Complaints answered to satisfaction, divided by those with a word on the answer.")
    numerator = "complaints.satisfied"
    denominator = "complaints.asked"
