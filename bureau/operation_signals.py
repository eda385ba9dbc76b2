"""Logins are logged wherever they happen: Django's and axes' signals are the one place that sees them all."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from bureau.operations import Action, log


@receiver(user_logged_in, dispatch_uid="bureau.login")
def logged_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    log(Action.LOGIN, by=user, request=request)


@receiver(user_logged_out, dispatch_uid="bureau.logout")
def logged_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        log(Action.LOGOUT, by=user, request=request)


@receiver(user_login_failed, dispatch_uid="bureau.login_failed")
def login_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    detail = {"reason": kwargs["reason"]} if "reason" in kwargs else {}
    log(Action.LOGIN_FAILED, request=request, actor_name=str(credentials.get("username", ""))[:150], **detail)


@receiver(user_locked_out, dispatch_uid="bureau.locked_out")
def locked_out(sender: Any, request: Any, username: str, ip_address: str, **kwargs: Any) -> None:
    log(Action.LOCKED_OUT, request=request, actor_name=username or "", ip_address=ip_address)
