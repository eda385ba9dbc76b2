from django.utils.translation import gettext_lazy as _

from benchmarks.models import TrialMonth
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register


@register
class TrialMonthSheet(Sheet):
    key = "trial-months"
    label = _("trial months")
    model = TrialMonth
    natural_key = ("holder", "month")
    months = ("month", "pieces")
    columns = (
        TextColumn("holder", aliases=("使用单位", "单位名称"), example="某农贸市场"),
        DateColumn("month", aliases=("月份",)),
        IntegerColumn("pieces", aliases=("台件数", "检定数量"), unit="台件", minimum=0),
        RegionColumn("region", on="month", aliases=("行政区划", "地区")),
    )
