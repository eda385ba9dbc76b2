from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class OutreachGrade(ReferenceRow):
    """What one may win at an outreach event: best of the week, first prize …"""

    code = models.CharField(_("grade code"), max_length=20, primary_key=True)
    name = models.CharField(_("award grade"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("grade of outreach awards")
        verbose_name_plural = _("grades of outreach awards")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def outreach_grades() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(grade.code, str(grade)) for grade in OutreachGrade.objects.all()]
