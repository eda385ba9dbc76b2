"""By what a figure is broken down, apart from the region, which every figure has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bureau.reporting.paths import field_at

REGION = "region"
NOT_STATED = ""

Values = Iterable[tuple[Any, Any]]


class UnknownValue(LookupError):
    """The message is a sentence for the reader."""


@dataclass(frozen=True)
class Dimension:
    """``values``: pairs of value and label, or what returns them where they stand in a table of the database.

    In figures, addresses and JSON a value is a text: "" where a row states none, "true" and "false".
    """

    path: str
    label: str | Promise
    values: Values | Callable[[], Values]

    def known(self) -> dict[str, str]:
        """Text and label of each value, in their order."""
        values = self.values() if callable(self.values) else self.values
        return {as_text(value): str(label) for value, label in values}

    def condition(self, model: type[Model], text: str) -> Q:
        """The rows with that value. Raises ``UnknownValue`` if no row can have it."""
        field = field_at(model, self.path)
        if text == NOT_STATED:
            missing = Q((f"{self.path}__isnull", True))
            return missing | Q((self.path, "")) if field.empty_strings_allowed else missing
        try:
            value = {"true": True, "false": False}[text] if isinstance(field, BooleanField) else field.to_python(text)
        except (KeyError, ValidationError):
            known = {"label": self.label, "value": text}
            raise UnknownValue(_("%(label)s has no value “%(value)s”.") % known) from None
        return Q((self.path, value))


def as_text(value: Any) -> str:
    if value is None:
        return NOT_STATED
    return str(value).lower() if isinstance(value, bool) else str(value)


def label_of_other(text: str) -> str:
    """For a value that only rows have, not the list of known ones."""
    return _("not stated") if text == NOT_STATED else text
