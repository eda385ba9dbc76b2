"""Energy-using units, their connections, departments and main equipment."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from bureau.models.record import standing
from enterprises.columns import EnterpriseColumn
from enterprises.models import EnergyConnection, EnergyDepartment, EnergyEquipment, EnergyUnit
from enterprises.models.energy_unit import overlaps
from enterprises.rated import unit_problem
from enterprises.sheets.ending import HappenedSheet
from enterprises.sheets.energy_columns import EnergyUnitColumn, OfUnitColumn, UnitOfMeasureColumn

KINDS = {"key": ("重点用能单位", "重点"), "public_institution": ("公共机构",), "other": ("其他用能单位", "其他")}
SECTORS = {
    "nonferrous": ("有色金属", "有色"),
    "textile": ("纺织印染", "纺织"),
    "building_materials": ("建筑建材", "建材"),
    "petrochemical": ("石油化工", "石化"),
    "coal_chemical": ("煤化工",),
    "energy": ("能源", "电力"),
    "steel": ("钢铁",),
    "transport": ("交通", "交通运输"),
    "paper": ("造纸",),
    "data_centre": ("数据中心",),
    "public_institution": ("公共机构",),
    "other": ("其他",),
}
CLASSES = {
    "hundred": ("百家", "百家企业"),
    "thousand": ("千家", "千家企业"),
    "ten_thousand": ("万家", "万家企业"),
    "named": ("5000吨至1万吨", "指定"),
}
MODES = {
    "realtime": ("实时采集", "实时", "在线采集", "自动采集"),
    "manual": ("手工上报", "手工", "手工填报", "人工上报"),
    "none": ("未接入", "无"),
}
REGION = ("行政区划", "行政区划代码", "所在地区", "地区")


@register
class EnergyUnitSheet(HappenedSheet):
    """Energy-using units, one row for each enterprise."""

    key = "energy-units"
    label = _("energy-using units")
    model = EnergyUnit
    natural_key = ("enterprise",)
    happened_on = "begins_on"
    columns = (
        EnterpriseColumn(
            "enterprise", aliases=("用能单位", "用能单位名称", "企业名称", "单位名称", "统一社会信用代码", "企业")
        ),
        ChoiceColumn("kind", aliases=("单位类别", "用能单位类别", "类别"), also=KINDS),
        ChoiceColumn("sector", aliases=("所属行业", "行业", "行业类别"), also=SECTORS),
        ChoiceColumn("size_class", aliases=("能耗等级", "百千万类别", "规模类别"), also=CLASSES),
        TextColumn("listed_by", aliases=("名单文号", "列入依据")),
        DateColumn("begins_on", aliases=("列入日期", "起始日期")),
        DateColumn("ends_on", end=True, aliases=("退出日期", "终止日期")),
        RegionColumn("region", on="begins_on", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )


class PartSheet(Sheet):
    def rows(self) -> Any:
        return self.model._default_manager.filter(standing(self.model))


@register
class EnergyConnectionSheet(PartSheet):
    """How the data of units come to the platform, from when to when."""

    key = "energy-connections"
    label = _("connections of energy-using units")
    model = EnergyConnection
    natural_key = ("unit", "begins_on")
    columns = (
        EnergyUnitColumn(),
        ChoiceColumn("mode", aliases=("接入方式", "上报方式", "采集方式"), also=MODES),
        DateColumn("begins_on", aliases=("接入日期", "起始日期", "联网日期")),
        DateColumn("ends_on", end=True, aliases=("断开日期", "终止日期")),
        TextColumn("remark", aliases=("备注",)),
    )

    def foresee(self, rows: Sequence[EnergyConnection]) -> list[ValidationError | None]:
        return [ValidationError({"begins_on": found}) if found else None for found in overlaps(rows)]

    def after_write(
        self,
        added: Sequence[EnergyConnection],
        changed: Sequence[EnergyConnection],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        self._refuse([*added, *changed])

    def after_undo(self, rows: Sequence[EnergyConnection], *, by: Staff | None) -> None:
        self._refuse([row for row in rows if not row.is_voided])

    def _refuse(self, rows: Sequence[EnergyConnection]) -> None:
        for refusal in self.foresee(rows):
            if refusal:
                raise refusal


@register
class EnergyDepartmentSheet(PartSheet):
    """Departments of energy-using units."""

    key = "energy-departments"
    label = _("departments of energy-using units")
    model = EnergyDepartment
    natural_key = ("unit", "name")
    columns = (
        EnergyUnitColumn(),
        TextColumn("name", aliases=("部门名称", "次级用能单位", "次级用能单位名称", "车间名称", "部门")),
        BooleanColumn("is_main", required=False, aliases=("是否主要次级用能单位", "主要次级用能单位")),
        TextColumn("process", aliases=("工序", "工艺过程")),
        TextColumn("remark", aliases=("备注",)),
    )


@register
class EnergyEquipmentSheet(PartSheet):
    """Main energy-using equipment (JJF 1356, form B.2)."""

    key = "energy-equipment"
    label = _("main energy-using equipment of units")
    model = EnergyEquipment
    natural_key = ("unit", "number")
    columns = (
        EnergyUnitColumn(),
        TextColumn("number", aliases=("设备编号", "编号", "管理编号"), example="SB-001"),
        TextColumn("name", aliases=("设备名称", "主要用能设备", "主要用能设备名称"), example="循环水泵"),
        TextColumn("model", aliases=("型号规格", "规格型号", "型号")),
        OfUnitColumn(
            "department",
            by=("name",),
            missing=_("The unit has no department “%(text)s”."),
            aliases=("所属部门", "安装部门", "使用部门", "次级用能单位"),
        ),
        ReferenceColumn("energy", by=("name", "code", "name_en"), aliases=("能源种类", "用能种类", "主要能源种类")),
        DecimalColumn("rated", minimum=0, aliases=("额定功率", "额定能耗", "功率", "额定值")),
        UnitOfMeasureColumn("rated_unit", aliases=("额定功率单位", "功率单位"), example="kW"),
        IntegerColumn("quantity", minimum=1, required=False, aliases=("数量", "台数")),
        TextColumn("process", aliases=("工序", "工艺过程")),
        BooleanColumn("is_metered_above", required=False, aliases=("随系统计量", "系统整体计量")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if problem := unit_problem(values.get("rated_unit") or ""):
            raise ValidationError({"rated_unit": problem})
        return values
