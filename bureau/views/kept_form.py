"""Entry that survives an expired session.

Somebody saves a form and is not logged in any more. What was posted travels inside the login page, as one signed
hidden field, stays there through wrong passwords, and after the login is posted once more to the same page, marked
``_kept``: that page shows the form filled and saves nothing. The server stores none of it. Files cannot travel so.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as plain_csrf_failure

from bureau import accounts

FIELD = "kept"
MARK = "_kept"
MAX_AGE = 24 * 60 * 60
NOTICE = _("Your session had expired. Nothing was lost: check and save.")
SALT = "bureau.kept_form"


@dataclass(frozen=True)
class Kept:
    """A posted form: the page it was for, its fields in order, and whether files had been chosen."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


# For the pages ---------------------------------------------------------------------------------------------------


def is_given_back(request: HttpRequest) -> bool:
    """Whether this post brings a kept form back: show it filled, save nothing."""
    return request.method == "POST" and MARK in request.POST


def unsaved(form_class: Any, request: HttpRequest) -> Any:
    """The form class of a model admin; a form that is given back is bound, but never valid."""
    return type(form_class.__name__, (_GivenBack, form_class), {}) if is_given_back(request) else form_class


class _GivenBack:
    def clean(self) -> Any:
        self.add_error(None, NOTICE)  # type: ignore[attr-defined]
        return super().clean()  # type: ignore[misc]


def can_keep(request: HttpRequest) -> bool:
    """Only pages that know ``_kept`` get their form back: any other would carry out what was posted."""
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return False
    if getattr(getattr(match.func, "scoped_view", None), "shows_kept_form", False):
        return True
    model_admin = getattr(match.func, "model_admin", None)
    if model_admin is None:
        return False
    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return match.url_name in (f"{name}_add", f"{name}_change")


# Towards the login -----------------------------------------------------------------------------------------------


def to_login(request: HttpRequest) -> HttpResponse:
    """The answer to whoever is not logged in: the login page, with the posted form inside it if there is one."""
    said = idle_sentence() if _has_idled(request) else ""
    next_url = way_back(request)
    if not can_keep(request):
        if said and "X-Poll" not in request.headers:
            messages.warning(request, said)
        response = HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': next_url})}")
        add_never_cache_headers(response)
        return response
    payload = pack(request)
    said = " ".join(part for part in (said, _promise(request, payload)) if part)
    return login_page(request, initial={FIELD: payload}, next_url=next_url, warning=said)


def login_page(
    request: HttpRequest,
    *,
    initial: dict[str, Any],
    next_url: str,
    warning: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The login form where Django's own login view does not answer."""
    site: Any = admin.site
    context = {
        **site.each_context(request),
        "title": gettext("Log in"),
        "form": site.login_form(request, initial=initial),
        "app_path": f"{reverse('admin:login')}?{urlencode({'next': next_url})}",
        "warning": warning,
        "error": error,
    }
    response = render(request, "admin/login.html", context, status=status)
    add_never_cache_headers(response)
    return response


def idle_sentence() -> str:
    minutes = settings.SESSION_COOKIE_AGE // 60
    sentence = ngettext(
        "You were logged out after %(minutes)d minute without activity.",
        "You were logged out after %(minutes)d minutes without activity.",
        minutes,
    )
    return sentence % {"minutes": minutes}


def way_back(request: HttpRequest) -> str:
    """Where to go on afterwards: this page, or for a post that cannot be repeated the page that it came from."""
    if request.method in ("GET", "HEAD") or can_keep(request):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("admin:index")


def pack(request: HttpRequest) -> str:
    """The posted form as one signed text; "" if it is too large to travel. Passwords are left out."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", MARK, FIELD) and "password" not in name
        for value in values
    ]
    kept = {"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)}
    payload = signing.dumps(kept, salt=SALT, compress=True)
    too_many = len(fields) + 2 > (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or float("inf"))
    # Some room for the login form around it.
    return "" if too_many or len(payload) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 10_000 else payload


def unpack(payload: str) -> Kept | None:
    """The form inside; None if there is none, or it is not ours, too old, or not for a page of this site."""
    try:
        kept = Kept(**signing.loads(payload, salt=SALT, max_age=MAX_AGE))
    except signing.BadSignature:
        return None
    is_own_page = kept.path.startswith("/") and url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None)
    return kept if is_own_page else None


def _has_idled(request: HttpRequest) -> bool:
    """The browser still shows the key of a session whose time is over."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(key) and accounts.has_idled(key)


def _promise(request: HttpRequest, payload: str) -> str:
    if not payload:
        return gettext("Your entries are too long to be kept: go back in the browser and copy them.")
    if request.FILES:
        return gettext("Log in: your entries are kept and shown again. Chosen files must be chosen again.")
    return gettext("Log in: your entries are kept and shown again.")


# And back --------------------------------------------------------------------------------------------------------


def give_back(request: HttpRequest, otherwise: HttpResponse) -> HttpResponse:
    """After a login, or a duty done: the page that posts the carried form back, or ``otherwise``."""
    kept = unpack(request.POST.get(FIELD, ""))
    if kept is None:
        return otherwise
    return _post_on(request, kept.path, [*kept.fields, (MARK, "1")], had_files=kept.had_files)


def carry_to(request: HttpRequest, url: str) -> HttpResponse:
    """To a page that must come first, with the posted form in its hidden field; that page calls ``give_back``."""
    return _post_on(request, url, [(FIELD, pack(request))], had_files=bool(request.FILES))


def _post_on(request: HttpRequest, url: str, fields: list[tuple[str, str]], *, had_files: bool) -> HttpResponse:
    site: Any = admin.site
    context = {
        **site.each_context(request),
        "title": gettext("Your entries"),
        "url": url,
        "fields": fields,
        "had_files": had_files,
    }
    response = render(request, "accounts/post_on.html", context)
    add_never_cache_headers(response)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Another tab logged in meanwhile, so this one's token is old: the form is shown again instead of being lost.

    Harmless for a forged post: nothing is carried out, and with the origin named a foreign one has failed already.
    """
    if not reason.startswith("CSRF token from POST") or "Origin" not in request.headers:
        return plain_csrf_failure(request, reason)
    at_login = request.resolver_match is not None and request.resolver_match.view_name == "admin:login"
    if request.user.is_authenticated:
        if can_keep(request):
            kept = unpack(pack(request))
            if kept:
                return _post_on(request, kept.path, [*kept.fields, (MARK, "1")], had_files=kept.had_files)
        if at_login:
            return give_back(request, HttpResponseRedirect(reverse("admin:index")))
    elif at_login:
        initial = {FIELD: request.POST.get(FIELD, ""), "username": request.POST.get("username", "")}
        again = gettext("This page was open for too long. Log in again.")
        return login_page(request, initial=initial, next_url=request.GET.get("next", "/"), warning=again)
    elif can_keep(request):
        return to_login(request)
    return plain_csrf_failure(request, reason)
