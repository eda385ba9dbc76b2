from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from inspections.models import NetContentLot
from inspections.sheets.columns import InspectionColumn

CONFORMS: dict[Any, tuple[str, ...]] = {True: ("合格", "符合"), False: ("不合格", "不符合")}


@register
class LotSheet(Sheet):
    """Lots of prepackaged goods sampled for their net content, by authority and sample number."""

    key = "net-content-lots"
    label = _("net-content lots")
    model = NetContentLot
    natural_key = ("agency", "sample_no")
    columns = (
        TextColumn("agency", aliases=("抽样单位", "抽查单位"), example="市市场监督管理局"),
        TextColumn("sample_no", aliases=("样品编号", "抽样单编号", "抽样编号")),
        DateColumn("sampled_on", aliases=("抽样日期",)),
        EnterpriseColumn("enterprise", aliases=("生产企业", "生产者", "统一社会信用代码")),
        InspectionColumn("inspection"),
        ReferenceColumn("campaign", by=("name",), aliases=("专项检查", "专项检查名称")),
        TextColumn("product", aliases=("商品名称", "产品名称")),
        TextColumn("brand", aliases=("商标", "品牌")),
        TextColumn("net_content", aliases=("标注净含量", "净含量", "规格")),
        TextColumn("lot_no", aliases=("批号", "生产日期", "生产日期或批号")),
        IntegerColumn("lot_size", minimum=1, aliases=("批量", "检验批量")),
        IntegerColumn("sampled", minimum=1, aliases=("抽样数", "样本量", "抽样件数")),
        IntegerColumn("failed", minimum=0, aliases=("短缺件数", "不合格件数")),
        BooleanColumn("is_content_conforming", aliases=("净含量是否合格", "净含量检验结果"), also=CONFORMS),
        BooleanColumn("is_marking_conforming", aliases=("标注是否合格", "净含量标注结果"), also=CONFORMS),
        TextColumn("tester", aliases=("检验机构", "承检机构")),
        TextColumn("report_no", aliases=("报告编号", "检验报告编号")),
        RegionColumn("region", on="sampled_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
