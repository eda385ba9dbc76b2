"""Who reports on a campaign: the offices directly below the one that keeps it."""

from django.db import transaction

from bureau import records
from bureau.models import Office, Staff
from enterprises.models import CampaignReport, ServiceCampaign


def not_asked(campaign: ServiceCampaign) -> list[Office]:
    """The administrations directly below that no report was asked of; whose row was voided is excused for good."""
    below = Office.objects.filter(parent=campaign.office_id, kind=Office.Kind.ADMINISTRATION, is_active=True)
    asked = CampaignReport.objects.filter(campaign=campaign).values("agency")
    return list(below.exclude(name__in=asked).order_by("code"))


@transaction.atomic
def ask(campaign: ServiceCampaign, *, by: Staff | None) -> list[CampaignReport]:
    """Ask those who were not asked yet; each report is kept by the office that owes it. Asking again adds nobody."""
    locked = ServiceCampaign.objects.select_for_update().get(pk=campaign.pk)
    rows = [
        CampaignReport(campaign=locked, agency=office.name, office=office, region_id=office.region_id)
        for office in not_asked(locked)
    ]
    return records.bulk_add(rows, by=by) if rows else []
