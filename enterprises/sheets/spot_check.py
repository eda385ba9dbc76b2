from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from enterprises.models import PledgeSpotCheck
from enterprises.sheets.ending import HappenedSheet, sector_column
from enterprises.sheets.pledged import PledgedColumn

RESULTS = {"kept": ("合格", "符合", "履行承诺", "通过"), "broken": ("不合格", "不符合", "违反承诺", "不通过")}


@register
class PledgeSpotCheckSheet(HappenedSheet):
    """Spot checks of pledges by enterprise, sector and day."""

    key = "pledge-spot-checks"
    label = _("spot checks of pledges")
    model = PledgeSpotCheck
    natural_key = ("enterprise", "sector", "checked_on")
    happened_on = "checked_on"
    columns = (
        PledgedColumn(on="checked_on"),
        sector_column(),
        DateColumn("checked_on", aliases=("抽查日期", "检查日期")),
        TextColumn("agency", aliases=("抽查单位", "检查单位")),
        ChoiceColumn("result", aliases=("抽查结果", "检查结果", "结果"), also=RESULTS),
        TextColumn("findings", aliases=("发现问题", "存在问题")),
        DateColumn("corrected_on", aliases=("整改日期", "整改完成日期")),
        RegionColumn("region", on="checked_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
