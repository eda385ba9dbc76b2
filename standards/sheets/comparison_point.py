from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from standards.models import ComparisonPoint
from standards.sheets.comparison import ComparisonColumn
from standards.sheets.comparison_parts import ComparisonPartSheet
from standards.sheets.measured import MeasuredColumn

KINDS = {"given": ("给定参考值", "给定", "主导实验室"), "weighted_mean": ("加权平均", "加权平均值")}


@register
class ComparisonPointSheet(ComparisonPartSheet):
    key = "comparison_points"
    label = _("measurement points")
    model = ComparisonPoint
    natural_key = ("comparison", "name")
    columns = (
        ComparisonColumn(example="2026-03"),
        TextColumn("name", aliases=("测量点", "比对点"), example="500 g"),
        TextColumn("unit", aliases=("单位", "计量单位"), example="mg"),
        ChoiceColumn("reference_kind", aliases=("参考值确定方式", "参考值方法"), also=KINDS),
        MeasuredColumn("reference_value", aliases=("参考值",), example="0.12"),
        MeasuredColumn(
            "reference_uncertainty", aliases=("参考值扩展不确定度", "参考值不确定度", "Uref"), example="0.05"
        ),
        DecimalColumn("reference_factor", aliases=("参考值包含因子", "参考值k"), example="2"),
        MeasuredColumn("instability", required=False, aliases=("传递标准不稳定性", "传递标准稳定性"), example="0.01"),
    )
