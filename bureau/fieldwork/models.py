import uuid
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


def photo_path(photo: "FieldPhoto", filename: str) -> str:
    """Where attachments stand: a submitted photo becomes one without being copied."""
    name = uuid.uuid4().hex
    return f"attachments/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"


class FieldDraft(models.Model):
    """A form that somebody is filling in at the place, seen by that person alone until it is submitted."""

    SCOPE = "own"
    AREA = "fieldwork"

    class State(models.TextChoices):
        OPEN = "open", _("Being filled in")
        SUBMITTED = "submitted", _("Submitted")
        DISCARDED = "discarded", _("Discarded")

    client_id = models.UUIDField(unique=True, editable=False)
    form_key = models.CharField(max_length=50, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("filled in by"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    # Under which the form was opened: "assignment=5".
    query = models.CharField(max_length=300, blank=True, editable=False)
    # Counts the batches that changed something: what a device knows is told by one number.
    revision = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    result_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    result_id = models.PositiveBigIntegerField(null=True)
    result = GenericForeignKey("result_type", "result_id")

    class Meta:
        verbose_name = _("field form being filled in")
        verbose_name_plural = _("field forms being filled in")
        ordering = ["-changed_at", "-pk"]
        default_permissions = ("view", "add", "change")
        indexes = [models.Index(fields=["started_by", "state"], name="fieldwork_draft_own")]

    def __str__(self) -> str:
        return str(self.client_id)

    def as_dict(self) -> dict[str, str]:
        """The values by name."""
        return dict(self.values.values_list("name", "value"))


class FieldValue(models.Model):
    """What stands in one field of a draft, right or wrong.

    ``version`` is the revision of the draft that changed it, ``device`` the one that entered it, none for what was
    taken over from the record. ``stood`` is what the record behind the form said when that was looked at last, none
    where it says nothing; ``is_contested``: the record changed since, and its value stands here until a device decides.
    """

    SCOPE = "own"
    OWNER = "draft__started_by"
    AREA = "fieldwork"

    draft = models.ForeignKey(FieldDraft, on_delete=models.CASCADE, related_name="values")
    name = models.CharField(max_length=150)
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    device = models.UUIDField(null=True)
    stood = models.TextField(null=True)  # the record may say ""
    is_contested = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("value of a field form")
        verbose_name_plural = _("values of field forms")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "name"],
                name="fieldwork_fieldvalue_once",
                violation_error_message=_("This field already has a value."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FieldEntry(models.Model):
    """One entry as a device sent it, and what came of it: sent again, it is known and changes nothing.

    A device numbers its entries. Their order is that of the numbers; ``entered_at`` is what its clock made of it,
    corrected by how wrong that clock was when it sent.
    """

    SCOPE = "own"
    OWNER = "draft__started_by"
    AREA = "fieldwork"

    class Kind(models.TextChoices):
        VALUE = "value", _("Value of a field")
        ROW = "row", _("Row removed")
        PHOTO = "photo", _("Photo removed")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        THEIRS = "theirs", _("Unchanged here, the value of the office stands")
        OUTDATED = "outdated", _("Outdated by a later entry of the same device")
        CONFLICT = "conflict", _("Changed at the office meanwhile, to be decided")

    draft = models.ForeignKey(FieldDraft, on_delete=models.CASCADE, related_name="entries")
    client_id = models.UUIDField()
    device = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=150)
    value = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    revision = models.PositiveIntegerField()
    entered_at = models.DateTimeField(_("entered at"), null=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        verbose_name = _("entry of a field form")
        verbose_name_plural = _("entries of field forms")
        ordering = ["pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "client_id"],
                name="fieldwork_fieldentry_once",
                violation_error_message=_("This entry is here already."),
            )
        ]
        indexes = [models.Index(fields=["draft", "kind", "name"], name="fieldwork_entry_of_field")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class FieldPhoto(models.Model):
    """A photo of a draft; ``row`` names the row that it belongs to, "" for the form itself."""

    SCOPE = "own"
    OWNER = "draft__started_by"
    AREA = "fieldwork"

    draft = models.ForeignKey(FieldDraft, on_delete=models.CASCADE, related_name="photos")
    client_id = models.UUIDField()
    row = models.CharField(max_length=100, blank=True)
    file = models.FileField(upload_to=photo_path)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("photo of a field form")
        verbose_name_plural = _("photos of field forms")
        ordering = ["pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "client_id"],
                name="fieldwork_fieldphoto_once",
                violation_error_message=_("This photo is here already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_attachment(self) -> dict[str, Any]:
        """The fields of the attachment that it becomes."""
        return {name: getattr(self, name) for name in ("file", "name", "media_type", "size", "sha256")}
