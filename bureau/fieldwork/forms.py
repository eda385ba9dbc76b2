"""What is asked at the place, declared by the app that keeps the answers.

::

    @register
    class SiteVisit(FieldForm):
        key = "site-inspection"
        label = _("Site inspection")
        permission = "inspections.add_siteinspection"
        main = SiteForm
        parts = (Part("finding", FindingForm, _("Findings"), with_photos=True),)

        def write(self, filled, *, by): ...
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from unfold.widgets import UnfoldAdminTextInputWidget

from bureau.models import Staff

MAIN = ""
NEW_ROW = "__row__"
_NAME = re.compile(r"(?:(?P<part>[a-z_]{1,20})\.(?P<row>[0-9A-Za-z_]{1,40})-)?(?P<field>[a-z_]{1,60})", re.ASCII)

Errors = dict[str, list[str]]


class DateWidget(UnfoldAdminTextInputWidget):
    """The device's own calendar, which a thumb knows."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        return value.isoformat() if hasattr(value, "isoformat") else value


@dataclass(frozen=True)
class Row:
    """A row that is always there, such as an item of a checklist. ``shown_if``: "field=value" of the main form."""

    key: str
    label: str
    help_text: str = ""
    shown_if: str = ""


@dataclass(frozen=True)
class Part:
    """Rows of one form: as many as are added at the place, or those that the form's ``fixed_rows`` gives.

    ``shown_if``: the value of a field of the main form under which the part is offered, as "field=value".
    ``is_folded``: of a thousand rows each is a line that can be searched, and its fields are drawn when it is opened;
    a row without any value is none.
    """

    name: str
    form: type[forms.BaseForm]
    label: Any
    add_label: Any = ""
    is_fixed: bool = False
    is_folded: bool = False
    with_photos: bool = False
    shown_if: str = ""


@dataclass
class Filled:
    """The answers that were found right: the main form and the forms of each part's rows by the row's key."""

    main: Any
    rows: Mapping[str, Mapping[str, Any]]


@dataclass
class Written:
    """What came of it: the record, and the records of rows by "part.row", which their photos go to, ``kinds`` being
    the kinds of paper that these photos are there."""

    record: Model
    rows: Mapping[str, Model] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


class NotWritten(forms.ValidationError):
    """Why the records refuse what the forms took: sentences by field or by "part.row"."""


class FieldForm:
    """``initial`` gives what is known beforehand, ``options`` what each form is made with, beside data and prefix.

    ``by_section``: the main form and each part are pages of their own, with a list of them that says how far one is.
    """

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    permission: ClassVar[str] = ""
    main: ClassVar[type[forms.BaseForm]]
    parts: ClassVar[Sequence[Part]] = ()
    with_photos: ClassVar[bool] = True
    by_section: ClassVar[bool] = False
    main_label: ClassVar[Any] = ""
    most_photos: ClassVar[int] = 50

    def initial(self, user: Staff, query: Mapping[str, str]) -> dict[str, Any]:
        """What the fields of a new form begin with, by name as in a draft; ``query`` is that of the address that it
        was opened under."""
        return {}

    def fixed_rows(self, user: Staff, values: Mapping[str, str]) -> Mapping[str, Sequence[Row]]:
        """The rows of each fixed part, by the part's name. Only what the user may see: ``values`` are the user's."""
        return {}

    def at(self, user: Staff, row: str) -> str | None:
        """The query under which this person has a form with that row, such as the one of a meter's label."""
        return None

    def behind(self, user: Staff, row: str) -> Model | None:
        """The record that the row is about, if this person may see it."""
        return None

    def starts(self, user: Staff) -> list[tuple[str, str]]:
        """What waits for this person: a sentence, and the query under which a new form begins with it."""
        return []

    def options(self, user: Staff) -> dict[str, Any]:
        return {}

    def standing(self, user: Staff, query: str) -> dict[str, str]:
        """What the records say now of the fields that a form under this query took over from them.

        A field that is in here and was changed at the office since the device left is merged; any other begins with
        what the device says.
        """
        return {}

    def write(self, filled: Filled, *, by: Staff) -> Written:
        """Write the records, in the transaction of the caller. ``ValidationError`` takes everything back."""
        raise NotImplementedError(f"{type(self).__name__} must write.")

    def names_of(self, user: Staff, drafts: Sequence[Mapping[str, str]]) -> list[str]:
        """What this person's list of drafts calls each, by its values; a key in them may be of a row out of sight."""
        return [""] * len(drafts)

    # Which fields there are ----------------------------------------------------------------------

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def form_class(self, part: str) -> Any:
        found = self.part(part)
        return self.main if part == MAIN else (found.form if found else None)

    def knows(self, name: str) -> bool:
        split = split_name(name)
        form = self.form_class(split[0]) if split else None
        return bool(split and form and split[2] in form.base_fields)

    def may_lose_row(self, row: str) -> bool:
        """Whether it is a row that was added at the place."""
        part = self.part(row.partition(".")[0])
        return self.knows_row(row) and part is not None and not part.is_fixed

    def knows_row(self, row: str) -> bool:
        """Whether "part.row" may stand here; "" is the form itself."""
        part, _dot, key = row.partition(".")
        return row == MAIN or (self.part(part) is not None and re.fullmatch(r"[0-9A-Za-z_]{1,40}", key) is not None)

    # Forms over the values of a draft -------------------------------------------------------------

    def bound(self, user: Staff, values: Mapping[str, str], part: str = MAIN, row: str = "") -> Any:
        """The form of the whole, or of one row, over the values of a draft."""
        options = {**self.options(user), "prefix": f"{part}.{row}"} if part else self.options(user)
        return self.form_class(part)(data=_Data(values), **options)

    def row_keys(
        self, values: Mapping[str, str], fixed: Mapping[str, Sequence[Row]], photographed: Iterable[str] = ()
    ) -> dict[str, list[str]]:
        """By part the rows that have a value or a photo, those that were begun first coming first; of fixed rows all
        that apply, and of folded ones those of the two."""
        begun: dict[str, dict[str, None]] = {part.name: {} for part in self.parts}
        folded = {part.name for part in self.parts if part.is_folded}
        for name, value in values.items():
            split = split_name(name)
            if split and split[0] in begun and (value or split[0] not in folded):
                begun[split[0]][split[1]] = None
        for place, _dot, key in (row.partition(".") for row in photographed):
            if place in begun:
                begun[place][key] = None
        found = {}
        for part in self.parts:
            keys = list(begun[part.name])
            if part.is_fixed:
                there = [row.key for row in fixed.get(part.name, ()) if applies(row.shown_if, values)]
                keys = [key for key in there if key in begun[part.name]] if part.is_folded else there
            found[part.name] = keys
        return found

    def errors_of(self, user: Staff, values: Mapping[str, str], names: Iterable[str]) -> Errors:
        """What is wrong with the answers so far in the forms that these fields stand in.

        A required field that was not reached yet is not wrong yet.
        """
        left = set(names)
        errors: Errors = {}
        for part, row in dict.fromkeys((split_name(name) or (MAIN, "", ""))[:2] for name in names):
            form = self.bound(user, values, part, row)
            found = {form.add_prefix(field): list(texts) for field, texts in form.errors.items()}
            whole = found.pop(form.add_prefix(NON_FIELD_ERRORS), [])
            errors |= {each: found[each] for each in found if values.get(each) or each in left}
            if whole:
                errors[f"{part}.{row}" if part else MAIN] = whole
        return errors

    def text_of(self, user: Staff, name: str, value: str) -> str:
        """What a reader sees of a value: the text of a choice instead of its key."""
        part, _row, field_name = split_name(name) or (MAIN, "", "")
        asked: Any = self.form_class(part)(**self.options(user)).fields[field_name]
        if not value or not isinstance(asked, forms.ChoiceField):
            return value
        if not isinstance(asked, forms.ModelChoiceField):
            choices: Any = asked.choices
            return str(dict(choices).get(value, value))
        try:
            return asked.label_from_instance(asked.to_python(value))
        except forms.ValidationError:
            return value

    def fill(self, user: Staff, values: Mapping[str, str], photographed: Iterable[str] = ()) -> tuple[Filled, Errors]:
        """The whole, checked; only without errors may it be written."""
        main = self.bound(user, values)
        keys = self.row_keys(values, self.fixed_rows(user, values), photographed)
        rows = {part: {key: self.bound(user, values, part, key) for key in found} for part, found in keys.items()}
        errors: Errors = {}
        for form in (main, *(form for group in rows.values() for form in group.values())):
            for field_name, texts in form.errors.items():
                own = field_name != NON_FIELD_ERRORS
                errors[form.add_prefix(field_name) if own else (form.prefix or MAIN)] = list(texts)
        return Filled(main, rows), errors


class _Data(dict[str, str]):
    """Values as a form takes posted data."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if name in self else []

    def copy(self) -> "_Data":
        return _Data(self)


def split_name(name: str) -> tuple[str, str, str] | None:
    """ "finding.a1-facts" → ("finding", "a1", "facts"), "place" → ("", "", "place"); None for what is no name."""
    match = _NAME.fullmatch(name)
    return (match["part"] or MAIN, match["row"] or "", match["field"]) if match else None


def applies(shown_if: str, values: Mapping[str, str]) -> bool:
    name, _equals, value = shown_if.partition("=")
    return not shown_if or values.get(name, "") == value


_forms: dict[str, FieldForm] = {}


def register(form_class: type[FieldForm]) -> type[FieldForm]:
    """Raises ``ValueError`` for what is blank or taken."""
    if not (form_class.key and form_class.label and form_class.permission and hasattr(form_class, "main")):
        raise ValueError(f"{form_class.__name__} needs a key, a label, a permission and a main form.")
    if form_class.key in _forms:
        raise ValueError(f"Field form {form_class.key!r} is registered twice.")
    _forms[form_class.key] = form_class()
    return form_class


def find(key: str) -> FieldForm | None:
    return _forms.get(key)


def every() -> list[FieldForm]:
    return list(_forms.values())
