from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from enterprises.columns import EnterpriseColumn
from enterprises.models import ContactPoint
from enterprises.sheets.ending import HappenedSheet


@register
class ContactPointSheet(HappenedSheet):
    """Contact-point enterprises, by enterprise, who keeps the contact, and the day from which."""

    key = "contact-points"
    label = _("contact-point enterprises")
    model = ContactPoint
    natural_key = ("enterprise", "agency", "begins_on")
    happened_on = "begins_on"
    columns = (
        TextColumn("agency", aliases=("联系单位", "对口单位", "帮扶单位"), example="市市场监督管理局"),
        EnterpriseColumn("enterprise", aliases=("联系点企业", "企业名称", "统一社会信用代码", "企业")),
        DateColumn("begins_on", aliases=("起始日期", "确定日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期",)),
        TextColumn("task", aliases=("帮扶内容", "联系内容")),
        RegionColumn("region", on="begins_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
