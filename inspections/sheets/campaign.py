from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from inspections.models import InspectionCampaign


@register
class CampaignSheet(Sheet):
    """Special campaigns of inspections, by the authority that ordered them and their name."""

    key = "inspection-campaigns"
    label = _("inspection campaigns")
    model = InspectionCampaign
    natural_key = ("agency", "name")
    columns = (
        TextColumn("agency", aliases=("组织部门", "组织单位"), example="省市场监督管理局"),
        TextColumn("name", aliases=("专项检查名称", "检查名称", "专项名称")),
        ReferenceColumn("subject", by=("name", "code", "name_en"), aliases=("检查内容", "检查对象")),
        TextColumn("checklist_edition", aliases=("检查表版本",)),
        DateColumn("begins_on", aliases=("开始日期", "起始日期")),
        DateColumn("ends_on", end=True, aliases=("结束日期", "截止日期")),
        IntegerColumn("planned_sites", minimum=0, aliases=("计划检查家数", "计划数")),
        TextColumn("document_no", aliases=("文号", "通知文号")),
        RegionColumn("region", on="begins_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
