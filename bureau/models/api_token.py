from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.models.staff import Staff
from bureau.roles import ROLES, granted

LONGEST_MONTHS = 24


class ApiToken(models.Model):
    """A key by which another system of an office reads what a manager there could look at; it changes nothing.

    The secret itself is told once and kept nowhere: ``digest`` is its SHA-256, ``prefix`` its first characters, by
    which people tell tokens apart. It is good up to and including ``expires_on``.
    """

    SCOPE = "by_role"
    AREA = "staff"

    office = models.ForeignKey("bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("office"))
    label = models.CharField(_("used by"), max_length=100, help_text=_("The system that reads with this token."))
    prefix = models.CharField(_("begins with"), max_length=8, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField(_("valid until"), help_text=_("At most two years from today."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    last_used_at = models.DateTimeField(_("last used at"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    revoke_reason = models.CharField(_("reason of revoking"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("interface token")
        verbose_name_plural = _("interface tokens")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                name="bureau_apitoken_revoked",
                violation_error_message=_("A revoked token says when, by whom and why."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if not self.expires_on or self.pk:
            return
        today = timezone.localdate()
        if self.expires_on < today:
            raise ValidationError({"expires_on": _("This day is over.")})
        if self.expires_on > add_months(today, LONGEST_MONTHS):
            raise ValidationError({"expires_on": _("A token is good for two years at most.")})

    @property
    def is_expired(self) -> bool:
        return self.expires_on < timezone.localdate()

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def reader(self) -> "TokenReader":
        return TokenReader(username=f"API {self.prefix}", full_name=self.label, office=self.office, is_active=True)


class TokenReader(Staff):
    """Stands in for a person where scope and rights ask for one: a manager of the token's office who may only look.

    It is never saved: there is no account that somebody could log in with.
    """

    class Meta:
        proxy = True
        default_permissions = ()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What the table of roles lets a manager view."""
        app_label, _dot, codename = perm.partition(".")
        action, _line, model_name = codename.partition("_")
        return action == "view" and codename in granted(ROLES["manager"], apps.get_model(app_label, model_name))

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("Who reads by a token has no account.")
