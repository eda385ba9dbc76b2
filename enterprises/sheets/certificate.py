from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from enterprises.columns import EnterpriseColumn
from enterprises.models import ManagementSystemCertificate
from enterprises.sheets.ending import EndingSheet, withdrawal_columns

GRADES = {"AAA": ("AAA级", "3A"), "AA": ("AA级", "2A"), "A": ("A级",)}


@register
class ManagementSystemCertificateSheet(EndingSheet):
    """Certificates of measurement management systems by the number that the certification body gave them."""

    key = "management-system-certificates"
    label = _("measurement management system certificates")
    model = ManagementSystemCertificate
    natural_key = ("body", "certificate_no")
    happened_on = "issued_on"
    columns = (
        EnterpriseColumn("enterprise"),
        TextColumn("body", aliases=("认证机构", "发证机构"), example="某某认证有限公司"),
        TextColumn("certificate_no", aliases=("证书编号", "证书号", "认证证书编号")),
        ChoiceColumn("grade", aliases=("认证等级", "等级"), also=GRADES),
        TextColumn("coverage", aliases=("认证范围", "覆盖范围")),
        DateColumn("issued_on", aliases=("发证日期", "颁证日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期")),
        *withdrawal_columns(),
        RegionColumn("region", on="issued_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )
