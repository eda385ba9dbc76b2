"""Numbers, and what stands behind them: 3,000 · ３０００ · 58.23㎡ · 1.2万元."""

import decimal
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

from bureau import units
from bureau.exchange.cells import WithUnit, text_of
from bureau.exchange.columns.base import CellError, Column
from bureau.texts import clean_text, narrow
from bureau.units import Unit

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

_AMOUNT = re.compile(
    r"(?P<sign>[¥￥])? ?(?P<number>[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)) ?(?P<unit>[^\d\s.,+*/^-].*)?",
    re.ASCII,
)
_YUAN = "元"
# More digits than any cell is taken with, so that no conversion rounds.
_DIGITS = decimal.Context(prec=60)
EXCEL_DIGITS, _NOISE = 15, Decimal("1e-14")


class NumberColumn(Column):
    """A number, in ``unit`` if it has one. ``minimum`` and ``maximum`` are included."""

    takes_units = True

    def __init__(self, name: str, *, unit: str = "", minimum: Any = None, maximum: Any = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.unit, self.minimum, self.maximum = unit, minimum, maximum
        known = units.find(unit) if unit else units.NO_UNIT
        if known is None:
            raise ValueError(f"Column {name!r}: {unit!r} is no unit that is known here.")
        self.counted_in = known

    def parse(self, raw: Any, context: "Context") -> Any:
        cell, stated = raw if isinstance(raw, WithUnit) else (raw, "")
        number, behind = amount_of(cell)
        if not (stated or behind):
            return self.fitted(number, is_binary=isinstance(cell, float))
        unit = self._unit_of(stated, behind)
        value = self.fitted(self._converted(number, unit), is_binary=isinstance(cell, float))
        if unit != self.counted_in:
            context.interpreted(self, raw, f"{value} {self.unit}".strip())
        return value

    def fitted(self, number: Decimal, *, is_binary: bool) -> Any:
        """The number as the field holds it, or ``CellError``; ``is_binary``: it came as a number of Excel."""
        raise NotImplementedError

    def _unit_of(self, stated: str, behind: str) -> Unit:
        """What the cell is counted in: the unit in the cell goes before the one that its heading states."""
        heading = _known(stated) if stated else self.counted_in
        if not behind:
            return heading
        unit = _known(behind)
        if unit.kind != units.NUMBER:
            return unit
        if heading.multiple != 1:
            raise self._wrong_unit(unit)
        return Unit(f"{unit}{heading}", heading.kind, unit.size * heading.size, unit.multiple)

    def _converted(self, number: Decimal, unit: Unit) -> Decimal:
        try:
            first, second = units.ratio(unit, self.counted_in)
        except units.OtherKind:
            raise self._wrong_unit(unit) from None
        return _DIGITS.divide(_DIGITS.multiply(number, first), second)

    def _wrong_unit(self, unit: Unit) -> CellError:
        if not self.unit:
            return CellError(_("This column takes numbers without a unit, not “%(unit)s”.") % {"unit": unit})
        if unit.kind == units.NUMBER:
            return CellError(
                _("It is not clear what “%(unit)s” stands before. Write the unit behind it.") % {"unit": unit}
            )
        return CellError(
            _("“%(unit)s” cannot be counted in %(own)s, which this column is in.") % {"unit": unit, "own": self.unit}
        )

    def rule(self) -> str:
        parts = [self.kind_of_number()]
        if self.unit:
            parts.append(_("In %(unit)s; another unit may stand behind the number.") % {"unit": self.unit})
        if self.minimum is not None:
            parts.append(_("At least %(limit)s.") % {"limit": self.minimum})
        if self.maximum is not None:
            parts.append(_("At most %(limit)s.") % {"limit": self.maximum})
        return "\n".join(parts)

    def kind_of_number(self) -> str:
        raise NotImplementedError

    def sample(self, choices: Sequence[str]) -> Any:
        return self.example or max(1, self.minimum or 0)


class IntegerColumn(NumberColumn):
    """A whole number."""

    number_format = "0"

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        # What the field cannot hold is refused here; the databases differ in what they would do.
        self._field_range = BaseDatabaseOperations.integer_field_ranges[self.field.get_internal_type()]

    def fitted(self, number: Decimal, *, is_binary: bool) -> int:
        rounded = number.to_integral_value()
        if not _is_same(number, rounded, is_binary=is_binary):
            raise CellError(_("A whole number is needed."))
        whole = int(rounded)
        check_range(whole, self.minimum, self.maximum)
        check_range(whole, *self._field_range)
        return whole

    def kind_of_number(self) -> str:
        return _("A whole number.")


class DecimalColumn(NumberColumn):
    """A number with the field's decimal places."""

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self._step = Decimal(1).scaleb(-self.field.decimal_places)
        self._bound = Decimal(10) ** (self.field.max_digits - self.field.decimal_places)

    @property
    def number_format(self) -> str:  # type: ignore[override]
        places = self.field.decimal_places
        return f"0.{'0' * places}" if places else "0"

    def fitted(self, number: Decimal, *, is_binary: bool) -> Decimal:
        if abs(number) >= self._bound:
            raise CellError(_("The number is too large."))
        rounded = number.quantize(self._step)
        if not _is_same(number, rounded, is_binary=is_binary):
            raise CellError(_("At most %(places)s decimal places.") % {"places": self.field.decimal_places})
        check_range(rounded, self.minimum, self.maximum)
        return rounded

    def render(self, value: Decimal | None, lookups: "Lookups") -> Any:
        # Excel keeps 15 digits: a longer number goes as text.
        return str(value) if value is not None and len(value.as_tuple().digits) > EXCEL_DIGITS else value

    def kind_of_number(self) -> str:
        return _("A number with at most %(places)s decimal places.") % {"places": self.field.decimal_places}


def amount_of(raw: Any) -> tuple[Decimal, str]:
    """A number, or its text with thousands separators and full-width digits, and the unit in the cell ("" for none)."""
    try:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            number = Decimal(repr(raw))
            if number.is_finite():
                return number, ""
        elif match := _AMOUNT.fullmatch(clean_text(narrow(text_of(raw)))):
            return Decimal(match["number"].replace(",", "")), _unit_text(match)
    except InvalidOperation:
        pass
    raise CellError(_("This is not a number."))


def _unit_text(match: re.Match[str]) -> str:
    """¥3000 and ¥1.2万 are in yuan as well."""
    unit = match["unit"] or ""
    if not match["sign"]:
        return unit
    return unit if unit.endswith(_YUAN) else unit + _YUAN


def _known(text: str) -> Unit:
    unit = units.find(text)
    if unit is None:
        raise CellError(_("“%(unit)s” is not a unit that is known here. Write the number alone.") % {"unit": text})
    return unit


def _is_same(number: Decimal, rounded: Decimal, *, is_binary: bool) -> bool:
    """A binary number of Excel is off in its 15th digit; anything more is a digit that the clerk typed."""
    return number == rounded or (is_binary and abs(rounded - number) <= max(abs(number), Decimal(1)) * _NOISE)


def check_range(number: Decimal | int, minimum: Any, maximum: Any) -> None:
    if minimum is not None and number < minimum:
        raise CellError(_("The number must not be less than %(limit)s.") % {"limit": minimum})
    if maximum is not None and number > maximum:
        raise CellError(_("The number must not be greater than %(limit)s.") % {"limit": maximum})
