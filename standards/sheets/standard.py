from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from standards import chain, lifecycle
from standards.models import MeasurementField, MeasurementStandard
from standards.models.standard import code_problem
from standards.sheets.institution_column import InstitutionColumn

KINDS = {
    "public": ("社会公用计量标准", "社会公用", "社公标"),
    "department_highest": ("部门最高计量标准", "部门最高"),
    "enterprise_highest": ("企事业单位最高计量标准", "企业最高计量标准", "企事业最高", "企业最高"),
    "authorised": ("计量授权", "授权计量标准", "授权"),
}
TIERS = {
    "regional": ("大区级", "大区", "国家大区级"),
    "provincial": ("省级", "省"),
    "municipal": ("市级", "市", "地市级", "设区市级"),
    "county": ("县级", "县", "区级", "区县级", "县（区）级"),
}
# What the ten fields are called beside their names of JJF 1022.
FIELDS = {
    "几何量": ("长度",),
    "热学": ("热工", "温度", "热学（热工）"),
    "力学": (),
    "电磁学": ("电磁", "电学"),
    "无线电": ("无线电电子",),
    "时间频率": ("时频", "时间与频率"),
    "光学": (),
    "声学": (),
    "电离辐射": ("电离", "放射性"),
    "化学": ("物理化学", "物理化学（化学）"),
}
GRADES = {"highest": ("最高", "最高计量标准", "最高等级"), "working": ("次级", "次级计量标准", "工作", "工作级")}

# In which capacity an institution most probably holds a standard.
HOLDING = ("legal_verification", "authorised_verification", "special_authorisation", "industry_test_centre", "unit")


@register
class StandardSheet(Sheet):
    """Measurement standards by the certificates that they hold; those still being set up are entered on the page."""

    key = "standards"
    label = _("measurement standards")
    model = MeasurementStandard
    natural_key = ("issuing_authority", "certificate_no")
    former = {"certificate_no": "former_certificate_no"}
    columns = (
        TextColumn("name", aliases=("标准名称", "计量标准名称", "标准装置名称"), example="0.05级砝码标准装置"),
        ChoiceColumn("kind", aliases=("标准类别", "计量标准类别", "标准种类", "类别"), also=KINDS),
        ChoiceColumn("tier", aliases=("层级", "级别", "考核级别", "主持考核级别"), also=TIERS),
        ChoiceColumn("grade", aliases=("等级", "标准等级"), also=GRADES),
        ReferenceColumn(
            "field",
            by=("name", "code", "name_en"),
            aliases=("专业", "计量专业", "专业类别", "学科类别"),
            also={name: (*aliases, *(f"{text}计量" for text in (name, *aliases))) for name, aliases in FIELDS.items()},
        ),
        TextColumn("holder", aliases=("建标单位", "持证单位", "单位名称"), example="市计量测试所"),
        InstitutionColumn(aliases=("技术机构",), prefer=HOLDING),
        TextColumn("measuring_range", aliases=("测量范围",), example="(1～2000) kg"),
        TextColumn(
            "uncertainty",
            aliases=(
                "不确定度/准确度等级/最大允许误差",
                "不确定度或准确度等级或最大允许误差",
                "不确定度、准确度等级或最大允许误差",
                "不确定度/准确度等级/MPE",
                "准确度等级",
            ),
            example="U = 0.02 mm (k = 2)",
        ),
        TextColumn("issuing_authority", aliases=("发证机关", "发证单位", "发证部门"), example="省市场监督管理局"),
        TextColumn(
            "certificate_no",
            required=True,
            aliases=("证书编号", "证书号", "考核证书编号", "考核证书号", "计量标准考核证书号"),
        ),
        TextColumn("former_certificate_no", aliases=("原证书编号", "原证书号", "复查前证书编号")),
        DateColumn("issued_on", required=True, aliases=("发证日期", "发证时间", "颁发日期", "颁证时间")),
        DateColumn("valid_until", end=True, required=True, aliases=("有效期至", "有效期", "到期时间", "证书有效期至")),
        DateColumn("established_on", aliases=("建标日期", "首次建标日期", "首次发证日期")),
        TextColumn("classification_code", aliases=("分类编码", "计量标准代码", "代码", "标准代码")),
        TextColumn("place", aliases=("保存地点", "存放地点")),
        DecimalColumn("original_value", unit="元", minimum=0, label=_("original value"), aliases=("原值",)),
        TextColumn("temperature_needed", aliases=("环境温度", "温度要求")),
        TextColumn("humidity_needed", aliases=("环境湿度", "湿度要求")),
        TextColumn("environment", aliases=("环境条件及设施", "环境条件")),
        RegionColumn("region", on="issued_on", aliases=("行政区划", "行政区划代码", "所在地区", "所在区县", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def rows(self) -> QuerySet:
        return super().rows().exclude(certificate_no="")

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if code := values.get("classification_code"):
            self._check_code(code, values, context)
        if values.get("established_on") is None:
            return {**values, "established_on": values["issued_on"]}
        return values

    def _check_code(self, code: str, values: dict[str, Any], context: Context) -> None:
        fields = context.cache("fields of metrology")
        if not fields:
            fields.update(MeasurementField.objects.in_bulk())
        if problem := code_problem(code, values.get("field"), fields, values["issued_on"]):
            raise ValidationError({"classification_code": problem})

    def foresee(self, rows: Sequence[MeasurementStandard]) -> list[ValidationError | None]:
        return [ValidationError(found) if found else None for found in lifecycle.contradictions(rows)]

    def after_write(
        self,
        added: Sequence[MeasurementStandard],
        changed: Sequence[MeasurementStandard],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        lifecycle.follow([*added, *changed], by=by, import_id=import_id)

    def after_undo(self, rows: Sequence[MeasurementStandard], *, by: Staff | None) -> None:
        """A voided one keeps its days on record, but whatever used it asks anew."""
        lifecycle.follow([standard for standard in rows if not standard.is_voided], by=by)
        chain.days_changed({standard.pk for standard in rows if standard.is_voided})
