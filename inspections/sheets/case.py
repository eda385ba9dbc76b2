from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import TimeLimit
from enterprises.sheets.limits import with_last_day
from inspections.models import ViolationCase

SOURCES = {
    "inspection": ("监督检查", "检查", "专项检查", "日常检查"),
    "spot_check": ("抽查", "监督抽查", "双随机"),
    "complaint": ("投诉", "举报", "投诉举报"),
    "transfer": ("移送", "上级交办", "其他部门移送"),
    "other": ("其它",),
}


@register
class CaseSheet(Sheet):
    """Violation cases by the number under which the authority filed them."""

    key = "cases"
    label = _("violation cases")
    model = ViolationCase
    natural_key = ("agency", "case_no")
    columns = (
        TextColumn("agency", aliases=("承办机构", "办案机构", "办案单位"), example="市市场监督管理局"),
        TextColumn("case_no", aliases=("立案号", "立案编号", "案号")),
        TextColumn("name", aliases=("案件名称", "案名")),
        DateColumn("filed_on", aliases=("立案日期", "立案时间")),
        ChoiceColumn("source", aliases=("案件来源", "来源"), also=SOURCES),
        ReferenceColumn("cause", by=("name", "code", "name_en"), aliases=("案由", "违法行为")),
        ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域")),
        EnterpriseColumn("enterprise", aliases=("当事人统一社会信用代码", "当事企业", "当事人企业")),
        TextColumn("party", aliases=("当事人", "其他当事人")),
        TextColumn("instruments", aliases=("涉案器具", "涉案计量器具")),
        TextColumn("facts", aliases=("违法事实", "主要违法事实")),
        TextColumn("legal_basis", aliases=("处罚依据", "法律依据")),
        DateColumn("decision_due_on", aliases=("办案期限",)),
        TextColumn("decision_no", aliases=("决定书文号", "处罚决定书文号", "行政处罚决定书文号")),
        DateColumn("decided_on", aliases=("决定日期", "处罚日期", "处罚决定日期")),
        BooleanColumn("is_warned", required=False, aliases=("警告",)),
        BooleanColumn("is_ordered_to_correct", required=False, aliases=("责令改正",)),
        DecimalColumn("fine", unit="元", minimum=0, required=False, aliases=("罚款", "罚款金额", "罚款额")),
        DecimalColumn("confiscated", unit="元", minimum=0, required=False, aliases=("没收违法所得", "没收金额")),
        DateColumn("transferred_on", aliases=("移送日期",)),
        TextColumn("transferred_to", aliases=("移送机关", "移送部门")),
        DateColumn("closed_on", aliases=("结案日期", "结案时间")),
        DateColumn("published_on", aliases=("公示日期", "公开日期")),
        RegionColumn("region", on="filed_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        return with_last_day(values, "decision_due_on", TimeLimit.Act.CASE_DECISION, "filed_on", context)
