"""What happened to public measurement standards in a period."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, On, register
from standards.indicators.file import DIMENSIONS, OF_PUBLIC, OfPublicStandards
from standards.models import StandardEvent
from standards.models.rule import EventKind


class Events(OfPublicStandards):
    unit = _("items")
    model = StandardEvent
    interval = On("on")


@register
class EveryEvent(Events):
    key = "standards.events"
    label = _("Events of public measurement standards")
    definition = _(
        "Every event in the life of a public measurement standard whose day lies in the period: application, "
        "examination, certificate, replacement or other change, sealing, resuming, withdrawal, cancellation. A standard"
        " with several events counts with each."
    )
    dimensions = {"kind": Dimension("kind", _("Event"), EventKind.choices), **DIMENSIONS}
    shown_by = ("kind",)


@register
class Reexamined(Events):
    key = "standards.reexamined"
    label = _("Public measurement standards re-examined")
    definition = _("Certificates issued to public measurement standards in the period after a re-examination.")
    predicate = OF_PUBLIC & Q(kind=EventKind.REEXAMINED)


@register
class Withdrawn(Events):
    key = "standards.withdrawn"
    label = _("Public measurement standards withdrawn")
    definition = _(
        "Public measurement standards that their unit withdrew in the period. One that the authority cancelled without "
        "that is counted among the events only."
    )
    predicate = OF_PUBLIC & Q(kind=EventKind.WITHDRAWN)
