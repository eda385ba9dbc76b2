from django.utils.translation import gettext_lazy as _

from benchmarks.models import TrialVerification
from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import CreditCodeColumn, TextColumn
from bureau.exchange.sheets import Sheet, register

KINDS = {"initial": ("首次检定", "首检"), "subsequent": ("后续检定", "周检"), "in_service": ("使用中检查",)}


@register
class TrialVerificationSheet(Sheet):
    key = "trial-verifications"
    label = _("trial verifications")
    model = TrialVerification
    natural_key = ("certificate_no",)
    columns = (
        TextColumn("certificate_no", aliases=("证书编号", "检定证书号"), example="力学-2016-000001"),
        ChoiceColumn("kind", aliases=("检定类别",), also=KINDS),
        TextColumn("instrument", aliases=("器具名称", "计量器具名称"), example="电子计价秤"),
        TextColumn("model", aliases=("型号", "型号规格")),
        TextColumn("measuring_range", aliases=("测量范围",)),
        TextColumn("accuracy", aliases=("准确度等级",)),
        TextColumn("serial_no", aliases=("出厂编号",)),
        TextColumn("holder", aliases=("使用单位", "单位名称"), example="某农贸市场"),
        CreditCodeColumn("credit_code", aliases=("统一社会信用代码", "信用代码")),
        DateColumn("verified_on", aliases=("检定日期",)),
        DateColumn("valid_until", end=True, aliases=("有效期至",)),
        BooleanColumn("is_conforming", aliases=("合格", "检定结论"), also={True: ("合格",), False: ("不合格",)}),
        IntegerColumn("quantity", aliases=("数量", "台件数"), unit="台件", minimum=1),
        DecimalColumn("fee", aliases=("检定费", "收费"), unit="元", minimum=0),
        RegionColumn("region", on="verified_on", aliases=("行政区划", "地区")),
    )
