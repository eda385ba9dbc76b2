"""What a device entered comes to the server: in any order, cut off, and as often as it likes.

- An entry that is known by its id changes nothing. Of two entries of one device for one field the one with the higher
  number stands, whichever comes first and whatever its clock says.
- Where another device, or the office in the record behind the form, changed the field meanwhile, base, here and there
  are merged (``merging``); what cannot be merged is answered as a conflict, and what stands stays. The device sends the
  decision as an entry with the new base.
- A row that was removed stays removed for the device that removed it.
- Photos are asked for by id, size and digest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.fieldwork import drafts
from bureau.fieldwork.entries import Batch, Entry, PhotoAsked
from bureau.fieldwork.forms import Errors, FieldForm
from bureau.fieldwork.merging import Merged, merge
from bureau.fieldwork.models import FieldDraft, FieldEntry, FieldPhoto, FieldValue
from bureau.fieldwork.standing import CHANGED, renew
from bureau.models import Staff

LONGEST_VALUE = 10_000
MOST_VALUES = 20_000
MOST_KEPT_ENTRIES = 100_000
Kind, Outcome = FieldEntry.Kind, FieldEntry.Outcome


@dataclass
class Answer:
    """What came of a batch: by entry, which photos to send, what changed meanwhile, and the receipt."""

    draft: FieldDraft
    outcomes: dict[UUID, str] = field(default_factory=dict)  # of Outcome, or "closed"
    refused: dict[UUID, str] = field(default_factory=dict)  # a sentence
    values: list[FieldValue] = field(default_factory=list)
    removed_rows: list[str] = field(default_factory=list)
    photos_to_send: list[UUID] = field(default_factory=list)
    errors: Errors = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)  # the fields whose forms ``errors`` speaks of


@transaction.atomic
def take_in(form: FieldForm, client_id: UUID, batch: Batch, *, by: Staff) -> Answer:
    """Raises ``drafts.NotYours``, and ``ValidationError`` for a draft that would begin with nothing.

    A draft that is closed takes nothing more; what it took before is answered alike.
    """
    if not _can_begin(form, batch) and drafts.find(form, client_id, by) is None:
        if drafts.is_taken(client_id):
            raise drafts.NotYours
        raise ValidationError(_("This form has no such field, or the text is too long."))
    draft = drafts.locked(form, client_id, by, batch.query)
    answer = Answer(draft)
    known = dict(
        draft.entries.filter(client_id__in=[entry.id for entry in batch.entries]).values_list("client_id", "outcome")
    )
    answer.outcomes.update(known)
    fresh = {entry.id: entry for entry in batch.entries if entry.id not in known}
    if draft.state != FieldDraft.State.OPEN:
        answer.outcomes.update(dict.fromkeys(fresh, "closed"))
        return answer
    if batch.query and not draft.query:
        draft.query = batch.query
    book = _Book(form, draft, by, batch)
    for entry in sorted(fresh.values(), key=lambda each: (each.device, each.sequence)):
        book.take(entry, answer)
    book.write(batch, fresh, answer)
    answer.photos_to_send = [photo.id for photo in batch.photos if _is_wanted(draft, photo)]
    names = {entry.name for entry in batch.entries if entry.kind == Kind.VALUE and entry.id not in answer.refused}
    answer.checked = sorted(name for name in names if row_of(name) not in book.removed)
    asked = names.union(*(entry.row_base or () for entry in batch.entries))
    answer.values = list(draft.values.filter(Q(version__gt=batch.revision) | Q(name__in=asked)))
    news = draft.entries.filter(kind=Kind.ROW, outcome=Outcome.KEPT, revision__gt=batch.revision)
    answer.removed_rows = list(dict.fromkeys(news.values_list("name", flat=True)))
    answer.errors = form.errors_of(by, {name: each.value for name, each in book.values.items()}, answer.checked)
    return answer


def _can_begin(form: FieldForm, batch: Batch) -> bool:
    return bool(batch.photos) or any(entry.kind == Kind.VALUE and form.knows(entry.name) for entry in batch.entries)


def row_of(name: str) -> str:
    """ "finding.a1-facts" → "finding.a1"; "" for a field of the form itself."""
    return name.partition("-")[0] if "-" in name else ""


def _is_wanted(draft: FieldDraft, asked: PhotoAsked) -> bool:
    """Whether the photo is missing here; one that differs from that of the device is no photo of it."""
    held = draft.photos.filter(client_id=asked.id).first()
    if held is not None:
        if held.size == asked.size and asked.sha256 in ("", held.sha256):
            return False
        drafts.drop(held)
    return not drafts.was_removed(draft, asked.id, asked.row)


class _Book:
    """The draft while a batch is taken in; ``write`` brings all of it to the database in few queries."""

    def __init__(self, form: FieldForm, draft: FieldDraft, user: Staff, batch: Batch) -> None:
        self.form, self.draft = form, draft
        self.revision = draft.revision + 1
        names = {entry.name for entry in batch.entries}
        rows = {entry.name if entry.kind == Kind.ROW else row_of(entry.name) for entry in batch.entries}
        # The forms that the entries stand in, whole: a form of 1,200 meters is not read to save one of its fields.
        self.values = {each.name: each for each in draft.values.filter(name__in=self._fields_of(rows))}
        self.size = draft.values.count()
        entries = draft.entries.order_by()
        last = entries.filter(kind=Kind.VALUE, name__in=names).values_list("device", "name").annotate(Max("sequence"))
        self.last = {(device, name): sequence for device, name, sequence in last}
        self.removed: dict[str, set[UUID]] = {}
        removed = entries.filter(kind=Kind.ROW, outcome=Outcome.KEPT, name__in=rows)
        for row, device in removed.values_list("name", "device"):
            self.removed.setdefault(row, set()).add(device)
        self.count = entries.count()
        self.standing = self.form.standing(user, draft.query)
        renewed = {each.name: each for each in renew(draft, self.standing, self.revision)}
        self.values |= renewed
        self.changed: set[str] = set(renewed)
        self.gone: list[FieldValue] = []

    def _fields_of(self, rows: Iterable[str]) -> list[str]:
        found = []
        for row in rows:
            form = self.form.form_class(row.partition(".")[0])
            found += [f"{row}-{name}" if row else name for name in (form.base_fields if form else ())]
        return found

    def take(self, entry: Entry, answer: Answer) -> None:
        if problem := self._problem(entry):
            answer.refused[entry.id] = problem
            return
        verb = {Kind.VALUE: self._value, Kind.ROW: self._row, Kind.PHOTO: self._photo}[Kind(entry.kind)]
        answer.outcomes[entry.id] = verb(entry)
        if entry.kind == Kind.VALUE:
            key = entry.device, entry.name
            self.last[key] = max(self.last.get(key, 0), entry.sequence)

    def _problem(self, entry: Entry) -> str:
        if entry.kind == Kind.ROW:
            return "" if self.form.may_lose_row(entry.name) else _("This form has no such row.")
        if entry.kind == Kind.PHOTO:
            return ""
        if not self.form.knows(entry.name) or len(entry.value) > LONGEST_VALUE:
            return _("This form has no such field, or the text is too long.")
        is_full = entry.name not in self.values and self.size >= MOST_VALUES
        return _("This form is full.") if is_full or self.count > MOST_KEPT_ENTRIES else ""

    # What an entry does --------------------------------------------------------------------------

    def _value(self, entry: Entry) -> str:
        removed_by = self.removed.get(row_of(entry.name), set())
        if self.last.get((entry.device, entry.name), -1) >= entry.sequence or entry.device in removed_by:
            return Outcome.OUTDATED
        there = self.values.get(entry.name)
        if there is None and entry.name in self.standing:
            there = self._set(entry.name, self.standing[entry.name], None)
            there.stood = there.value
        if there is not None and there.is_contested and entry.base == there.value:
            there.is_contested = False  # decided, whichever way
            self.changed.add(entry.name)
        if there is not None and there.device == entry.device:
            self._set(entry.name, entry.value, entry.device)
            return Outcome.KEPT
        stands = there.value if there else ("" if removed_by else entry.base)
        merged = merge(entry.base, entry.value, stands)
        if merged is Merged.CONFLICT:
            return Outcome.CONFLICT
        if merged is Merged.HERE or there is None:
            self._set(entry.name, entry.value, entry.device)
            return Outcome.KEPT
        return Outcome.KEPT if entry.value == stands else Outcome.THEIRS

    def _set(self, name: str, value: str, device: UUID | None) -> FieldValue:
        found = self.values.get(name)
        if found is None:
            found = self.values[name] = FieldValue(draft=self.draft, name=name, value=value, device=device)
            self.changed.add(name)
        elif (found.value, found.device) != (value, device):
            found.value, found.device = value, device
            self.changed.add(name)
        found.version = self.revision if name in self.changed else found.version
        return found

    def _row(self, entry: Entry) -> str:
        fields = [each for name, each in self.values.items() if row_of(name) == entry.name]
        base = entry.row_base or {}
        if any(each.device != entry.device and each.value != base.get(each.name, "") for each in fields):
            return Outcome.CONFLICT
        for each in fields:
            del self.values[each.name]
            self.changed.discard(each.name)
            if each.pk:
                self.gone.append(each)
        for photo in self.draft.photos.filter(row=entry.name):
            drafts.drop(photo)
        self.removed.setdefault(entry.name, set()).add(entry.device)
        return Outcome.KEPT

    def _photo(self, entry: Entry) -> str:
        for photo in self.draft.photos.all():
            if str(photo.client_id) == entry.name:
                drafts.drop(photo)
        return Outcome.KEPT

    # To the database -----------------------------------------------------------------------------

    def write(self, batch: Batch, fresh: dict[UUID, Entry], answer: Answer) -> None:
        """Nothing is written, not even when the draft was changed last, for a batch that brought nothing new."""
        taken = [entry for entry in fresh.values() if entry.id in answer.outcomes]
        if not taken and not self.changed:
            return
        now = timezone.now()
        FieldEntry.objects.bulk_create(
            FieldEntry(
                draft=self.draft,
                client_id=entry.id,
                device=entry.device,
                sequence=entry.sequence,
                kind=entry.kind,
                name=entry.name,
                value=entry.value,
                outcome=answer.outcomes[entry.id],
                revision=self.revision,
                entered_at=batch.entered_at(entry, now),
            )
            for entry in taken
        )
        FieldValue.objects.filter(pk__in=[each.pk for each in self.gone]).delete()
        changed = [self.values[name] for name in self.changed]
        FieldValue.objects.bulk_create([each for each in changed if not each.pk])
        FieldValue.objects.bulk_update([each for each in changed if each.pk], CHANGED, 100)
        self.draft.revision = self.revision
        self.draft.save()


def receipt(draft: FieldDraft) -> dict[str, Any]:
    """What the server has: how many fields are filled in, the photos with digest, and when it said so."""
    photos = FieldPhoto.objects.filter(draft=draft)
    return {
        "fields": draft.values.exclude(value="").count(),
        "photos": [
            {"id": str(each.client_id), "row": each.row, "name": each.name, "size": each.size, "sha256": each.sha256}
            for each in photos
        ],
        "state": draft.state,
        "revision": draft.revision,
        "at": timezone.now().isoformat(),
    }
