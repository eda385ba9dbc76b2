from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class AuditItem(ReferenceRow):
    """What an energy-metering audit looks at, by edition of JJF 1356, chapters 4 to 8.

    ``code`` counts within a chapter; it is no clause number of the text, and stays the same in a later edition where
    the item does.
    """

    class Chapter(models.TextChoices):
        MANAGEMENT = "4", _("Chapter 4: management of energy metering")
        STAFF = "5", _("Chapter 5: staff of energy metering")
        METERS = "6", _("Chapter 6: energy meters")
        DATA = "7", _("Chapter 7: management of energy data")
        SELF_CHECK = "8", _("Chapter 8: self-check and rectification")

    chapter = models.CharField(_("chapter"), max_length=5, choices=Chapter.choices)
    code = models.CharField(_("item code"), max_length=20)
    text = models.CharField(_("item"), max_length=200)
    text_en = models.CharField(_("English text"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("item of energy-metering audits")
        verbose_name_plural = _("items of energy-metering audits")
        ordering = ["edition", "position", "pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="inspections_audititem_once",
                violation_error_message=_("This edition already has an item with the code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text if (get_language() or '').startswith('zh') else self.text_en}"


def edition_on(day: date) -> str:
    """The edition whose items hold on that day, the newest where several do; "" where there is none."""
    found = AuditItem.objects.in_force(day).newest_first().values_list("edition", flat=True).first()
    return found or ""
