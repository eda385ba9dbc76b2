"""The forms of a tracked record and of the rows on its page: two people may edit them at once, and neither loses
anything."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from bureau.texts import clean_text

THEIRS = "take_theirs"


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed: the value before, theirs, and mine (as text).

    ``name`` is the field's in HTML, ``row`` names the row of the page, "" for the record itself.
    """

    name: str
    row: str
    label: str
    before: str
    theirs: str
    mine: str

    @property
    def is_contested(self) -> bool:
        return self.mine not in (self.before, self.theirs)


class SeenVersion(forms.IntegerField):
    """Which version a form was opened with; no entry of the user's, so it never makes a form a changed one."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class CheckedForm(forms.ModelForm):
    """Texts without what nobody can see; every constraint of the model speaks, also one that names a field which is
    not on the form (Django skips those)."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = clean_text(value)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            for name, found in error.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, found)


class _Chosen:
    """For a list that loads its choices on demand: the chosen row, where the page has read it already."""

    def __init__(self, choices: Any, row: Any) -> None:
        self.field, self.row = choices.field, row
        self.queryset, self._all = self, choices.queryset

    def using(self, database: str) -> "_Chosen":
        return self

    def filter(self, **wanted: Any) -> Any:
        [keys] = wanted.values()
        return [self.row] if set(map(str, keys)) == {str(self.row.pk)} else self._all.filter(**wanted)


class TrackedForm(CheckedForm):
    """Optimistic lock with a merge field by field.

    ``seen_version`` is the one that the form was opened with. When the row is newer, fields that only the other person
    changed are taken over; contested ones are listed in ``differences`` and keep the user's entry unless its box
    ``take_theirs`` is ticked. The user sees the outcome before anything is saved.
    """

    seen_version = SeenVersion(required=False, label="")
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.knows_version = True
        self.fields["seen_version"].initial = self.instance.version
        self._show_what_was_read()
        if self.is_bound and self.instance.pk:
            self.data = self.data.copy()
            self._take_theirs()
            self._meet_newer_version()

    def _show_what_was_read(self) -> None:
        """So that a page of many rows does not ask for each of their relations."""
        for name, row in self.instance._state.fields_cache.items():
            field: Any = self.fields.get(name)
            widget = getattr(field, "widget", None)
            if row is not None and isinstance(getattr(widget, "widget", widget), AutocompleteSelect):
                field.widget.choices = _Chosen(field.choices, row)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.knows_version:
            raise ValidationError(
                _("The page does not say which version of the record you saw. Open the record again to change it.")
            )
        if self.differences:
            who = self.instance.updated_by or _("Somebody")
            when = timezone.localtime(self.instance.updated_at)
            raise ValidationError(
                _(
                    "%(who)s changed this record at %(when)s, while you had it open. Nothing was saved yet: "
                    "look at the differences, then save again."
                )
                % {"who": who, "when": f"{when:%Y-%m-%d %H:%M}"}
            )
        return cleaned

    def _take_theirs(self) -> None:
        ticked = set(self.data.getlist(THEIRS))
        for name in self.fields:
            if self.add_prefix(name) in ticked and name in self.initial:
                self._set(name, self.initial[name])

    def _set(self, name: str, value: Any) -> None:
        shown = self.fields[name].prepare_value(value)
        self.data[self.add_prefix(name)] = "" if shown is None else shown

    def _meet_newer_version(self) -> None:
        posted = str(self.data.get(self.add_prefix("seen_version")))
        current = self.instance.version
        self.knows_version = posted.isascii() and posted.isdigit() and len(posted) < 10
        if not self.knows_version or posted == str(current):
            return
        before = self._earlier(int(posted))
        for name, field in self.fields.items():
            if name not in self.initial or isinstance(field, forms.FileField):  # a file is never replaced
                continue
            theirs = self.initial[name]
            old = before.get(name, theirs)
            if not field.has_changed(old, theirs) and not field.has_changed(theirs, old):
                continue
            key = self.add_prefix(name)
            mine = field.widget.value_from_datadict(self.data, self.files, key)
            self.differences.append(
                Difference(
                    key,
                    str(self.instance) if self.prefix else "",
                    str(field.label),
                    self._shown(field, old),
                    self._shown(field, theirs),
                    self._shown(field, mine),
                )
            )
            if not field.has_changed(old, mine):
                self._set(name, theirs)
        self.data[self.add_prefix("seen_version")] = str(current)

    def _earlier(self, version: int) -> dict[str, Any]:
        """The field values as the user saw them when the form was opened."""
        row = self.instance.history.filter(version=version).order_by("-history_id").first()
        if row is None:
            return {}
        return forms.model_to_dict(row.instance, fields=list(self.fields))

    def _shown(self, field: Any, value: Any) -> str:
        if value in (None, ""):
            return "—"
        if hasattr(field, "queryset"):
            chosen = field.queryset.filter(pk=value).first()
            return str(chosen) if chosen else str(value)
        return str(dict(getattr(field, "choices", ())).get(value, value))


class RecordForm(TrackedForm):
    """The record itself, with the reason of the change."""

    change_reason = forms.CharField(
        label=_("Reason of the change"),
        required=False,
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Stands beside the change in the history."),
    )
    is_kept = False  # a form given back after an expired session is shown, not saved

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._unverified():
            if name in self.fields:
                self.fields[name].help_text = _("Not verified: an import was told to accept this value as it is.")

    def _unverified(self) -> list[str]:
        """Fields with values that an import was told to accept, on kinds that mark such values."""
        return list(getattr(self.instance, "unverified", ()))

    def _get_validation_exclusions(self) -> set[str]:
        """An accepted value is no obstacle to correcting something else."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | (set(self._unverified()) - set(self.changed_data))

    def _post_clean(self) -> None:
        super()._post_clean()
        if self._unverified():
            self.instance.unverified = [name for name in self._unverified() if name not in self.changed_data]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.is_kept:
            raise ValidationError(_("Your session had expired. Nothing was lost: check and save."))
        return cleaned
