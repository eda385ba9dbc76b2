"""Inspections at sites: where they were, what they checked, what they found, and what became of it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.indicators import Dimension, Distinct, Indicator, On, OnPast, Rate, Section, Sum, register
from enterprises.models.sector import sectors
from inspections.models import Finding, InspectedInstruments, NetContentLot, SiteInspection
from inspections.models.campaign import campaigns
from inspections.models.category import categories
from inspections.models.cause import causes
from inspections.models.subject import ENERGY_METERING, subjects

SECTOR, SUBJECT, CAMPAIGN = _("Sector"), _("Inspection subject"), _("Inspection campaign")
YES_OR_NO = ((True, _("Yes")), (False, _("No")))


def _of(path: str) -> dict[str, Dimension]:
    """By what every figure of inspections is broken down; ``path`` leads to the inspection."""
    return {
        "sector": Dimension(f"{path}sector", SECTOR, sectors),
        "subject": Dimension(f"{path}subject", SUBJECT, subjects),
        "campaign": Dimension(f"{path}campaign", CAMPAIGN, campaigns),
    }


class Inspections(Indicator):
    section = Section.DAILY_LIFE
    basis = _("Metrology Law, articles 9 and 18; rules on double-random inspections")
    model = SiteInspection
    interval = On("inspected_on")
    dimensions = {
        **_of(""),
        "result": Dimension("result", _("Result"), SiteInspection.Result.choices),
        "double_random": Dimension(
            "is_double_random", _("By double-random draw"), ((True, _("Yes")), (False, _("No")))
        ),
    }


@register
class SitesChecked(Inspections):
    key = "inspections.sites_checked"
    label = _("Sites inspected")
    unit = _("sites")
    definition = _(
        "Sites (enterprises, markets, shops, institutions) at which there was at least one inspection in the period. "
        "A site that was inspected several times counts once; under a part it counts if an inspection of that part "
        "was there."
    )
    measure = Distinct("enterprise")
    shown_by = ("sector",)
    on_dashboard = True


@register
class Visits(Inspections):
    key = "inspections.visits"
    label = _("Site inspections")
    unit = _("inspections")
    definition = _("Inspections at sites in the period, each by itself.")


@register
class VisitsNotConforming(Inspections):
    key = "inspections.visits_not_conforming"
    label = _("Site inspections with the result “not conforming”")
    unit = _("inspections")
    definition = _("Inspections at sites in the period after which the site did not conform.")
    predicate = Q(result=SiteInspection.Result.NOT_CONFORMING)


@register
class NotConformingRate(Rate):
    key = "inspections.not_conforming_rate"
    label = _("Rate of inspections with the result “not conforming”")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Inspections after which the site did not conform, divided by all inspections of the period.")
    numerator = "inspections.visits_not_conforming"
    denominator = "inspections.visits"


class Instruments(Indicator):
    unit = _("pieces of instruments")
    section = Section.DAILY_LIFE
    model = InspectedInstruments
    interval = On("inspection__inspected_on")
    region_path = "inspection__region"
    dimensions = {**_of("inspection__"), "category": Dimension("category", _("Category"), categories)}


@register
class InstrumentsChecked(Instruments):
    key = "inspections.instruments_checked"
    label = _("Instruments checked at inspections")
    definition = _("Pieces of measuring instruments that were checked at inspections in the period, at every time.")
    measure = Sum("checked")
    on_dashboard = True


@register
class InstrumentsFailed(Instruments):
    key = "inspections.instruments_failed"
    label = _("Instruments that failed at inspections")
    definition = _("Of the instruments checked at inspections in the period, those that failed.")
    measure = Sum("failed")


@register
class InstrumentFailureRate(Rate):
    key = "inspections.instrument_failure_rate"
    label = _("Failure rate of instruments at inspections")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Instruments that failed at inspections, divided by the instruments checked.")
    numerator = "inspections.instruments_failed"
    denominator = "inspections.instruments_checked"


@register
class UnitsSupervised(Inspections):
    key = "energy.units_supervised"
    label = _("Energy-using units supervised for energy metering")
    unit = _("units")
    section = Section.ENERGY
    basis = _("Measures for the supervision of energy metering, article 16")
    definition = _(
        "Energy-using units at which energy metering was inspected in the period. A unit that was inspected several "
        "times counts once; key energy-using units and public institutions as the inspection states it."
    )
    predicate = Q(subject=ENERGY_METERING)
    measure = Distinct("enterprise")
    dimensions = {
        "kind": Dimension("energy_kind", _("Kind of unit"), SiteInspection.EnergyKind.choices),
        "campaign": Dimension("campaign", CAMPAIGN, campaigns),
        "result": Dimension("result", _("Result"), SiteInspection.Result.choices),
    }
    shown_by = ("kind",)


class Lots(Indicator):
    unit = _("lots")
    section = Section.DAILY_LIFE
    basis = _("Measures for the supervision of prepackaged goods; JJF 1070")
    model = NetContentLot
    interval = On("sampled_on")
    dimensions = {"campaign": Dimension("campaign", CAMPAIGN, campaigns)}


@register
class LotsSampled(Lots):
    key = "inspections.net_content_lots"
    label = _("Net-content lots sampled")
    definition = _("Lots of prepackaged goods that were sampled for their net content in the period.")


@register
class LotsConforming(Lots):
    key = "inspections.net_content_lots_conforming"
    label = _("Net-content lots conforming")
    definition = _("Of the lots sampled in the period, those whose net content and marking both conform.")
    predicate = Q(is_content_conforming=True, is_marking_conforming=True)


@register
class LotRate(Rate):
    key = "inspections.net_content_conformity_rate"
    label = _("Conformity rate of net-content lots")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Lots whose net content and marking both conform, divided by the lots sampled.")
    numerator = "inspections.net_content_lots_conforming"
    denominator = "inspections.net_content_lots"


class Findings(Indicator):
    unit = pgettext_lazy("unit", "problems found")
    section = Section.DAILY_LIFE
    model = Finding
    # A finding goes with its inspection.
    predicate = Q(inspection__voided_at__isnull=True)
    interval = On("inspection__inspected_on")
    dimensions = {
        **_of("inspection__"),
        "cause": Dimension("cause", _("Violation"), causes),
        "measure": Dimension("measure", _("Measure"), Finding.Measure.choices),
    }


@register
class Found(Findings):
    key = "inspections.findings"
    label = _("Findings of inspections")
    definition = _("What inspections of the period found wrong, each finding by itself.")


@register
class MeasuresDue(Findings):
    key = "inspections.measures_due"
    label = _("Ordered corrections due")
    definition = _("Findings of which the day until which they were to be corrected lies in the period and has come.")
    interval = OnPast("due_on")


@register
class MeasuresMet(MeasuresDue):
    key = "inspections.measures_met"
    label = _("Ordered corrections found done")
    definition = _(
        "Of the findings that were to be corrected by a day in the period, those that a re-check found corrected."
    )
    predicate = Findings.predicate & Q(is_corrected=True)


@register
class MeasuresRate(Rate):
    key = "inspections.measures_met_rate"
    label = _("Rate of ordered corrections found done")
    unit = "%"
    section = Section.DAILY_LIFE
    definition = _("Ordered corrections that a re-check found done, divided by those that were due in the period.")
    numerator = "inspections.measures_met"
    denominator = "inspections.measures_due"
