from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from enterprises.columns import EnterpriseColumn
from enterprises.models import Licence, TimeLimit
from enterprises.sheets.ending import HappenedSheet
from enterprises.sheets.limits import with_last_day

KINDS = {
    "new_product": ("计量器具新产品", "新产品"),
    "type_approval": ("型式批准", "计量器具型式批准"),
    "reference_material": ("标准物质", "标准物质定级鉴定", "标准物质制造"),
}
DECISIONS = {
    "granted": ("准予许可", "批准", "准予"),
    "refused": ("不予许可", "不予批准", "不批准"),
    "given_up": ("撤回申请", "撤回"),
}


@register
class LicenceSheet(HappenedSheet):
    """Applications for licences by the number that the deciding authority gave them."""

    key = "licences"
    label = _("licences")
    model = Licence
    natural_key = ("authority", "application_no")
    happened_on = "applied_on"
    columns = (
        EnterpriseColumn("enterprise", aliases=("申请单位", "企业名称", "单位名称", "统一社会信用代码")),
        ChoiceColumn("kind", aliases=("许可类别", "许可事项", "类别"), also=KINDS),
        TextColumn("authority", aliases=("审批机关", "许可机关"), example="省市场监督管理局"),
        TextColumn("application_no", aliases=("申请编号", "受理编号", "受理号")),
        TextColumn("product", aliases=("器具名称", "产品名称", "计量器具名称", "标准物质名称")),
        TextColumn("specification", aliases=("型号规格", "型号")),
        BooleanColumn("is_handled_online", required=False, aliases=("全程网办", "网上办理")),
        DateColumn("applied_on", aliases=("申请日期",)),
        DateColumn("accepted_on", aliases=("受理日期",)),
        DateColumn("decision_due_on", aliases=("办理期限", "审批期限")),
        DateColumn("decided_on", aliases=("决定日期", "批准日期", "办结日期")),
        ChoiceColumn("decision", aliases=("审批结果", "决定"), also=DECISIONS),
        TextColumn("certificate_no", aliases=("证书编号", "批准证书编号", "许可证编号")),
        RegionColumn("region", on="applied_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        values = super().clean_row(values, context)
        return with_last_day(values, "decision_due_on", TimeLimit.Act.LICENCE_DECISION, "accepted_on", context)
