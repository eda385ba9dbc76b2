from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from bureau.models.record import standing
from standards.models import Administrator, Qualification, Technician
from standards.sheets.dated import DatedSheet
from standards.sheets.institution import VERIFYING
from standards.sheets.institution_column import InstitutionColumn, TechnicianColumn

QUALIFICATIONS = {
    "registered_1": ("一级注册计量师", "注册计量师（一级）"),
    "registered_2": ("二级注册计量师", "注册计量师（二级）"),
    "ability": ("检定或校准能力证明", "能力证明", "培训合格证明"),
    "verifier": ("计量检定员证", "检定员证"),
    "assessor": ("计量标准考评员", "考评员", "计量标准考评员证"),
    "other": ("其他",),
}


@register
class TechnicianSheet(DatedSheet):
    """Technical staff of institutions."""

    key = "technicians"
    label = _("technicians")
    model = Technician
    natural_key = ("institution", "staff_no", "begins_on")
    columns = (
        InstitutionColumn(prefer=(*VERIFYING, "type_evaluation", "unit")),
        TextColumn("staff_no", aliases=("工号", "人员编号", "编号"), example="J-0001"),
        TextColumn("name", aliases=("姓名",), example="某某"),
        TextColumn("post", aliases=("职务职称", "职务", "职称")),
        DateColumn("begins_on", aliases=("到岗日期", "入职日期", "上岗日期")),
        DateColumn("ends_on", end=True, aliases=("离岗日期", "离职日期")),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )


@register
class QualificationSheet(Sheet):
    """Proofs of what technicians are able to do."""

    key = "qualifications"
    label = _("qualifications")
    model = Qualification
    natural_key = ("authority", "certificate_no")
    columns = (
        TechnicianColumn(aliases=("姓名", "技术人员", "人员"), example="某某 J-0001"),
        ChoiceColumn("kind", aliases=("资格名称", "资格类别", "证书类别"), also=QUALIFICATIONS),
        TextColumn("certificate_no", aliases=("证书编号", "证书号", "注册证号")),
        TextColumn("authority", aliases=("发证机关", "发证单位", "注册部门")),
        TextColumn("items", aliases=("检定项目", "核准项目", "专业类别")),
        DateColumn("issued_on", aliases=("发证日期", "取证日期", "注册日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期", "注册有效期至")),
    )

    def rows(self):
        return Qualification.objects.filter(standing(Qualification))


@register
class AdministratorSheet(DatedSheet):
    """People who administer metrology."""

    key = "administrators"
    label = _("metrology administrators")
    model = Administrator
    natural_key = ("unit", "staff_no", "begins_on")
    columns = (
        TextColumn("unit", aliases=("单位名称", "所在单位", "工作单位"), example="市市场监督管理局"),
        TextColumn("staff_no", aliases=("工号", "人员编号", "编号"), example="G-01"),
        TextColumn("name", aliases=("姓名",), example="某某"),
        TextColumn("post", aliases=("职务", "职务职称")),
        BooleanColumn("is_law_enforcer", aliases=("是否持有执法证", "执法证")),
        DateColumn("begins_on", aliases=("任职日期", "到岗日期")),
        DateColumn("ends_on", end=True, aliases=("离任日期", "离岗日期")),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )
