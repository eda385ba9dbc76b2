"""The energy use of units by year: what they report, what they consumed and what they made."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.base import Column
from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models.record import standing
from enterprises.models import EnergyConsumption, EnergyKind, EnergyProduct, EnergyYear
from enterprises.models.consumption import FIRST_YEAR, LAST_YEAR, unit_misfit
from enterprises.sheets.energy_columns import EnergyUnitColumn, EnergyYearColumn, UnitOfMeasureColumn
from enterprises.sheets.energy_unit import REGION

YEAR = ("年度", "年份", "统计年度", "报告期")
WAYS = {"online": ("网上直报", "在线填报", "网上填报"), "paper": ("纸质报告", "书面报告")}
PURPOSES = {
    "consumed": ("消费", "消费量", "能源消费", "实际消耗"),
    "self_made": ("自产自用", "自产"),
    "feedstock": ("用作原料", "原料"),
    "sold_on": ("外供", "转供", "外销"),
}


@register
class EnergyYearSheet(Sheet):
    """The yearly report of energy use, a row for each unit and year."""

    key = "energy-years"
    label = gettext_lazy("energy use by year")
    model = EnergyYear
    natural_key = ("unit", "year")
    columns = (
        EnergyUnitColumn(),
        IntegerColumn("year", minimum=FIRST_YEAR, maximum=LAST_YEAR, aliases=YEAR),
        DecimalColumn("output_value", unit="万元", minimum=0, aliases=("工业总产值", "总产值", "产值")),
        DecimalColumn("added_value", unit="万元", aliases=("工业增加值", "增加值")),
        DecimalColumn(
            "stated_tce", unit="吨标准煤", minimum=0, aliases=("综合能源消费量（当量值）", "综合能耗当量值", "综合能耗")
        ),
        DecimalColumn(
            "stated_tce_equal", unit="吨标准煤", minimum=0, aliases=("综合能源消费量（等价值）", "综合能耗等价值")
        ),
        DateColumn("due_on", end=True, aliases=("应报日期", "报送期限")),
        DateColumn("reported_on", aliases=("报送日期", "上报日期")),
        ChoiceColumn("way", aliases=("报送方式",), also=WAYS),
        RegionColumn("region", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        today, year, reported_on = timezone.localdate(), values.get("year"), values.get("reported_on")
        if year and year > today.year:
            raise ValidationError({"year": _("This year lies in the future.")})
        if reported_on and reported_on > today:
            raise ValidationError({"reported_on": _("This day lies in the future.")})
        if reported_on and year and reported_on.year < year:
            raise ValidationError({"reported_on": _("A year cannot be reported before it began.")})
        return values


class OfYearSheet(Sheet):
    """Rows of a year, which is named by its unit and its number."""

    def rows(self) -> QuerySet:
        return self.model._default_manager.filter(standing(self.model)).select_related("energy_year")

    def value_of(self, row: Any, column: Column) -> Any:
        if column.name != "holder":
            return super().value_of(row, column)
        return row.energy_year.unit_id if row.energy_year_id else None


def holder() -> EnergyUnitColumn:
    return EnergyUnitColumn("holder", source=EnergyYear)


@register
class EnergyConsumptionSheet(OfYearSheet):
    """Amounts of energy by unit, year and kind (JJF 1356, form B.10)."""

    key = "energy-consumption"
    label = gettext_lazy("energy consumed by year and kind")
    model = EnergyConsumption
    natural_key = ("energy_year", "energy", "purpose")
    columns = (
        holder(),
        EnergyYearColumn(aliases=YEAR),
        ReferenceColumn("energy", by=("name", "code", "name_en"), aliases=("能源名称", "能源种类", "能源品种")),
        ChoiceColumn("purpose", required=False, aliases=("用途", "消费用途"), also=PURPOSES),
        DecimalColumn("amount", aliases=("消费量", "消费数量", "实物量", "数量")),
        UnitOfMeasureColumn("unit", aliases=("计量单位", "实物量单位"), example="t"),
        DecimalColumn("ncv", minimum=0, aliases=("低位发热量", "实测低位发热量", "平均低位发热量")),
        DecimalColumn("factor", minimum=0, aliases=("折标系数", "折标准煤系数")),
        DecimalColumn("bought", aliases=("购进量", "购入量")),
        DecimalColumn("stock_before", aliases=("年初库存", "期初库存", "年初库存量")),
        DecimalColumn("stock_after", aliases=("年末库存", "期末库存", "年末库存量")),
        DecimalColumn("stated_tce", unit="tce", aliases=("折标量", "折标准煤", "折标准煤量")),
        DecimalColumn("stated_share", unit="%", aliases=("占比", "比例", "所占比例")),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        values = {**values, "purpose": values.get("purpose") or EnergyConsumption.Purpose.CONSUMED}
        kinds = context.cache((EnergyKind, "by key"))
        if not kinds:
            kinds.update((kind.pk, kind) for kind in EnergyKind.objects.all())
        kind, unit = kinds.get(values.get("energy")), values.get("unit")
        if kind and unit and (problem := unit_misfit(kind.unit, str(kind), unit)):
            raise ValidationError({"unit": problem})
        return values


@register
class EnergyProductSheet(OfYearSheet):
    """Main products by unit and year."""

    key = "energy-products"
    label = gettext_lazy("products by year")
    model = EnergyProduct
    natural_key = ("energy_year", "name")
    columns = (
        holder(),
        EnergyYearColumn(aliases=YEAR),
        TextColumn("name", aliases=("产品名称", "主要产品", "主要产品名称"), example="水泥"),
        DecimalColumn("amount", aliases=("产量",)),
        TextColumn("unit", aliases=("计量单位", "产量单位"), example="t"),
        DecimalColumn("value", unit="万元", minimum=0, aliases=("产值", "产品产值")),
        DecimalColumn("tce", unit="tce", minimum=0, aliases=("产品综合能耗", "产品能耗")),
    )
