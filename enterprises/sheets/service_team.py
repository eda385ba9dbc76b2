from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.models import ServiceTeam


@register
class ServiceTeamSheet(Sheet):
    """Service teams, by their unit and name."""

    key = "service-teams"
    label = _("service teams")
    model = ServiceTeam
    natural_key = ("agency", "name")
    columns = (
        TextColumn("agency", aliases=("派出单位", "所属单位", "组建单位"), example="市计量检定测试所"),
        TextColumn("name", aliases=("服务队名称", "队名")),
        DateColumn("begins_on", aliases=("组建日期", "成立日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期", "解散日期")),
        IntegerColumn("members", unit="人", minimum=1, aliases=("人数", "队员人数", "成员数")),
        IntegerColumn("experts", unit="人", minimum=0, required=False, aliases=("专家人数", "专家数")),
        TextColumn("roles", aliases=("人员构成", "专业构成")),
        RegionColumn("region", on="begins_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
