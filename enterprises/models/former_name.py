from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.enterprise import NAME_LENGTH, NameKeyField


class FormerName(Tracked):
    """A name that an enterprise had, with the code of that time where it was another: old papers find it by these."""

    SCOPE = "as_parent"
    PARENT = "enterprise"

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="former_names", verbose_name=_("enterprise")
    )
    name = models.CharField(_("former name"), max_length=NAME_LENGTH)
    name_key = NameKeyField(db_index=True)
    credit_code = CodeField(_("former code"), max_length=18, blank=True)
    until_on = models.DateField(_("name used until"), null=True, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-until_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name"],
                condition=NOT_VOIDED,
                name="enterprises_formername_once",
                violation_error_message=_("This former name is already recorded."),
            ),
        ]
        indexes = [
            models.Index(fields=["credit_code"], condition=~Q(credit_code=""), name="enterprises_formername_code")
        ]

    def __str__(self) -> str:
        return self.name
