"""Texts and codes."""

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from bureau import credit_code
from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, Column, Doubt, Unverified
from bureau.models.fields import CodeField
from bureau.texts import clean_text

if TYPE_CHECKING:
    from bureau.exchange.context import Context

EXCEL_DIGITS = 15
# What a csv shows of a long number that Excel shortened.
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d{2}", re.ASCII | re.IGNORECASE)


class TextColumn(Column):
    """Text; a ``CodeField``'s in half-width characters."""

    number_format = "@"

    @property
    def width(self) -> int:  # type: ignore[override]
        return min(max(12, (self.field.max_length or 100) // 3), 40)

    def parse(self, raw: Any, context: "Context") -> str:
        _refuse_lost_digits(raw)
        text = self.clean(text_of(raw))
        limit = self.field.max_length
        if limit and len(text) > limit:
            raise CellError(
                _("The text has %(length)s characters; at most %(limit)s fit.") % {"length": len(text), "limit": limit}
            )
        if text.startswith("="):
            raise Doubt(_("The cell begins with “=” like a formula. Write the text itself, without the sign."), text)
        if isinstance(self.field, CodeField) and _SHORTENED.fullmatch(text):
            raise Doubt(_lost_digits(), text)
        return text

    def clean(self, text: str) -> str:
        return self.field.to_python(text) if isinstance(self.field, CodeField) else clean_text(text)

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new) or self.clean(old or "") == (new or "")

    def rule(self) -> str:
        limit = self.field.max_length
        return _("Text of at most %(limit)s characters.") % {"limit": limit} if limit else _("Text.")


class CreditCodeColumn(TextColumn):
    """A unified social credit code. The model has a field ``unverified`` for the mark of a wrong check digit."""

    width = 22

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        try:
            model._meta.get_field("unverified")
        except FieldDoesNotExist:
            raise ValueError(f"{model.__name__} needs a field 'unverified' for column {self.name!r}.") from None

    def parse(self, raw: Any, context: "Context") -> str:
        _refuse_lost_digits(raw)
        code = credit_code.normalised(text_of(raw))
        if problem := credit_code.form_problem(code):
            raise CellError(problem)
        if problem := credit_code.check_problem(code):
            raise Unverified(problem, code)
        return code

    def rule(self) -> str:
        return _("A unified social credit code of 18 characters, without the letters I, O, S, V, Z.")


def _refuse_lost_digits(raw: Any) -> None:
    """An 18-digit code that was typed as a number ends in zeros in Excel, whatever was typed."""
    if isinstance(raw, float) and abs(raw) >= 10**EXCEL_DIGITS:
        raise CellError(_lost_digits())


def _lost_digits() -> str:
    return _("Excel took this for a number and keeps 15 of its digits. Format the cell as text and write it again.")
