"""Who reads: the bearer of a token of an office."""

import math
from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from ninja.errors import HttpError
from ninja.security import HttpBearer

from bureau import accounts, api_tokens
from bureau.models import TokenReader
from bureau.operations import address_of

# What stands in the list of failed logins; no login name has a blank in it.
NAME = "API token"


class TooOften(HttpError):
    """Too many tokens that open nothing; ``seconds`` until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        sentence = _("Too many wrong tokens from this address. Try again in %(minutes)s minutes.")
        super().__init__(429, sentence % {"minutes": math.ceil(seconds / 60)})
        self.seconds = seconds


class Token(HttpBearer):
    """A token that opens nothing counts as a failed login, by address: a right one is never kept waiting by that."""

    def __call__(self, request: HttpRequest) -> Any:
        found = super().__call__(request)
        if found is None:
            raise HttpError(401, _("A token is needed: send it as “Authorization: Bearer …”."))
        return found

    @sensitive_variables("token")
    def authenticate(self, request: HttpRequest, token: str) -> TokenReader:
        try:
            return api_tokens.reader_of(token.strip(), request=request)
        except api_tokens.Refused as refused:
            _count(request, f"{NAME} {refused.prefix}".strip(), refused.reason)
            raise HttpError(401, refused.sentence) from None


def reader_of(request: HttpRequest) -> TokenReader:
    """Who asks, in a route: none opens without a token."""
    return cast(TokenReader, request.auth)  # type: ignore[attr-defined]


def _count(request: HttpRequest, name: str, reason: str) -> None:
    """Note the failure, or refuse to look any further once there are too many of them."""
    credentials = {"username": name}
    if not AxesProxyHandler.is_allowed(request, credentials):
        raise TooOften(math.ceil(accounts.lock_out_left(name, address_of(request)).total_seconds()))
    user_login_failed.send(sender=__name__, credentials=credentials, request=request, reason=reason)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # else its middleware shows the page of the login
