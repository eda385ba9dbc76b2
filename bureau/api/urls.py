"""Pages for people, then the routes: these open by a token alone (``is_by_token``, for the walk of the tests)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from bureau.api import views
from bureau.api.api import api
from bureau.api.refusals import refusal

app_name = "api"


def reading_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        refused = refusal(api, request, 405, _("This interface only reads: use GET."))
        refused["Allow"] = "GET"
        return refused

    answered.is_by_token = True  # type: ignore[attr-defined]
    return answered


def routes() -> list[URLPattern]:
    """Those of the interface, without its own root, which would answer with a page of errors."""
    found = [entry for entry in api.urls[0] if isinstance(entry, URLPattern) and entry.name != "api-root"]
    for entry in found:
        entry.callback = reading_only(entry.callback)
    return found


urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("docs", views.DocsView.as_view(), name="docs"),
    path("openapi.json", views.SchemaView.as_view(), name="schema"),
    *routes(),
]
