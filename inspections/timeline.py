"""What of this app stands on an enterprise's time line; each noun's source beside the others."""

from bureau.timeline import register
from enterprises.timeline import OfEnterprise
from inspections.models import Assignment, Complaint, NetContentLot, SiteInspection, ViolationCase


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
