from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow

# The kinds that code asks for by name; all others are the administrator's business.
KEY_ENERGY_UNIT, PUBLIC_INSTITUTION = "key_energy", "public_institution"


class EnterpriseKind(ReferenceRow):
    """What an enterprise is in the eyes of metrology supervision: a key energy-using unit, a market, a hospital …"""

    code = models.CharField(_("kind code"), max_length=20, primary_key=True)
    name = models.CharField(_("kind name"), max_length=30, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("kind of enterprise")
        verbose_name_plural = _("kinds of enterprises")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en
