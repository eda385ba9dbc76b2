from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.reporting.defined import problems_of
from bureau.reporting.models import DefinedIndicator


@register
class DefinedIndicatorSheet(Sheet):
    """Figures that an office defined, by code: how one office hands them to another."""

    key = "figures-of-ones-own"
    label = gettext_lazy("figures of one's own")
    model = DefinedIndicator
    natural_key = ("code",)
    columns = (
        TextColumn("code", aliases=("代码", "编码"), example="fuel_dispensers"),
        TextColumn("label", aliases=("名称", "指标名称")),
        TextColumn("unit", aliases=("计量单位",)),
        ChoiceColumn("section", aliases=("章节", "所属部分")),
        TextColumn("definition", aliases=("口径", "定义")),
        TextColumn("basis", aliases=("依据",)),
        ChoiceColumn("way", required=False, aliases=("构成方式",)),
        TextColumn("of", aliases=("取自指标",), example="verification.instruments"),
        TextColumn("narrowed_to", aliases=("限定条件",), example="category=fuel_dispenser"),
        TextColumn("divided_by", aliases=("除以指标",)),
        TextColumn("divisor_narrowed_to", aliases=("除数限定条件",)),
        IntegerColumn("scale", required=False, minimum=1, aliases=("倍数",)),
        DateColumn("since", aliases=("起算日期",)),
        IntegerColumn("decimals", required=False, minimum=0, maximum=4, aliases=("小数位数",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        known = {column.name: values[column.name] for column in self.columns if values.get(column.name) is not None}
        if problems := problems_of(DefinedIndicator(**known)):
            raise ValidationError(problems)
        return values
