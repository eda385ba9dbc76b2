from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from enterprises.models import DemonstrationAward
from enterprises.sheets.ending import EndingSheet, sector_column, withdrawal_columns
from enterprises.sheets.pledged import PledgedColumn

TIERS = {"provincial": ("省级", "省"), "municipal": ("市级", "市", "地市级", "设区市级")}


@register
class DemonstrationAwardSheet(EndingSheet):
    """Demonstration units by enterprise, tier and the day of the award; each needs a pledge in force on that day."""

    key = "demonstration-units"
    label = _("demonstration units")
    model = DemonstrationAward
    natural_key = ("enterprise", "tier", "awarded_on")
    happened_on = "awarded_on"
    columns = (
        PledgedColumn(on="awarded_on"),
        sector_column(),
        ChoiceColumn("tier", aliases=("层级", "级别", "示范级别"), also=TIERS),
        TextColumn("recommended_by", aliases=("推荐单位",)),
        DateColumn("awarded_on", aliases=("授予日期", "评定日期", "命名日期")),
        TextColumn("document_no", aliases=("文号", "文件号")),
        TextColumn("decision", aliases=("评定意见",)),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期")),
        *withdrawal_columns(),
        TextColumn("withdrawal_remark", aliases=("撤销说明", "退出说明")),
        RegionColumn("region", on="awarded_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
