from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import KeptEnterpriseColumn
from enterprises.models import FormerName


@register
class FormerNameSheet(Sheet):
    """Names and codes that enterprises had: with them the papers of earlier years find their enterprise."""

    key = "enterprise-former-names"
    label = _("former names of enterprises")
    model = FormerName
    natural_key = ("enterprise", "name")
    columns = (
        KeptEnterpriseColumn("enterprise"),
        TextColumn("name", aliases=("曾用名", "原名称", "原企业名称")),
        TextColumn("credit_code", aliases=("原统一社会信用代码", "原信用代码", "原组织机构代码")),
        DateColumn("until_on", end=True, aliases=("使用至", "变更日期")),
    )
