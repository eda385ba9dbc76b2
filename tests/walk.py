"""Every URL of the project, made from the URL resolver itself, so that no page can be forgotten.

A page whose parameters the walk does not know is an error: teach it here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

# Open to people who are not logged in, by reason.
OPEN = {
    "login": "the way in",
    "set_language": "the language menu of the login page",
    "jsi18n": "the translations of Django's own widgets",
    "calendar": "calendar programs cannot log in: the key in the address stands for its owner",
}


@dataclass(frozen=True)
class Page:
    path: str
    name: str
    callback: Any = field(compare=False)
    model: Any = None

    def __str__(self) -> str:
        return self.path


def patterns(
    resolver: Any = None, prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Any]]:
    """(path as a pattern text, full name, pattern) of every page."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield path, ":".join([*namespaces, entry.name or ""]), entry


def pages(values: dict[str, dict[str, list[Any]]]) -> list[Page]:
    """Every page with every combination of values that ``values`` knows: {name or "*": {parameter: [value]}}."""
    found = []
    for path, name, entry in patterns():
        if _is_catch_all(entry):
            continue
        found += [Page(url, name, entry.callback, _model_of(entry)) for url in _filled(path, name, entry, values)]
    return found


def _is_catch_all(entry: URLPattern) -> bool:
    return getattr(entry.callback, "__name__", "") == "catch_all_view"


def _model_of(entry: URLPattern) -> Any:
    model_admin = getattr(entry.callback, "model_admin", None) or getattr(entry.callback, "__self__", None)
    return getattr(model_admin, "model", None)


def _filled(path: str, name: str, entry: URLPattern, values: dict[str, dict[str, list[Any]]]) -> list[str]:
    text = re.sub(r"\\([/.-])", r"\1", path).replace("\\Z", "").lstrip("^").rstrip("$")
    text = text.replace("^", "").replace("$", "")
    parameters = re.findall(r"<(?:\w+:)?(\w+)>|(\(\[\^/\]\+\))|(\(\?P<\w+>.+?\))", text)
    urls = ["/" + text]
    for converter, unnamed, named in parameters:
        parameter = converter or (re.findall(r"\w+", named)[1] if named else "object_id")
        candidates = values.get(name, {}).get(parameter) or values.get("*", {}).get(parameter)
        model = _model_of(entry)
        if candidates is None and model is not None:
            candidates = values.get(model._meta.label, {}).get(parameter)
        if candidates is None:
            raise AssertionError(f"The walk does not know the parameter {parameter!r} of {name} ({path}).")
        spot = re.compile(rf"<(?:\w+:)?{converter}>") if converter else re.compile(re.escape(unnamed or named))
        urls = [spot.sub(lambda match, value=value: str(value), url, count=1) for url in urls for value in candidates]
    return urls


def still_logged_in(client: Any, person: Any) -> None:
    """Log in again after a page that logs out."""
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie is None or not cookie.value:
        client.force_login(person)


def is_by_token(page: Page) -> bool:
    """A route of the interface: who is logged in is nobody there, ``tests/test_api.py`` walks it with tokens."""
    return bool(getattr(page.callback, "is_by_token", False))


def autocompletes() -> Iterator[str]:
    """The choice list of every foreign key on every model admin."""
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.autocomplete_fields:
            label = model._meta.app_label, model._meta.model_name
            yield f"/autocomplete/?app_label={label[0]}&model_name={label[1]}&field_name={name}&term="
