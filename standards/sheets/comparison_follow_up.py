from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from standards.models import ComparisonFollowUp
from standards.sheets.comparison import ComparisonColumn
from standards.sheets.comparison_parts import ComparisonPartSheet, SiblingColumn


@register
class ComparisonFollowUpSheet(ComparisonPartSheet):
    key = "comparison_follow_ups"
    label = _("follow-ups of comparisons")
    model = ComparisonFollowUp
    natural_key = ("participant", "ordered_on")
    columns = (
        ComparisonColumn(example="2026-03"),
        SiblingColumn("participant", by="lab_code", aliases=("实验室代码", "实验室编号", "代码"), example="A01"),
        DateColumn("ordered_on", aliases=("要求整改日期", "通知日期")),
        DateColumn("due_on", end=True, aliases=("整改期限", "整改截止日期")),
        TextColumn("measures", aliases=("原因及措施", "原因分析", "整改措施")),
        DateColumn("settled_on", aliases=("整改完成日期", "完成日期")),
        TextColumn("outcome", aliases=("整改结果", "结果")),
    )
