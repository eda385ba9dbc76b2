from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class ViolationCause(ReferenceRow):
    """For what a case is opened (案由)."""

    code = models.CharField(_("cause code"), max_length=20, primary_key=True)
    name = models.CharField(_("cause"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("cause of a case")
        verbose_name_plural = _("causes of cases")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def causes() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(cause.code, str(cause)) for cause in ViolationCause.objects.all()]
