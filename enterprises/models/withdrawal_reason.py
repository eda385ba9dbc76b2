from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class WithdrawalReason(ReferenceRow):
    """Why a pledge, an award, a declaration or a certificate was withdrawn."""

    code = models.CharField(_("reason code"), max_length=20, primary_key=True)
    name = models.CharField(_("reason"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("reason of withdrawal")
        verbose_name_plural = _("reasons of withdrawal")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


def withdrawal_reasons() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(reason.code, str(reason)) for reason in WithdrawalReason.objects.all()]
