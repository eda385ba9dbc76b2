from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards import judging
from standards.characteristic_rows import repeatability_row, stability_row
from standards.models import RepeatabilityTest, StabilityCheck
from standards.models.requirement import Requirements
from standards.readings import format_groups, format_readings, parse_groups, parse_readings
from standards.sheets.parts import PartSheet, StandardColumn

PURPOSES = {"set_up": ("新建", "建标", "建标时"), "in_use": ("已建", "每年", "年度", "使用中")}


class MeasuredColumn(DecimalColumn):
    """A measured value: shown with the digits that it has, not with all that the field could hold."""

    number_format = "General"


class ReadingsColumn(TextColumn):
    """Raw readings in one cell, kept in their one form."""

    width = 60

    def __init__(self, name: str, *, in_one_form: Callable[[str], str], what: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.in_one_form, self.what = in_one_form, what

    def parse(self, raw: Any, context: Context) -> str:
        try:
            text = self.in_one_form(super().parse(raw, context))
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from None
        if len(text) > self.field.max_length:
            raise CellError(_now("These are too many readings for one record."))
        return text

    def rule(self) -> str:
        return str(self.what)


def _readings(text: str) -> str:
    return format_readings(parse_readings(text))


def _groups(text: str) -> str:
    return format_groups(parse_groups(text))


class CharacteristicSheet(PartSheet):
    """Verdicts follow from all records of a standard, so they are renewed after every write."""

    def requirements(self, context: Context) -> Requirements:
        cache = context.cache(Requirements)
        if not cache:
            cache["all"] = Requirements.load()
        return cache["all"]

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        self._judge([*added, *changed], by)

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        self._judge(rows, by)

    def _judge(self, rows: Sequence[Any], by: Staff | None) -> None:
        """The rows in memory take over what was written of them, or the next write would take it for outdated."""
        judging.judge({row.standard_id for row in rows}, by=by)
        stored = type(rows[0])._default_manager.in_bulk([row.pk for row in rows]) if rows else {}
        for row in rows:
            row.version = stored[row.pk].version


@register
class RepeatabilitySheet(CharacteristicSheet):
    """Repeatability tests with their raw readings; results and verdicts follow from these."""

    key = "repeatability_tests"
    label = _("repeatability tests")
    model = RepeatabilityTest
    natural_key = ("standard", "point", "on")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        ChoiceColumn("purpose", required=False, aliases=("试验类型", "试验目的"), also=PURPOSES),
        DateColumn("on", aliases=("试验日期", "试验时间", "日期")),
        TextColumn("point", aliases=("测量点", "试验点", "被测量"), example="100 g"),
        TextColumn("unit", aliases=("单位", "计量单位"), example="mg"),
        ReadingsColumn(
            "readings",
            in_one_form=_readings,
            what=_("Readings in the order in which they were taken, separated by blanks or commas."),
            aliases=("测得值", "重复测量值", "观测值"),
            example="100.01 100.02 100.00 100.01 100.03 100.01 100.02 100.00 100.01 100.02",
        ),
        TextColumn("fewer_reason", aliases=("测量次数不足原因",)),
        ChoiceColumn("reevaluation", aliases=("重新评定结果", "不确定度重新评定")),
        TextColumn("tested_by", aliases=("试验人员", "测试人员")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        results = repeatability_row(
            on=values["on"],
            readings=values["readings"],
            fewer_reason=values.get("fewer_reason", ""),
            requirements=self.requirements(context),
        )
        return {**values, **results}


@register
class StabilitySheet(CharacteristicSheet):
    """Stability checks with their groups of readings; S and the verdict follow from these."""

    key = "stability_checks"
    label = _("stability checks")
    model = StabilityCheck
    natural_key = ("standard", "point", "on")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        ChoiceColumn("purpose", required=False, aliases=("考核类型",), also=PURPOSES),
        ChoiceColumn("method", required=False, aliases=("考核方法", "稳定性考核方法")),
        DateColumn("on", required=True, aliases=("考核日期", "考核时间", "日期")),
        TextColumn("point", aliases=("测量点", "考核点", "被测量"), example="100 g"),
        TextColumn("unit", aliases=("单位", "计量单位"), example="mg"),
        ReadingsColumn(
            "groups",
            in_one_form=_groups,
            what=_("Each group begins with its day: 2026-01-05: 10.0012 10.0013; 2026-02-10: 10.0011 10.0014."),
            aliases=("各组测得值", "测量数据"),
            example="2026-01-05: 100.01 100.02 100.00",
        ),
        MeasuredColumn("previous_mean", aliases=("上年结果", "上一年测量结果")),
        ChoiceColumn("limit_kind", aliases=("允许变化量类型",)),
        MeasuredColumn("limit", aliases=("允许变化量", "最大允许误差的绝对值", "扩展不确定度")),
        BooleanColumn("is_in_control", required=False, aliases=("控制图是否受控",)),
        TextColumn("fewer_reason", aliases=("组数不足原因",)),
        TextColumn("tested_by", aliases=("考核人员",)),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        results = stability_row(
            purpose=values["purpose"],
            method=values["method"],
            on=values["on"],
            groups=values.get("groups", ""),
            fewer_reason=values.get("fewer_reason", ""),
            unit=values.get("unit", ""),
            requirements=self.requirements(context),
        )
        return {**values, **results}
