"""What everybody owes before working: a password of their own and, where the role asks for it, one-time codes."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from bureau import second_factor
from bureau.views import errors, kept_form

# Pages that stay open while a duty is unmet.
ALWAYS_OPEN = {"admin:login", "admin:logout", "admin:jsi18n", "set_language", "accounts:password"}
POLL_HEADER = "X-Poll"
SEEN = "seen"


class AccountDuties:
    """Sends people to their duty and back, and renews the session of those who are at work.

    A page that asks for news by itself sends ``X-Poll``: that is nobody at work, so the idle time-out goes on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if POLL_HEADER not in request.headers:
            _renew_session(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or request.resolver_match.view_name in ALWAYS_OPEN:  # type: ignore[union-attr]
            return None
        duty = _first_duty(request.user)
        if duty is None or request.resolver_match.view_name == duty:  # type: ignore[union-attr]
            return None
        url = f"{reverse(duty)}?{urlencode({'next': kept_form.way_back(request)})}"
        return kept_form.carry_to(request, url) if kept_form.can_keep(request) else HttpResponseRedirect(url)


class Mishaps:
    """A busy database or an impossible value gets a page that says so, while trying (``DEBUG``) too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return errors.answer_to(problem)


def _first_duty(user: Any) -> str | None:
    if user.must_change_password:
        return "accounts:password"
    if second_factor.is_required_of(user) and not user.is_verified():
        return "accounts:totp"
    return None


def _renew_session(request: HttpRequest) -> None:
    """Once a minute is enough: saving on every request would make each page wait for the database's one writer."""
    session = request.session
    if SESSION_KEY not in session:
        return
    now = int(time.time())
    if now - session.get(SEEN, 0) >= min(60, settings.SESSION_COOKIE_AGE // 10):
        session[SEEN] = now
