from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanWidget

from bureau.exchange import runs
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts.layout import Part, Place
from bureau.exchange.layouts.proposal import FileColumn, Proposal, SheetOfFile
from bureau.exchange.models import Import
from bureau.exchange.sheets import Sheet
from bureau.models import Office, Staff

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
                return runs.receive(
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

    @property
    def samples(self) -> list[str]:
        return list(dict.fromkeys(self.column.samples))

    def is_month_of(self, sheet: Sheet) -> bool:
        """Whether it holds the values of one month, which its heading names."""
        return bool(sheet.months and self.column.place.month and self.choice.value() == sheet.months[1])


@dataclass
class PartRow:
    """One sheet of the file; ``header`` says where its header stands."""

    sheet: SheetOfFile
    header: str
    is_chosen: bool


class ColumnsForm(forms.Form):
    """What each column of the file means, and which sheets of the file are read."""

    def __init__(self, *args: Any, sheet: Sheet, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.proposal = sheet, proposal
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
        self.readable = [part for part in proposal.sheets if not part.why]
        self.fields["parts"] = forms.MultipleChoiceField(
            choices=[(part.name, part.name) for part in self.readable],
            required=self.has_choice_of_parts,
            initial=[part.name for part in self.readable if part.is_read],
            error_messages={"required": _("Choose at least one sheet of the file.")},
        )

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

    def rows_with_errors(self) -> list[ColumnRow]:
        return [row for row in self.rows() if row.choice.errors] if self.is_bound else []

    @property
    def has_choice_of_parts(self) -> bool:
        return len(self.readable) > 1

    def parts_of_file(self) -> list[PartRow]:
        headers = {part.name: _header_of(part) for part in self.proposal.layout.parts}
        chosen = self["parts"].value() or []
        return [PartRow(sheet, headers.get(sheet.name, ""), sheet.name in chosen) for sheet in self.proposal.sheets]

    def missing(self) -> set[str]:
        """Names of required columns that no column of the file is read into, as the form stands now."""
        chosen = {row.choice.value() for row in self.rows()}
        if self.sheet.months and any(row.is_month_of(self.sheet) for row in self.rows()):
            chosen.add(self.sheet.months[0])
        return {column.name for column in self.sheet.required} - chosen

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
        if not self.errors and self.missing():
            self.add_error(None, gettext("A required column is missing."))
        return cleaned

    def refuse(self, found: Proposal) -> None:
        """The file cannot be read with these choices."""
        for problem in found.problems or [gettext("A required column is missing.")]:
            self.add_error(None, problem)

    def _place(self, column: FileColumn) -> Place:
        """What was chosen for the column; unit and month stand in its heading."""
        name = self.cleaned_data.get(f"column-{column.position}", "")
        fill_down = bool(name) and bool(self.cleaned_data.get(f"fill-{column.position}"))
        return Place(name, column.place.unit, column.place.month, fill_down)

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


def _marked(column: Any) -> str:
    return f"{column.label} *" if column.required else str(column.label)


class ConfirmForm(forms.Form):
    """What the clerk decides on the preview page."""

    mode = forms.ChoiceField(choices=Import.Mode.choices)
    accepts_unverified = forms.BooleanField(required=False)
    # Which preview was looked at.
    seen = forms.CharField(required=False, max_length=64)
