import uuid
from pathlib import PurePath

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models.record import Tracked


def storage_path(attachment: "Attachment", filename: str) -> str:
    """A name that nobody can guess or choose; the clerk's own name is kept beside it."""
    name = uuid.uuid4().hex
    return f"attachments/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"


class Attachment(Tracked):
    """A paper of a record, or a photo, served only to those who may see the record."""

    SCOPE = "as_parent"
    PARENT = "record"

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    file = models.FileField(_("file"), upload_to=storage_path)
    kind = models.CharField(_("kind of document"), max_length=40, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="bureau_attachment_record")]

    def __str__(self) -> str:
        return self.name
