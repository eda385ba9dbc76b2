from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class Sector(ReferenceRow):
    """A sector of metrology for daily life: the one table by which pledges, inspections and cases are sorted."""

    code = models.CharField(_("sector code"), max_length=20, primary_key=True)
    name = models.CharField(_("sector name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def sectors() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(sector.code, str(sector)) for sector in Sector.objects.all()]
