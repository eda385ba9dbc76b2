from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow

# The kind that a published figure counts by itself; all others are the administrator's business.
SOLUTION = "solution"


class ServiceActivity(ReferenceRow):
    """What is done for an enterprise at a visit: training, verification, a solution, an energy diagnosis …"""

    code = models.CharField(_("activity code"), max_length=20, primary_key=True)
    name = models.CharField(_("activity name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    counted_in = models.CharField(_("counted in"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("service activity")
        verbose_name_plural = _("service activities")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def activities() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(activity.code, str(activity)) for activity in ServiceActivity.objects.all()]
