from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from standards.models import StandardItem
from standards.sheets.parts import PartSheet, StandardColumn

KINDS = {"verification": ("检定项目",), "calibration": ("校准项目",)}


@register
class StandardItemSheet(PartSheet):
    """What may be verified or calibrated with a standard."""

    key = "standard_items"
    label = _("items of standards")
    model = StandardItem
    natural_key = ("standard", "name", "kind", "measuring_range")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        TextColumn(
            "name", aliases=("项目名称", "检定或校准项目", "开展的检定或校准项目", "计量器具名称"), example="砝码"
        ),
        ChoiceColumn("kind", aliases=("检定或校准", "检定/校准", "方式"), also=KINDS),
        TextColumn("measuring_range", aliases=("测量范围",), example="(1～500) g"),
        TextColumn(
            "accuracy", aliases=("准确度等级", "不确定度或准确度等级或最大允许误差", "准确度等级/最大允许误差/不确定度")
        ),
        TextColumn(
            "specification", aliases=("依据的规程或规范", "规程或规范", "依据", "检定规程"), example="JJG 99-2022 砝码"
        ),
        DateColumn("begins_on", required=False, aliases=("开始日期", "启用日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期", "停用日期")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        return self.begun(values, context)
