"""Training sessions for people of enterprises."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Distinct, Indicator, On, Section, Sum, register
from enterprises.models import Training, TrainingEnterprise
from enterprises.models.sector import sectors
from enterprises.models.service_campaign import service_campaigns


def _of(path: str) -> dict[str, Dimension]:
    return {
        "sector": Dimension(f"{path}sector", _("Sector"), sectors),
        "campaign": Dimension(f"{path}campaign", _("Service campaign"), service_campaigns),
    }


class Sessions(Indicator):
    section = Section.INDUSTRIAL
    model = Training
    interval = On("held_on")
    dimensions = _of("")


@register
class SessionsHeld(Sessions):
    key = "services.training_sessions"
    label = _("Training sessions held")
    unit = _("sessions of training")
    definition = _("Training sessions for people of enterprises that were held in the period.")


@register
class PeopleTrained(Sessions):
    key = "services.people_trained"
    label = _("People trained")
    unit = _("persons")
    definition = _("The sum of the people trained at each session of the period; who was at two counts twice.")
    measure = Sum("people_trained")


@register
class EnterprisesTrained(Indicator):
    key = "services.enterprises_trained"
    label = _("Enterprises at training sessions")
    unit = _("units")
    section = Section.INDUSTRIAL
    definition = _(
        "Enterprises whose people were at a training session in the period, as the session's list states; each counts "
        "once. It counts in the region of the session."
    )
    model = TrainingEnterprise
    measure = Distinct("enterprise")
    interval = On("training__held_on")
    region_path = "training__region"
    dimensions = _of("training__")
