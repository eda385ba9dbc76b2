from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards import event_entry
from standards.models import StandardEvent
from standards.models.event import event_problem
from standards.sheets.parts import PartSheet, StandardColumn

KINDS = {
    "applied": ("申请", "考核申请", "复查申请"),
    "accepted": ("受理",),
    "exam_begun": ("考核", "新建考核"),
    "established": ("建标", "新建", "新建发证"),
    "review_begun": ("复查考核",),
    "reexamined": ("复查", "复查发证", "换证"),
    "exam_failed": ("考核不合格", "不合格"),
    "replaced": ("更换", "设备更换"),
    "changed": ("其他更换", "变更"),
    "sealed": ("封存", "停用"),
    "restored": ("恢复使用", "恢复", "启封"),
    "withdrawn": ("撤销",),
    "cancelled": ("注销",),
}


@register
class StandardEventSheet(PartSheet):
    """Events of standards by the certificate that they hold; papers and devices are entered on the event's page."""

    key = "standard_events"
    label = _("life-cycle events")
    model = StandardEvent
    natural_key = ("standard", "kind", "on")
    part_of = "standard"
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        ChoiceColumn("kind", aliases=("事项", "事件", "办理事项"), also=KINDS),
        DateColumn("on", aliases=("日期", "办理日期")),
        TextColumn("certificate_no", aliases=("新证书号", "新证书编号")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期")),
        ChoiceColumn("situation", aliases=("更换情况", "更换类型")),
        ChoiceColumn("cause", aliases=("更换原因",)),
        ChoiceColumn("effect", aliases=("变化情况",)),
        TextColumn("before", aliases=("更换前",)),
        TextColumn("after", aliases=("更换后",)),
        DateColumn("sealed_until", end=True, aliases=("封存至", "停用至")),
        TextColumn("reason", aliases=("原因", "事由")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if problem := event_problem(kind=values["kind"], valid_until=values.get("valid_until")):
            raise ValidationError(problem)
        return values

    def foresee(self, rows: Sequence[StandardEvent]) -> list[ValidationError | None]:
        return [ValidationError({"on": found}) if found else None for found in event_entry.foresee(rows)]

    def after_write(
        self,
        added: Sequence[StandardEvent],
        changed: Sequence[StandardEvent],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        event_entry.take_in([*added, *changed], by=by, new=added)

    def after_undo(self, rows: Sequence[StandardEvent], *, by: Staff | None) -> None:
        event_entry.take_in(rows, by=by)
