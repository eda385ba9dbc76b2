from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import ListedEnterprise
from enterprises.models.listed import personal_number
from enterprises.sheets.ending import sector_column

COLOURS = {"red": ("红榜", "红名单", "红"), "black": ("黑榜", "黑名单", "黑")}


@register
class ListedEnterpriseSheet(Sheet):
    """The red and the black list by enterprise and first day."""

    key = "red-black-list"
    label = _("red and black lists")
    model = ListedEnterprise
    natural_key = ("enterprise", "colour", "from_on")
    columns = (
        EnterpriseColumn("enterprise"),
        sector_column(),
        ChoiceColumn("colour", aliases=("榜单", "名单", "名单类别"), also=COLOURS),
        DateColumn("from_on", aliases=("列入日期", "上榜日期")),
        DateColumn("until_on", end=True, aliases=("移出日期", "退榜日期")),
        TextColumn("reason", aliases=("列入原因", "上榜原因", "事由")),
        DateColumn("published_on", aliases=("公布日期", "发布日期", "公示日期")),
        RegionColumn("region", on="from_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if problem := personal_number(values.get("reason") or ""):
            raise ValidationError({"reason": problem})
        return values
