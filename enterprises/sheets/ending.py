"""What the sheets of pledges, awards, certificates and declarations share: they hold until they end."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from enterprises.models.ending import last_day


def withdrawal_columns() -> tuple[Any, ...]:
    return (
        DateColumn("withdrawn_on", aliases=("撤销日期", "退出日期", "撤回日期")),
        ReferenceColumn("withdrawal_reason", by=("name", "code", "name_en"), aliases=("撤销原因", "退出原因")),
    )


def sector_column(**kwargs: Any) -> ReferenceColumn:
    return ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域", "承诺领域"), **kwargs)


class HappenedSheet(Sheet):
    """``happened_on`` names the day on which the row came to be: as in the forms, it cannot lie in the future."""

    happened_on: ClassVar[str]

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        day = values.get(self.happened_on)
        if day is not None and day > timezone.localdate():
            raise ValidationError({self.happened_on: _("This day lies in the future.")})
        return values


class EndingSheet(HappenedSheet):
    """``ends_on`` follows from the other dates, and so is written with them."""

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        values = super().clean_row(values, context)
        return {**values, "ends_on": last_day(values)}
