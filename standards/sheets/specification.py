from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.base import Column
from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from bureau.models.record import standing
from standards import specification_life, specification_number
from standards.models import Specification, SpecificationReview
from standards.models.dated import region_problem
from standards.models.specification import LIFE, from_number

KINDS = {"JJG": ("检定规程", "地方计量检定规程"), "JJF": ("校准规范", "技术规范", "计量技术规范", "地方计量校准规范")}
MAKINGS = {"new": ("制定", "新制定"), "revision": ("修订",)}
ENDINGS = {"replaced": ("被代替", "被替代", "代替"), "abolished": ("废止", "已废止"), "dropped": ("撤销", "终止")}
CONCLUSIONS = {
    "keep": ("继续有效", "有效"),
    "revise": ("修订", "需修订", "拟修订"),
    "abolish": ("废止", "拟废止"),
}


class SpecificationColumn(ReferenceColumn):
    """A local specification by its number, in whatever widths it is written."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, by=("number",), **kwargs)

    def _forms(self, text: str) -> list[str]:
        return [specification_number.normalised(text)]

    def choices(self, context: Context) -> list[str]:
        return []

    def rule(self) -> str:
        return _("Number of a local specification on record.")


def _same() -> str:
    return _("A specification with this number is already on record, written in another way.")


def _columns(*, number: bool, planned_on: bool) -> tuple[Column, ...]:
    """All columns; the arguments say which of the two is required."""
    return (
        TextColumn("number", required=number, aliases=("规范编号", "规程编号", "编号", "规程（规范）编号")),
        TextColumn("name", aliases=("名称", "规范名称", "规程名称", "项目名称"), example="电子皮带秤型式评价大纲"),
        TextColumn("name_en", aliases=("英文名称",)),
        ChoiceColumn("kind", aliases=("类别", "规范类别"), also=KINDS),
        ChoiceColumn("making", required=False, aliases=("制修订", "制定或修订", "制/修订"), also=MAKINGS),
        TextColumn("joint_provinces", aliases=("共建省份", "联合发布省份", "共建地区"), example="京津冀"),
        SpecificationColumn("replaces", aliases=("代替规范号", "代替", "被代替规范号")),
        TextColumn("organisation", aliases=("归口单位",)),
        TextColumn("drafting_units", aliases=("起草单位", "主要起草单位")),
        TextColumn("drafters", aliases=("起草人", "主要起草人")),
        DateColumn("planned_on", required=planned_on, aliases=("立项日期", "计划下达日期", "列入计划日期")),
        DateColumn("due_on", end=True, aliases=("计划完成日期", "完成期限", "完成时限")),
        DateColumn("drafted_on", aliases=("起草完成日期", "报批日期")),
        DateColumn("issued_on", aliases=("发布日期", "批准日期")),
        DateColumn("in_force_on", aliases=("实施日期",)),
        DateColumn("revision_begun_on", aliases=("修订启动日期", "启动修订日期")),
        DateColumn("ended_on", aliases=("废止日期", "代替日期", "废止或代替日期")),
        ChoiceColumn("ending", aliases=("终止方式", "废止或代替"), also=ENDINGS),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
    )


class _Texts(Sheet):
    """Local specifications: what follows from number and dates is kept in step."""

    model = Specification

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        number = values.get("number", "")
        values = {**values, **from_number(number, values["joint_provinces"], values["kind"])._asdict()}
        region = context.regions.by_code.get(values.get("region") or "")
        first = next((day for name in LIFE if (day := values.get(name))), None)
        if region and first and (problem := region_problem(region, first, values.get("ended_on"))):
            raise ValidationError({"region": problem})
        return values

    def foresee(self, rows: Sequence[Specification]) -> list[ValidationError | None]:
        """A text that it cannot replace, or a number that another has in another way of writing."""
        numbers = {row.number_key for row in rows} - {""}
        others = Specification.objects.not_voided().filter(number_key__in=numbers)
        taken = set(others.exclude(pk__in=[row.pk for row in rows if row.pk]).values_list("number_key", flat=True))
        former = Specification.objects.in_bulk({row.replaces_id for row in rows if row.replaces_id})
        found: list[ValidationError | None] = []
        for row in rows:
            row.replaces = former.get(row.replaces_id)
            problem = row.problem_with_replaced()
            error = {"replaces": problem} if problem else {"number": _same()} if row.number_key in taken else None
            found.append(ValidationError(error) if error else None)
            taken |= {row.number_key} - {""}
        return found

    def after_write(
        self,
        added: Sequence[Specification],
        changed: Sequence[Specification],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        rows = [*added, *changed]
        for refusal in self.foresee(rows):
            if refusal:
                raise refusal
        specification_life.follow(rows, by=by, import_id=import_id)

    def after_undo(self, rows: Sequence[Specification], *, by: Staff | None) -> None:
        specification_life.follow([row for row in rows if not row.is_voided], by=by)


@register
class SpecificationSheet(_Texts):
    """Those that were issued, by their number."""

    key = "specifications"
    label = gettext_lazy("local specifications")
    natural_key = ("number",)
    columns = _columns(number=True, planned_on=False)

    def rows(self) -> QuerySet:
        return super().rows().exclude(number="")


@register
class SpecificationPlanSheet(_Texts):
    """The projects of the yearly plans, by title and day of the plan."""

    key = "specification_plans"
    label = gettext_lazy("specification plan")
    natural_key = ("name", "planned_on")
    columns = _columns(number=False, planned_on=True)

    def rows(self) -> QuerySet:
        return super().rows().filter(planned_on__isnull=False)


@register
class SpecificationReviewSheet(Sheet):
    """Reviews of local specifications."""

    key = "specification_reviews"
    label = gettext_lazy("reviews of specifications")
    model = SpecificationReview
    natural_key = ("specification", "on")
    columns = (
        SpecificationColumn("specification", aliases=("规范编号", "规程编号", "编号"), example="JJG(冀) 121-2015"),
        DateColumn("on", aliases=("复审日期", "清理日期")),
        ChoiceColumn("conclusion", aliases=("复审结论", "清理结论"), also=CONCLUSIONS),
        TextColumn("remark", aliases=("备注",)),
    )

    def rows(self) -> QuerySet:
        return SpecificationReview.objects.filter(standing(SpecificationReview))

    def after_write(
        self,
        added: Sequence[SpecificationReview],
        changed: Sequence[SpecificationReview],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        self._follow([*added, *changed], by=by, import_id=import_id)

    def after_undo(self, rows: Sequence[SpecificationReview], *, by: Staff | None) -> None:
        self._follow(rows, by=by)

    def _follow(self, rows: Sequence[SpecificationReview], *, by: Staff | None, import_id: int | None = None) -> None:
        reviewed = Specification.objects.filter(pk__in={row.specification_id for row in rows})
        specification_life.follow(list(reviewed), by=by, import_id=import_id)
