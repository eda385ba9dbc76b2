"""Visits to serve enterprises, and what was done at each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.choice import BooleanColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import ServiceVisit, VisitActivity
from enterprises.sheets.ending import HappenedSheet
from enterprises.sheets.service_columns import VisitColumn, campaign_column, team_column


@register
class ServiceVisitSheet(HappenedSheet):
    """Visits by enterprise, day and serving unit."""

    key = "service-visits"
    label = gettext_lazy("service visits")
    model = ServiceVisit
    natural_key = ("enterprise", "visited_on", "agency")
    happened_on = "visited_on"
    columns = (
        TextColumn("agency", aliases=("服务单位", "服务机构", "走访单位"), example="市计量检定测试所"),
        EnterpriseColumn("enterprise", aliases=("服务企业", "受服务企业", "企业名称", "统一社会信用代码", "企业")),
        DateColumn("visited_on", aliases=("服务日期", "走访日期", "服务时间")),
        ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域")),
        campaign_column(on="visited_on"),
        team_column(on="visited_on"),
        IntegerColumn("people_reached", unit="人次", minimum=0, required=False, aliases=("惠及人次", "服务人次")),
        IntegerColumn("problems_found", minimum=0, required=False, aliases=("发现问题数", "发现问题", "提出问题")),
        IntegerColumn("problems_solved", minimum=0, required=False, aliases=("解决问题数", "解决问题", "帮助解决问题")),
        DateColumn("asked_on", aliases=("回访日期", "满意度调查日期")),
        BooleanColumn("is_satisfied", aliases=("是否满意", "满意"), also={True: ("满意",), False: ("不满意",)}),
        DecimalColumn("benefit", unit="元", minimum=0, aliases=("增加效益", "经济效益", "新增效益")),
        TextColumn("benefit_method", aliases=("效益估算方法", "效益测算方法", "测算依据")),
        DecimalColumn("fees_waived", unit="元", minimum=0, required=False, aliases=("减免费用", "减免金额")),
        TextColumn("content", aliases=("服务内容", "服务情况")),
        RegionColumn("region", on="visited_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        values = super().clean_row(values, context)
        asked_on = values.get("asked_on")
        if asked_on and asked_on > timezone.localdate():
            raise ValidationError({"asked_on": _("This day lies in the future.")})
        return values


@register
class VisitActivitySheet(Sheet):
    """What was done at visits, a row for each kind of activity."""

    key = "visit-activities"
    label = gettext_lazy("activities of visits")
    model = VisitActivity
    natural_key = ("visit", "activity")
    columns = (
        VisitColumn(),
        ReferenceColumn("activity", by=("name", "code", "name_en"), aliases=("服务项目", "活动类别", "服务类别")),
        IntegerColumn("count", minimum=1, aliases=("数量", "次数", "台件数")),
    )
