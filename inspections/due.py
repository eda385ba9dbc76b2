"""What is due about instruments; one class is one kind (``bureau.due.kinds``)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.due.kinds import DueKind, register
from inspections.models import AuditState, EnergyAudit, EnergyMeter, Instrument, LegalKind, Nonconformity

IN_USE = Q(state=Instrument.State.IN_USE)


class OfInstrument(DueKind):
    model = Instrument
    related = ("holder",)

    def holder(self, row: Any) -> str:
        return row.holder.name


@register
class VerificationDue(OfInstrument):
    """A piece in use under mandatory verification that has to be verified again."""

    key = "verification.due"
    label = _("Mandatory verification")
    due_path = "next_due_on"
    condition = IN_USE & Q(legal_kind=LegalKind.MANDATORY)


@register
class ReplacementDue(OfInstrument):
    """A piece of a kind with a limited time in use (到期轮换)."""

    key = "verification.replacement"
    label = _("Replacement of an instrument")
    due_path = "replace_due_on"
    condition = IN_USE


class OfUnit(DueKind):
    related = ("unit__enterprise",)

    def holder(self, row: Any) -> str:
        return row.unit.enterprise.name


@register
class EnergyMeterDue(OfUnit):
    """An energy meter in use that has to be verified or calibrated again; what is in the ledger is told of there."""

    key = "energy.meter"
    label = _("Verification or calibration of an energy meter")
    model = EnergyMeter
    due_path = "valid_until"
    condition = ~Q(state=EnergyMeter.State.STOPPED) & Q(instrument__isnull=True)


class OfAudit(OfUnit):
    model = EnergyAudit

    def title(self, row: Any) -> str:
        return row.number


@register
class SelfCheckDue(OfAudit):
    """The self-check of a unit before its audit, which was not handed in yet."""

    key = "audits.self_check"
    label = _("Self-check before an energy-metering audit")
    due_path = "self_check_due_on"
    condition = Q(state__in=(AuditState.PLANNED, AuditState.SELF_CHECK))


@register
class OnSiteDue(OfAudit):
    """An audit whose team was not on site yet."""

    key = "audits.on_site"
    label = _("Energy-metering audit on site")
    due_path = "planned_on"
    condition = Q(on_site_on__isnull=True)


@register
class RectificationDue(DueKind):
    """A nonconformity of an energy-metering audit that is to be rectified and is not closed."""

    key = "audits.rectification"
    label = _("Rectification after an energy-metering audit")
    model = Nonconformity
    due_path = "due_on"
    condition = Q(closed_on__isnull=True, audit__voided_at__isnull=True)
    related = ("audit__unit__enterprise",)

    def holder(self, row: Any) -> str:
        return row.audit.unit.enterprise.name
