from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from bureau.exchange import drafts
from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, Column
from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.context import Context
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts.layout import Part, Place
from bureau.exchange.layouts.placing import columns_read, missing_sentence
from bureau.exchange.layouts.proposal import FileColumn, Proposal, SheetOfFile
from bureau.exchange.models import Import
from bureau.exchange.sheets import Sheet
from bureau.models import Office, Staff

LONGEST_CONSTANT = 1000
ENDINGS = ".xlsx,.xlsm,.xls,.ods,.csv"


class UploadForm(forms.Form):
    """A file and the office that it is for. A file that cannot be read is refused here, with the reason."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("For office"), empty_label=None, widget=UnfoldAdminSelectWidget
    )
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ENDINGS}))

    def __init__(self, *args: Any, sheet: Sheet, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.by = sheet, by
        own = by.office
        offices: Any = self.fields["office"]
        offices.queryset = Office.objects.below(own).filter(is_active=True) if own else Office.objects.none()
        offices.initial = own
        self.fields["file"].widget.attrs["data-max-bytes"] = settings.IMPORT_MAX_BYTES
        self.fields["file"].help_text = gettext("xlsx, xls, ods or csv, up to %(limit)s.") % {"limit": self.limit}

    @property
    def limit(self) -> str:
        return filesizeformat(settings.IMPORT_MAX_BYTES)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(gettext("The file is larger than %(limit)s.") % {"limit": self.limit})
        return file

    def receive(self) -> Import | None:
        """Keep the file for the import; None, and the reason among the form's errors, if it cannot be read."""
        upload = self.cleaned_data["file"]
        with NamedTemporaryFile(suffix=".upload") as copy:
            for block in upload.chunks():
                copy.write(block)
            copy.flush()
            try:
                return drafts.receive(
                    Path(copy.name),
                    sheet=self.sheet,
                    office=self.cleaned_data["office"],
                    by=self.by,
                    file_name=upload.name,
                )
            except BadFile as bad:
                self.add_error("file", bad.sentence)
                return None


@dataclass
class ColumnRow:
    """One column of the file with its two fields."""

    column: FileColumn
    choice: forms.BoundField
    fill: forms.BoundField
    month: str

    def is_month_of(self, sheet: Sheet) -> bool:
        """Whether it holds the values of one month, which its heading names."""
        return bool(sheet.months and self.column.place.month and self.choice.value() == sheet.months[1])


@dataclass
class PartRow:
    """One sheet of the file; ``header`` says where its header stands."""

    sheet: SheetOfFile
    header: str
    is_chosen: bool

    @property
    def said(self) -> str:
        hidden = "" if self.sheet.is_visible else gettext("hidden")
        if self.sheet.why:
            return _in_one_line(hidden, gettext("not read: %(why)s") % {"why": self.sheet.why})
        return _in_one_line(self._count(), self.header, hidden)

    def _count(self) -> str:
        rows = self.sheet.rows
        if self.sheet.is_estimate:
            return ngettext("about %(rows)d row", "about %(rows)d rows", rows) % {"rows": rows}
        return ngettext("%(rows)d row", "%(rows)d rows", rows) % {"rows": rows}


def _in_one_line(*parts: str) -> str:
    return reduce(_with_comma, filter(None, parts))


def _with_comma(first: str, second: str) -> str:
    return gettext("%(first)s, %(second)s") % {"first": first, "second": second}


@dataclass
class ConstantRow:
    """One of our columns with the field of its one value for all rows."""

    column: Column
    field: forms.BoundField
    is_read: bool


class ColumnsForm(forms.Form):
    """What each column of the file means, what all its rows have beside, and which sheets of the file are read."""

    def __init__(self, *args: Any, sheet: Sheet, proposal: Proposal, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.proposal, self.context = sheet, proposal, Context(office)
        choices = [("", gettext("— do not read —"))]
        choices += [(column.name, _marked(column)) for column in sheet.columns]
        for column in proposal.columns:
            self.fields[f"column-{column.position}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=column.place.column,
                label=column.heading or column.letter,
                widget=UnfoldAdminSelectWidget(attrs={"data-month": column.place.month}),
            )
            self.fields[f"fill-{column.position}"] = forms.BooleanField(
                required=False,
                initial=column.place.fill_down,
                label=_("Empty cells take the value above"),
                widget=UnfoldBooleanWidget,
            )
        for our_column in sheet.columns:
            self.fields[f"constant-{our_column.name}"] = self._constant_field(our_column)
        self.readable = [part for part in proposal.sheets if not part.why]
        self.fields["parts"] = forms.MultipleChoiceField(
            choices=[(part.name, part.name) for part in self.readable],
            required=self.has_choice_of_parts,
            initial=[part.name for part in self.readable if part.is_read],
            error_messages={"required": _("Choose at least one sheet of the file.")},
        )

    def _constant_field(self, column: Column) -> forms.Field:
        text, label = self.proposal.layout.constants.get(column.name, ""), _marked(column)
        choices = self._choices_of(column)
        if isinstance(column, ChoiceColumn):
            text = column.label_of(text)
        if choices and (not text or text in choices):
            options = [("", "—"), *((choice, choice) for choice in choices)]
            return forms.ChoiceField(
                choices=options, required=False, initial=text, label=label, widget=UnfoldAdminSelectWidget
            )
        example = text_of(column.sample([]))
        hint = gettext("such as %(example)s") % {"example": example} if example else ""
        widget = UnfoldAdminTextInputWidget(attrs={"placeholder": hint, "autocomplete": "off"})
        return forms.CharField(required=False, max_length=LONGEST_CONSTANT, initial=text, label=label, widget=widget)

    def _choices_of(self, column: Column) -> list[str]:
        """For a short list; rows of the database are not asked for where a column of the file names them."""
        if isinstance(column, ChoiceColumn):
            return column.choices(self.context)
        is_read = column.name in columns_read(self.proposal.layout.places, self.sheet)
        return column.few_choices(self.context) if isinstance(column, ReferenceColumn) and not is_read else []

    def rows(self) -> list[ColumnRow]:
        return [
            ColumnRow(
                column,
                self[f"column-{column.position}"],
                self[f"fill-{column.position}"],
                self._month_of(column),
            )
            for column in self.proposal.columns
        ]

    def _month_of(self, column: FileColumn) -> str:
        """With the year that stands above the headings, if it is the same on every sheet that is read."""
        month, years = column.place.month, {part.year for part in self.proposal.layout.parts}
        return f"{years.pop()}-{month}" if len(month) == 2 and len(years) == 1 and all(years) else month

    def wrong_fields(self) -> list[tuple[str, str]]:
        """What to look at once more: the id of its field, and the letter of a column or the name of a value."""
        if not self.is_bound:
            return []
        columns = [(row.choice.id_for_label, row.column.letter) for row in self.rows() if row.choice.errors]
        values = [(row.field.id_for_label, str(row.column.label)) for row in self.constant_rows() if row.field.errors]
        return columns + values

    @property
    def has_choice_of_parts(self) -> bool:
        return len(self.readable) > 1

    def parts_of_file(self) -> list[PartRow]:
        headers = {part.name: _header_of(part) for part in self.proposal.layout.parts}
        chosen = self["parts"].value() or []
        return [PartRow(sheet, headers.get(sheet.name, ""), sheet.name in chosen) for sheet in self.proposal.sheets]

    def constant_rows(self) -> list[ConstantRow]:
        read = self._read()
        return [
            ConstantRow(column, self[f"constant-{column.name}"], column.name in read) for column in self.sheet.columns
        ]

    def shows_constants(self) -> bool:
        """Whether the clerk has to look at the values for all rows."""
        return bool(self.missing()) or any(row.field.value() or row.field.errors for row in self.constant_rows())

    def missing(self) -> set[str]:
        """Names of required columns of which the form, as it stands now, does not say what the rows have in them."""
        given = {row.column.name for row in self.constant_rows() if row.field.value()}
        return {column.name for column in self.sheet.required} - self._read() - given

    def _read(self) -> set[str]:
        """Names of our columns that a column of the file is read into, as the form stands now."""
        chosen = {row.choice.value() for row in self.rows()}
        if self.sheet.months and any(row.is_month_of(self.sheet) for row in self.rows()):
            chosen.add(self.sheet.months[0])
        return chosen - {"", None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[tuple[str, str], FileColumn] = {}
        for column in self.proposal.columns:
            field = f"column-{column.position}"
            if not (name := cleaned.get(field)):
                continue
            # A column of the file for each month: the same column of ours, in different months.
            first = taken.setdefault((name, self._place(column).month), column)
            if first is not column:
                self.add_error(
                    field,
                    gettext("“%(label)s” is already taken by column %(letter)s.")
                    % {"label": self.sheet.by_name[name].label, "letter": first.letter},
                )
        self._clean_constants(cleaned)
        if missing := self.missing():
            columns = [column for column in self.sheet.required if column.name in missing]
            self.add_error(None, ValidationError(missing_sentence(columns), code="missing"))
        return cleaned

    def _clean_constants(self, cleaned: dict[str, Any]) -> None:
        """Each is read as a cell of its column would be."""
        read = self._read()
        for column in self.sheet.columns:
            field = f"constant-{column.name}"
            if not (text := cleaned.get(field)):
                continue
            if column.name in read:
                self.add_error(field, gettext("A column of the file is read for this. Empty one of the two."))
                continue
            try:
                column.read(text, self.context)
            except CellError as error:
                self.add_error(field, error.reason)

    def constants(self) -> dict[str, str]:
        given = {column.name: self.cleaned_data.get(f"constant-{column.name}") for column in self.sheet.columns}
        return {name: text for name, text in given.items() if text}

    def refuse(self, found: Proposal) -> None:
        """The file cannot be read with these choices."""
        for problem in found.problems or [missing_sentence(found.missing)]:
            self.add_error(None, problem)

    def sentences(self) -> list[str]:
        """What is wrong with the form as a whole; what is missing, the page says by itself as long as it is."""
        errors = self.errors.as_data().get(NON_FIELD_ERRORS, [])
        return [sentence for error in errors if error.code != "missing" for sentence in error.messages]

    def _place(self, column: FileColumn) -> Place:
        """What was chosen for the column; unit and month stand in its heading."""
        name = self.cleaned_data.get(f"column-{column.position}", "")
        fill_down = bool(name) and bool(self.cleaned_data.get(f"fill-{column.position}"))
        return replace(column.place, column=name, fill_down=fill_down)

    def places(self) -> dict[int, Place]:
        return {column.position: self._place(column) for column in self.proposal.columns}

    def part_names(self) -> list[str]:
        if self.has_choice_of_parts:
            return list(self.cleaned_data["parts"])
        return [part.name for part in self.readable]


def _header_of(part: Part) -> str:
    if part.first == part.last:
        return gettext("header in row %(row)d") % {"row": part.first}
    return gettext("header in rows %(first)d to %(last)d") % {"first": part.first, "last": part.last}


def _marked(column: Column) -> str:
    return f"{column.label} *" if column.required else str(column.label)


class ConfirmForm(forms.Form):
    """What the clerk decides on the preview page."""

    mode = forms.ChoiceField(choices=Import.Mode.choices)
    accepts_unverified = forms.BooleanField(required=False)
    # Which preview was looked at.
    seen = forms.CharField(required=False, max_length=64)
