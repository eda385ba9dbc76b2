from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import TimeLimit
from enterprises.sheets.limits import with_last_day
from inspections.models import Complaint

CHANNELS = {
    "hotline": ("12315", "电话", "热线"),
    "online": ("网络", "网上"),
    "letter": ("来信", "信件"),
    "visit": ("来访", "上门"),
    "transferred": ("转办", "移交", "交办"),
}
RESULTS = {
    "upheld": ("属实", "举报属实"),
    "not_upheld": ("不属实",),
    "settled": ("调解", "和解", "已调解"),
    "passed_on": ("移送", "转办"),
}


@register
class ComplaintSheet(Sheet):
    """Complaints by the number that the handling authority gave them."""

    key = "complaints"
    label = _("complaints")
    model = Complaint
    natural_key = ("agency", "number")
    columns = (
        TextColumn("agency", aliases=("承办机构", "受理单位", "承办单位"), example="市市场监督管理局"),
        TextColumn("number", aliases=("投诉编号", "举报编号", "投诉举报编号")),
        DateColumn("received_on", aliases=("受理日期", "接收日期", "投诉日期")),
        ChoiceColumn("channel", aliases=("来源渠道", "投诉渠道", "渠道"), also=CHANNELS),
        EnterpriseColumn("enterprise", aliases=("被投诉单位", "被投诉人", "被投诉企业")),
        ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域")),
        TextColumn("content", aliases=("投诉内容", "内容", "反映问题")),
        DateColumn("answer_due_on", aliases=("答复期限", "办理期限")),
        DateColumn("answered_on", aliases=("答复日期", "办结日期")),
        ChoiceColumn("result", aliases=("处理结果", "办理结果"), also=RESULTS),
        TextColumn("answer", aliases=("答复内容",)),
        BooleanColumn("is_satisfied", aliases=("是否满意", "满意")),
        RegionColumn("region", on="received_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        return with_last_day(values, "answer_due_on", TimeLimit.Act.COMPLAINT_ANSWER, "received_on", context)
