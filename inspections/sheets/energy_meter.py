"""Energy meters as the units list them (JJF 1356, forms B.3 to B.7), and the points at which they are needed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.finding import Finder, Parsed
from bureau.exchange.sheets import Sheet, register
from bureau.texts import match_text
from enterprises.sheets.energy_columns import EnergyUnitColumn, OfUnitColumn
from inspections.models import EnergyMeter, MeteringPoint
from inspections.models.energy_meter import filled
from inspections.models.metering_point import problem_of_meter
from inspections.sheets.instrument_columns import today_of

LEVELS = {
    "unit": ("一级", "进出用能单位", "一级计量", "1"),
    "sub_unit": ("二级", "进出主要次级用能单位", "主要次级用能单位", "二级计量", "2"),
    "equipment": ("三级", "主要用能设备", "三级计量", "3"),
    "sub_item": ("分项", "分项计量", "其他"),
}
POINT_LEVELS = {key: LEVELS[key] for key in ("unit", "sub_unit", "equipment")}
STATES = {"qualified": ("合格",), "limited": ("准用",), "stopped": ("停用",)}
ENERGY = ("能源种类", "计量能源种类", "能源类别", "能源名称")
REGION = ("行政区划", "行政区划代码", "所在地区", "地区")
DEPARTMENT = ("所属部门", "安装部门", "次级用能单位", "车间")
EQUIPMENT = ("用能设备编号", "设备编号", "测量的设备")


def department_column() -> OfUnitColumn:
    return OfUnitColumn(
        "department", by=("name",), missing=_("The unit has no department “%(text)s”."), aliases=DEPARTMENT
    )


def equipment_column() -> OfUnitColumn:
    return OfUnitColumn(
        "equipment",
        by=("number",),
        missing=_("The unit has no equipment with the number “%(text)s”."),
        aliases=EQUIPMENT,
    )


class MeterFinder(Finder):
    """By the unit's own number, else by name and serial no."""

    def _find(self, parsed: Sequence[Parsed]) -> dict[Any, Any]:
        wanted, found = {row.key for row in parsed}, {}
        for meter in self._rows(parsed):
            values = {"unit": meter.unit_id, "own_no": meter.own_no, "name": meter.name, "serial_no": meter.serial_no}
            for key in _keys(values):
                if key in wanted:
                    found[key] = meter
        return found

    def candidates(self, parsed: Sequence[Parsed]) -> set[Any]:
        return {row.pk for row in self._rows(parsed)}

    def _rows(self, parsed: Sequence[Parsed]) -> Iterable[EnergyMeter]:
        asked = Q()
        for name in ("own_no", "serial_no"):
            texts = {row.values.get(name) for row in parsed} | {row.written.get(name) for row in parsed}
            if texts := texts - {None, ""}:
                asked |= Q(**{f"{name}__among": texts})
        if not asked:
            return []
        rows = self.sheet.rows().filter(asked, unit__among={row.values["unit"] for row in parsed}).order_by("pk")
        return rows.select_for_update() if self.locks else rows


def _keys(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Under which a meter is found, the best first: a row of a file has that one alone."""
    unit, own_no = values.get("unit"), values.get("own_no")
    if not unit:
        return []
    keys: list[tuple[Any, ...]] = [(unit, match_text(own_no))] if own_no else []
    if values.get("name") and values.get("serial_no"):
        keys.append((unit, match_text(values["name"]), match_text(values["serial_no"])))
    return keys


@register
class EnergyMeterSheet(Sheet):
    """The unit's own list of its meters; what it does not state (the unit, the level) is stated once for the file."""

    key = "energy-meters"
    label = _("energy meters")
    model = EnergyMeter
    natural_key = ("unit", "own_no")
    finder = MeterFinder
    columns = (
        EnergyUnitColumn(),
        TextColumn("own_no", aliases=("用能单位管理编号", "管理编号", "单位管理编号", "自编号"), example="DN-001"),
        TextColumn("name", aliases=("名称", "计量器具名称", "器具名称", "能源计量器具名称"), example="电能表"),
        TextColumn("model", aliases=("型号规格", "规格型号", "型号")),
        TextColumn("accuracy_class", aliases=("准确度等级", "准确度", "等级", "精度等级"), example="0.5S"),
        TextColumn("measuring_range", aliases=("测量范围", "量程")),
        TextColumn("maker", aliases=("生产厂家", "制造厂", "生产单位", "制造单位")),
        TextColumn("serial_no", aliases=("出厂编号", "编号", "器具编号")),
        ReferenceColumn("energy", by=("name", "code", "name_en"), aliases=ENERGY),
        ChoiceColumn("level", aliases=("计量级别", "级别", "计量等级"), also=LEVELS),
        ReferenceColumn("use", by=("name", "code", "name_en"), aliases=("计量目的", "准确度类别")),
        BooleanColumn("is_for_trade", required=False, aliases=("贸易结算", "是否贸易结算")),
        department_column(),
        equipment_column(),
        TextColumn("place", aliases=("安装使用地点及用途", "安装使用地点", "安装地点", "使用地点", "用途")),
        IntegerColumn(
            "interval_months",
            unit="月",
            minimum=1,
            maximum=600,
            aliases=("检定周期/校准间隔", "检定周期", "校准间隔", "检定/校准周期"),
        ),
        DateColumn("last_verified_on", aliases=("最近检定日期", "检定日期", "校准日期", "检定/校准日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期", "下次检定日期前")),
        ChoiceColumn("state", required=False, aliases=("状态", "使用状态", "器具状态"), also=STATES),
        DateColumn("in_use_from", required=False, aliases=("启用日期", "投用日期")),
        DateColumn("in_use_until", end=True, aliases=("停用日期",)),
        RegionColumn("region", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        return next(iter(_keys(values)), None)

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        today = today_of(context)
        values = filled({**values, "state": values.get("state") or EnergyMeter.State.QUALIFIED}, today)
        for name in ("in_use_from", "in_use_until", "last_verified_on"):
            if (day := values.get(name)) and day > today:
                raise ValidationError({name: _("This day lies in the future.")})
        return values


class MeterColumn(OfUnitColumn):
    """The meter at a point, by the unit's own number, else by its serial no."""

    def __init__(self) -> None:
        super().__init__(
            "meter",
            by=("own_no", "serial_no"),
            missing=_("The unit has no meter with the number “%(text)s”."),
            aliases=("器具管理编号", "用能单位管理编号", "计量器具编号"),
        )

    def check(self, values: dict[str, Any], context: Context) -> None:
        """It measures that energy at that level."""
        if values.get("meter") is None:
            return
        meters = context.cache((self, "meters"))
        if values["meter"] not in meters:
            known = {pk for rows in context.cache((self, "rows")).values() for pk in rows.values()} | {values["meter"]}
            rows = EnergyMeter.objects.filter(pk__in=known - meters.keys()).select_related("energy")
            meters.update((row.pk, row) for row in rows)
        point = MeteringPoint(unit_id=values["unit"], energy_id=values["energy"], level=values["level"])
        if problem := problem_of_meter(point, meters[values["meter"]]):
            raise CellError(problem)


@register
class MeteringPointSheet(Sheet):
    """The points at which units need meters."""

    key = "metering-points"
    label = _("metering points")
    model = MeteringPoint
    natural_key = ("unit", "number")
    columns = (
        EnergyUnitColumn(),
        TextColumn("number", aliases=("计量点编号", "采集点编号", "点位编号"), example="JL-001"),
        TextColumn("name", aliases=("计量点名称", "计量对象", "测量对象")),
        ReferenceColumn("energy", by=("name", "code", "name_en"), aliases=ENERGY),
        ChoiceColumn("level", aliases=("计量级别", "级别", "计量等级"), also=POINT_LEVELS),
        department_column(),
        equipment_column(),
        MeterColumn(),
        BooleanColumn("is_exempt", required=False, aliases=("是否豁免", "豁免", "可不配备")),
        TextColumn("exempt_reason", aliases=("豁免原因", "豁免理由", "可不配备原因")),
        DateColumn("begins_on", aliases=("起始日期", "需配备日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期",)),
        RegionColumn("region", on="begins_on", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )
