"""What happens to a draft but for its values: photos, the end. Each verb may be repeated without a second effect."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import attachments, records, scoping
from bureau.fieldwork.forms import MAIN, Errors, FieldForm, NotWritten
from bureau.fieldwork.models import FieldDraft, FieldEntry, FieldPhoto
from bureau.fieldwork.standing import contested
from bureau.models import Attachment, Staff

PHOTO_TYPES = {"image/jpeg", "image/png"}
PHOTO = "photo"  # the kind of the attachment


class Closed(Exception):
    """The draft was submitted or discarded: nothing can be added to it."""

    def __init__(self, draft: FieldDraft) -> None:
        super().__init__(draft.state)
        self.draft = draft


class NotYours(Exception):
    """The id is taken by somebody else's draft, or by one of another form."""


class CutOff(ValidationError):
    """Less of a photo arrived than was sent: it has to be sent again."""


def find(form: FieldForm, client_id: UUID, user: Staff) -> FieldDraft | None:
    rows = scoping.visible_to(FieldDraft.objects.all(), user)
    return rows.filter(client_id=client_id, form_key=form.key).first()


def is_taken(client_id: UUID) -> bool:
    """Whether somebody, whoever it is, has a draft under that id."""
    return FieldDraft.objects.filter(client_id=client_id).exists()


def locked(form: FieldForm, client_id: UUID, user: Staff, query: str = "") -> FieldDraft:
    """The draft under that id, made if there is none, locked until the transaction ends. Raises ``NotYours``."""
    mine = scoping.visible_to(FieldDraft.objects.all(), user).filter(client_id=client_id, form_key=form.key)
    if not mine.exists():
        try:
            with transaction.atomic():
                FieldDraft.objects.create(client_id=client_id, form_key=form.key, started_by=user, query=query)
        except IntegrityError:  # taken; by the same person's other request it is found below
            pass
    draft = mine.select_for_update().first()
    if draft is None:
        raise NotYours
    return draft


def _open(form: FieldForm, client_id: UUID, user: Staff) -> FieldDraft:
    draft = locked(form, client_id, user)
    if draft.state != FieldDraft.State.OPEN:
        raise Closed(draft)
    return draft


@transaction.atomic
def add_photo(
    form: FieldForm, client_id: UUID, photo_id: UUID, row: str, file: Any, *, by: Staff, sha256: str = ""
) -> FieldPhoto | None:
    """Keep a photo; none if it, or its row, was removed before it arrived.

    Raises ``ValidationError`` for anything else than a JPEG or PNG of bearable size, ``CutOff`` if the digest differs.
    """
    if not form.knows_row(row):
        raise ValidationError(_("This form has no such row."))
    draft = _open(form, client_id, by)
    if known := draft.photos.filter(client_id=photo_id).first():
        return known
    if was_removed(draft, photo_id, row):
        return None
    about = _checked(file)
    if sha256 and about["sha256"] != sha256:
        raise CutOff(_("“%(name)s” did not arrive whole and is sent again.") % {"name": file.name})
    if draft.photos.count() >= form.most_photos:
        raise ValidationError(_("A form takes at most %(count)s photos.") % {"count": form.most_photos})
    photo = FieldPhoto(draft=draft, client_id=photo_id, row=row, **about)
    photo.file.save(file.name, file, save=False)
    photo.save()
    draft.save(update_fields=["changed_at"])
    return photo


def was_removed(draft: FieldDraft, photo_id: UUID, row: str) -> bool:
    kept = draft.entries.filter(outcome=FieldEntry.Outcome.KEPT)
    of_photo = Q(kind=FieldEntry.Kind.PHOTO, name=str(photo_id))
    of_row = Q(kind=FieldEntry.Kind.ROW, name=row)
    return kept.filter(of_photo | of_row if row else of_photo).exists()


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


def drop(photo: FieldPhoto) -> None:
    name, storage = str(photo.file.name), photo.file.storage
    photo.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def submit(form: FieldForm, client_id: UUID, *, by: Staff) -> tuple[FieldDraft, Errors]:
    """Turn the draft into records, once; with errors nothing is written. A submitted draft is given back as it is."""
    draft = locked(form, client_id, by)
    if draft.state == FieldDraft.State.SUBMITTED:
        return draft, {}
    if draft.state != FieldDraft.State.OPEN:
        raise Closed(draft)
    if errors := contested(form, draft, by):
        return draft, errors
    filled, errors = form.fill(by, draft.as_dict(), draft.photos.values_list("row", flat=True))
    if errors:
        return draft, errors
    try:
        with transaction.atomic():
            written = form.write(filled, by=by)
    except NotWritten as problem:
        return draft, problem.message_dict
    except records.Outdated:
        return draft, {MAIN: [_("Somebody changed the record at this moment. Submit once more.")]}
    except ValidationError as error:
        return draft, {MAIN: error.messages}
    for photo in draft.photos.all():
        record = written.rows.get(photo.row, written.record)
        _attach(photo, record, written.kinds.get(photo.row, PHOTO), by=by)
    draft.state, draft.submitted_at, draft.result = FieldDraft.State.SUBMITTED, timezone.now(), written.record
    draft.save()
    return draft, {}


def _attach(photo: FieldPhoto, record: Any, kind: str, *, by: Staff) -> None:
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        kind=kind,
        **photo.as_attachment(),
    )
    records.save(attachment, by=by)


@transaction.atomic
def discard(form: FieldForm, client_id: UUID, *, by: Staff) -> None:
    """Give a draft up; what was entered stays in the database, its photos go."""
    draft = _open(form, client_id, by)
    for photo in draft.photos.all():
        drop(photo)
    draft.state = FieldDraft.State.DISCARDED
    draft.save()
