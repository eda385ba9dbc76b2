from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import CreditCodeColumn, TextColumn
from bureau.exchange.sheets import Sheet, register
from bureau.models.record import standing
from standards.models import Authorisation, AuthorisedItem, Institution, ReferenceMaterialProduct
from standards.sheets.dated import DatedSheet
from standards.sheets.institution_column import InstitutionColumn

KINDS = {
    "legal_verification": ("法定计量检定机构", "法定机构", "依法设置的计量检定机构", "依法设置的计量检定技术机构"),
    "authorised_verification": ("授权计量检定机构", "授权机构", "依法授权建立的计量检定机构", "授权法定计量检定机构"),
    "special_authorisation": ("专项授权机构", "专项授权", "其它承担专项授权检定任务的机构"),
    "type_evaluation": ("型式评价机构", "承担计量器具型式评价的机构"),
    "industry_test_centre": ("产业计量测试中心", "产业中心"),
    "weighing_station": ("社会公正计量站（称重类）", "公正计量站（称重）", "公平秤站"),
    "other_station": ("社会公正计量站（其他）", "社会公正计量站", "公正计量站"),
    "reference_material_producer": ("标准物质研制单位", "标准物质生产单位", "标准物质研制（生产）单位"),
    "unit": ("企事业单位", "企业、事业单位", "企业"),
}
TIERS = {
    "national": ("国家级", "国家"),
    "regional": ("大区级", "大区"),
    "provincial": ("省级", "省"),
    "municipal": ("市级", "市", "地市级", "设区市级"),
    "county": ("县级", "县", "区县级", "县（区）级"),
}
SERVICES = {
    "verification": ("检定", "检定项目"),
    "calibration": ("校准", "校准项目"),
    "test": ("检测", "检测项目", "商品量检验"),
    "type_evaluation": ("型式评价", "型式评价项目", "型评"),
}
LEVELS = {"primary": ("一级", "国家一级", "GBW"), "secondary": ("二级", "国家二级", "GBW(E)")}
VERIFYING = ("legal_verification", "authorised_verification", "special_authorisation")


@register
class InstitutionSheet(DatedSheet):
    """Institutions, one row for each capacity."""

    key = "institutions"
    label = _("institutions")
    model = Institution
    natural_key = ("kind", "name", "begins_on")
    columns = (
        TextColumn("name", aliases=("机构名称", "单位名称", "技术机构名称"), example="市计量检定测试院"),
        ChoiceColumn("kind", aliases=("机构类别", "机构类型", "机构性质"), also=KINDS),
        ChoiceColumn("tier", aliases=("层级", "级别"), also=TIERS),
        CreditCodeColumn("credit_code", aliases=("统一社会信用代码", "信用代码")),
        TextColumn("address", aliases=("地址", "通讯地址")),
        DateColumn("begins_on", aliases=("设立日期", "成立日期", "批准日期", "建立日期")),
        DateColumn("ends_on", end=True, aliases=("撤销日期", "终止日期", "注销日期")),
        ReferenceColumn("login_office", by=("code", "name"), aliases=("系统内机构代码",)),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )


@register
class AuthorisationSheet(Sheet):
    """Certificates of institutions, each renewal a row."""

    key = "authorisations"
    label = _("authorisations")
    model = Authorisation
    natural_key = ("authority", "certificate_no")
    columns = (
        InstitutionColumn(prefer=VERIFYING),
        TextColumn("certificate_no", aliases=("证书编号", "授权证书编号", "考核合格证书编号", "证书号")),
        TextColumn("authority", aliases=("发证机关", "授权机关", "授权单位")),
        DateColumn("issued_on", aliases=("发证日期", "授权日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期", "授权有效期至")),
    )

    def rows(self):
        return Authorisation.objects.filter(standing(Authorisation))


@register
class AuthorisedItemSheet(DatedSheet):
    """What institutions may verify, calibrate, test or evaluate."""

    key = "authorised_items"
    label = _("authorised items")
    model = AuthorisedItem
    natural_key = ("institution", "service", "name", "measuring_range", "begins_on")
    columns = (
        InstitutionColumn(prefer=VERIFYING),
        ChoiceColumn("service", aliases=("服务类别", "项目类别", "工作内容"), also=SERVICES),
        TextColumn("name", aliases=("项目名称", "授权项目", "检定项目名称", "计量器具名称"), example="电子天平"),
        TextColumn("measuring_range", aliases=("测量范围",), example="(0～500) g"),
        TextColumn("accuracy", aliases=("准确度等级", "不确定度/准确度等级/最大允许误差")),
        TextColumn("specification", aliases=("依据的规程或规范", "检定规程", "依据", "规程代号")),
        DateColumn("begins_on", aliases=("授权日期", "起始日期", "批准日期")),
        DateColumn("ends_on", end=True, aliases=("有效期至", "授权有效期至", "终止日期")),
    )


@register
class ReferenceMaterialSheet(DatedSheet):
    """Reference materials that producers are approved to make."""

    key = "reference_materials"
    label = _("reference material products")
    model = ReferenceMaterialProduct
    natural_key = ("code", "begins_on")
    columns = (
        InstitutionColumn(
            prefer=("reference_material_producer",), aliases=("研制单位", "研制（生产）单位", "生产单位", "单位名称")
        ),
        TextColumn("code", aliases=("标准物质编号", "编号", "标准物质代号"), example="GBW(E) 080123"),
        TextColumn("name", aliases=("标准物质名称", "名称"), example="空气中一氧化碳气体标准物质"),
        ChoiceColumn("level", aliases=("级别", "标准物质级别"), also=LEVELS),
        TextColumn("certified_value", aliases=("标准值及不确定度", "标准值")),
        DateColumn("begins_on", aliases=("批准日期", "定级日期", "定级批准日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期", "撤销日期", "有效期至")),
    )
