from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.base import Column
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards.models import DeviceTrace, StandardDevice
from standards.models.trace import last_day, reused
from standards.sheets.institution_column import InstitutionColumn
from standards.sheets.parts import DeviceColumn, PartSheet, StandardColumn, VirtualText
from standards.sheets.standard import HOLDING


@register
class DeviceTraceSheet(PartSheet):
    """Verification and calibration certificates of the devices of standards.

    A device is named by its standard, its name and its serial number together.
    """

    key = "device_traces"
    label = _("traceability certificates")
    model = DeviceTrace
    path_to_standard = "device__standard"
    natural_key = ("device", "certificate_no")
    columns = (
        StandardColumn(source=StandardDevice, example="[2016] 辽量标 证字第 001 号"),
        VirtualText(
            "device_name", source=StandardDevice, field="name", aliases=("器具名称", "设备名称"), example="F1级砝码"
        ),
        DeviceColumn(label=_("serial no."), aliases=("出厂编号", "编号", "仪器编号"), example="20160815"),
        ChoiceColumn("kind", aliases=("检定或校准", "检定/校准", "溯源方式")),
        DateColumn("on", aliases=("检定日期", "校准日期", "检定或校准日期", "末次检定或校准日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期", "下次检定日期前")),
        TextColumn("certificate_no", aliases=("证书编号", "证书号", "检定证书号", "溯源证书号")),
        TextColumn(
            "institution_name",
            required=True,
            aliases=("检定机构", "校准机构", "检定或校准机构", "溯源机构"),
            example="国家计量技术机构",
        ),
        InstitutionColumn(aliases=("技术机构",), prefer=HOLDING),
        TextColumn("traced_to_no", aliases=("上级标准证书号", "上一级计量标准证书号")),
        BooleanColumn("is_fit", required=False, aliases=("是否满足要求", "确认结果")),
        TextColumn("remark", aliases=("备注",)),
    )

    def rows(self) -> QuerySet:
        return super().rows().select_related("device")

    def value_of(self, row: Any, column: Column) -> Any:
        """Two columns only name the device."""
        if column.name not in ("standard", "device_name"):
            return super().value_of(row, column)
        if row.device_id is None:
            return None
        return row.device.standard_id if column.name == "standard" else row.device.name

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if values.get("valid_until") is None and values.get("on"):
            column: Any = self.by_name["device"]
            months = column.interval_of(values["device"], context)
            return {**values, "valid_until": last_day(values["on"], months) if months else None}
        return values

    def foresee(self, rows: Sequence[DeviceTrace]) -> list[ValidationError | None]:
        return [ValidationError({"certificate_no": found}) if found else None for found in reused(rows)]

    def after_write(
        self, added: Sequence[DeviceTrace], changed: Sequence[DeviceTrace], *, by: Staff | None, import_id: int | None
    ) -> None:
        _refuse([*added, *changed])

    def after_undo(self, rows: Sequence[DeviceTrace], *, by: Staff | None) -> None:
        _refuse([row for row in rows if not row.is_voided])


def _refuse(rows: Sequence[DeviceTrace]) -> None:
    for found in reused(rows):
        if found:
            raise ValidationError({"certificate_no": found})
