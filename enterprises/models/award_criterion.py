from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class AwardCriterion(ReferenceRow):
    """What is asked of a demonstration unit; code looks at the records where it can, else a person judges."""

    key = models.CharField(_("criterion key"), max_length=30)
    name = models.CharField(_("criterion"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120)
    years = models.PositiveSmallIntegerField(
        _("years looked back"), null=True, blank=True, help_text=_("Empty: the day of the award alone counts.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("criterion of demonstration units")
        verbose_name_plural = _("criteria of demonstration units")
        ordering = ["position", "key"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="enterprises_awardcriterion_once",
                violation_error_message=_("This edition already has the criterion."),
            ),
        ]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en
