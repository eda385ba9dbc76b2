import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED


def storage_path(template: "OfficeTemplate", filename: str) -> str:
    """A name that nobody can guess or choose; the office's own name is kept beside it."""
    name = uuid.uuid4().hex
    return f"templates/{name[:2]}/{name}.{template.kind}"


class OfficeTemplate(Record):
    """A form of an office's own, an Excel workbook or a Word text, with marks that figures fill.

    It holds in the region of its office and below: the offices there fill it, and only the keeping one changes it.
    The file is looked at before it is kept (``office_templates``): nothing in it can run, every mark can be answered.
    It is never replaced; a new edition is a new form, and the old one is voided.
    """

    AREA = "figure"
    HOLDS_BELOW = True

    class Kind(models.TextChoices):
        XLSX = "xlsx", _("Excel workbook")
        DOCX = "docx", _("Word document")

    label = models.CharField(
        _("label"), max_length=100, help_text=_("Such as: annual statistics table of the province.")
    )
    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    name = models.CharField(_("file name"), max_length=200, editable=False)
    kind = models.CharField(_("type"), max_length=4, choices=Kind.choices, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("form of one's own")
        verbose_name_plural = _("forms of one's own")
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "label"],
                condition=NOT_VOIDED,
                name="reporting_officetemplate_once",
                violation_error_message=_("The office has a form with this label already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def content(self) -> bytes:
        """Raises ``FileNotFoundError``."""
        file: Any = self.file
        with file.open("rb") as stream:
            return bytes(stream.read())
