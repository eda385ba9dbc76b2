from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OperationQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("The operations log is only ever added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The operations log is only ever added to.")

    bulk_update = update  # type: ignore[assignment]


class Operation(models.Model):
    """What somebody did that a log auditor must be able to find: who, when, from where, on what."""

    class Action(models.TextChoices):
        LOGIN = "login", _("Login")
        LOGOUT = "logout", _("Logout")
        LOGIN_FAILED = "login_failed", _("Login failed")
        LOCKED_OUT = "locked_out", _("Locked out")
        UNLOCKED = "unlocked", _("Unlocked")
        PASSWORD = "password", _("Password changed")
        SECOND_FACTOR = "second_factor", _("One-time codes changed")
        STAFF = "staff", _("Account changed")
        ROLE = "role", _("Role changed")
        EXPORT = "export", _("Export")
        DOWNLOAD = "download", _("Download")
        IMPORT = "import", _("Import")
        UNDO = "undo", _("Import undone")
        VOID = "void", _("Voided")
        FREEZE = "freeze", _("Year frozen")
        REPORT = "report", _("Report of a year")
        REFERENCE = "reference", _("Reference data changed")
        CALENDAR = "calendar", _("Calendar address changed")
        TOKEN = "token", _("Interface token")

    SCOPE = "by_role"
    AREA = "log"

    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    action = models.CharField(_("operation"), max_length=20, choices=Action.choices)
    # The name is kept beside the account: it stays readable when the account is renamed.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    actor_name = models.CharField(_("login name"), max_length=150, blank=True)
    ip_address = models.GenericIPAddressField(_("from address"), null=True)
    target = models.CharField(_("on what"), max_length=200, blank=True)
    detail = models.JSONField(_("details"), default=dict)

    objects = OperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view", "export")
        indexes = [models.Index(fields=["action", "-at"], name="bureau_operation_action")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.get_action_display()} {self.actor_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The operations log is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The operations log is only ever added to.")
