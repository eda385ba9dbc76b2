from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from standards.models import SpotCheck
from standards.models.spot_check import spot_check_problem
from standards.sheets.parts import PartSheet, StandardColumn

OUTCOMES = {
    "conforming": ("合格", "符合", "无问题", "符合要求"),
    "problems": ("有问题", "存在问题", "责令整改", "整改"),
    "stopped": ("停用", "责令停用", "停止使用"),
}


@register
class SpotCheckSheet(PartSheet):
    """Spot checks of standards; a standard is named by the number of its certificate."""

    key = "spot_checks"
    label = _("spot checks of standards")
    model = SpotCheck
    natural_key = ("standard", "on")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        DateColumn("on", aliases=("检查日期", "抽查日期", "日期")),
        ChoiceColumn("plan", required=False, aliases=("检查类型", "抽查类型")),
        TextColumn("checked_by", aliases=("检查人员", "检查组")),
        ChoiceColumn("outcome", aliases=("检查结果", "抽查结果", "处理结果"), also=OUTCOMES),
        TextColumn("problems", aliases=("存在问题", "发现问题")),
        DateColumn("rectify_by", end=True, aliases=("整改期限", "整改截止日期")),
        DateColumn("rectified_on", aliases=("整改完成日期",)),
        TextColumn("follow_up", aliases=("整改情况", "后续处理")),
        RegionColumn("region", on="on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if problem := spot_check_problem(values["on"]):
            raise ValidationError({"on": problem})
        return values
