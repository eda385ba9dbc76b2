from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from inspections.models import Finding, InspectedInstruments, SiteInspection
from inspections.sheets.columns import InspectionColumn

RESULTS = {"conforming": ("合格", "符合", "未发现问题"), "not_conforming": ("不合格", "不符合", "发现问题")}
ENERGY = {"key": ("重点用能单位", "重点"), "public_institution": ("公共机构",), "other": ("其他用能单位", "其他")}
MEASURES = {
    "advice": ("批评教育", "指导", "行政指导"),
    "on_the_spot": ("当场改正", "当场整改"),
    "ordered": ("责令改正", "限期整改", "责令限期改正"),
    "stopped": ("停止使用", "封存"),
}


@register
class InspectionSheet(Sheet):
    """Inspections at sites, by authority and number."""

    key = "site-inspections"
    label = _("site inspections")
    model = SiteInspection
    natural_key = ("agency", "number")
    columns = (
        TextColumn("agency", aliases=("检查机关", "检查单位"), example="市市场监督管理局"),
        TextColumn("number", aliases=("检查编号", "检查记录编号", "编号")),
        DateColumn("inspected_on", aliases=("检查日期", "检查时间")),
        EnterpriseColumn("enterprise", aliases=("被检查单位", "受检单位", "被检单位", "统一社会信用代码")),
        ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域")),
        ReferenceColumn("subject", by=("name", "code", "name_en"), aliases=("检查内容", "检查对象")),
        ChoiceColumn("energy_kind", aliases=("用能单位类别",), also=ENERGY),
        ReferenceColumn("campaign", by=("name",), aliases=("专项检查", "专项检查名称")),
        BooleanColumn("is_double_random", aliases=("双随机",)),
        TextColumn("place", aliases=("检查地点", "地点")),
        TextColumn("inspectors", aliases=("检查人员", "执法人员")),
        TextColumn("escort", aliases=("陪同人员", "现场负责人")),
        ChoiceColumn("result", aliases=("检查结果", "结果"), also=RESULTS),
        TextColumn("opinion", aliases=("检查意见", "处理意见")),
        RegionColumn("region", on="inspected_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if "is_double_random" in values:
            return {**values, "is_double_random": bool(values["is_double_random"])}
        return values


@register
class InstrumentsSheet(Sheet):
    """How many instruments of each category the inspections checked."""

    key = "inspected-instruments"
    label = _("instruments checked at inspections")
    model = InspectedInstruments
    natural_key = ("inspection", "category")
    columns = (
        InspectionColumn("inspection"),
        ReferenceColumn("category", by=("name", "code", "name_en"), aliases=("计量器具类别", "器具类别", "器具名称")),
        IntegerColumn("checked", unit="台件", minimum=0, aliases=("检查台件数", "检查数")),
        IntegerColumn("failed", unit="台件", minimum=0, aliases=("不合格台件数", "不合格数")),
    )


@register
class FindingSheet(Sheet):
    """What inspections found, what was ordered and what the re-check gave."""

    key = "findings"
    label = _("findings of inspections")
    model = Finding
    natural_key = ("inspection", "number")
    columns = (
        InspectionColumn("inspection"),
        IntegerColumn("number", minimum=1, aliases=("序号", "问题序号")),
        ReferenceColumn("cause", by=("name", "code", "name_en"), aliases=("违法行为", "案由", "问题类别")),
        TextColumn("facts", aliases=("发现的问题", "存在问题", "问题描述")),
        TextColumn("instruments", aliases=("涉及器具", "涉及计量器具")),
        ChoiceColumn("measure", aliases=("处理措施", "措施"), also=MEASURES),
        DateColumn("due_on", aliases=("整改期限", "改正期限")),
        DateColumn("rechecked_on", aliases=("复查日期",)),
        BooleanColumn("is_corrected", aliases=("是否整改到位", "是否改正")),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
