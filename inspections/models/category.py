from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class InstrumentCategory(ReferenceRow):
    """A category of measuring instruments, as an inspection counts them."""

    code = models.CharField(_("category code"), max_length=20, primary_key=True)
    name = models.CharField(_("category"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("category of instruments at inspections")
        verbose_name_plural = _("categories of instruments at inspections")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def categories() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(category.code, str(category)) for category in InstrumentCategory.objects.all()]
