from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class MeasurementField(ReferenceRow):
    """A field of metrology: the first level of JJF 1022 (the first two digits of a standard's code)."""

    class Group(models.TextChoices):
        TEN_FIELD = "ten_field", _("One of the ten fields")
        SPECIAL_APPLICATION = "special_application", _("Special application")

    code = models.CharField(_("field code"), max_length=2, primary_key=True)
    name = models.CharField(_("field name"), max_length=30, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    group = models.CharField(_("group"), max_length=30, choices=Group.choices)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("field of metrology")
        verbose_name_plural = _("fields of metrology")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en
