"""Instruments in the ledger: in use, with a valid paper, without one, and replaced."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Indicator, On, Rate, Section, Sum, register
from inspections.models import Instrument, LegalKind, Purpose
from inspections.models.category import categories
from inspections.models.instrument_kind import kinds


def _in_use(**only: bool) -> Between:
    """On the last day of the period, of a running one today, by the derived days in use."""
    path = "use_periods__"
    held = {f"{path}{name}": value for name, value in {"is_dropped": False, **only}.items()}
    return Between(f"{path}begins_on", f"{path}ends_on", only=Q(**held), up_to_today=True)


class Instruments(Indicator):
    unit = _("pieces of instruments")
    section = Section.DAILY_LIFE
    basis = _("Metrology Law, article 9")
    model = Instrument
    measure = Sum("quantity")
    dimensions = {
        "category": Dimension("kind__category", _("Category"), categories),
        "instrument_kind": Dimension("kind", _("Kind of instrument"), kinds),
        "purpose": Dimension("purpose", _("Purpose"), Purpose.choices),
    }


class InUse(Instruments):
    tally = "in_use"
    predicate = Q(legal_kind=LegalKind.MANDATORY)


@register
class MandatoryInUse(InUse):
    key = "verification.mandatory_in_use"
    label = _("Instruments in use under mandatory verification")
    definition = _(
        "Pieces in the ledger under mandatory verification that are in use on the last day of the period, or today "
        "while it runs."
    )
    interval = _in_use()
    shown_by = ("purpose",)


@register
class MandatoryValid(InUse):
    key = "verification.mandatory_valid"
    label = _("Of them with a valid paper")
    definition = _(
        "Pieces in use under mandatory verification whose verification is valid on the last day of the period, or "
        "today while it runs; pieces of kinds that are verified once only count as valid within their time in use."
    )
    interval = _in_use(is_verified=True)
    tally_predicate = Q(legal_kind=LegalKind.MANDATORY, is_verified=True)


@register
class Overdue(InUse):
    key = "verification.overdue"
    label = _("Of them without a valid paper")
    definition = _(
        "Pieces in use under mandatory verification that were never verified, failed, or whose paper has run out on "
        "the last day of the period, or today while it runs."
    )
    interval = _in_use(is_verified=False)
    tally_predicate = Q(legal_kind=LegalKind.MANDATORY, is_verified=False)


@register
class Coverage(Rate):
    key = "verification.mandatory_coverage_rate"
    label = _("Coverage of mandatory verification, on the last day")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _(
        "Pieces in use under mandatory verification with a valid paper on the last day of the period, or today while "
        "it runs, divided by all that are in use. The coverage in the period is a figure of its own."
    )
    numerator = "verification.mandatory_valid"
    denominator = "verification.mandatory_in_use"
    on_dashboard = True


@register
class ReplacementDue(Instruments):
    key = "verification.replacement_due"
    label = _("Instruments to be replaced")
    definition = _("Pieces of kinds with a limited time in use whose last day is in the period.")
    interval = On("replace_due_on")


@register
class Replaced(Instruments):
    key = "verification.replaced"
    label = _("Instruments replaced when due")
    definition = _("Pieces scrapped in the period since their time in use was over.")
    interval = On("state_since")
    predicate = Q(state=Instrument.State.SCRAPPED, end_reason=Instrument.EndReason.REPLACED)
