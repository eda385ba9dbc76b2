from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.number import EXCEL_DIGITS, DecimalColumn
from standards.models.measured import plain

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups


class MeasuredColumn(DecimalColumn):
    """A measured value: its zeros behind the point are not those of the table's column."""

    @property
    def number_format(self) -> str:  # type: ignore[override]
        return "General"

    def fitted(self, number: Decimal, *, is_binary: bool) -> Decimal:
        value = plain(super().fitted(number, is_binary=is_binary))
        if len(value.as_tuple().digits) > EXCEL_DIGITS:
            raise CellError(_("At most %(digits)s digits are kept of a number.") % {"digits": EXCEL_DIGITS})
        return value

    def render(self, value: Decimal | None, lookups: "Lookups") -> Any:
        return None if value is None else super().render(plain(value), lookups)
