"""A field form as its page draws it: the forms, the rows that are there, and a pattern for each row to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms as django_forms
from django.conf import settings
from django.utils.safestring import SafeString

from bureau.fieldwork.forms import MAIN, NEW_ROW, FieldForm, Part, Row
from bureau.fieldwork.models import FieldDraft, FieldPhoto
from bureau.models import Staff


@dataclass(frozen=True)
class SketchedRow:
    name: str
    form: Any
    photos: list[FieldPhoto]
    row: Row | None = None

    @property
    def html(self) -> SafeString:
        return drawn(self.form)


@dataclass(frozen=True)
class SketchedPart:
    """``lines``: of a folded part the rows as the browser draws them, each as key, label and what is known of it, and
    the values that there are."""

    part: Part
    rows: list[SketchedRow]
    pattern: SketchedRow | None
    lines: dict[str, Any] | None = None


class Sketch:
    """``draft`` for one that was begun, ``initial`` for a new one; no field says what is wrong before it was left."""

    def __init__(
        self, form: FieldForm, user: Staff, *, draft: FieldDraft | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        self.form, self.user, self.draft = form, user, draft
        stored = list(draft.values.all()) if draft else []
        self.values = {value.name: value.value for value in stored}
        self.revision = draft.revision if draft else 0
        self.initial = initial or {}
        self.known = {**{name: str(value) for name, value in self.initial.items()}, **self.values}
        self._photos: dict[str, list[FieldPhoto]] = {}
        for photo in draft.photos.all() if draft else ():
            self._photos.setdefault(photo.row, []).append(photo)
        self.main = SketchedRow(MAIN, self._unbound(MAIN, ""), self._photos.get(MAIN, []))
        fixed = form.fixed_rows(user, self.known)
        keys = form.row_keys(self.values, fixed, self._photos)
        self.parts = [self._part(part, fixed.get(part.name, ()), keys[part.name]) for part in form.parts]

    @property
    def media(self) -> Any:
        media = self.main.form.media
        for part in self.parts:
            media += part.pattern.form.media if part.pattern else django_forms.Media()
        return media

    @property
    def max_bytes(self) -> int:
        return int(settings.FIELD_PHOTO_MAX_BYTES)

    def _part(self, part: Part, fixed: Sequence[Row], keys: list[str]) -> SketchedPart:
        if part.is_folded:
            return SketchedPart(part, [], self._row(part, NEW_ROW), self._lines(part, fixed))
        if part.is_fixed:
            return SketchedPart(part, [self._row(part, row.key, row) for row in fixed], None)
        return SketchedPart(part, [self._row(part, key) for key in keys], self._row(part, NEW_ROW))

    def _lines(self, part: Part, fixed: Sequence[Row]) -> dict[str, Any]:
        head = f"{part.name}."
        photos = {
            row: [[str(photo.client_id), photo.name] for photo in found]
            for row, found in self._photos.items()
            if row.startswith(head)
        }
        return {
            "rows": [[row.key, row.label, row.help_text] for row in fixed],
            "values": {name: value for name, value in self.known.items() if name.startswith(head)},
            "photos": photos,
        }

    def _row(self, part: Part, key: str, row: Row | None = None) -> SketchedRow:
        name = f"{part.name}.{key}"
        return SketchedRow(name, self._unbound(part.name, key), self._photos.get(name, []), row)

    def _unbound(self, part: str, key: str) -> Any:
        """Shown with what was entered, wrong values too, and without their errors."""
        prefix = f"{part}.{key}" if part else None
        form_class = self.form.form_class(part)
        head = f"{prefix}-" if prefix else ""
        entered = {
            name: self.values[f"{head}{name}"] for name in form_class.base_fields if f"{head}{name}" in self.values
        }
        taken_over = {} if self.draft else {name: self.initial.get(f"{head}{name}") for name in form_class.base_fields}
        begins = {**{name: value for name, value in taken_over.items() if value is not None}, **entered}
        return form_class(prefix=prefix, initial=begins, **self.form.options(self.user))


def drawn(form: Any) -> SafeString:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return render_crispy_form(form, helper=helper)
