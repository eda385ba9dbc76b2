"""Service campaigns: who joined, who reported in time, and that nothing was charged."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Distinct, Indicator, On, OnPast, Rate, Section, Sum, register
from enterprises.models import CampaignReport, CampaignVolunteer, ServiceCampaign
from enterprises.models.service_campaign import service_campaigns

CAMPAIGN = _("Service campaign")


@register
class Volunteers(Indicator):
    key = "services.volunteers"
    label = _("Enterprises that joined a service campaign")
    unit = _("units")
    section = Section.INDUSTRIAL
    definition = _(
        "Enterprises that stand on the voluntary list of a service campaign which ends in the period. One of several "
        "campaigns counts once in the whole and once under each."
    )
    model = CampaignVolunteer
    measure = Distinct("enterprise")
    interval = On("campaign__ends_on")
    dimensions = {"campaign": Dimension("campaign", CAMPAIGN, service_campaigns)}


class Reports(Indicator):
    unit = _("reports")
    section = Section.INDUSTRIAL
    model = CampaignReport
    # Nobody owes a report on a campaign that was voided.
    predicate = Q(campaign__voided_at__isnull=True)
    interval = OnPast("campaign__report_due_on")
    dimensions = {"campaign": Dimension("campaign", CAMPAIGN, service_campaigns)}


@register
class ReportsDue(Reports):
    key = "services.campaign_reports_due"
    label = _("Reports on service campaigns that were due")
    definition = _(
        "Reports on service campaigns of which the last day for reporting lies in the period and has come, by office."
    )


@register
class ReportsInTime(Reports):
    key = "services.campaign_reports_in_time"
    label = _("Reports on service campaigns made in time")
    definition = _(
        "Of the reports of which the last day lies in the period, those that were made on that day or before."
    )
    predicate = Reports.predicate & Q(reported_on__lte=F("campaign__report_due_on"))


@register
class ReportsInTimeRate(Rate):
    key = "services.campaign_reports_in_time_rate"
    label = _("Rate of reports on service campaigns made in time")
    unit = "%"
    section = Section.INDUSTRIAL
    definition = _("Reports on service campaigns made in time, divided by those that were due in the period.")
    numerator = "services.campaign_reports_in_time"
    denominator = "services.campaign_reports_due"


@register
class FeesCharged(Indicator):
    key = "services.fees_charged"
    label = _("Fees charged in service campaigns")
    unit = _("yuan")
    section = Section.INDUSTRIAL
    definition = _(
        "The sum of the fees charged in service campaigns that end in the period, besides what the state's tariff "
        "prescribes. By rule nothing is charged: another amount than 0 is refused at entry."
    )
    model = ServiceCampaign
    measure = Sum("fees_charged")
    interval = On("ends_on")
    dimensions = {"campaign": Dimension("id", CAMPAIGN, service_campaigns)}
