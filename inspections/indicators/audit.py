"""Energy-metering audits: units audited, meters examined, rates found, nonconformities and their rectification."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import (
    Between,
    Dimension,
    Distinct,
    Indicator,
    On,
    OnPast,
    Rate,
    Section,
    Sum,
    register,
)
from bureau.reporting.periods import Period
from enterprises.models import EnergyUnit, Level
from enterprises.models.metered_energy import metered_energies
from inspections.models import AuditedEquipping, EnergyAudit, Nonconformity

BASIS = _("Measures for the supervision of energy metering, article 17; JJF 1356")
Conclusion = EnergyAudit.Conclusion


def _of(path: str) -> dict[str, Dimension]:
    """By what every figure of audits is broken down; ``path`` leads to the audit."""
    return {
        "kind": Dimension(f"{path}unit__kind", _("Kind of energy-using unit"), EnergyUnit.Kind.choices),
        "sector": Dimension(f"{path}unit__sector", _("Sector of energy use"), EnergyUnit.Sector.choices),
        "conclusion": Dimension(f"{path}conclusion", _("Conclusion of the audit"), Conclusion.choices),
    }


class Audits(Indicator):
    unit = _("units")
    section = Section.ENERGY
    basis = BASIS
    model = EnergyAudit
    measure = Distinct("unit__enterprise")
    interval = On("concluded_on")
    dimensions = _of("")


@register
class UnitsAudited(Audits):
    key = "audits.units_audited"
    label = _("Energy-using units audited")
    definition = _(
        "Energy-using units whose energy-metering audit was concluded in the period. A unit that was audited several "
        "times counts once; under a conclusion it counts if one of its audits of the period came to it."
    )
    shown_by = ("conclusion",)
    on_dashboard = True


@register
class UnitsConforming(Audits):
    key = "audits.units_conforming"
    label = _("Energy-using units that meet the requirements")
    definition = _(
        "Of the units audited in the period, those of which an audit came to the conclusion that they meet the "
        "requirements, at once or after rectification."
    )
    predicate = Q(conclusion__in=(Conclusion.CONFORMING, Conclusion.AFTER_RECTIFICATION))


@register
class ConformingRate(Rate):
    key = "audits.conforming_rate"
    label = _("Conforming rate of energy-metering audits")
    unit = "%"
    section = Section.ENERGY
    basis = BASIS
    definition = _("Units that meet the requirements, divided by the units audited in the period.")
    numerator = "audits.units_conforming"
    denominator = "audits.units_audited"


class Found(Indicator):
    section = Section.ENERGY
    basis = BASIS
    model = AuditedEquipping
    interval = On("audit__concluded_on")
    region_path = "audit__region"
    dimensions = {
        **_of("audit__"),
        "energy": Dimension("energy", _("Metered kind of energy"), metered_energies),
        "metering_level": Dimension("level", _("Level of the meter"), Level.choices),
    }


@register
class MetersExamined(Found):
    key = "audits.meters_examined"
    label = _("Energy meters examined by audits")
    unit = _("pieces")
    definition = _(
        "Energy meters that were in use at the audited units on the day of the audit, for audits concluded in the "
        "period; at every audit."
    )
    measure = Sum("meters")
    shown_by = ("energy",)


@register
class MetersNeeded(Found):
    key = "audits.meters_needed"
    label = _("Meters needed at audited units")
    unit = _("points")
    definition = _(
        "Metering points of the audited units that need a meter, without exempt ones, on the day of the audit, for "
        "audits concluded in the period."
    )
    measure = Sum("needed")


@register
class MetersInstalled(Found):
    key = "audits.meters_installed"
    label = _("Meters installed at audited units")
    unit = _("points")
    definition = _("Of the metering points of the audited units that need a meter, those with a meter in use.")
    measure = Sum("installed")


@register
class EquippingRate(Rate):
    key = "audits.equipping_rate"
    label = _("Average equipping rate at audited units")
    unit = "%"
    section = Section.ENERGY
    basis = "GB 17167"
    definition = _("Meters installed, divided by meters needed, at the units audited in the period.")
    numerator = "audits.meters_installed"
    denominator = "audits.meters_needed"


class Nonconformities(Indicator):
    unit = _("items of nonconformity")
    section = Section.ENERGY
    basis = BASIS
    model = Nonconformity
    # A nonconformity goes with its audit.
    predicate = Q(audit__voided_at__isnull=True)
    dimensions = {
        "sector": _of("audit__")["sector"],
        "kind": _of("audit__")["kind"],
        "outcome": Dimension("outcome", _("Outcome of the rectification"), Nonconformity.Outcome.choices),
    }


@register
class Opened(Nonconformities):
    key = "audits.nonconformities_opened"
    label = _("Nonconformities found by audits")
    definition = _("Nonconformities that energy-metering audits found on a day of the period.")
    interval = On("found_on")


@register
class Closed(Nonconformities):
    key = "audits.nonconformities_closed"
    label = _("Nonconformities closed")
    definition = _("Nonconformities that were closed on a day of the period, rectified or not.")
    interval = On("closed_on")


@dataclass(frozen=True)
class OpenPast(Between):
    """A stock: rows whose last good day is over and that are still open at the end of the day."""

    def condition(self, model: type[Model], period: Period) -> Q:
        day = self.day(period)
        still: Any = Q((f"{self.ends}__isnull", True)) | Q((f"{self.ends}__gt", day))
        return Q((f"{self.begins}__lt", day)) & still


@register
class Overdue(Nonconformities):
    key = "audits.nonconformities_overdue"
    label = _("Nonconformities overdue")
    definition = _(
        "Nonconformities whose last day for rectification is over on the last day of the period (while it runs, today) "
        "and that are not closed then."
    )
    interval = OpenPast("due_on", "closed_on", up_to_today=True)


@register
class Due(Nonconformities):
    key = "audits.nonconformities_due"
    label = _("Nonconformities whose rectification was due")
    definition = _("Nonconformities of which the last day for rectification lies in the period and has come.")
    interval = OnPast("due_on")


@register
class InTime(Due):
    key = "audits.nonconformities_in_time"
    label = _("Nonconformities rectified in time")
    definition = _(
        "Of the nonconformities whose rectification was due in the period, those that were verified as rectified on "
        "the last day or before."
    )
    predicate = Nonconformities.predicate & Q(outcome="rectified", verified_on__lte=F("due_on"))


@register
class InTimeRate(Rate):
    key = "audits.in_time_rate"
    label = _("Rate of nonconformities rectified in time")
    unit = "%"
    section = Section.ENERGY
    definition = _("Nonconformities rectified in time, divided by those whose rectification was due in the period.")
    numerator = "audits.nonconformities_in_time"
    denominator = "audits.nonconformities_due"
