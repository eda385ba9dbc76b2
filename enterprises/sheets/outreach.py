"""Outreach events, and the awards given at them."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.models import OutreachAward, OutreachEvent
from enterprises.models.outreach import BEFORE, too_early
from enterprises.sheets.dated import DatedColumn
from enterprises.sheets.ending import HappenedSheet

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups


@register
class OutreachEventSheet(Sheet):
    """Outreach events by organiser, name and first day."""

    key = "outreach-events"
    label = gettext_lazy("outreach events")
    model = OutreachEvent
    natural_key = ("organiser", "name", "begins_on")
    columns = (
        TextColumn("organiser", aliases=("主办单位", "组织单位"), example="省市场监督管理局"),
        TextColumn("name", aliases=("活动名称", "科普活动名称")),
        TextColumn("topic", aliases=("主题", "活动主题")),
        TextColumn("place", aliases=("地点", "活动地点", "网址")),
        DateColumn("begins_on", aliases=("活动日期", "开始日期", "举办日期")),
        DateColumn("until_on", end=True, aliases=("结束日期",)),
        IntegerColumn("registered", unit="人", minimum=0, aliases=("注册人数", "报名人数")),
        IntegerColumn("participants", unit="人", minimum=0, aliases=("参加人数", "参与人数", "答题人数")),
        RegionColumn("region", on="begins_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if problem := too_early(values.get("participants"), values.get("begins_on")):
            raise ValidationError({"participants": problem})
        return values


class EventColumn(DatedColumn):
    """An event that the office keeps: its name, and the first day where several have that name."""

    several = gettext_lazy("Several events have this name. Write the first day behind it.")
    missing = gettext_lazy("Your office keeps no outreach event of this name (and day).")
    before = BEFORE

    def __init__(self) -> None:
        super().__init__("event", on="awarded_on", aliases=("活动名称", "科普活动"))

    def found(self, names: set[str], context: "Context") -> Iterable[tuple[str, int, date]]:
        rows = context.editable(OutreachEvent.objects.not_voided().filter(name__in=names))
        return rows.values_list("name", "pk", "begins_on")

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            cache.update((event.pk, str(event)) for event in OutreachEvent.objects.filter(pk__in=missing))

    def rule(self) -> str:
        return _("Name of an outreach event that your office keeps; behind it the first day.")


@register
class OutreachAwardSheet(HappenedSheet):
    """Awards by event, grade and day."""

    key = "outreach-awards"
    label = gettext_lazy("outreach awards")
    model = OutreachAward
    natural_key = ("event", "grade", "awarded_on")
    happened_on = "awarded_on"
    columns = (
        EventColumn(),
        ReferenceColumn("grade", by=("name", "code", "name_en"), aliases=("奖项", "奖项等级", "获奖等级")),
        DateColumn("awarded_on", aliases=("颁奖日期", "评奖日期", "获奖日期")),
        IntegerColumn("people", unit="人", minimum=1, aliases=("获奖人数", "人数")),
        TextColumn("remark", aliases=("备注",)),
    )
