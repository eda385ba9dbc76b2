"""Papers of a record: checked by content, stored out of reach, served within the scope."""

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from bureau.models import Attachment
from bureau.record_forms import TrackedForm

# What a bureau keeps beside a record, by content: extension → media type.
ALLOWED = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
}
# Containers that share their first bytes: the name decides among them.
ZIP_LIKE = {".docx", ".xlsx", ".ofd", ".zip"}
OLE_LIKE = {".doc", ".xls"}
SIGNATURES = {
    b"%PDF-": {".pdf"},
    b"\xff\xd8\xff": {".jpg", ".jpeg"},
    b"\x89PNG\r\n\x1a\n": {".png"},
    b"PK\x03\x04": ZIP_LIKE,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE_LIKE,
}


def media_type_of(file: Any) -> str:
    """The type by name and first bytes together. Raises ``ValidationError`` for anything else than ``ALLOWED``."""
    extension = "." + file.name.rpartition(".")[2].lower()
    head = file.read(8)
    file.seek(0)
    for signature, extensions in SIGNATURES.items():
        if head.startswith(signature) and extension in extensions:
            return ALLOWED[extension]
    raise ValidationError(
        _("“%(name)s” is not a file of a kind that can be attached (%(kinds)s), or its content is of another kind.")
        % {"name": file.name, "kinds": ", ".join(sorted(kind.lstrip(".") for kind in ALLOWED))}
    )


def check(file: Any) -> dict[str, Any]:
    """Size, type and digest of an upload, as the fields of an ``Attachment``; raises ``ValidationError``."""
    if file.size > settings.ATTACHMENT_MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(limit)s can be attached.")
            % {
                "name": file.name,
                "size": filesizeformat(file.size),
                "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
            }
        )
    media_type = media_type_of(file)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return {"name": file.name[-200:], "media_type": media_type, "size": file.size, "sha256": digest.hexdigest()}


class AttachmentForm(TrackedForm):
    """``kinds``: (code, label) of the papers of this kind of record, none where they are of no kind."""

    kinds: ClassVar[Sequence[tuple[str, str]]] = ()

    class Meta:
        model = Attachment
        fields = ("kind", "file", "remark")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:  # a paper that stands is voided, never replaced
            self.fields["file"].disabled = True
        if "kind" in self.fields:
            self._offer_kinds()

    def _offer_kinds(self) -> None:
        """A list where the kind of record has one, else no field at all; a code that is no longer listed stays."""
        if not self.kinds:
            del self.fields["kind"]
            return
        kept = self.instance.kind
        known = {code for code, _label in self.kinds}
        others = [(kept, kept)] if kept and kept not in known else []
        self.fields["kind"] = forms.ChoiceField(
            label=Attachment._meta.get_field("kind").verbose_name,
            required=False,
            choices=[("", "—"), *self.kinds, *others],
            widget=UnfoldAdminSelectWidget,
        )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            for name, value in check(file).items():
                setattr(self.instance, name, value)
        return file
