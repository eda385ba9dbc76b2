"""The one interface; routes on figures, frozen years and records hang on it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.renderers import JSONRenderer

from bureau.api import figures, records, refusals, snapshots
from bureau.api.auth import Token


class ReadableJSON(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    def create_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """No answer is kept on the way: it is for the bearer of one token."""
        response = super().create_response(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


# The page and the schema are views of our own, for people who are logged in.
api = Interface(
    title="JSON",
    version="1",
    auth=Token(),
    renderer=ReadableJSON(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
refusals.install(api)
elsewhere = Router()


@elsewhere.get("/{path:rest}", include_in_schema=False, url_name="nothing")
def nothing(request: HttpRequest, rest: str) -> None:
    """Any other address, so that a mistyped one is answered as JSON, too."""
    raise Http404


for router in (figures.router, snapshots.router, records.router, elsewhere):
    api.add_router("", router)
