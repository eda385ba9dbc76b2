from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import EnterpriseStaff

WORK = {
    "management": ("计量管理", "管理"),
    "verification": ("检定校准", "检定/校准", "检定"),
    "testing": ("检测", "测试", "测量"),
    "energy": ("能源计量",),
    "other": ("其他",),
}


@register
class EnterpriseStaffSheet(Sheet):
    """Qualification files of people who do metrology work at enterprises."""

    key = "enterprise-staff"
    label = _("qualification files of enterprise staff")
    model = EnterpriseStaff
    natural_key = ("enterprise", "name", "file_no")
    columns = (
        EnterpriseColumn("enterprise"),
        TextColumn("name", aliases=("姓名", "人员姓名", "计量员姓名")),
        TextColumn("file_no", aliases=("档案号", "档案编号")),
        ChoiceColumn("work", required=False, aliases=("岗位", "从事工作", "工作岗位"), also=WORK),
        TextColumn("qualification", aliases=("资格", "资质", "职称")),
        TextColumn("certificate_no", aliases=("证书编号", "证书号")),
        DateColumn("archived_on", aliases=("建档日期",)),
        DateColumn("left_on", end=True, aliases=("离岗日期",)),
        RegionColumn("region", on="archived_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        return values if values.get("work") else {**values, "work": EnterpriseStaff.Work.OTHER}
