from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from bureau import accounts
from bureau.logged_admin import LoggedAdmin


@admin.register(AccessAttempt)
class LoginLockAdmin(LoggedAdmin):
    """Who failed to log in, from where, and who has to wait: the security administrator may end the waiting."""

    menu_area = "administration"
    menu_icon = "lock_clock"
    menu_order = 20

    list_display = ("shown_name", "shown_address", "shown_failures", "shown_time", "waits_until")
    list_display_links = None
    search_fields = ("username", "ip_address")
    search_help_text = _("Login name or address")
    actions = ("forget",)  # type: ignore[assignment]
    ordering = ("-attempt_time",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_forget_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")

    # What was posted and the browser's details are left out: they help nobody here.
    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("shown_name", "shown_address", "shown_failures", "shown_time", "waits_until")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.get_fields(request, obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The row's own text is English and fixed: the login name stands above the page instead."""
        names = {"original": context["original"].username or "—", "subtitle": None}
        return super().render_change_form(request, {**context, **names}, *args, **kwargs)

    @display(description=_("login name"), ordering="username")
    def shown_name(self, attempt: AccessAttempt) -> str:
        return attempt.username or ""

    @display(description=_("from address"), ordering="ip_address")
    def shown_address(self, attempt: AccessAttempt) -> str:
        return attempt.ip_address or ""

    @display(description=_("failed logins"), ordering="failures_since_start")
    def shown_failures(self, attempt: AccessAttempt) -> int:
        return attempt.failures_since_start

    @display(description=_("last one at"), ordering="attempt_time")
    def shown_time(self, attempt: AccessAttempt) -> Any:
        return attempt.attempt_time

    @display(description=_("has to wait until"))
    def waits_until(self, attempt: AccessAttempt) -> Any:
        over_at = attempt.attempt_time + accounts.lock_out_time()
        waits = attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT and over_at > timezone.now()
        return over_at if waits else None

    @admin.action(description=_("Forget the failed logins chosen"), permissions=["forget"])
    def forget(self, request: HttpRequest, queryset: QuerySet) -> None:
        pairs = {(attempt.username, attempt.ip_address) for attempt in queryset}
        for username, address in sorted(pairs, key=str):
            accounts.forget_failures(username, address=address, by=accounts.staff_of(request), request=request)
        sentence = ngettext("%(count)d may try again at once.", "%(count)d may try again at once.", len(pairs))
        messages.success(request, sentence % {"count": len(pairs)})
