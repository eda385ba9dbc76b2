from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class IndustryClass(ReferenceRow):
    """A section (A–T) or division (two digits) of GB/T 4754; codes are given anew with each edition."""

    class Level(models.TextChoices):
        SECTION = "section", _("Section")
        DIVISION = "division", _("Division")

    code = models.CharField(_("industry code"), max_length=2)
    name = models.CharField(_("industry name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120)
    level = models.CharField(_("industry level"), max_length=10, choices=Level.choices)
    section_code = models.CharField(_("section code"), max_length=1)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["edition", "section_code", "code"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="enterprises_industryclass_once",
                violation_error_message=_("This edition already has the code."),
            ),
            models.CheckConstraint(
                condition=Q(level="section", code=models.F("section_code"))
                | Q(level="division") & ~Q(code=models.F("section_code")),
                name="enterprises_industryclass_level",
                violation_error_message=_("A section has its letter as code, a division two digits."),
            ),
        ]

    def __str__(self) -> str:
        name = self.name if (get_language() or "").startswith("zh") else self.name_en
        return f"{self.code} {name}"
