"""What happens to a draft: values, photos, the end. Each verb may be repeated without a second effect."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import attachments, records, scoping
from bureau.fieldwork.forms import MAIN, Errors, FieldForm
from bureau.fieldwork.models import FieldDraft, FieldPhoto, FieldValue
from bureau.models import Attachment, Staff

LONGEST_VALUE = 10_000
MOST_VALUES = 2_000
MOST_PHOTOS = 50
PHOTO_TYPES = {"image/jpeg", "image/png"}
PHOTO = "photo"  # the kind of the attachment


class Closed(Exception):
    """The draft was submitted or discarded: nothing can be added to it."""

    def __init__(self, draft: FieldDraft) -> None:
        super().__init__(draft.state)
        self.draft = draft


class NotYours(Exception):
    """The id is taken by somebody else's draft, or by one of another form."""


class Overtaken(Exception):
    """Another device changed the field since; ``value`` is what stands."""

    def __init__(self, value: FieldValue) -> None:
        super().__init__(value.name)
        self.value = value


@dataclass(frozen=True)
class Edit:
    """One change of one field: ``edit`` is its id, ``seen`` the version that it was made on, 0 for none."""

    name: str
    value: str
    edit: UUID
    seen: int = 0


def find(form: FieldForm, client_id: UUID, user: Staff) -> FieldDraft | None:
    rows = scoping.visible_to(FieldDraft.objects.all(), user)
    return rows.filter(client_id=client_id, form_key=form.key).first()


def _locked(form: FieldForm, client_id: UUID, user: Staff) -> FieldDraft:
    """The open draft under that id, made if there is none, locked until the transaction ends."""
    mine = scoping.visible_to(FieldDraft.objects.all(), user).filter(client_id=client_id, form_key=form.key)
    if not mine.exists():
        try:
            with transaction.atomic():
                FieldDraft.objects.create(client_id=client_id, form_key=form.key, started_by=user)
        except IntegrityError:  # taken; by the same person's other request it is found below
            pass
    draft = mine.select_for_update().first()
    if draft is None:
        raise NotYours
    if draft.state != FieldDraft.State.OPEN:
        raise Closed(draft)
    return draft


@transaction.atomic
def put(form: FieldForm, client_id: UUID, edit: Edit, *, by: Staff) -> tuple[FieldValue, Errors]:
    """Keep one value, right or wrong, and say what is wrong so far. Raises ``Overtaken``, ``Closed``, ``NotYours``."""
    if not form.knows(edit.name) or len(edit.value) > LONGEST_VALUE:
        raise ValidationError(_("This form has no such field, or the text is too long."))
    draft = _locked(form, client_id, by)
    value = draft.values.filter(name=edit.name).first()
    if value is None:
        if draft.values.count() >= MOST_VALUES:
            raise ValidationError(_("This form is full."))
        value = FieldValue.objects.create(draft=draft, name=edit.name, value=edit.value, edit=edit.edit)
    elif value.edit != edit.edit:
        if value.version != edit.seen and value.value != edit.value:
            raise Overtaken(value)
        value.value, value.edit, value.version = edit.value, edit.edit, value.version + 1
        value.save()
    draft.save(update_fields=["changed_at"])
    return value, form.errors_of(by, draft.as_dict(), edit.name)


@transaction.atomic
def remove_row(form: FieldForm, client_id: UUID, row: str, *, by: Staff) -> None:
    """Take a row with its photos out of a draft."""
    if not row or not form.knows_row(row):
        raise ValidationError(_("This form has no such row."))
    draft = _locked(form, client_id, by)
    draft.values.filter(name__startswith=f"{row}-").delete()
    for photo in draft.photos.filter(row=row):
        _drop(photo)


@transaction.atomic
def add_photo(form: FieldForm, client_id: UUID, photo_id: UUID, row: str, file: Any, *, by: Staff) -> FieldPhoto:
    """Keep a photo; raises ``ValidationError`` for anything else than a JPEG or PNG of bearable size."""
    if not form.knows_row(row):
        raise ValidationError(_("This form has no such row."))
    draft = _locked(form, client_id, by)
    if known := draft.photos.filter(client_id=photo_id).first():
        return known
    about = _checked(file)
    if draft.photos.count() >= MOST_PHOTOS:
        raise ValidationError(_("A form takes at most %(count)s photos.") % {"count": MOST_PHOTOS})
    photo = FieldPhoto(draft=draft, client_id=photo_id, row=row, **about)
    photo.file.save(file.name, file, save=False)
    photo.save()
    draft.save(update_fields=["changed_at"])
    return photo


def _checked(file: Any) -> dict[str, Any]:
    limit = settings.FIELD_PHOTO_MAX_BYTES
    if file.size > limit:
        raise ValidationError(
            _("“%(name)s” has %(size)s; a photo may have at most %(limit)s.")
            % {"name": file.name, "size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    try:
        about = attachments.check(file)
    except ValidationError:
        about = {}
    if about.get("media_type") not in PHOTO_TYPES:
        raise ValidationError(_("“%(name)s” is not a photo: JPEG and PNG are taken.") % {"name": file.name})
    return about


@transaction.atomic
def remove_photo(form: FieldForm, client_id: UUID, photo_id: UUID, *, by: Staff) -> None:
    draft = _locked(form, client_id, by)
    if photo := draft.photos.filter(client_id=photo_id).first():
        _drop(photo)


def _drop(photo: FieldPhoto) -> None:
    name, storage = str(photo.file.name), photo.file.storage
    photo.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def submit(form: FieldForm, client_id: UUID, *, by: Staff) -> tuple[FieldDraft, Errors]:
    """Turn the draft into records, once; with errors nothing is written. A submitted draft is given back as it is."""
    try:
        draft = _locked(form, client_id, by)
    except Closed as closed:
        if closed.draft.state == FieldDraft.State.SUBMITTED:
            return closed.draft, {}
        raise
    filled, errors = form.fill(by, draft.as_dict())
    if errors:
        return draft, errors
    try:
        with transaction.atomic():
            written = form.write(filled, by=by)
    except ValidationError as error:
        return draft, {MAIN: error.messages}
    for photo in draft.photos.all():
        _attach(photo, written.rows.get(photo.row, written.record), by=by)
    draft.state, draft.submitted_at, draft.result = FieldDraft.State.SUBMITTED, timezone.now(), written.record
    draft.save()
    return draft, {}


def _attach(photo: FieldPhoto, record: Any, *, by: Staff) -> None:
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        kind=PHOTO,
        **photo.as_attachment(),
    )
    records.save(attachment, by=by)


@transaction.atomic
def discard(form: FieldForm, client_id: UUID, *, by: Staff) -> None:
    """Give a draft up; what was entered stays in the database, its photos go."""
    draft = _locked(form, client_id, by)
    for photo in draft.photos.all():
        _drop(photo)
    draft.state = FieldDraft.State.DISCARDED
    draft.save()
