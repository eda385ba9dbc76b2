"""Columns of a sheet: how a cell becomes a value, and a value a cell.

``parse(raw, context)`` returns the value or raises ``CellError`` with a sentence for the clerk; ``render(value)``
returns the cell, so that parsing it gives the value again. Labels, lengths, choices and "required" come from the
model's field unless the column states its own.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from bureau.exchange.cells import BrokenCell, is_blank, text_of
from bureau.models.fields import CodeField
from bureau.texts import clean_text, match_text, narrow

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

# What a blank cell means where the model can hold no blank: leave the value that is there, or the default.
KEEP: Any = object()
LANGUAGES = ("zh-hans", "en")


class CellError(Exception):
    """Why a cell cannot be taken, as a sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = str(reason)


class Doubt(CellError):
    """A cell that is refused unless the record already has exactly this value."""

    def __init__(self, reason: Any, value: Any) -> None:
        super().__init__(reason)
        self.value = value


def spellings(text: Any) -> list[str]:
    """A lazy text in every language of the system."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(text))
    return found


class Column:
    """One column. ``name`` is the model's field; ``after`` names a column that must be parsed before this one."""

    width: ClassVar[int] = 14
    number_format: ClassVar[str] = "General"

    def __init__(
        self,
        name: str,
        *,
        label: Any = None,
        aliases: Sequence[str] = (),
        required: bool | None = None,
        help: Any = "",
        example: str = "",
        after: str = "",
    ) -> None:
        self.name, self.label, self.aliases = name, label, tuple(aliases)
        self._required, self.help, self.example, self.after = required, help, example, after

    def bind(self, model: type[models.Model]) -> None:
        """Take from the model's field what the column does not state; called once, when the sheet is registered."""
        field: Any = model._meta.get_field(self.name)
        self.field = field
        self.attribute: str = field.attname
        self.label = self.label or field.verbose_name
        self.required: bool = not field.blank if self._required is None else self._required
        self.help = self.help or field.help_text

    @property
    def headings(self) -> list[str]:
        """Every text that stands for this column in a header."""
        return [*spellings(self.label), *self.aliases, self.name]

    @property
    def blank(self) -> Any:
        if self.field.null:
            return None
        return "" if isinstance(self.field, models.CharField | models.TextField) else KEEP

    def read(self, raw: Any, context: "Context") -> Any:
        """The value of a cell; ``KEEP`` or the blank value for an empty one."""
        if isinstance(raw, BrokenCell):
            raise CellError(raw.reason)
        if is_blank(raw):
            if self.required:
                raise CellError(_("This cell must not be empty."))
            return self.blank
        return self.parse(raw, context)

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        """Called with the column's cells of a whole chunk: the place for one query instead of many."""

    def parse(self, raw: Any, context: "Context") -> Any:
        raise NotImplementedError(f"{type(self).__name__} must parse.")

    def check(self, values: dict[str, Any], context: "Context") -> None:
        """Raise ``CellError`` if the value does not go with the row's others (those of the record included)."""

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new)

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        """Called with the column's values of a whole chunk before they are rendered."""

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return value

    def choices(self, context: "Context") -> list[str]:
        """Texts for the drop-down in the template; empty if any value goes."""
        return []

    def rule(self) -> str:
        """What may stand in the column, as a sentence for the template."""
        return ""


class TextColumn(Column):
    """Text; a ``CodeField``'s in half-width characters."""

    number_format = "@"

    @property
    def width(self) -> int:  # type: ignore[override]
        return min(max(12, (self.field.max_length or 100) // 3), 40)

    def parse(self, raw: Any, context: "Context") -> str:
        text = self.clean(text_of(raw))
        limit = self.field.max_length
        if limit and len(text) > limit:
            raise CellError(
                _("The text has %(length)s characters; at most %(limit)s fit.") % {"length": len(text), "limit": limit}
            )
        if text.startswith("="):
            raise Doubt(_("The cell begins with “=” like a formula. Write the text itself, without the sign."), text)
        return text

    def clean(self, text: str) -> str:
        return self.field.to_python(text) if isinstance(self.field, CodeField) else clean_text(text)

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new) or self.clean(old or "") == (new or "")

    def rule(self) -> str:
        limit = self.field.max_length
        return _("Text of at most %(limit)s characters.") % {"limit": limit} if limit else _("Text.")


class DateColumn(Column):
    """A day: an Excel date, or text such as 2016-06-01, 2016/6/1, 2016.6.1, 2016年6月1日, 20160601."""

    number_format = "yyyy-mm-dd"
    _FORMS = (
        re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII),
        re.compile(r"(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]?", re.ASCII),
        re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII),
    )
    _MONTH_ONLY = re.compile(r"\d{4}[-/.年]\d{1,2}月?")
    _SHORT_YEAR = re.compile(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
    _MIDNIGHT = re.compile(r"[ T]+0{1,2}:00(:00(\.0+)?)?$")
    # Excel counts days from 1900, with a 29 February 1900 that never was; a bare number is taken for a day only
    # where nobody would have meant anything else.
    _EPOCH = date(1899, 12, 30)
    _SERIALS = range((date(1950, 1, 1) - _EPOCH).days, (date(2100, 1, 1) - _EPOCH).days)

    def parse(self, raw: Any, context: "Context") -> date:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        if isinstance(raw, bool):
            raise self._unreadable()
        if isinstance(raw, int | float):
            return self._from_number(raw)
        return self._from_text(clean_text(narrow(text_of(raw))))

    def _from_number(self, number: float) -> date:
        if 10_000_000 <= number <= 99_999_999 and number == int(number):
            return self._from_text(str(int(number)))
        if self._SERIALS.start <= number < self._SERIALS.stop:
            return self._EPOCH + timedelta(days=int(number))
        raise self._unreadable()

    def _from_text(self, text: str) -> date:
        text = self._MIDNIGHT.sub("", text)
        compact = text.replace(" ", "")
        for form in self._FORMS:
            if match := form.fullmatch(compact):
                return self._day(int(match[1]), int(match[3]), int(match[4]))
        if compact.isascii() and compact.isdigit() and len(compact) == 5:
            return self._from_number(int(compact))
        if self._MONTH_ONLY.fullmatch(compact):
            raise CellError(_("The day is missing: write year, month and day, such as 2016-06-01."))
        if self._SHORT_YEAR.fullmatch(compact):
            raise CellError(_("Write the year with four digits, such as 2016-06-01."))
        raise self._unreadable()

    def _day(self, year: int, month: int, day: int) -> date:
        if not 1 <= month <= 12:
            raise CellError(_("There is no month %(month)s.") % {"month": month})
        if year < 1000:
            raise CellError(_("Write the year with four digits, such as 2016-06-01."))
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise CellError(
                _("This day does not exist: %(year)s-%(month)s has %(days)s days.")
                % {"year": year, "month": f"{month:02d}", "days": days}
            )
        return date(year, month, day)

    def _unreadable(self) -> CellError:
        return CellError(_("This is not a date. Write it like 2016-06-01."))

    def render(self, value: date | None, lookups: "Lookups") -> Any:
        # Excel knows no day before 1900, and calls those of its first two months wrongly.
        return value.isoformat() if value is not None and value < date(1900, 3, 1) else value

    def rule(self) -> str:
        return _("A date such as 2016-06-01.")


class ChoiceColumn(Column):
    """One of the field's choices, by its label in any language, its code, or an alias: ``{code: [alias, …]}``."""

    number_format = "@"

    def __init__(self, name: str, *, also: dict[str, Sequence[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.also = also or {}
        self._by_text: dict[str, Any] = {}

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self._by_text = self._spellings()

    def _spellings(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for code, label in self.field.flatchoices:
            for text in [*spellings(label), *self.also.get(code, ()), str(code)]:
                if found.setdefault(match_text(text), code) != code:
                    raise ValueError(f"Column {self.name}: {text!r} stands for two choices.")
        return found

    def parse(self, raw: Any, context: "Context") -> Any:
        code = self._by_text.get(match_text(text_of(raw)))
        if code is None:
            allowed = _(", ").join(self.choices(context))
            raise CellError(_("Not one of the allowed values: %(allowed)s.") % {"allowed": allowed})
        return code

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return str(dict(self.field.flatchoices).get(value, value)) if value not in (None, "") else value

    def choices(self, context: "Context") -> list[str]:
        return [str(label) for _code, label in self.field.flatchoices]

    def rule(self) -> str:
        return _("One of the values of the list.")


class IntegerColumn(Column):
    """A whole number. ``minimum`` and ``maximum`` are included."""

    number_format = "0"

    def __init__(self, name: str, *, minimum: int | None = None, maximum: int | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    def parse(self, raw: Any, context: "Context") -> int:
        number = number_of(raw)
        if number != number.to_integral_value():
            raise CellError(_("A whole number is needed."))
        check_range(number, self.minimum, self.maximum)
        return int(number)

    def rule(self) -> str:
        return _("A whole number.")


class DecimalColumn(Column):
    """A number with the field's decimal places. ``minimum`` and ``maximum`` are included."""

    def __init__(self, name: str, *, minimum: Any = None, maximum: Any = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    @property
    def number_format(self) -> str:  # type: ignore[override]
        places = self.field.decimal_places
        return f"0.{'0' * places}" if places else "0"

    def parse(self, raw: Any, context: "Context") -> Decimal:
        number, places = number_of(raw), self.field.decimal_places
        if abs(number) >= Decimal(10) ** (self.field.max_digits - places):
            raise CellError(_("The number is too large."))
        rounded = round(number, places)
        # A binary number of Excel is off in its 15th digit; anything more is a digit that the clerk typed.
        noise = max(abs(number), Decimal(1)) * Decimal("1e-14") if isinstance(raw, float) else Decimal(0)
        if abs(rounded - number) > noise:
            raise CellError(_("At most %(places)s decimal places.") % {"places": places})
        check_range(rounded, self.minimum, self.maximum)
        return rounded

    def render(self, value: Decimal | None, lookups: "Lookups") -> Any:
        # Excel keeps 15 digits: a longer number goes as text.
        return str(value) if value is not None and len(value.as_tuple().digits) > 15 else value

    def rule(self) -> str:
        return _("A number with at most %(places)s decimal places.") % {"places": self.field.decimal_places}


_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+", re.ASCII)


def number_of(raw: Any) -> Decimal:
    """A number or its text, thousands separators and full-width digits allowed; raises ``CellError``."""
    try:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            number = Decimal(repr(raw))
            if number.is_finite():
                return number
        text = clean_text(narrow(text_of(raw)))
        if not isinstance(raw, bool) and _NUMBER.fullmatch(text):
            return Decimal(text.replace(",", ""))
    except InvalidOperation:
        pass
    raise CellError(_("This is not a number."))


def check_range(number: Decimal, minimum: Any, maximum: Any) -> None:
    if minimum is not None and number < minimum:
        raise CellError(_("The number must not be less than %(limit)s.") % {"limit": minimum})
    if maximum is not None and number > maximum:
        raise CellError(_("The number must not be greater than %(limit)s.") % {"limit": maximum})
