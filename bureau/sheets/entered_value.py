from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import register
from bureau.models import Staff
from bureau.reporting.models import EnteredValue
from bureau.reporting.models.entered_value import contradictions
from bureau.reporting.models.of_days import known
from bureau.sheets.of_days import OfDaysSheet, of_days

EXAMPLE = "energy.subcentres_connected"


@register
class EnteredValueSheet(OfDaysSheet):
    """Entered values by figure, region and days."""

    key = "entered-values"
    label = gettext_lazy("entered values")
    model = EnteredValue
    columns = of_days(
        TextColumn("source", aliases=("来源", "数据来源", "出处")),
        DateColumn("stated_on", aliases=("发布日期", "公布日期", "来源日期")),
        example=EXAMPLE,
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        if key := values.get("indicator"):
            EnteredValue(indicator=key).check_indicator(known(key))
        return super().clean_row(values, context)

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        for problem in self.foresee([*added, *changed]):
            if problem:
                raise problem

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        found = contradictions(rows) if rows else []
        return [ValidationError({"begins_on": problem}) if problem else None for problem in found]
