from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from enterprises.columns import EnterpriseColumn
from enterprises.models import Pledge
from enterprises.models.pledge_text import Texts
from enterprises.sheets.ending import EndingSheet, sector_column, withdrawal_columns

RESULTS = {"passed": ("合格", "符合", "核查通过"), "failed": ("不合格", "不符合", "核查不通过")}


@register
class PledgeSheet(EndingSheet):
    """Integrity pledges by enterprise, sector and the day of the signature."""

    key = "pledges"
    label = _("integrity pledges")
    model = Pledge
    natural_key = ("enterprise", "sector", "signed_on")
    happened_on = "signed_on"
    columns = (
        EnterpriseColumn("enterprise"),
        sector_column(),
        DateColumn("signed_on", aliases=("签订日期", "承诺日期", "签署日期")),
        TextColumn("number", aliases=("承诺书编号", "编号")),
        ReferenceColumn("text", by=("edition",), aliases=("文本版本", "承诺书版本")),
        TextColumn("complaint_phone", aliases=("投诉电话", "举报电话")),
        DateColumn("posted_on", aliases=("公示日期", "张贴日期")),
        DateColumn("checked_on", aliases=("核查日期", "县级核查日期")),
        ChoiceColumn("check_result", aliases=("核查结果", "县级核查结果"), also=RESULTS),
        DateColumn("published_on", aliases=("公布日期", "发布日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期")),
        *withdrawal_columns(),
        TextColumn("withdrawal_remark", aliases=("撤销说明", "退出说明")),
        RegionColumn("region", on="signed_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if values.get("valid_until") is None and values.get("signed_on"):
            cache = context.cache(Texts)
            if "texts" not in cache:
                cache["texts"] = Texts()
            values = {**values, "valid_until": cache["texts"].last_day(values.get("text"), values["signed_on"])}
        return super().clean_row(values, context)
