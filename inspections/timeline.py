"""What of this app stands on an enterprise's time line; each noun's source beside the others."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bureau.timeline import register
from enterprises.timeline import OfEnterprise
from inspections.models import (
    Appointment,
    Assignment,
    Complaint,
    EnergyAudit,
    Instrument,
    NetContentLot,
    SiteInspection,
    Verification,
    ViolationCase,
)


@register
class Complaints(OfEnterprise):
    model = Complaint
    on = "received_on"
    icon = "feedback"
    fields = ("number",)
    order = 70

    def title(self, number: str) -> str:
        return number


@register
class Cases(OfEnterprise):
    model = ViolationCase
    on = "filed_on"
    icon = "gavel"
    fields = ("case_no", "name")
    order = 60

    def title(self, case_no: str, name: str) -> str:
        return f"{name} {case_no}"


@register
class SiteInspections(OfEnterprise):
    model = SiteInspection
    on = "inspected_on"
    icon = "fact_check"
    fields = ("number", "subject__name", "campaign__name")
    order = 40

    def title(self, number: str, subject: str, campaign: str) -> str:
        return f"{subject} {campaign} {number}".replace("  ", " ")


@register
class Lots(OfEnterprise):
    model = NetContentLot
    on = "sampled_on"
    icon = "inventory_2"
    fields = ("sample_no", "product", "net_content")
    order = 50

    def title(self, sample_no: str, product: str, net_content: str) -> str:
        return f"{product} {net_content} {sample_no}"


@register
class Assignments(OfEnterprise):
    model = Assignment
    on = "due_on"
    icon = "assignment_ind"
    fields = ("campaign__name",)
    order = 45

    def title(self, campaign: str) -> str:
        return campaign


class OfHolder(OfEnterprise):
    path: ClassVar[str] = "holder"


@register
class Instruments(OfHolder):
    model = Instrument
    on = "in_use_from"
    icon = "scale"
    fields = ("name", "model", "serial_no")
    order = 35

    def title(self, name: str, model: str, serial_no: str) -> str:
        return " ".join(filter(None, (name, model, serial_no)))


@register
class Verifications(OfHolder):
    model = Verification
    on = "verified_on"
    icon = "verified"
    fields = ("instrument_kind__name", "certificate_no", "conclusion", "quantity")
    order = 36

    def title(self, kind: str, certificate_no: str, conclusion: str, quantity: str) -> str:
        pieces = f"×{quantity}" if quantity != "1" else ""
        said = str(Verification.Conclusion(conclusion).label)
        return " ".join(filter(None, (kind, pieces, said, certificate_no)))


@register
class Appointments(OfHolder):
    model = Appointment
    on = "day"
    icon = "event"
    fields = ("institution__name",)
    order = 37

    def title(self, institution: str) -> str:
        return institution


class AuditsOfUnit(OfEnterprise):
    model = EnergyAudit
    path: ClassVar[str] = "unit__enterprise"
    fields = ("number", "conclusion", "agency")

    def title(self, number: str, conclusion: str, agency: str) -> str:
        said = str(EnergyAudit.Conclusion(conclusion).label) if conclusion else ""
        return " ".join(filter(None, (number, said, agency)))


@register
class AuditsOnSite(AuditsOfUnit):
    key = "audit_on_site"
    label = _("Energy-metering audits: on site")
    on = "on_site_on"
    icon = "assignment_turned_in"
    order = 42


@register
class AuditsConcluded(AuditsOfUnit):
    key = "audit_concluded"
    label = _("Energy-metering audits: concluded")
    on = "concluded_on"
    icon = "task"
    order = 43
