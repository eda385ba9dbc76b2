"""Licences in metrology: what was granted, how soon, and how much of it online."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Indicator, On, OnPast, Rate, Section, register
from enterprises.models import Licence

Kind = Licence.Kind


class Licences(Indicator):
    unit = _("items")
    section = Section.INDUSTRIAL
    model = Licence


class Granted(Licences):
    predicate = Q(decision=Licence.Decision.GRANTED)
    interval = On("decided_on")


@register
class NewInstrumentProducts(Granted):
    key = "licensing.new_instrument_products"
    label = _("New instrument products")
    definition = _("New products among measuring instruments that were granted in the period.")
    predicate = Granted.predicate & Q(kind=Kind.NEW_PRODUCT)


@register
class TypeApprovals(Granted):
    key = "licensing.type_approvals"
    label = _("Type approvals")
    definition = _("Type approvals of measuring instruments that were granted in the period.")
    predicate = Granted.predicate & Q(kind=Kind.TYPE_APPROVAL)


@register
class ReferenceMaterials(Granted):
    key = "licensing.reference_materials"
    label = _("Certified reference materials licensed")
    definition = _("Certified reference materials that were granted in the period.")
    predicate = Granted.predicate & Q(kind=Kind.REFERENCE_MATERIAL)


class Applications(Licences):
    dimensions = {"kind": Dimension("kind", _("Kind of licence"), Kind.choices)}


@register
class Applied(Applications):
    key = "licensing.applications"
    label = _("Applications for licences")
    definition = _("Applications for licences in metrology that were made in the period, whatever became of them.")
    interval = On("applied_on")


@register
class Decided(Applications):
    key = "licensing.decided"
    label = _("Applications for licences decided")
    definition = _(
        "Applications that were granted or refused in the period; one taken back by the applicant is neither."
    )
    predicate = Q(decision__in=[Licence.Decision.GRANTED, Licence.Decision.REFUSED])
    interval = On("decided_on")


@register
class HandledOnline(Decided):
    key = "licensing.handled_online"
    label = _("Applications for licences handled online throughout")
    definition = _("Applications decided in the period that were handled online from application to certificate.")
    predicate = Decided.predicate & Q(is_handled_online=True)


@register
class OnlineRate(Rate):
    key = "licensing.online_rate"
    label = _("Rate of licences handled online throughout")
    unit = "%"
    section = Section.INDUSTRIAL
    definition = _("Applications handled online throughout, divided by the applications decided in the period.")
    numerator = "licensing.handled_online"
    denominator = "licensing.decided"


@register
class Due(Applications):
    key = "licensing.decisions_due"
    label = _("Applications for licences whose decision was due")
    definition = _(
        "Accepted applications of which the last day for the decision lies in the period and has come; those that the "
        "applicant took back are left out, and those without a last day (no time limit on record) are not judged."
    )
    predicate = ~Q(decision=Licence.Decision.GIVEN_UP)
    interval = OnPast("decision_due_on")


@register
class DecidedInTime(Due):
    key = "licensing.decided_in_time"
    label = _("Applications for licences decided in time")
    definition = _(
        "Of the applications of which the last day for the decision lies in the period, those that were decided on "
        "that day or before."
    )
    predicate = Due.predicate & Q(decided_on__lte=F("decision_due_on"))


@register
class InTimeRate(Rate):
    key = "licensing.in_time_rate"
    label = _("Rate of licences decided within the time limit")
    unit = "%"
    section = Section.INDUSTRIAL
    definition = _("Applications decided in time, divided by the applications whose decision was due in the period.")
    numerator = "licensing.decided_in_time"
    denominator = "licensing.decisions_due"
