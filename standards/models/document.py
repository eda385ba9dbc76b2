from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class DocumentKind(ReferenceRow):
    """A kind of paper in the document set of a standard, and when it has to be there (JJF 1033, document set).

    An attachment of a standard carries the code; a standard is judged by the edition in force on the day.
    """

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("document"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=50)
    is_needed_at_set_up = models.BooleanField(_("needed when the standard is set up"), default=False)
    is_needed_at_reexamination = models.BooleanField(_("needed at a re-examination"), default=False)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")
        ordering = ["edition", "order", "code"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="standards_documentkind_once",
                violation_error_message=_("This edition already has a kind of document with this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en
