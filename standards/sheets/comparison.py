from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from standards import comparisons
from standards.models import Comparison

LEVELS = {
    "national": ("国家计量比对", "国家"),
    "provincial": ("省级计量比对", "省级", "省"),
    "municipal": ("市级计量比对", "市级", "市"),
    "county": ("县级计量比对", "县级", "县"),
}


@register
class ComparisonSheet(Sheet):
    """Comparisons; their points, laboratories and results have sheets of their own."""

    key = "comparisons"
    label = _("comparisons")
    model = Comparison
    natural_key = ("organiser", "number")
    columns = (
        TextColumn("number", aliases=("比对编号", "项目编号"), example="2026-03"),
        TextColumn("name", aliases=("比对项目", "项目名称", "比对名称"), example="F1级砝码量值比对"),
        ChoiceColumn("level", aliases=("比对级别", "级别"), also=LEVELS),
        ReferenceColumn("field", by=("name", "code", "name_en"), aliases=("专业", "计量专业", "学科类别")),
        TextColumn("organiser", aliases=("组织单位", "组织部门"), example="省市场监督管理局"),
        TextColumn("basis", aliases=("依据", "文件号")),
        TextColumn("transfer_standard", aliases=("传递标准", "传递标准器"), example="F1级 500 g 砝码 No. 0815"),
        DateColumn("begins_on", aliases=("开始日期", "比对开始日期")),
        DateColumn("results_due_on", end=True, aliases=("结果提交截止日期", "提交截止日期")),
        DateColumn("disclosed_on", aliases=("参考值公布日期",)),
        DateColumn("reported_on", aliases=("报告日期", "总结报告日期", "完成日期")),
        RegionColumn("region", on="begins_on", aliases=("行政区划", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def after_write(
        self, added: Sequence[Comparison], changed: Sequence[Comparison], *, by: Staff | None, import_id: int | None
    ) -> None:
        comparisons.settle(changed, by=by)

    def after_undo(self, rows: Sequence[Comparison], *, by: Staff | None) -> None:
        comparisons.settle(rows, by=by)


class ComparisonColumn(ReferenceColumn):
    """The comparison that a row hangs on, by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("comparison", by=("number",), **{"label": _("comparison no."), **kwargs})
        self.aliases = ("比对编号", "项目编号")

    def choices(self, context: Any) -> list[str]:
        return []
