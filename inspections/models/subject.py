from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow

# The subjects that code asks for by name; all others are the administrator's business.
ENERGY_METERING, NET_CONTENT = "energy_metering", "net_content"


class InspectionSubject(ReferenceRow):
    """What an inspection looks at: instruments in use, net content, units of measurement, labels, energy metering."""

    code = models.CharField(_("subject code"), max_length=20, primary_key=True)
    name = models.CharField(_("inspection subject"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("subject of inspections")
        verbose_name_plural = _("subjects of inspections")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def subjects() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(subject.code, str(subject)) for subject in InspectionSubject.objects.all()]
