"""What of this app stands on an enterprise's time line; each noun's source beside the others."""

from typing import ClassVar

from django.utils.translation import gettext as _

from bureau.timeline import Source, register
from enterprises.models import (
    CampaignVolunteer,
    CMarkDeclaration,
    ContactPoint,
    DemonstrationAward,
    EnergyUnit,
    EnterpriseStaff,
    Licence,
    ListedEnterprise,
    ManagementSystemCertificate,
    Pledge,
    PledgeSpotCheck,
    ServiceVisit,
    Training,
    TrainingEnterprise,
)


class OfEnterprise(Source):
    """A record with a foreign key ``enterprise``."""

    subject: ClassVar[str] = "enterprises.Enterprise"
    path: ClassVar[str] = "enterprise"


@register
class StaffFiles(OfEnterprise):
    model = EnterpriseStaff
    on = "archived_on"
    icon = "badge"
    fields = ("name", "qualification")
    order = 90

    def title(self, name: str, qualification: str) -> str:
        return f"{name} {qualification}".strip()


def ended(withdrawn_on: str) -> str:
    return _("withdrawn on %(day)s") % {"day": withdrawn_on} if withdrawn_on else ""


@register
class Pledges(OfEnterprise):
    model = Pledge
    on = "signed_on"
    icon = "handshake"
    fields = ("sector__name", "number", "withdrawn_on")
    order = 20

    def title(self, sector: str, number: str, withdrawn_on: str) -> str:
        return " ".join(filter(None, (sector, number, ended(withdrawn_on))))


@register
class Awards(OfEnterprise):
    model = DemonstrationAward
    on = "awarded_on"
    icon = "military_tech"
    fields = ("tier", "sector__name", "document_no", "withdrawn_on")
    order = 21

    def title(self, tier: str, sector: str, document_no: str, withdrawn_on: str) -> str:
        return " ".join(
            filter(None, (str(DemonstrationAward.Tier(tier).label), sector, document_no, ended(withdrawn_on)))
        )


@register
class SpotChecks(OfEnterprise):
    model = PledgeSpotCheck
    on = "checked_on"
    icon = "fact_check"
    fields = ("result", "findings")
    order = 22

    def title(self, result: str, findings: str) -> str:
        return f"{PledgeSpotCheck.Result(result).label} {findings}".strip()


@register
class Listings(OfEnterprise):
    model = ListedEnterprise
    on = "from_on"
    icon = "format_list_bulleted"
    fields = ("colour", "reason")
    order = 23

    def title(self, colour: str, reason: str) -> str:
        return f"{ListedEnterprise.Colour(colour).label} {reason}"


@register
class CMarkDeclarations(OfEnterprise):
    model = CMarkDeclaration
    on = "declared_on"
    icon = "verified"
    fields = ("published_on", "withdrawn_on")
    order = 24

    def title(self, published_on: str, withdrawn_on: str) -> str:
        published = _("published on %(day)s") % {"day": published_on} if published_on else _("not published")
        return " ".join(filter(None, (published, ended(withdrawn_on))))


@register
class ManagementSystemCertificates(OfEnterprise):
    model = ManagementSystemCertificate
    on = "issued_on"
    icon = "workspace_premium"
    fields = ("certificate_no", "grade", "body", "withdrawn_on")
    order = 25

    def title(self, certificate_no: str, grade: str, body: str, withdrawn_on: str) -> str:
        return " ".join(filter(None, (certificate_no, grade, body, ended(withdrawn_on))))


@register
class Licences(OfEnterprise):
    model = Licence
    on = "applied_on"
    icon = "approval"
    fields = ("kind", "application_no", "product", "decision")
    order = 26

    def title(self, kind: str, application_no: str, product: str, decision: str) -> str:
        outcome = str(Licence.Decision(decision).label) if decision else ""
        return " ".join(filter(None, (str(Licence.Kind(kind).label), product, application_no, outcome)))


@register
class ServiceVisits(OfEnterprise):
    model = ServiceVisit
    on = "visited_on"
    icon = "handyman"
    fields = ("agency", "campaign__name", "problems_found", "problems_solved")
    order = 30

    def title(self, agency: str, campaign: str, found: str, solved: str) -> str:
        outcome = _("%(solved)s of %(found)s problems solved") % {"solved": solved, "found": found}
        return " ".join(filter(None, (agency, campaign, outcome if found != "0" else "")))


@register
class Trainings(OfEnterprise):
    model = TrainingEnterprise
    on = "training__held_on"
    icon = "school"
    label = Training._meta.verbose_name_plural
    page = "training"
    page_model = Training
    fields = ("training__topic", "training__agency")
    order = 31

    def title(self, topic: str, agency: str) -> str:
        return f"{topic} {agency}"


@register
class CampaignsJoined(OfEnterprise):
    model = CampaignVolunteer
    on = "joined_on"
    icon = "how_to_reg"
    fields = ("campaign__name", "wish")
    order = 32

    def title(self, campaign: str, wish: str) -> str:
        return f"{campaign} {wish}".strip()


@register
class ContactPoints(OfEnterprise):
    model = ContactPoint
    on = "begins_on"
    icon = "hub"
    fields = ("agency", "ends_on", "task")
    order = 33

    def title(self, agency: str, ends_on: str, task: str) -> str:
        until = _("contact until %(day)s") % {"day": ends_on} if ends_on else ""
        return " ".join(filter(None, (agency, until, task)))


@register
class EnergyUnits(OfEnterprise):
    model = EnergyUnit
    on = "begins_on"
    icon = "bolt"
    fields = ("kind", "sector", "ends_on")
    order = 35

    def title(self, kind: str, sector: str, ends_on: str) -> str:
        until = _("listed until %(day)s") % {"day": ends_on} if ends_on else ""
        names = (str(EnergyUnit.Kind(kind).label), str(EnergyUnit.Sector(sector).label), until)
        return " ".join(filter(None, names))
