"""Verifications and calibrations: how many pieces, of what kind, with what result, for what fee, how soon."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.indicators import Dimension, Indicator, MetBy, On, OnPast, Rate, Section, Sum, register
from inspections.models import LegalKind, Purpose, Verification
from inspections.models.category import categories
from inspections.models.instrument_kind import kinds

YES_OR_NO = ((True, _("Yes")), (False, _("No")))
OF_PIECE = {
    "category": Dimension("instrument_kind__category", _("Category"), categories),
    "instrument_kind": Dimension("instrument_kind", _("Kind of instrument"), kinds),
    "purpose": Dimension("purpose", _("Purpose"), Purpose.choices),
}


class Verifications(Indicator):
    unit = _("pieces of instruments")
    section = Section.DAILY_LIFE
    model = Verification
    interval = On("verified_on")
    measure = Sum("quantity")
    tally = "verifications"
    dimensions = {
        "service": Dimension("service", _("Service"), Verification.Service.choices),
        **OF_PIECE,
        "legal_kind": Dimension("legal_kind", _("Legal kind"), LegalKind.choices),
        "kind": Dimension("kind", _("Kind of verification"), Verification.Kind.choices),
        "conclusion": Dimension("conclusion", _("Conclusion"), Verification.Conclusion.choices),
        "free": Dimension("is_free", _("Free of charge"), YES_OR_NO),
        "emergency": Dimension("is_emergency", _("Urgent"), YES_OR_NO),
        # Those with rows alone: a province has hundreds.
        "institution": Dimension("institution__name", _("Institution"), ()),
    }


@register
class Pieces(Verifications):
    key = "verification.instruments"
    label = _("Instruments verified and calibrated")
    definition = _("Pieces on the certificates, rejection notices and calibration certificates dated in the period.")
    shown_by = ("service", "purpose")
    on_dashboard = True


@register
class Papers(Verifications):
    key = "verification.records"
    label = _("Certificates and notices issued")
    unit = pgettext_lazy("unit", "papers")
    definition = _("Certificates, rejection notices and calibration certificates dated in the period.")
    measure = Indicator.measure


@register
class Mandatory(Verifications):
    key = "verification.mandatory_instruments"
    label = _("Instruments under mandatory verification, verified")
    definition = _("Pieces under mandatory verification on the certificates and notices dated in the period.")
    basis = _("Metrology Law, article 9")
    predicate = Q(legal_kind=LegalKind.MANDATORY)
    shown_by = ("purpose",)


@register
class Rejected(Verifications):
    key = "verification.rejected"
    label = _("Instruments that failed the verification")
    definition = _("Pieces on the rejection notices dated in the period.")
    predicate = Q(conclusion=Verification.Conclusion.FAILED)


@register
class Passed(Verifications):
    key = "verification.passed"
    label = _("Instruments that passed the verification")
    definition = _("Pieces on the verification certificates dated in the period.")
    predicate = Q(conclusion=Verification.Conclusion.PASSED)


@register
class Judged(Verifications):
    key = "verification.judged"
    label = _("Instruments verified with a conclusion")
    definition = _("Pieces on the verification certificates and rejection notices dated in the period.")
    predicate = Q(conclusion__in=(Verification.Conclusion.PASSED, Verification.Conclusion.FAILED))


@register
class PassRate(Rate):
    key = "verification.pass_rate"
    label = _("Pass rate of verifications")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Pieces that passed the verification, divided by those verified with a conclusion in the period.")
    numerator = "verification.passed"
    denominator = "verification.judged"


@register
class Free(Verifications):
    key = "verification.free_instruments"
    label = _("Instruments verified free of charge")
    definition = _("Pieces verified or calibrated in the period for which nothing was charged.")
    predicate = Q(is_free=True)


@register
class Emergency(Verifications):
    key = "verification.emergency_instruments"
    label = _("Instruments verified urgently")
    definition = _("Pieces verified or calibrated in the period on an urgent request.")
    predicate = Q(is_emergency=True)


@register
class Fees(Verifications):
    key = "verification.fees"
    label = _("Verification fees before waiving")
    unit = _("yuan")
    definition = _("Fees of the verifications and calibrations of the period, what was waived included.")
    measure = Sum("fee")


@register
class FeesWaived(Verifications):
    key = "verification.fees_waived"
    label = _("Verification fees waived")
    unit = _("yuan")
    definition = _("Of the fees of the verifications and calibrations of the period, what was waived.")
    measure = Sum("fee_waived")


# How soon ----------------------------------------------------------------------------------------


@register
class Timed(Verifications):
    key = "verification.timed"
    label = _("Certificates and notices with the day of receipt")
    unit = pgettext_lazy("unit", "papers")
    definition = _("Papers dated in the period of which it is recorded when the piece was received.")
    measure = Indicator.measure
    predicate = Q(days_taken__isnull=False)
    tally_predicate = Q()
    tally_column = "timed"


@register
class DaysTaken(Verifications):
    key = "verification.days_taken"
    label = _("Days from receipt to result, added up")
    unit = pgettext_lazy("unit", "days")
    definition = _("Days from the receipt of the piece to its verification, added up over the papers of the period.")
    measure = Sum("days_taken")


@register
class AverageDays(Rate):
    key = "verification.average_days"
    label = _("Average days from receipt to result")
    unit = pgettext_lazy("unit", "days")
    section = Section.DAILY_LIFE
    definition = _("Days from receipt to result, divided by the papers of which the day of receipt is recorded.")
    numerator = "verification.days_taken"
    denominator = "verification.timed"
    scale = 1


# What is owed ------------------------------------------------------------------------------------


class Owed(Indicator):
    """Of a running period, what was due up to today."""

    unit = _("pieces of instruments")
    section = Section.DAILY_LIFE
    basis = _("Metrology Law, article 9")
    model = Verification
    interval = OnPast("due_on")
    measure = Sum("quantity")
    tally = "owed"
    dimensions = OF_PIECE


@register
class Due(Owed):
    key = "verification.due"
    label = _("Mandatory verifications due")
    definition = _(
        "Pieces in the ledger under mandatory verification whose next verification was due on a day of the period, up "
        "to today; those out of use by then are left out."
    )


@register
class DueMet(Owed):
    key = "verification.due_met"
    label = _("Mandatory verifications due and made")
    definition = _("Of the pieces whose next mandatory verification was due in the period, those verified by its end.")
    interval = MetBy("due_on", "met_on")


@register
class DueInTime(Owed):
    key = "verification.due_in_time"
    label = _("Mandatory verifications made in time")
    definition = _(
        "Of the pieces whose next mandatory verification was due in the period, those verified on the day on which it "
        "was due or before."
    )
    interval = MetBy("due_on", "met_on")
    predicate = Q(met_on__lte=F("due_on"))
    tally_predicate = Q(is_in_time=True)


@register
class PeriodCoverage(Rate):
    key = "verification.period_coverage_rate"
    label = _("Coverage of mandatory verification, in the period")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _(
        "Of the pieces whose next mandatory verification was due in the period, the share verified by its end. Pieces "
        "overdue from before stand beside it, not in it."
    )
    numerator = "verification.due_met"
    denominator = "verification.due"


@register
class InTimeRate(Rate):
    key = "verification.in_time_rate"
    label = _("Mandatory verifications made in time, share")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _(
        "Of the pieces whose next mandatory verification was due in the period, the share verified on that day or "
        "before."
    )
    numerator = "verification.due_in_time"
    denominator = "verification.due"
