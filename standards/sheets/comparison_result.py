from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards.models import ComparisonResult
from standards.models.comparison_result import out_of_order
from standards.sheets.comparison import ComparisonColumn
from standards.sheets.comparison_parts import ComparisonPartSheet, SiblingColumn
from standards.sheets.measured import MeasuredColumn


@register
class ComparisonResultSheet(ComparisonPartSheet):
    """Results as they were handed in: a correction has the next number, and never the place of the first."""

    key = "comparison_results"
    label = _("results in comparisons")
    model = ComparisonResult
    natural_key = ("participant", "point", "submission")
    columns = (
        ComparisonColumn(example="2026-03"),
        SiblingColumn("participant", by="lab_code", aliases=("实验室代码", "实验室编号", "代码"), example="A01"),
        SiblingColumn("point", by="name", aliases=("测量点", "比对点"), example="500 g"),
        IntegerColumn("submission", minimum=1, aliases=("提交次数", "第几次提交"), example="1"),
        DateColumn("submitted_on", aliases=("提交日期", "结果提交日期")),
        MeasuredColumn("value", aliases=("测量结果", "测得值", "结果"), example="0.15"),
        MeasuredColumn("uncertainty", aliases=("扩展不确定度", "U"), example="0.06"),
        DecimalColumn("factor", required=False, aliases=("包含因子", "k"), example="2"),
        TextColumn("reason", aliases=("更正原因", "修改原因")),
    )

    def foresee(self, rows: Sequence[ComparisonResult]) -> list[ValidationError | None]:
        found = out_of_order(rows)
        return [_refusal(problem, row.pk is not None) for row, problem in zip(rows, found, strict=True)]

    def after_write(
        self,
        added: Sequence[ComparisonResult],
        changed: Sequence[ComparisonResult],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        for problem in out_of_order([*added, *changed]):
            if refusal := _refusal(problem, bool(changed)):
                raise refusal
        super().after_write(added, changed, by=by, import_id=import_id)


def _refusal(problem: str | None, is_changed: bool) -> ValidationError | None:
    """What a laboratory handed in is never overwritten (JJF 1117)."""
    if is_changed:
        return ValidationError(
            _(
                "A result stands as it was handed in. Enter the correction as a submission with the next number; "
                "a slip of the entry is removed on the page of the comparison."
            )
        )
    return ValidationError({"submitted_on": problem}) if problem else None
