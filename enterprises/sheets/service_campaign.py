"""Service campaigns, the enterprises that joined them, and who has reported on them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import CampaignReport, CampaignVolunteer, ServiceCampaign
from enterprises.models.campaign_report import problem_of_report
from enterprises.models.service_campaign import left_outside
from enterprises.models.volunteer import problem_of_joining
from enterprises.sheets.service_columns import campaign_column

REGION = ("行政区划", "行政区划代码", "所在地区", "地区")


@register
class ServiceCampaignSheet(Sheet):
    """Service campaigns, by the authority that ordered them and their name."""

    key = "service-campaigns"
    label = _("service campaigns")
    model = ServiceCampaign
    natural_key = ("agency", "name")
    columns = (
        TextColumn("agency", aliases=("组织部门", "组织单位", "主办单位"), example="省市场监督管理局"),
        TextColumn("name", aliases=("活动名称", "服务活动")),
        TextColumn("document_no", aliases=("文号", "通知文号")),
        DateColumn("begins_on", aliases=("开始日期", "起始日期", "活动开始日期")),
        DateColumn("ends_on", end=True, aliases=("结束日期", "截止日期", "活动结束日期")),
        TextColumn("plan", aliases=("活动方案", "工作方案", "活动内容")),
        DateColumn("report_due_on", aliases=("总结上报期限", "总结上报截止日期", "上报期限")),
        DecimalColumn("fees_charged", unit="元", minimum=0, required=False, aliases=("收费金额", "收取费用")),
        RegionColumn("region", on="begins_on", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        """Refused by the form alike: a period that leaves out what was done in the campaign."""
        problems = left_outside([row for row in rows if row.pk])
        return [ValidationError({"ends_on": problems[row.pk]}) if row.pk in problems else None for row in rows]

    def after_write(self, added: Sequence[Any], changed: Sequence[Any], **options: Any) -> None:
        if problem := next((each for each in self.foresee(changed) if each), None):
            raise problem


@register
class VolunteerSheet(Sheet):
    """The lists of enterprises that joined campaigns of their own will."""

    key = "campaign-volunteers"
    label = _("enterprises of service campaigns")
    model = CampaignVolunteer
    natural_key = ("campaign", "enterprise")
    columns = (
        campaign_column(on="joined_on", problem=problem_of_joining),
        EnterpriseColumn("enterprise"),
        DateColumn("joined_on", aliases=("报名日期", "加入日期", "参加日期")),
        TextColumn("wish", aliases=("服务需求", "需求")),
        RegionColumn("region", on="joined_on", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )


@register
class CampaignReportSheet(Sheet):
    """Who reports on a campaign, and when each has."""

    key = "campaign-reports"
    label = _("reports on service campaigns")
    model = CampaignReport
    natural_key = ("campaign", "agency")
    columns = (
        campaign_column(on="reported_on", problem=lambda first, _last, day: problem_of_report(first, day)),
        TextColumn("agency", aliases=("上报单位", "报送单位"), example="市市场监督管理局"),
        DateColumn("reported_on", aliases=("上报日期", "报送日期")),
        RegionColumn("region", on="reported_on", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )
