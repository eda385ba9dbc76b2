"""What bureaus do to make metrology known to the public, and who came."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Count, Dimension, Indicator, On, Section, Sum, register
from enterprises.models import OutreachAward, OutreachEvent
from enterprises.models.outreach_grade import outreach_grades


class Outreach(Indicator):
    unit = _("persons")
    section = Section.DAILY_LIFE


class Events(Outreach):
    model = OutreachEvent
    interval = On("begins_on")


@register
class OutreachEvents(Events):
    key = "outreach.events"
    label = _("Outreach events")
    unit = _("events")
    definition = _("Outreach events whose first day lies in the period.")
    measure = Count()


@register
class OutreachRegistered(Events):
    key = "outreach.registered"
    label = _("Persons registered for outreach events")
    definition = _(
        "Persons registered for the outreach events whose first day lies in the period; one registered for two events "
        "counts twice. Events without registration add nothing."
    )
    measure = Sum("registered")


@register
class OutreachParticipants(Events):
    key = "outreach.participants"
    label = _("Participants of outreach events")
    definition = _(
        "Persons who took part in the outreach events whose first day lies in the period; one who took part in two "
        "events counts twice."
    )
    measure = Sum("participants")


@register
class OutreachAwards(Outreach):
    key = "outreach.awards"
    label = _("Persons awarded at outreach events")
    definition = _(
        "Awards given in the period at outreach events, by grade; one who won several times counts as often. They "
        "count in the region of the event."
    )
    model = OutreachAward
    measure = Sum("people")
    interval = On("awarded_on")
    region_path = "event__region"
    dimensions = {"award": Dimension("grade", _("Award"), outreach_grades)}
    shown_by = ("award",)
