"""What a service campaign came to, for one reader: figures of the engine, and who has reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from bureau import scoping
from bureau.models.region import final_code, region_tree
from bureau.models.region_tree import Place
from bureau.reporting import indicators, regions
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute
from bureau.reporting.figures import Figure
from bureau.reporting.lines import NOTHING, number_text
from bureau.reporting.periods import Period
from enterprises.models import CampaignReport, ServiceActivity, ServiceCampaign
from enterprises.models.campaign_report import ReportState

# What is printed of the whole campaign, in this order.
KEYS = (
    "services.volunteers",
    "services.enterprises_served",
    "services.visits",
    "services.person_times",
    "services.problems_found",
    "services.problems_solved",
    "services.problems_solved_rate",
    "services.satisfaction_rate",
    "services.solutions",
    "services.training_sessions",
    "services.people_trained",
    "services.enterprises_trained",
    "services.economic_benefit",
    "services.fees_waived",
    "services.fees_charged",
)
# Of these, what is printed by region as well.
BY_REGION = (
    "services.enterprises_served",
    "services.visits",
    "services.person_times",
    "services.problems_found",
    "services.problems_solved",
    "services.training_sessions",
    "services.people_trained",
    "services.economic_benefit",
)
ACTIVITIES, ENTERPRISES_BY_ACTIVITY = "services.activities", "services.enterprises_by_activity"
# Without any of these nothing was done yet.
WORK = ("services.visits", "services.training_sessions")


class Activity(NamedTuple):
    """``code`` is "" for visits that state none."""

    code: str
    label: str
    unit: str
    amount: int
    enterprises: int

    @property
    def text(self) -> str:
        return number_text(self.amount, 0)


class Report(NamedTuple):
    row: CampaignReport
    state: ReportState


@dataclass(frozen=True)
class CampaignSummary:
    """``region``: that of the campaign, or the reader's own where that lies in it."""

    campaign: ServiceCampaign
    region: Place
    period: Period
    figures: dict[str, Figure]
    reports: list[Report]
    units: dict[str, str]
    made_at: datetime
    made_by: Any

    @classmethod
    def make(cls, campaign: ServiceCampaign, *, user: Any) -> "CampaignSummary":
        """From the records that the user may see. Raises ``InvalidPeriod`` for days out of every calendar."""
        code, own = final_code(campaign.region_id), final_code(user.office.region_id)
        if not regions.is_within(code, own):
            code = own
        period = Period(campaign.begins_on, campaign.ends_on)
        wanted = [indicators.get(key) for key in (*KEYS, ACTIVITIES, ENTERPRISES_BY_ACTIVITY)]
        found = compute(wanted, code, period, user=user, values={"campaign": str(campaign.pk)}, previous=False)
        return cls(
            campaign=campaign,
            region=region_tree().places[code],
            period=period,
            figures={figure.indicator.key: figure for figure in found},
            reports=_reports(campaign, user),
            units=dict(ServiceActivity.objects.values_list("code", "counted_in")),
            made_at=timezone.now(),
            made_by=user,
        )

    @property
    def is_empty(self) -> bool:
        return not any(self.figures[key].value for key in WORK)

    @property
    def key_figures(self) -> list[Figure]:
        return [self.figures[key] for key in KEYS]

    @property
    def by_region(self) -> list[Figure]:
        return [self.figures[key] for key in BY_REGION]

    @property
    def parts(self) -> dict[str, str]:
        """Code and name of the places that the figures are broken down by."""
        return dict(self.figures[BY_REGION[0]].labels[REGION])

    @property
    def activities(self) -> list[Activity]:
        """The kinds that there were."""
        counts, enterprises = self.figures[ACTIVITIES], self.figures[ENTERPRISES_BY_ACTIVITY]
        labels, served = counts.labels["activity"], enterprises.breakdowns["activity"]
        return [
            Activity(code, labels[code], self.units.get(code, ""), int(count), int(served.get(code) or 0))
            for code, count in counts.breakdowns["activity"].items()
            if count
        ]

    @property
    def missing(self) -> list[Report]:
        return [report for report in self.reports if report.row.reported_on is None]

    @property
    def reported(self) -> list[Report]:
        return [report for report in self.reports if report.row.reported_on is not None]


def _reports(campaign: ServiceCampaign, user: Any) -> list[Report]:
    rows = scoping.visible_to(CampaignReport.objects.not_voided().filter(campaign=campaign), user)
    today, found = timezone.localdate(), []
    for row in rows.select_related("region").order_by("region", "agency"):
        row.campaign = campaign
        found.append(Report(row, row.state_on(today)))
    return found


def text_of(figure: Figure, part: str | None = None) -> str:
    """The figure as it is printed, or its part in a place."""
    value = figure.value if part is None else figure.breakdowns[REGION].get(part)
    return number_text(value, figure.indicator.decimals)


def region_lines(summary: CampaignSummary) -> Iterator[tuple[str, list[str]]]:
    """Name and texts of each place, as ``BY_REGION``; last the whole, whose distinct counts are no sums."""
    for code, name in summary.parts.items():
        yield name, [text_of(figure, code) for figure in summary.by_region]


def total_line(summary: CampaignSummary) -> list[str]:
    return [text_of(figure) for figure in summary.by_region]


__all__ = ["NOTHING", "Activity", "CampaignSummary", "Report", "region_lines", "text_of", "total_line"]
