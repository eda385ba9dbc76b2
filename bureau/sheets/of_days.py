"""What sheets of numbers stated of figures have in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from bureau.reporting.models.of_days import problem_of_days
from bureau.sheets.columns import FigureColumn

NATURAL_KEY = ("indicator", "region", "begins_on", "ends_on")


def of_days(*more: Any, example: str = "standards.established") -> tuple[Any, ...]:
    return (
        FigureColumn("indicator", aliases=("指标", "指标名称", "项目", "统计指标"), example=example),
        RegionColumn("region", on="ends_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        DateColumn("begins_on", aliases=("开始日期", "起始日期", "起")),
        DateColumn("ends_on", end=True, aliases=("结束日期", "截止日期", "止")),
        DecimalColumn("value", aliases=("数值", "值", "目标值", "指标值")),
        *more,
        TextColumn("remark", aliases=("备注",)),
    )


class OfDaysSheet(Sheet):
    natural_key = NATURAL_KEY

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        first, last = values.get("begins_on"), values.get("ends_on")
        if first and last and last < first:
            raise ValidationError({"ends_on": _("The period ends before it begins.")})
        if first and last and (problem := problem_of_days(first, last)):
            raise ValidationError({"begins_on": problem})
        return values
