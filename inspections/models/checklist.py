from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow
from inspections.models.subject import InspectionSubject


class ChecklistItem(ReferenceRow):
    """A question of the checklist of a subject, in one edition."""

    subject = models.ForeignKey(
        InspectionSubject, on_delete=models.PROTECT, related_name="items", verbose_name=_("inspection subject")
    )
    code = models.CharField(_("item code"), max_length=20)
    text = models.CharField(_("item"), max_length=200)
    text_en = models.CharField(_("English text"), max_length=200)
    basis = models.CharField(_("basis"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["subject", "position", "pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="inspections_checklistitem_once",
                violation_error_message=_("This edition already has an item with the code."),
            ),
        ]

    def __str__(self) -> str:
        return self.text if (get_language() or "").startswith("zh") else self.text_en
