from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from standards.models import StandardDevice
from standards.sheets.parts import PartSheet, StandardColumn

MAIN = {True: ("计量标准器", "主标准器", "标准器"), False: ("主要配套设备", "配套设备", "配套")}


@register
class StandardDeviceSheet(PartSheet):
    """The equipment of standards; what replaces what is entered on the page."""

    key = "standard_devices"
    label = _("devices of standards")
    model = StandardDevice
    natural_key = ("standard", "name", "serial_no")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        BooleanColumn("is_main", also=MAIN, aliases=("是否主标准器", "器具类别", "设备类别")),
        TextColumn("name", aliases=("器具名称", "设备名称"), example="F1级砝码"),
        TextColumn("model", aliases=("型号", "型号规格", "规格型号")),
        TextColumn("measuring_range", aliases=("测量范围",)),
        TextColumn("uncertainty", aliases=("不确定度或准确度等级或最大允许误差", "准确度", "准确度等级")),
        TextColumn("maker", aliases=("制造厂", "生产厂家", "制造单位", "生产企业")),
        TextColumn("serial_no", aliases=("出厂编号", "编号", "仪器编号"), example="20160815"),
        IntegerColumn(
            "interval_months", minimum=1, aliases=("检定周期", "检定周期或复校间隔", "复校间隔（月）", "检定周期（月）")
        ),
        DateColumn("begins_on", required=False, aliases=("启用日期", "开始日期")),
        DateColumn("ends_on", end=True, aliases=("停用日期", "终止日期")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        return self.begun(values, context)
